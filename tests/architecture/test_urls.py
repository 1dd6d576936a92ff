"""Every address refuses a visitor, another enterprise and another region's people, or is listed."""

import pytest
from django.urls import reverse

from tests.architecture.addresses import PLAIN, ROUTES, Things, answers_to
from tests.architecture.tree import our_models
from tests.factories import accounts
from torch_portal.filings.models import (
    Event,
)

# What everybody may open, and why nobody's filing stands there.
PUBLIC = {
    "desk:home": "what the portal is",
    "desk:healthz": "for the process supervisor",
    "desk:readyz": "for the load balancer",
    "desk:metrics": "404 without the token or from another network",
    "notices:list": "the notice as published",
    "notices:hotlines": "the hotline of the notice",
    "contracts:list": "the code of the list is the key",
    "contracts:list_file": "the code of the list is the key",
    "contracts:guide": "who can apply, what it gives, by which clause",
    "hitech_cert:guide": "who can be certified, what it gives, by which clause",
    "hitech_cert:batches": "the calendar of batches",
    "hitech_cert:certified": "the certified enterprises, as the national list has them",
    "hitech_cert:public_changes": "changes in publicity",
    "hitech_selfcheck": "figures in, conditions out; nothing is kept",
    "sme_eval:guide": "who can be evaluated, what it gives, by which clause",
    "sme_selfcheck": "figures in, score out; nothing is kept",
    "stats:guide": "who answers the survey, what it asks, by which clause",
    "stats:faq": "frequent questions, published",
    "api:stats-table-list": "published tables, small cells hidden",
    "reports:public": "sums of the country, small cells hidden",
    "certificates:verify": "asks for number and code together",
    "certificates:scan": "the code of the certificate is the key",
    "publicity:index": "the public lists",
    "publicity:detail": "a public list",
    "publicity:download": "a public list",
    "publicity:object": "objections are made without an account",
    "publicity:outcome": "asks for reference and code together",
    "accounts:login": "the door",
    "accounts:logout": "out, by POST only",
    "accounts:invitation": "the secret of the link is the key",
    "account_login": "the door",
    "account_logout": "out, by POST only",
    "account_signup": "registering an enterprise",
    "account_inactive": "words for a closed account",
    "account_email_verification_sent": "words: look into the mailbox",
    "account_confirm_email": "the secret of the link is the key",
    "account_reset_password": "asks for an address, answers everybody alike",
    "account_reset_password_done": "words: look into the mailbox",
    "account_reset_password_from_key": "the secret of the link is the key",
    "account_reset_password_from_key_done": "words: sign in",
    "mfa_authenticate": "the second half of the door",
    "set_language": "the language of the page",
    "admin/login/": "leads to the door",
    "admin:login": "leads to the door",
    "admin:jsi18n": "words of Django's scripts",
    "api:schema": "OpenAPI",
    "api:token": "a token for a name and a password",
    "api:assess": "the rules, without any stored data",
    "api:publicity-lists": "the public lists",
    "api:publicity-entries": "a public list",
    "api:verify": "asks for number and code together, or for the file",
}
AGAIN = "/accounts/reauthenticate/"


def of_an_object(route):
    """Whether the address names one row."""
    return bool(set(route.params) - set(PLAIN)) and route.name not in PUBLIC


def refused(answers, *, desk):
    """Nothing was shown or done: 403 or 404; at the desk also the door or its front page."""
    doors = (reverse("accounts:login"), reverse("admin:login"), reverse("admin:index"))
    shown = [
        status
        for _method, status, where in answers
        if status not in {401, 403, 404, 405}
        and not (desk and status == 302 and where.partition("?")[0] in doors)
        and not (status == 302 and where.partition("?")[0] == AGAIN)
    ]
    return shown == [] and any(status != 405 for _method, status, _where in answers)


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


# What the survey shows to everybody who signs in, and to every office: its respondents by area.
OF_THE_COUNTRY = {
    "stats:help",
    "stats:material",
    "stats:material_file",
    "stats:material_read",
    "admin:stats_coursematerial_change",
    "admin:stats_quiz_change",
    "stats:quiz",
    "admin:stats_faqentry_change",
    "admin:stats_publicationtable_change",
    "admin:stats_round_change",
}


# What respondents of every place read, every desk may look at; writing it is refused there.
OF_EVERY_DESK = ("admin:stats_answertarget_", "admin:stats_itemnote_", "admin:stats_officehours_")


def shared(route, person):
    """Rows of the whole country that officials of every region read."""
    national = (
        "admin:papers_emergency_",
        "admin:papers_paperpolicy_",
        "admin:filings_calendarday_",
        "admin:sme_eval_window_",
        "admin:stats_checkrule_",
        "admin:stats_instrument",  # and its versions
        "admin:stats_surveyprogramme_",
        "admin:stats_round_count",  # counting anew changes no figure
    )
    if route.name in OF_THE_COUNTRY:
        return True
    if person != "stranger" and route.name.startswith(OF_EVERY_DESK):
        return True
    if route.name == "api:hitech-batch-detail":
        return True  # the calendar of batches is public
    return person == "far_official" and route.name.startswith(national)


def test_urls_of_an_object_answer_who_has_a_part_in_it(house, things):
    """The refusals above mean something: somebody of the house gets another answer."""
    people = [house.filer, house.reviewer, house.official, house.operator]
    people += [accounts.official(None, name="national"), accounts.user("root", is_superuser=True)]
    people[-1].is_staff = True
    people[-1].save()
    people += [things.expert, things.answered.granted]
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


# Deleting and Django's own history are open to nobody at the desk; a key is its owner's alone,
# behind the password once more.
# Sheets that are in are not changed, and nobody declines a seat any more.
SHEETS_ARE_IN = {"hitech_cert:expert_autosave", "hitech_cert:expert_decline"}
# What is published is never written again, and no city stands above the unit of this return.
SURVEY_STANDS = {
    "admin:stats_checkrule_write",
    "admin:stats_instrumentversion_add_item",
    "admin:stats_instrumentversion_bring",
    "admin:stats_instrumentversion_item",
    "api:return-approve-city",
}
NOBODYS = (
    {"admin:view_on_site", "mfa_remove_webauthn"}
    | SHEETS_ARE_IN
    | SURVEY_STANDS
    | {
        f"admin:{m._meta.app_label}_{m._meta.model_name}_{act}"
        for m in our_models()
        for act in ("delete", "history")
    }
)
