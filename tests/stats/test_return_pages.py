"""The respondent's pages: from the list of rounds through the tables to the number."""

import pytest
from django.urls import reverse
from django.utils import timezone

from stats.enums import State
from stats.models import Return
from tests.factories import stats as made
from tests.factories.stats import AT, SAMPLE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def spring_2023(settings):
    settings.PORTAL_CLOCK_OFFSET = AT - timezone.now()


@pytest.fixture
def survey(house):
    return made.open_round({house.firm: house.office, house.other_firm: house.office})


@pytest.fixture
def filer(house, client):
    client.force_login(house.filer)
    return client


@pytest.fixture
def report(house, survey):
    return made.draft(survey, house.firm, house.filer)


def url(name, report, *more):
    return reverse(f"stats:{name}", args=[report.pk, *more])


def begin(client, survey):
    assignment = survey.assignments.get(enterprise__credit_code=SAMPLE["HEAD"]["qa03"])
    answer = client.post("/stats/start/", {"assignment": assignment.pk})
    return Return.objects.get(), answer.url


def test_a_return_is_filled_table_by_table_and_submitted(filer, house, survey):
    assert survey.title in filer.get("/stats/start/").content.decode()
    report, page = begin(filer, survey)
    page = filer.get(page).url
    for table, entries in SAMPLE.items():
        assert page == url("step", report, table)
        shown = filer.get(page)
        assert shown.status_code == 200
        answer = filer.post(page, entries | {"seen": "0", "go": "next"})
        assert answer.status_code == 302, answer.content.decode()
        page = answer.url
    assert page == url("explanations", report)
    answer = filer.post(url("check", report))
    assert answer.url == url("review", report)
    assert filer.get(answer.url).context["blocks"] == []
    answer = filer.post(url("submit", report))
    assert answer.url == url("detail", report)
    shown = filer.get(answer.url).content.decode()
    assert "TJ20223301060000001" in shown
    report.refresh_from_db()
    assert report.filing.state == State.SUBMITTED


def test_public_page_says_approval_and_window(client, survey):
    shown = client.get("/stats/").content.decode()
    assert "国统制〔2022〕11号" in shown
    assert "2023-03-25" in shown
