"""Every address refuses a visitor, another enterprise and another region's people, or is listed."""

import datetime
from dataclasses import dataclass

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from rest_framework.authtoken.models import Token

from contracts import forms
from contracts.enums import State
from tests.architecture.tree import our_models
from tests.factories import accounts
from tests.factories.contracts import AT, contract_at, pdf_bytes
from torch_portal.accounts.changes.desk import RecordedAdmin
from torch_portal.accounts.models import Change
from torch_portal.certificates.enums import Making
from torch_portal.certificates.models import Certificate
from torch_portal.common import clock
from torch_portal.desk.digests import make_missing
from torch_portal.desk.models import TaskRun
from torch_portal.filings.models import Access, CalendarDay, Event, Filing, LocalRule, ReadyText
from torch_portal.notices.models import LetterTemplate

# What everybody may open, and why nobody's filing stands there.
PUBLIC = {
    "desk:home": "what the portal is",
    "desk:healthz": "for the process supervisor",
    "desk:readyz": "for the load balancer",
    "notices:list": "the notice as published",
    "notices:hotlines": "the hotline of the notice",
    "contracts:guide": "who can apply, what it gives, by which clause",
    "certificates:verify": "asks for number and code together",
    "certificates:scan": "the code of the certificate is the key",
    "accounts:login": "the door",
    "accounts:logout": "out, by POST only",
    "set_language": "the language of the page",
    "admin/login/": "leads to the door",
    "admin:login": "leads to the door",
    "admin:jsi18n": "words of Django's scripts",
    "api:schema": "OpenAPI",
    "api:token": "a token for a name and a password",
    "api:assess": "the rules, without any stored data",
    "api:verify": "asks for number and code together, or for the file",
}
METHODS = ("get", "post")
API_METHODS = ("get", "post", "put", "patch", "delete")
# Parameters that name no object.
PLAIN = {
    "step": next(iter(forms.FORM_STEPS)),
    "line": "contracts",
    "app_label": "contracts",
    "format": "json",
    "move": "receive",
    "name": "revoke",
    "content_type_id": "1",
    "which": "statement",
}


@dataclass(frozen=True)
class Route:
    """One address of the URLconf: its name (or pattern) and the names of its parameters."""

    name: str
    pattern: str
    params: tuple[str, ...]

    @property
    def methods(self):
        """The methods to try."""
        return API_METHODS if self.pattern.startswith("api/") else METHODS


def routes(resolver=None, spaces=(), prefix="", params=()):
    """Every address of the URLconf; the desk's old short forms only lead to the long ones."""
    for entry in (resolver or get_resolver()).url_patterns:
        text = prefix + str(entry.pattern)
        held = params + tuple(entry.pattern.regex.groupindex)
        if hasattr(entry, "url_patterns"):
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from routes(entry, inner, text, held)
        elif entry.name or not held:
            yield Route(":".join((*spaces, entry.name)) if entry.name else text, text, held)


ROUTES = list(routes())


RECORDED = [
    model._meta.label_lower
    for model, desk in admin.site._registry.items()
    if isinstance(desk, RecordedAdmin)
]


class Things:
    """One recognised contract with everything on it, and the addresses that lead to it."""

    def __init__(self, house):
        self.contract = contract_at(
            State.RECOGNISED,
            firm=house.firm,
            by=house.filer,
            office=house.office,
            examiner=house.reviewer,
        )
        filing = self.contract.filing
        Group.objects.create(name="group")
        Token.objects.create(user=house.filer)
        certificate = filing.certificates.get()
        certificate.pdf.save("made.pdf", ContentFile(pdf_bytes()), save=False)
        certificate.making, certificate.sha256 = Making.READY, "0" * 64
        certificate.save()
        CalendarDay.objects.create(day=AT.date(), is_workday=True, source="test")
        self.failed = Certificate.objects.create(
            filing=filing,
            template="technical_contract",
            number="0" * 16,
            verify_code="FAILED",
            content={},
            issued_at=AT,
            issued_by=house.reviewer,
            due_at=AT,
            making=Making.FAILED,
        )
        self.person = house.filer
        self._settings(house)
        self.ids = {
            "pk": filing.pk,
            "id": filing.pk,
            "attachment_pk": filing.attachments.get().pk,
            "attachment_id": filing.attachments.get().pk,
            "code": certificate.verify_code,
        }

    def _settings(self, house):
        """Settings of this jurisdiction, each with a change that lapsed, and a signed day."""
        place = {"line": "contracts", "jurisdiction_id": "33"}
        LocalRule.objects.create(
            **place, kind="review_limit", since=AT.date(), days=7, unit="working", source="x"
        )
        ReadyText.objects.create(**place, move="refuse", title="x", text="x")
        LetterTemplate.objects.create(
            kind="contracts.refused", jurisdiction_id="33", subject="x", body="{text}"
        )
        Access.objects.create(
            filing=self.contract.filing, kind="page", seen_by=house.reviewer, seen_at=AT
        )
        make_missing(upto=AT.date(), at=AT)
        TaskRun.objects.create(task="x")
        self.changes = {
            target: Change.objects.create(
                target=target,
                name="x",
                act="add",
                jurisdiction_id="33",
                after={"source": "x"},
                reason="x",
                grave=True,
                state="expired",
                made_at=AT,
                made_by=house.operator,
                expires_at=clock.now() + datetime.timedelta(days=1),
            ).pk
            for target in RECORDED
        }

    def row_of(self, model):
        """A row of this model, that of the contract where there is one."""
        if model is Certificate:
            return self.failed
        if model._meta.model_name == "user":
            return self.person
        for name in ("filing", "contract"):
            if name in {f.name for f in model._meta.fields}:
                return model.objects.filter(**{name: self.contract.pk}).first()
        if model in (Filing, type(self.contract)):
            return model.objects.get(pk=self.contract.pk)
        return model.objects.order_by("pk").first()

    def path(self, route):
        """The address with the ids of this contract."""
        values = {}
        for param in route.params:
            if route.name == "admin:view_on_site":
                values[param] = 1
            elif param == "change_pk":
                values[param] = self.changes[model_of(route.name)._meta.label_lower]
            elif param == "object_id" or (
                param in ("pk", "id") and route.name.startswith("admin:")
            ):
                row = self.row_of(model_of(route.name))
                values[param] = row.pk if row else 1
            else:
                values[param] = PLAIN[param] if param in PLAIN else self.ids[param]
        try:
            return reverse(route.name, kwargs=values)
        except NoReverseMatch:
            assert not values, f"teach this test the address {route.name}"
            return "/" + route.pattern


def model_of(name):
    """The model that a name of the review desk speaks of."""
    _space, _colon, rest = name.partition(":")
    app, _underscore, rest = rest.partition("_")
    return apps.get_model(app, rest.partition("_")[0])


def of_an_object(route):
    """Whether the address names one row."""
    return bool(set(route.params) - set(PLAIN)) and route.name not in PUBLIC


def try_all(client, path, route):
    """The answers to every method, as (method, status, where to)."""
    found = []
    for method in route.methods:
        answer = getattr(client, method)(path)
        where = answer.headers.get("Location", "")
        found.append((method, led_to(client, answer.status_code, where), where))
    return found


def led_to(client, status, where):
    """A button's address opened by hand leads to its page: what counts is what stands there."""
    pages = ("/contracts/", "/desk/filings/")
    return client.get(where).status_code if status == 302 and where.startswith(pages) else status


def refused(answers, *, desk):
    """Nothing was shown or done: 403 or 404; at the desk also the door or its front page."""
    doors = (reverse("accounts:login"), reverse("admin:login"), reverse("admin:index"))
    shown = [
        status
        for _method, status, where in answers
        if status not in {401, 403, 404, 405}
        and not (desk and status == 302 and where.partition("?")[0] in doors)
    ]
    return shown == [] and any(status != 405 for _method, status, _where in answers)


def answers_to(person, things, route):
    """What a person gets from an address; whatever was done is taken back."""
    client = Client()
    if person is not None:
        client.force_login(person)
    with transaction.atomic():
        found = try_all(client, things.path(route), route)
        transaction.set_rollback(True)
    return found


@pytest.fixture
def things(house):
    """A contract of the house's enterprise."""
    return Things(house)


def test_urls_refuse_a_visitor_or_are_public(things):
    doors = (reverse("accounts:login"), reverse("admin:login"))
    wrong = {}
    for route in (r for r in ROUTES if r.name not in PUBLIC):
        answers = answers_to(None, things, route)
        if not all(
            status in {401, 403, 404, 405} or (status == 302 and where.partition("?")[0] in doors)
            for _method, status, where in answers
        ):
            wrong[route.name] = answers
    assert wrong == {}


def test_public_urls_answer_everybody(things):
    assert set(PUBLIC) <= {r.name for r in ROUTES}
    for route in (r for r in ROUTES if r.name in PUBLIC and r.name != "desk:readyz"):
        answers = answers_to(None, things, route)
        assert all(status < 500 for _method, status, _where in answers), route
        assert any(status not in {401, 403, 405} for _method, status, _where in answers), route


@pytest.mark.parametrize("person", ["stranger", "far_reviewer", "far_official"])
def test_urls_of_an_object_refuse_who_has_no_part_in_it(house, things, person):
    house.far_official = accounts.official("32", name="far-official")
    routes_ = [r for r in ROUTES if of_an_object(r) and not shared(r, person)]
    before = Event.objects.count()
    wrong = {}
    for route in routes_:
        answers = answers_to(getattr(house, person), things, route)
        if not refused(answers, desk=route.name.startswith("admin:")):
            wrong[route.name] = answers
    assert wrong == {}
    assert Event.objects.count() == before
    assert len(routes_) > 30


def shared(route, person):
    """Rows of the whole country that officials of every region read."""
    national = (
        "admin:papers_emergency_",
        "admin:papers_paperpolicy_",
        "admin:filings_calendarday_",
    )
    return person == "far_official" and route.name.startswith(national)


def test_urls_of_an_object_answer_who_has_a_part_in_it(house, things):
    """The refusals above mean something: somebody of the house gets another answer."""
    people = [house.filer, house.reviewer, house.official, house.operator]
    people += [accounts.official(None, name="national"), accounts.user("root", is_superuser=True)]
    people[-1].is_staff = True
    people[-1].save()
    silent = {
        route.name
        for route in ROUTES
        if of_an_object(route)
        and all(
            refused(answers_to(p, things, route), desk=route.name.startswith("admin:"))
            for p in people
        )
    }
    assert silent <= NOBODYS


# Deleting and Django's own history are open to nobody at the desk.
NOBODYS = {"admin:view_on_site"} | {
    f"admin:{m._meta.app_label}_{m._meta.model_name}_{act}"
    for m in our_models()
    for act in ("delete", "history")
}
