"""Regular reports: chosen by officials, one for each period, ended with the role."""

import datetime

import pytest
from django.core import mail
from django.urls import reverse

from contracts.enums import State
from tests.factories import accounts
from tests.factories.contracts import contract_at
from torch_portal.accounts.models import Appointment, User
from torch_portal.accounts.roles import Denied
from torch_portal.filings.models import Filing
from torch_portal.notices.models import Message
from torch_portal.reports.models import Subscription
from torch_portal.reports.tables import letters
from torch_portal.reports.tables.span import Span

pytestmark = pytest.mark.django_db
PAGE = reverse("reports:subscriptions")
CHOSEN = datetime.datetime(2020, 3, 2, 1, 0, tzinfo=datetime.UTC)
MONDAY = datetime.datetime(2020, 3, 9, 1, 0, tzinfo=datetime.UTC)
APRIL = datetime.datetime(2020, 4, 1, 1, 0, tzinfo=datetime.UTC)
WEEK = datetime.timedelta(days=7)


@pytest.fixture
def filings(house):
    """One registered and one open filing, both handed in on 2 March 2020."""
    kept = {"firm": house.firm, "by": house.filer, "office": house.office}
    for n, state in enumerate((State.RECOGNISED, State.ACCEPTED)):
        contract_at(state, examiner=house.reviewer, project_name=f"项目{n}", **kept)


def chosen(by, *wanted, at=CHOSEN):
    letters.choose(by=by, wanted=set(wanted), at=at)


def sent():
    return list(Message.objects.filter(key__startswith="report-").order_by("pk"))


@pytest.mark.parametrize(
    ("rhythm", "today", "since", "until"),
    [
        ("weekly", "2020-03-09", "2020-03-02", "2020-03-08"),
        ("weekly", "2020-03-15", "2020-03-02", "2020-03-08"),
        ("weekly", "2020-03-16", "2020-03-09", "2020-03-15"),
        ("monthly", "2020-03-01", "2020-02-01", "2020-02-29"),
        ("monthly", "2020-03-31", "2020-02-01", "2020-02-29"),
        ("monthly", "2021-01-01", "2020-12-01", "2020-12-31"),
    ],
)
def test_last_whole_period(rhythm, today, since, until):
    day = datetime.date.fromisoformat
    assert letters.last_period(rhythm, day(today)) == Span(day(since), day(until))


def test_report_of_the_week(house, filings, django_capture_on_commit_callbacks):
    chosen(house.official, ("33", "weekly"))
    with django_capture_on_commit_callbacks(execute=True):
        assert letters.send(at=MONDAY) == 1
    (letter,) = sent()
    assert (letter.to_user, letter.to_email) == (house.official, house.official.email)
    assert letter.subject == "浙江省技术合同统计表（2020-03-02—2020-03-08）"
    lines = letter.body.split("\n")
    assert "已提交: 2" in lines
    assert "已办结: 1" in lines
    assert "已登记（有效）: 1" in lines
    assert "合同成交额（元）: 5,230,000.00" in lines
    assert "当前在办: 1" in lines
    assert letter.link.endswith("place=33&since=2020-03-02&until=2020-03-08")
    assert [m.subject for m in mail.outbox if m.to == [house.official.email]] == [letter.subject]


def test_link_of_the_letter_opens_the_tables(client, house, filings):
    chosen(house.official, ("33", "weekly"))
    letters.send(at=MONDAY)
    client.force_login(house.official)
    assert client.get(sent()[0].link).status_code == 200


def test_one_report_for_each_period_however_often_it_runs(house, filings):
    chosen(house.official, ("33", "weekly"), ("33", "monthly"))
    assert letters.send(at=MONDAY) == 1
    assert letters.send(at=MONDAY) == 0
    assert letters.send(at=MONDAY + 6 * WEEK / 7) == 0
    assert letters.send(at=MONDAY + WEEK) == 1
    assert letters.send(at=APRIL) == 2  # another week, and March
    assert len({m.key for m in sent()}) == 4


def test_nothing_of_before_the_choice(house, filings):
    chosen(house.official, ("33", "weekly"), at=MONDAY)
    assert letters.send(at=MONDAY) == 0
    assert letters.send(at=MONDAY + WEEK) == 1


def test_report_ends_with_the_role_or_the_account(house, filings):
    chosen(house.official, ("33", "weekly"))
    Appointment.objects.filter(user=house.official).update(jurisdiction="32")
    assert letters.send(at=MONDAY) == 0
    Appointment.objects.filter(user=house.official).update(jurisdiction="33")
    User.objects.filter(pk=house.official.pk).update(is_active=False)
    assert letters.send(at=MONDAY) == 0
    User.objects.filter(pk=house.official.pk).update(is_active=True)
    assert letters.send(at=MONDAY) == 1


def test_country_and_its_parts(house, filings):
    whole = accounts.official(None)
    chosen(whole, ("", "weekly"), ("32", "weekly"))
    assert letters.send(at=MONDAY) == 2
    country, other = sent()
    assert "已提交: 2" in country.body
    assert "提交: 0" in other.body
    assert "合同成交额同比: —" in other.body


def test_others_cannot_choose(client, house):
    for who in (house.reviewer, house.filer, house.operator):
        client.force_login(who)
        assert client.get(PAGE).status_code == 403
        assert client.post(PAGE, {"weekly": ["33"]}).status_code == 403
        with pytest.raises(Denied):
            chosen(who, ("33", "weekly"))
    with pytest.raises(Denied):
        chosen(house.official, ("32", "weekly"))
    assert Subscription.objects.count() == 0


def test_choice_on_the_page(client, house):
    client.force_login(house.official)
    assert client.get(PAGE).text.count("checked") == 0
    client.post(PAGE, {"weekly": ["33", "32", "x"], "monthly": ["33"]})
    rows = Subscription.objects.order_by("rhythm").values_list("person", "jurisdiction", "rhythm")
    assert list(rows) == [
        (house.official.pk, "33", "monthly"), (house.official.pk, "33", "weekly"),
    ]  # fmt: skip
    first = Subscription.objects.get(rhythm="weekly").pk
    client.post(PAGE, {"weekly": ["33"]})
    assert Subscription.objects.get().pk == first
    assert client.get(PAGE).text.count("checked") == 1
    client.post(PAGE, {})
    assert Subscription.objects.count() == 0
    assert PAGE in client.get("/reports/").text


def test_open_filings_of_others_are_not_counted(house, filings):
    far = accounts.official("32")
    chosen(far, ("32", "weekly"))
    Filing.objects.filter(state=State.ACCEPTED).update(jurisdiction="32")
    letters.send(at=MONDAY)
    assert "当前在办: 1" in sent()[0].body
    assert "提交: 1" in sent()[0].body
