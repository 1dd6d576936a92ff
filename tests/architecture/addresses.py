"""Every address of the portal, rows for it to lead to, and what somebody gets from it."""

import copy
import datetime
from dataclasses import dataclass

from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from rest_framework.authtoken.models import Token

from contracts import actions, forms
from contracts.enums import State
from contracts.line.exports import CONTRACTS
from contracts.models import (
    BuyerAccess,
    ContractVersion,
    ExpertOpinion,
    OpinionFile,
    RegistrationList,
)
from tests.architecture import applications, evaluations, returns
from tests.factories.contracts import AT, contract_at, pdf, pdf_bytes
from torch_portal.accounts import keys
from torch_portal.accounts.actions import invite
from torch_portal.accounts.changes.desk import RecordedAdmin
from torch_portal.accounts.enums import JoinState
from torch_portal.accounts.models import Change, Invitation, JoinRequest, Membership
from torch_portal.certificates.enums import Making
from torch_portal.certificates.models import Certificate
from torch_portal.common import clock
from torch_portal.desk.digests import make_missing
from torch_portal.desk.models import Batch, TaskRun
from torch_portal.filings import ratings
from torch_portal.filings.models import (
    Absence,
    Access,
    CalendarDay,
    Filing,
    ImportRow,
    ImportRun,
    LocalRule,
    ReadyText,
    RegistryLookup,
    Webhook,
)
from torch_portal.notices.models import LetterTemplate
from torch_portal.publicity.models import Batch as PublicityList
from torch_portal.publicity.models import Entry, Objection, ObjectionFile
from torch_portal.reports.exports import actions as exports
from torch_portal.reports.exports import monthly, work
from torch_portal.reports.exports.wishes import Wish
from torch_portal.reports.models import MonthArchive

METHODS = ("get", "post")
API_METHODS = ("get", "post", "put", "patch", "delete")
# Parameters that name no object.
PLAIN = {
    "step": next(iter(forms.FORM_STEPS)),
    "line": "contracts",
    "app_label": "contracts",
    "format": "json",
    "move": "receive",
    "kind": "change",
    "answer": "refuse",
    "number": "1",
    "name": "revoke",
    "content_type_id": "1",
    "token": "nobody-was-given-this",
    "key": "nobody-was-given-this",
    "uidb36": "1",
    "which": "statement",
    "report": "contracts",
    "suffix": "csv",
    "act": "cancel",
    "outcome": "reject",
}
OF_EVALUATION = ("sme_eval:", "api:evaluation-", "api:spot-check-draw-")
# Where one of them has another meaning.
OF_ROUTE = {"admin:sme_eval_spotcheck_answer": {"answer": "conclude"}}


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
        self.cookies = {}
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
        matter = self._after(house, certificate)
        self.person = house.filer
        waiting = JoinRequest.objects.create(
            user=house.reader,
            credit_code=house.firm.credit_code,
            name=house.firm.name,
            division="330106",
            state=JoinState.WAITING,
            asked_at=AT,
        )
        invite(
            enterprise=house.firm,
            by=house.filer,
            at=clock.now(),
            email="new@example.com",
            role="filer",
        )
        self._settings(house)
        self.document = filing.documents.order_by("pk").last()
        self.document.pdf.save("made.pdf", ContentFile(pdf_bytes()), save=False)
        self.document.making, self.document.sha256 = Making.READY, "0" * 64
        self.document.save()
        message = actions.send_message(
            contract=self.contract, text="问", uploads=[pdf()], by=house.filer, at=AT
        )
        ratings.rate(filing=filing, grade=1, reason="太慢", by=house.filer, at=AT)
        RegistryLookup.objects.create(
            filing=filing, code="x", state="waiting", due_at=AT, created_at=AT
        )
        Batch.objects.create(
            line="contracts", move="accept", made_at=AT, made_by=house.reviewer, language="zh-hans"
        )
        Absence.objects.create(
            person=house.reviewer, substitute=house.second, starts_on=AT.date(),
            ends_on=AT.date(), made_at=AT, made_by=house.reviewer,
        )  # fmt: skip
        self.ids = {
            "pk": filing.pk,
            "id": filing.pk,
            "attachment_pk": filing.attachments.get(kind="contract_text").pk,
            "attachment_id": filing.attachments.get(kind="contract_text").pk,
            "code": certificate.verify_code,
            "enterprise_pk": house.firm.pk,
            "member_pk": Membership.objects.get(user=house.filer).pk,
            "join_pk": waiting.pk,
            "invitation_pk": Invitation.objects.get().pk,
            "contract_pk": filing.pk,
            "certificate_pk": certificate.pk,
            "matter_pk": matter.pk,
            "matter_id": matter.pk,
            "access_pk": BuyerAccess.objects.get().pk,
            "list_code": RegistrationList.objects.get().code,
            "key_pk": keys.make(
                by=house.filer, name="ERP", scopes=["read"], days=1, at=clock.now()
            )[0].pk,
            "webhook_id": self._webhook(house).pk,
            "document_pk": self.document.pk,
            "document_id": self.document.pk,
            "file_pk": message.files.get().pk,
            "export_pk": self._export(house).pk,
            "archive_pk": self._archive().pk,
            "file_id": message.files.get().pk,
            "opinion_file_pk": self.opinion_file(house).pk,
            **self.import_of(house),
            **self.publicity_of(house),
        }
        self.evaluation = evaluations.everything(house)
        self.of_evaluation = evaluations.ids_of(self.evaluation)
        self.certified = applications.everything(house)
        self.of_application = applications.ids_of(self.certified)
        self.answered = returns.everything(house)
        self.of_return = returns.ids_of(self.answered)
        self.expert = self.certified.seat.expert.user

    def _webhook(self, house):
        """Of the filer alone."""
        return Webhook.objects.create(
            owner=house.filer, url="https://example.com/", secret="x", created_at=AT
        )

    def opinion_file(self, house):
        """A file beside an expert's opinion."""
        who_and_when = {"asked_at": AT, "asked_by": house.reviewer}
        opinion = ExpertOpinion.objects.create(
            contract=self.contract, expert="王教授", **who_and_when
        )
        file = OpinionFile(opinion=opinion, name="x.pdf", suffix=".pdf", size=1, sha256="0" * 64)
        file.content_type = "application/pdf"
        file.file.save("x.pdf", ContentFile(pdf_bytes()))
        return file

    def _export(self, house):
        """A list that the examiner took out."""
        export = exports.ask(
            wish=Wish(CONTRACTS, ("number",)), by=house.reviewer, at=clock.now(), anew=True
        )
        work.run(export_id=export.pk, at=clock.now())
        return export

    def _archive(self):
        """The lists of the month in which the contract was handed in."""
        monthly.make_missing(at=AT + datetime.timedelta(days=31))
        return MonthArchive.objects.get()

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

    def _after(self, house, certificate):
        """An open request, an earlier version, a list and a buyer's access."""
        more = {"by": house.filer, "at": AT}
        matter = actions.request_deregistration(
            contract=self.contract, reason="解除", files=[pdf()], **more
        )
        ContractVersion.objects.create(
            contract=self.contract, number=1, values={}, certificate=certificate,
            followup=matter, ended_at=AT,
        )  # fmt: skip
        BuyerAccess.objects.create(
            contract=self.contract, enterprise=house.firm, opened_at=AT, opened_by=house.filer
        )
        actions.make_list(enterprise=house.firm, since=AT.date(), until=AT.date(), **more)
        return matter

    def signed_in(self, person):
        """The cookies of a person who signed in once; what a page does to them goes no further."""
        if person.pk not in self.cookies:
            client = Client()
            client.force_login(person)
            self.cookies[person.pk] = client.cookies
        return copy.deepcopy(self.cookies[person.pk])

    def import_of(self, house):
        """A table that the enterprise sent, with one row."""
        run = ImportRun.objects.create(
            line="contracts",
            enterprise=house.firm,
            name="list.csv",
            sha256="0" * 64,
            heads=["项目名称"],
            columns={"0": {"field": "project_name", "unit": 1}},
            created_at=AT,
            created_by=house.filer,
        )
        row = ImportRow.objects.create(run=run, number=2, cells=["一"])
        return {"run_pk": run.pk, "row_pk": row.pk}

    def publicity_of(self, house):
        """A public list with the contract on it, and an objection with its evidence."""
        made = {"created_at": AT, "created_by": house.official}
        batch = PublicityList.objects.create(
            line="contracts", jurisdiction_id="33", year=2020, number=1, title="x", clause="x",
            contact="x", state="open", days=10, opens_on=AT.date(), ends_on=AT.date(), **made,
        )  # fmt: skip
        entry = Entry.objects.create(
            batch=batch, filing=self.contract.filing, ordinal=1, state="held", name="x",
            credit_code=house.firm.credit_code, division="330106",
        )  # fmt: skip
        objection = Objection.objects.create(
            batch=batch, entry=entry, reference="YY1", code="x", kind="person", name="王小明",
            mobile="13800000000", text="x", received_at=AT,
        )  # fmt: skip
        proof = ObjectionFile(objection=objection, kind="evidence", name="x.pdf", suffix=".pdf")
        proof.size, proof.sha256, proof.content_type = 1, "0" * 64, "application/pdf"
        proof.file.save("x.pdf", ContentFile(pdf_bytes()))
        return {"batch_pk": batch.pk, "proof_pk": proof.pk}

    def row_of(self, model):
        """A row of this model, that of the contract where there is one."""
        if model is Certificate:
            return self.failed
        if model._meta.model_name == "user":
            return self.person
        if model is type(self.evaluation):
            return self.evaluation
        own = applications.row_of(self.certified, model) or returns.row_of(self.answered, model)
        if own is not None:
            return own
        for name in ("filing", "contract"):
            if name in {f.name for f in model._meta.fields}:
                return model.objects.filter(**{name: self.contract.pk}).first()
        if model in (Filing, type(self.contract)):
            return model.objects.get(pk=self.contract.pk)
        return model.objects.order_by("pk").first()

    def path(self, route):
        """The address with the ids of this contract."""
        values = {}
        known = PLAIN | self.ids | OF_ROUTE.get(route.name, {})
        known |= self.of_evaluation if route.name.startswith(OF_EVALUATION) else {}
        if route.name.startswith(applications.LINE):
            known |= self.of_application | applications.of_route(self.certified, route.name)
        if route.name.startswith(returns.LINE):
            known |= self.of_return | returns.of_route(self.answered, route.name)
        for param in route.params:
            if route.name == "admin:view_on_site":
                values[param] = 1
            elif param == "change_pk":
                values[param] = self.changes[model_of(route.name)._meta.label_lower]
            elif param == "object_id" or (
                param in ("pk", "id")
                and route.name.startswith("admin:")
                and route.name != "admin:hitech_cert_application_package"
            ):
                row = self.row_of(model_of(route.name))
                values[param] = row.pk if row else 1
            else:
                values[param] = known[param]
        try:
            return reverse(route.name, kwargs=values)
        except NoReverseMatch:
            assert not values, f"teach this test the address {route.name}"
            return "/" + route.pattern


def model_of(name):
    """The model that a name of the review desk speaks of."""
    _space, _colon, rest = name.partition(":")
    app = next(c.label for c in apps.get_app_configs() if rest.startswith(f"{c.label}_"))
    return apps.get_model(app, rest.removeprefix(f"{app}_").partition("_")[0])


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
    pages = ("/contracts/", "/desk/filings/", "/hitech/", "/sme/", "/stats/")
    return client.get(where).status_code if status == 302 and where.startswith(pages) else status


def answers_to(person, things, route):
    """What a person gets from an address; whatever was done is taken back."""
    client = Client()
    if person is not None:
        client.cookies = things.signed_in(person)
    with transaction.atomic():
        found = try_all(client, things.path(route), route)
        transaction.set_rollback(True)
    return found
