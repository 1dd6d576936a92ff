"""The dry run of a rule over accepted returns: it stops, it passes, or there is nothing to try."""

import datetime

import pytest

from stats.actions import authoring, publishing
from stats.enums import State
from stats.models import CheckRule
from stats.queries import examination
from tests.factories import stats as factory
from tests.factories import stats_instruments
from torch_portal.common.findings import Refused

pytestmark = pytest.mark.django_db
AT = factory.AT


def rule(expression, severity="error", by=None):
    """A draft of a rule for the version of the sample."""
    version = stats_instruments.row()
    unsaved = CheckRule(instrument=version.instrument, key="CK-900")
    values = {
        "scope": "GQ-002", "severity": severity, "expression": expression, "tolerance": 0,
        "missing": "skip", "message_zh": "试运行用的审核关系", "basis": "design",
        "source": "平台设定", "active_from": datetime.date(2022, 1, 1),
    }  # fmt: skip
    return authoring.write_rule(rule=unsaved, values=values, by=by or factory.torch(), at=AT)


@pytest.fixture
def accepted(house):
    """A return of 2022 that the Torch Center accepted."""
    return factory.return_at(
        State.ACCEPTED, firm=house.firm, by=house.filer, office=house.office,
        examiner=house.reviewer,
    )  # fmt: skip


def test_rule_that_fires_too_often_is_not_handed_over(accepted):
    draft = rule("qc05_0 > 52000")
    with pytest.raises(Refused) as refused:
        publishing.ask_rules(rules=[draft], by=factory.torch(), at=AT)
    (finding,) = refused.value.findings
    assert finding.text() == (
        "Over the returns of 2022年度火炬统计年报 it is violated 1 times of 1: more than a fifth. "
        "Correct the rule, or make it a warning."
    )


@pytest.mark.parametrize(
    ("expression", "severity", "counts"),
    [
        ("qc05_0 >= 52000", "error", (1, 0, 0)),
        ("qc05_0 > 52000", "warning", (0, 1, 0)),
        ("prev(qc05_0) > 1", "error", (0, 0, 1)),
    ],
)
def test_outcome_of_the_dry_run_stays_with_the_rule(accepted, expression, severity, counts):
    draft = rule(expression, severity)
    publishing.ask_rules(rules=[draft], by=factory.torch(), at=AT)
    draft.refresh_from_db()
    told = draft.trial
    assert (told["passed"], told["violated"], told["skipped"]) == counts
    assert told["round"] == "2022年度火炬统计年报"


def test_submitted_returns_are_not_tried_on(house):
    factory.return_at(
        State.SUBMITTED, firm=house.firm, by=house.filer, office=house.office,
        examiner=house.reviewer,
    )  # fmt: skip
    draft = rule("qc05_0 > 52000")
    publishing.ask_rules(rules=[draft], by=factory.torch(), at=AT)
    draft.refresh_from_db()
    assert examination.trial_finding(draft, draft.trial).text() == (
        "There are no accepted returns that it could be tried on."
    )
