"""The review by level: who may make which move in which state; reasons; nobody edits a value."""

import datetime

import pytest
from django.db import transaction

from stats import actions, permissions
from stats.enums import State
from stats.models import Return
from stats.workflow import APPROVALS, WORKFLOW, ReviewLevel
from tests.factories import accounts
from tests.factories import stats as made
from tests.factories.stats import AT, ITEMS, NOTE
from torch_portal.accounts.enums import MemberRole
from torch_portal.accounts.models import Membership
from torch_portal.accounts.roles import Denied
from torch_portal.common.findings import Refused
from torch_portal.filings.enums import Stage, Turn
from torch_portal.filings.models import CorrectionItem, Event, Filing
from torch_portal.filings.transitions import Stale
from torch_portal.notices.models import Message

pytestmark = pytest.mark.django_db

LATER = AT + datetime.timedelta(days=2)
REVIEW = {name: move for name, move in WORKFLOW.moves.items() if move.turn == Turn.REVIEWER}
ARGUMENTS = {
    "return_for_correction": {"items": ITEMS},
    "cancel": {"note": NOTE},
    "refuse_cancellation": {"note": NOTE},
}
LIES_WITH = {
    State.SUBMITTED: ReviewLevel.LOCAL,
    State.CANCEL_REQUESTED: ReviewLevel.LOCAL,
    State.LOCAL_APPROVED: ReviewLevel.CITY,
    State.CITY_APPROVED: ReviewLevel.PROVINCE,
    State.PROVINCE_APPROVED: ReviewLevel.TORCH,
}


@pytest.fixture
def city(house):
    return accounts.agency("330190", "3301", name="杭州市统计单位")


@pytest.fixture
def chain(house, city):
    """Who acts at which level, and those who act at none."""
    return {
        ReviewLevel.LOCAL: house.reviewer,
        ReviewLevel.CITY: accounts.reviewer(city),
        ReviewLevel.PROVINCE: made.province(),
        ReviewLevel.TORCH: made.torch(),
        "filer": house.filer,
        "stranger": house.stranger,
        "far_reviewer": house.far_reviewer,
        "far_province": made.province("32"),
        "operator": house.operator,
    }


@pytest.fixture
def at_state(house, city):
    def build(state, **more):
        more = {"city": city, **more}
        if state in (State.PROVINCE_APPROVED, State.ACCEPTED) and more["city"]:
            report = build(State.CITY_APPROVED)
            actions.approve_province(report=report, by=made.province(), at=AT)
            if state == State.ACCEPTED:
                actions.accept(report=report, by=made.torch(), at=AT)
            return fresh(report)
        return made.return_at(
            state, firm=house.firm, by=house.filer, office=house.office,
            examiner=house.reviewer, **more,
        )  # fmt: skip

    return build


def fresh(report):
    return Return.objects.select_related("filing", "round", "unit").get(pk=report.pk)


def attempt(name, report, by):
    """Make the move on a fresh copy; the state it led to, or the exception that refused it."""
    try:
        with transaction.atomic():
            copy = fresh(report)
            getattr(actions, name)(report=copy, by=by, at=LATER, **ARGUMENTS.get(name, {}))
            return Filing.objects.get(pk=report.pk).state
    except (Denied, Stale, Refused) as error:
        return type(error)


def expected(move, state, role):
    """What the chain says."""
    level = APPROVALS.get(move.name) or LIES_WITH.get(state) or ReviewLevel.LOCAL
    passes_over_the_city = (state, move.name) == (State.LOCAL_APPROVED, "approve_province")
    if role != level or passes_over_the_city:
        return Denied
    if state not in move.sources:
        return Stale
    return state if move.target is None else move.target


@pytest.mark.parametrize("state", list(State))
def test_matrix_of_state_role_and_move(at_state, chain, state):
    report = at_state(state)
    values = Return.objects.values_list("data", "data_hash").get(pk=report.pk)
    got = {}
    for role, person in chain.items():
        for name in REVIEW:
            point = transaction.savepoint()
            got[role, name] = attempt(name, report, person)
            assert Return.objects.values_list("data", "data_hash").get(pk=report.pk) == values
            transaction.savepoint_rollback(point)
    assert got == {(r, n): expected(m, state, r) for r in chain for n, m in REVIEW.items()}


def test_unit_of_the_city_itself_hands_on_to_the_province(at_state, house):
    report = at_state(State.LOCAL_APPROVED, city=None)
    assert permissions.level_of(report.filing) is ReviewLevel.PROVINCE
    actions.approve_province(report=fresh(report), by=made.province(), at=LATER)
    assert fresh(report).filing.state == State.PROVINCE_APPROVED


def test_nobody_reviews_the_own_enterprise(at_state, house):
    Membership.objects.create(user=house.reviewer, enterprise=house.firm, role=MemberRole.READER)
    report = at_state(State.SUBMITTED)
    with pytest.raises(Denied, match="somebody else has to decide"):
        actions.approve_local(report=fresh(report), by=house.reviewer, at=LATER)


def test_return_goes_to_the_respondent_with_each_reason(at_state, chain):
    report = at_state(State.CITY_APPROVED)
    actions.return_for_correction(
        report=fresh(report), items=ITEMS, by=chain[ReviewLevel.PROVINCE], at=LATER, note="请尽快"
    )
    report = fresh(report)
    assert (report.filing.state, report.filing.stage) == (State.RETURNED, Stage.CORRECTING)
    item = CorrectionItem.objects.get(filing=report.pk)
    assert (item.field, item.remedy) == ("qc51", ITEMS[0]["remedy"])
    event = Event.objects.filter(filing=report.pk).latest("seq")
    assert event.data["level"] == ReviewLevel.PROVINCE
    told = Message.objects.get(key__startswith=f"stats-{report.pk}-returned")
    assert ITEMS[0]["remedy"] in told.body
    assert told.to_user == chain["filer"]


@pytest.mark.parametrize(
    ("items", "words"),
    [
        ([], "at least one item"),
        ([{"field": "qc51", "problem": "incorrect", "remedy": " ", "clause": ""}], "Item 1"),
    ],
)
def test_return_without_a_reason_is_refused(at_state, chain, items, words):
    report = at_state(State.SUBMITTED)
    with pytest.raises(Refused) as refused:
        actions.return_for_correction(
            report=fresh(report), items=items, by=chain[ReviewLevel.LOCAL], at=LATER
        )
    assert words in refused.value.findings[0].text()
    assert fresh(report).filing.state == State.SUBMITTED


@pytest.mark.parametrize("name", ["cancel", "refuse_cancellation"])
def test_cancellation_is_decided_with_a_reason(at_state, chain, name):
    report = at_state(State.CANCEL_REQUESTED)
    with pytest.raises(Refused) as refused:
        getattr(actions, name)(
            report=fresh(report), by=chain[ReviewLevel.LOCAL], at=LATER, note="  "
        )
    assert refused.value.findings[0].field == "note"


def test_approval_keeps_the_digest_of_what_was_looked_at(at_state, chain):
    report = at_state(State.SUBMITTED)
    actions.approve_local(report=fresh(report), by=chain[ReviewLevel.LOCAL], at=LATER)
    event = Event.objects.filter(filing=report.pk).latest("seq")
    assert (event.facts_digest, event.data["revision"]) == (report.data_hash, 1)


def test_second_of_two_reviewers_is_told_who_was_faster(at_state, chain):
    report = at_state(State.SUBMITTED)
    one, two = fresh(report), fresh(report)
    actions.approve_local(report=one, by=chain[ReviewLevel.LOCAL], at=LATER)
    with pytest.raises(Stale, match="was faster"):
        actions.return_for_correction(
            report=two, items=ITEMS, by=chain[ReviewLevel.LOCAL], at=LATER
        )


def test_colleague_of_the_unit_gets_it_in_hand_and_a_stranger_not(at_state, chain, house):
    report, colleague = at_state(State.SUBMITTED), accounts.reviewer(house.office)
    actions.assign(report=fresh(report), by=chain[ReviewLevel.LOCAL], at=LATER, to=colleague.pk)
    assert fresh(report).filing.assigned_to == colleague
    with pytest.raises(Refused, match="to"):
        actions.assign(
            report=fresh(report), by=chain[ReviewLevel.LOCAL], at=LATER, to=house.stranger.pk
        )


def test_levels_above_hear_once_of_what_was_sent_back(at_state, chain, house):
    report = at_state(State.SUBMITTED)
    actions.return_for_correction(
        report=fresh(report), items=ITEMS, by=chain[ReviewLevel.LOCAL], at=LATER
    )
    next_day = LATER + datetime.timedelta(days=1)
    people = {chain[ReviewLevel.CITY], chain[ReviewLevel.PROVINCE], chain[ReviewLevel.TORCH]}
    for _twice in range(2):
        actions.tell_levels_above(at=next_day)
        rows = Message.objects.filter(key__startswith="stats-returned")
        assert people <= {row.to_user for row in rows}
        assert chain[ReviewLevel.LOCAL] not in {row.to_user for row in rows}
        assert len(rows) == rows.values("to_user").distinct().count()
    assert house.office.name in rows[0].body
    assert actions.tell_levels_above(at=LATER) == 0


def test_only_returns_without_errors_are_approved_together(at_state, chain):
    report = at_state(State.SUBMITTED, qc49="998")
    assert report.errors == 1
    by = chain[ReviewLevel.LOCAL]
    words = actions.against(report=fresh(report), name="approve_local", by=by, at=LATER)
    assert words == ["It has 1 errors: look at their explanations."]
    assert actions.against(report=fresh(report), name="assign", by=by, at=LATER) == []
    other = actions.against(report=fresh(report), name="approve_city", by=by, at=LATER)
    assert other == ["The city above the responsible unit decides this."]
