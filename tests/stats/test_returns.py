"""What the respondent does with a return: fill, check, explain, hand in, take back, scan."""

import pytest

from stats import actions, queries
from stats.enums import State
from tests.factories import stats as made
from tests.factories.stats import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(house):
    return made.open_round({house.firm: house.office, house.other_firm: house.office})


@pytest.fixture
def report(house, survey):
    return made.draft(survey, house.firm, house.filer)


def codes(refused):
    return {finding.code for finding in refused.value.findings}


def save(report, by, entries, table="GQ-002", **more):
    return actions.save_table(report=report, table=table, entries=entries, by=by, at=AT, **more)


def test_sample_is_checked_and_submitted_without_a_word(house, report):
    checked = actions.check(report=report, by=house.filer, at=AT)
    assert [each.key for each in checked.found] == []
    assert report.filing.state == State.CHECKED
    actions.submit(report=report, by=house.filer, at=AT)
    report.refresh_from_db()
    assert report.filing.state == State.SUBMITTED
    assert report.filing.agency == house.office
    assert report.filing.number == "TJ20223301060000001"
    revision = report.revisions.get()
    assert (revision.data, revision.data_hash) == (report.data, queries.digest_of(report.data))
