"""Beginning, saving and submitting an application."""

import datetime

import pytest

from hitech_cert import actions, queries
from hitech_cert.enums import State
from hitech_cert.models import Application
from tests.factories import hitech_cert as made
from torch_portal.accounts.roles import Denied
from torch_portal.common.findings import Refused, blocking

SECOND = datetime.timedelta(seconds=1)


def codes(refused):
    """Code and field of what a submission was refused for."""
    return {(f.code, f.field) for f in blocking(refused.value.findings)}


def test_complete_application_has_nothing_against_it(house):
    made.intake()
    application = made.draft(house.firm, house.filer)
    found = queries.findings(application, at=made.AT)
    assert [(f.code, f.field, f.text()) for f in blocking(found)] == []


def test_submitted_application_lies_with_the_bureau(house):
    application = made.submitted(house.firm, house.filer, house.office)
    filing = application.filing
    assert (filing.state, filing.agency) == (State.SUBMITTED, house.office)
    assert application.intake.number == 1
    assert filing.due_on == datetime.date(2020, 7, 31)
    assert filing.number == "GQ2020330106000001"
    assert filing.edition == "HNTE2020"
    assert filing.events.get(move="submit").facts_digest


def test_second_application_of_the_year_is_refused(house):
    made.submitted(house.firm, house.filer, house.office)
    second = made.draft(house.firm, house.filer)
    with pytest.raises(Refused) as refused:
        actions.submit(application=second, by=house.filer, at=made.AT, agency=house.office)
    assert codes(refused) == {("V03", "")}


def test_withdrawn_application_leaves_the_year_free(house):
    first = made.submitted(house.firm, house.filer, house.office)
    actions.withdraw(application=first, by=house.filer, at=made.AT)
    second = made.submitted(house.firm, house.filer, house.office)
    assert second.filing.state == State.SUBMITTED


def test_last_second_of_the_batch_counts_and_the_next_does_not(house):
    made.intake()
    application = made.draft(house.firm, house.filer)
    late = made.CLOSES + SECOND
    with pytest.raises(Refused) as refused:
        actions.submit(application=application, by=house.filer, at=late, agency=house.office)
    assert codes(refused) == {("window", "intake")}
    told = next(f.text() for f in refused.value.findings if f.code == "window")
    assert "2020-07-20 18:00:00" in told
    actions.submit(application=application, by=house.filer, at=made.CLOSES, agency=house.office)
    assert application.filing.state == State.SUBMITTED


def test_stranger_cannot_submit(house):
    made.intake()
    application = made.draft(house.firm, house.filer)
    with pytest.raises(Denied):
        actions.submit(application=application, by=house.stranger, at=made.AT)
    assert Application.objects.get().filing.state == State.DRAFT


def test_facts_follow_from_the_rows(house):
    application = made.draft(house.firm, house.filer)
    facts = queries.facts_of(application)
    assert (facts.ip_class1, facts.ip_class2, facts.transformations) == (1, 3, 12)
    assert (facts.staff_total, facts.staff_st, facts.ht_income) == (60, 12, 1700)
    assert [year.year for year in facts.rd_years] == [2017, 2018, 2019]
    case = queries.case_of(application)
    assert [c.ok for c in case.conditions] == [True] * 6 + [None, True]
