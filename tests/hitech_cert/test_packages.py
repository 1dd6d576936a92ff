"""E-mailed applications: registered by somebody in office, with the same checks as online."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from hitech_cert import actions, forms, queries, rules
from hitech_cert.enums import Channel, State
from hitech_cert.models import Application
from tests.factories import accounts
from tests.factories import hitech_cert as made
from tests.factories.contracts import pdf
from tests.hitech_cert.test_intakes import said
from torch_portal.accounts.enums import MemberRole
from torch_portal.accounts.models import Membership
from torch_portal.accounts.roles import Denied
from torch_portal.common.findings import Refused
from torch_portal.filings.drafts import Conflict
from torch_portal.filings.models import Filing
from torch_portal.notices.models import Message

pytestmark = pytest.mark.django_db
CAME = made.AT - datetime.timedelta(days=1)
LIST = reverse("admin:hitech_cert_application_packages")


@pytest.fixture(autouse=True)
def in_june(settings):
    settings.PORTAL_CLOCK_OFFSET = made.AT - timezone.now()


def opened(house, by=None, came=CAME):
    return actions.open_package(
        enterprise=house.firm, received_at=came, by=by or house.official, at=made.AT
    )


def filled(house, **values):
    """A package with everything in it."""
    application = opened(house)
    actions.keep_package(
        application=application,
        values=made.SAMPLE | values,
        typed={},
        rows=made.ROWS,
        by=house.official,
        at=made.AT,
    )
    for kind in rules.NEEDED:
        actions.attach_package(
            application=application,
            kind=kind,
            upload=pdf(f"{kind}.pdf"),
            by=house.official,
            at=made.AT,
        )
    return application


def test_complete_package_is_submitted_at_the_moment_of_its_e_mail(house):
    intake = made.intake()
    application = filled(house)
    actions.hand_in_package(
        application=application, by=house.official, at=made.AT, agency=house.office
    )
    row = Application.objects.get()
    assert (row.filing.state, row.intake, row.channel) == (State.SUBMITTED, intake, Channel.EMAIL)
    assert (row.received_at, row.filed_at) == (CAME, CAME)
    assert row.filing.handler == house.filer
    assert Message.objects.filter(to_user=house.filer, key__contains="-received-").exists()


def test_e_mail_of_the_last_moment_is_in_time_though_registered_later(house):
    made.intake()
    at = made.CLOSES + datetime.timedelta(days=2)
    application = actions.open_package(
        enterprise=house.firm, received_at=made.CLOSES, by=house.official, at=at
    )
    actions.keep_package(
        application=application, values=made.SAMPLE, typed={}, rows=made.ROWS,
        by=house.official, at=at,
    )  # fmt: skip
    for kind in rules.NEEDED:
        actions.attach_package(
            application=application, kind=kind, upload=pdf(f"{kind}.pdf"), by=house.official, at=at
        )
    actions.hand_in_package(application=application, by=house.official, at=at, agency=house.office)
    assert application.filing.state == State.SUBMITTED


def test_e_mail_after_the_close_is_refused(house):
    made.intake()
    late = made.CLOSES + datetime.timedelta(seconds=1)
    application = actions.open_package(
        enterprise=house.firm, received_at=late, by=house.official, at=late
    )
    with pytest.raises(Refused) as refused:
        actions.hand_in_package(application=application, by=house.official, at=late)
    assert "window" in [f.code for f in refused.value.findings]


def test_incomplete_package_is_refused_and_stays_a_draft_of_the_enterprise(house):
    made.intake()
    application = filled(house)
    application.rights.all().delete()
    with pytest.raises(Refused):
        actions.hand_in_package(application=application, by=house.official, at=made.AT)
    told = actions.tell_missing(application=application, by=house.official, at=made.AT)
    letter = Message.objects.get(key__contains="-incomplete-")
    assert letter.to_user == house.filer
    assert str(len(told)) in letter.body
    assert Application.objects.visible_to(house.filer).get() == application
    assert Filing.objects.get().state == State.DRAFT


def test_second_e_mail_goes_on_with_the_first(house):
    first = opened(house)
    again = opened(house, came=made.AT)
    assert (first.pk, again.received_at) == (again.pk, CAME)


def test_bureau_of_the_place_registers_too(house):
    assert opened(house, by=house.reviewer).channel == Channel.EMAIL


@pytest.mark.parametrize("person", ["filer", "stranger", "far_reviewer", "operator"])
def test_others_register_nothing(house, person):
    with pytest.raises(Denied):
        opened(house, by=getattr(house, person))


def test_nobody_registers_the_own_enterprise(house):
    Membership.objects.create(user=house.second, enterprise=house.firm, role=MemberRole.READER)
    with pytest.raises(Denied):
        opened(house, by=house.second)


@pytest.mark.parametrize(
    "came", [made.AT + datetime.timedelta(seconds=1), made.AT - datetime.timedelta(days=200)]
)
def test_moment_has_to_make_sense(house, came):
    with pytest.raises(Refused) as refused:
        opened(house, came=came)
    assert set(said(refused)) == {"received_at"}


def test_draft_of_the_enterprise_itself_is_not_touched(house):
    draft = made.draft(house.firm, house.filer, files=False)
    with pytest.raises(Conflict):
        actions.keep_package(
            application=draft, values={}, typed={}, rows={}, by=house.official, at=made.AT
        )


# --- the pages ---------------------------------------------------------------------------------


def page_of(application):
    return reverse("admin:hitech_cert_application_package", args=[application.pk])


def as_posted(application):
    """The entries of all pages as their forms show them."""
    return {
        name: "" if value is None else value
        for page in forms.PAGES.values()
        for name, value in _shown(application, page).items()
    }


def _shown(application, page):
    answers = {True: "yes", False: "no"}
    known = {n: getattr(application, n) for n in page.base_fields if n != "seen"}
    return {
        n: answers[v] if isinstance(v, bool) and n not in ("pilot", "no_secrets") else v
        for n, v in known.items()
        if v is not False or n not in ("pilot", "no_secrets")
    }


def test_package_is_opened_by_code_and_moment(client, house):
    client.force_login(house.official)
    sent = {"credit_code": house.firm.credit_code, "received_at": "2020-06-01T08:00"}
    answer = client.post(LIST, sent)
    application = Application.objects.get()
    assert answer["Location"] == page_of(application)
    assert house.firm.name in client.get(LIST).text


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({"credit_code": "", "received_at": ""}, {"credit_code", "received_at"}),
        ({"credit_code": accounts.ZHIWEI, "received_at": "2020-07-01T08:00"}, {"received_at"}),
        ({"credit_code": "91330106MAGUJ65R6X", "received_at": "2020-06-01T08:00"}, {"credit_code"}),
    ],
)
def test_what_is_wrong_with_the_opening_is_named(client, house, sent, wrong):
    client.force_login(house.official)
    answer = client.post(LIST, sent)
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, wrong)


def test_page_says_what_is_missing_and_registers_when_nothing_is(client, house):
    made.intake()
    application = filled(house)
    client.force_login(house.official)
    lists = {f["code"] for f in client.get(page_of(application)).context["findings"]}
    assert "missing" not in lists
    posted = as_posted(application) | {"hand_in": "1"}
    assert client.post(page_of(application), posted | {"agency_name": ""}).status_code == 302
    assert Filing.objects.get().state == State.DRAFT
    answer = client.post(page_of(application), posted)
    assert (answer.status_code, answer["Location"]) == (302, LIST)
    assert Filing.objects.get().state == State.SUBMITTED


def test_what_cannot_be_read_is_kept_word_for_word(client, house):
    application = opened(house)
    client.force_login(house.official)
    client.post(page_of(application), {"sales_3": "两千二百", "agency_name": "某事务所"})
    application.refresh_from_db()
    assert application.typed["sales_3"] == "两千二百"
    assert application.agency_name == "某事务所"
    assert "两千二百" in client.get(page_of(application)).text


def test_workbook_of_a_table_is_taken_and_a_bad_one_named(client, house):
    application = filled(house)
    rights = forms.workbook(application, "rights")
    application.rights.all().delete()
    client.force_login(house.official)
    sent = as_posted(application)
    good = {"table-rights": made_file("rights.xlsx", rights)}
    assert client.post(page_of(application), sent | good).status_code == 302
    assert application.rights.count() == 4
    bad = {"table-rights": made_file("rights.xlsx", b"no workbook")}
    answer = client.post(page_of(application), sent | bad)
    assert answer.status_code == 422
    assert "rights.xlsx" in answer.text
    assert application.rights.count() == 4


def made_file(name, data):
    return SimpleUploadedFile(name, data)


def test_files_are_kept_with_their_kind(client, house):
    application = opened(house)
    client.force_login(house.official)
    sent = {"kind": "licence", "files": [pdf("a.pdf"), pdf("b.pdf")]}
    client.post(page_of(application), sent)
    assert {a.kind for a in application.filing.attachments.live()} == {"licence"}


@pytest.mark.parametrize("who", ["far_reviewer", "operator"])
def test_package_of_another_place_is_not_there(client, house, who):
    application = opened(house)
    client.force_login(getattr(house, who))
    assert client.get(page_of(application)).status_code == 404
    assert client.post(page_of(application), {"hand_in": "1"}).status_code == 404


def test_open_packages_are_those_of_the_year(house):
    opened(house)
    assert queries.open_packages(2020).count() == 1
    assert queries.open_packages(2021).count() == 0
