"""The desk of batches, and their calendar on the public page."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from hitech_cert import actions
from hitech_cert.models import Extension, Intake
from tests.factories import accounts
from tests.hitech_cert.test_intakes import AT, CLOSES, CST, SOURCE, opened, terms
from torch_portal.accounts.models import Jurisdiction

LIST = reverse("admin:hitech_cert_intake_changelist")
ADD = reverse("admin:hitech_cert_intake_add")
CALENDAR = reverse("hitech_cert:batches")
LIST_QUERIES = 7
SENT = {
    "jurisdiction": "33",
    "year": "2020",
    "number": "2",
    "title": "2020年第二批",
    "opens_at": "2020-09-21T09:00",
    "closes_at": "2020-09-30T18:00",
    "recommend_by": "2020-10-08",
    "paper_by": "",
    "source": SOURCE,
}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_march(settings):
    settings.PORTAL_CLOCK_OFFSET = AT - timezone.now()


def page_of(intake):
    return reverse("admin:hitech_cert_intake_change", args=[intake.pk])


def answer(client, intake, name, **data):
    return client.post(reverse("admin:hitech_cert_intake_answer", args=[intake.pk, name]), data)


def test_official_opens_a_batch(client, house):
    client.force_login(house.official)
    assert 'value="1"' in client.get(ADD).text
    answered = client.post(ADD, SENT)
    intake = Intake.objects.get()
    assert answered["Location"] == page_of(intake)
    assert timezone.localtime(intake.closes_at).hour == 18
    assert "deferred" in client.get(page_of(intake), headers={"accept-language": "en"}).text


def test_what_is_wrong_stands_at_its_entry_and_nothing_typed_is_lost(client, house):
    client.force_login(house.official)
    answered = client.post(ADD, SENT | {"recommend_by": "2020-12-01", "paper_by": "2020-09-01"})
    assert answered.status_code == 422
    assert set(answered.context["form"].errors) == {"recommend_by", "paper_by"}
    assert "2020年第二批" in answered.text
    assert not Intake.objects.exists()


@pytest.mark.parametrize("field", ["closes_at", "recommend_by", "year", "title"])
def test_what_is_missing_is_named(client, house, field):
    client.force_login(house.official)
    answered = client.post(ADD, SENT | {field: ""})
    assert set(answered.context["form"].errors) == {field}


def test_batch_of_another_province_cannot_be_chosen(client, house):
    client.force_login(house.official)
    answered = client.post(ADD, SENT | {"jurisdiction": "32"})
    assert set(answered.context["form"].errors) == {"jurisdiction"}


def test_bureau_reads_no_batch_and_opens_none(client, house):
    intake = opened(house.official)
    client.force_login(house.reviewer)
    assert client.get(ADD).status_code == 403
    assert client.get(page_of(intake)).status_code == 404
    assert answer(client, intake, "close").status_code == 404


def test_official_of_another_province_sees_nothing(client, house):
    intake = opened(house.official)
    client.force_login(accounts.official("32"))
    assert client.get(page_of(intake)).status_code == 404
    assert intake.title not in client.get(LIST).text


def test_deadline_is_extended_with_its_notice(client, house):
    intake = opened(house.official)
    client.force_login(house.official)
    sent = {"closes_at": "2020-09-25T18:00", "source": "浙高企认〔2020〕9号"}
    assert answer(client, intake, "extend", **sent).status_code == 302
    intake.refresh_from_db()
    assert intake.closes_at == datetime.datetime(2020, 9, 25, 18, 0, tzinfo=CST)
    page = client.get(page_of(intake)).text
    assert "浙高企认〔2020〕9号" in page
    assert "2020-09-20 18:00" in page


def test_earlier_deadline_stands_at_its_entry(client, house):
    intake = opened(house.official)
    client.force_login(house.official)
    answered = answer(client, intake, "extend", closes_at="2020-09-01T18:00", source=SOURCE)
    assert answered.status_code == 422
    assert set(answered.context["form"].errors) == {"closes_at"}
    assert not Extension.objects.exists()


def test_batch_is_closed_once_it_is_over(client, house, settings):
    intake = opened(house.official)
    client.force_login(house.official)
    assert answer(client, intake, "close").status_code == 422
    settings.PORTAL_CLOCK_OFFSET = CLOSES + datetime.timedelta(hours=1) - timezone.now()
    assert answer(client, intake, "close").status_code == 302
    intake.refresh_from_db()
    assert intake.closed_by == house.official
    assert "closes_at" not in client.get(page_of(intake)).text


def queries_of_the_list(client):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(LIST).status_code == 200
    return len(asked)


def test_list_takes_as_many_queries_for_one_as_for_three(client, house):
    client.force_login(house.official)
    opened(house.official)
    client.get(LIST)
    one = queries_of_the_list(client)
    opened(house.official, number=2)
    opened(house.official, number=3)
    assert one == queries_of_the_list(client) == LIST_QUERIES


def test_public_calendar_needs_no_account(client, house):
    intake = opened(house.official)
    client.force_login(house.official)
    answer(client, intake, "extend", closes_at="2020-09-25T12:00", source="浙高企认〔2020〕9号")
    client.logout()
    page = client.get(CALENDAR).text
    assert "2020年第一批" in page
    assert "2020-09-25 12:00" in page
    assert "浙高企认〔2020〕9号" in page


def test_public_calendar_without_batches_says_so(client):
    assert client.get(CALENDAR).status_code == 200
    assert client.get(CALENDAR, {"place": "没有这个地方"}).status_code == 200


def test_public_calendar_can_be_narrowed_to_a_place(client, house):
    opened(house.official)
    jiangsu = accounts.official("32")
    actions.open_intake(
        jurisdiction=Jurisdiction.objects.get(pk="32"),
        terms=terms(title="江苏第一批"),
        by=jiangsu,
        at=AT,
    )
    name = Jurisdiction.objects.get(pk="32").name
    page = client.get(CALENDAR, {"place": name}).text
    assert "江苏第一批" in page
    assert "2020年第一批" not in page
