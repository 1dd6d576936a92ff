"""One move on many filings: the plan, the run in the background, what came of each."""

import datetime
from decimal import Decimal
from itertools import count

import pytest
from django.urls import reverse

from contracts import actions as contracts
from contracts.enums import State
from contracts.workflow import WORKFLOW
from tests.factories.contracts import AT, contract_at
from torch_portal.accounts.models import Appointment, Membership
from torch_portal.accounts.roles import Denied
from torch_portal.desk import actions
from torch_portal.desk.enums import Outcome
from torch_portal.desk.models import Batch
from torch_portal.filings.models import Event, Filing
from torch_portal.notices.models import Message

pytestmark = pytest.mark.django_db
PLAN = reverse("admin:desk_batch_plan")
LIST = reverse("admin:contracts_contract_changelist")
PAPERS = ("development_plan", "cost_list", "undertaking")
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def at_state(house):
    """A contract of which no rule has more than a hint to say, unless `values` give it one."""
    number = count(1)

    def build(state, **values):
        values.setdefault("total_yuan", Decimal(4230000 - next(number)))
        values.setdefault("kinds", PAPERS)
        values.setdefault("project_name", f"红外测温算法第{next(number)}期")
        return contract_at(
            state, firm=house.firm, by=house.filer, office=house.office,
            examiner=house.reviewer, **values,
        )  # fmt: skip

    return build


@pytest.fixture
def planned(house):
    def build(move, *filings, by=None):
        return actions.plan(
            line="contracts", move=move, filing_ids=[c.pk for c in filings],
            by=by or house.reviewer, at=AT,
        )  # fmt: skip

    return build


def run(batch, by, arguments=None):
    """Start it and let the worker take all of it."""
    assert actions.start(batch=batch, arguments=arguments or {}, by=by, at=AT)
    actions.run(batch_id=batch.pk, at=AT)
    batch.refresh_from_db()


def outcomes(batch):
    return list(batch.rows.order_by("pk").values_list("outcome", flat=True))


def state_of(contract):
    return Filing.objects.get(pk=contract.pk).state


def test_accepts_many_one_event_each(house, at_state, planned):
    filings = [at_state(State.SUBMITTED) for _n in range(3)]
    batch = planned("accept", *filings)
    assert {state_of(c) for c in filings} == {State.SUBMITTED}
    run(batch, house.reviewer)
    assert outcomes(batch) == [Outcome.DONE] * 3
    assert batch.ended_at == AT
    assert {state_of(c) for c in filings} == {State.ACCEPTED}
    assert Event.objects.filter(move="accept", by=house.reviewer).count() == 3


def test_recognises_and_leaves_out_what_has_a_warning(house, at_state, planned):
    clean = at_state(State.ACCEPTED)
    warned = at_state(State.ACCEPTED, kinds=())
    waiting = at_state(State.SUBMITTED)
    batch = planned("recognise", clean, warned, waiting)
    assert outcomes(batch) == [Outcome.WAITING, Outcome.LEFT_OUT, Outcome.LEFT_OUT]
    assert all(row.words for row in batch.rows.filter(outcome=Outcome.LEFT_OUT))
    run(batch, house.reviewer)
    assert state_of(clean) == State.RECOGNISED
    assert clean.filing.certificates.count() == 1
    assert state_of(warned) == State.ACCEPTED
    assert state_of(waiting) == State.SUBMITTED


@pytest.mark.parametrize(
    ("move", "start", "arguments", "end"),
    [
        ("decline", State.SUBMITTED, {"note": "不属于本处受理范围"}, State.NOT_ACCEPTED),
        ("refuse", State.ACCEPTED, {"grounds": ["RF-2"], "note": "设备采购"}, State.REFUSED),
        (
            "return_for_correction",
            State.SUBMITTED,
            {"items": [{"field": "", "problem": "incomplete", "remedy": "补章", "clause": ""}]},
            State.CORRECTING,
        ),
    ],
)
def test_reasons_reach_every_enterprise(house, at_state, planned, move, start, arguments, end):
    filings = [at_state(start) for _n in range(2)]
    before = Message.objects.count()
    batch = planned(move, *filings)
    run(batch, house.reviewer, arguments)
    assert {state_of(c) for c in filings} == {end}
    assert Message.objects.count() == before + 2


def test_a_missing_reason_fails_each_filing_with_its_words(house, at_state, planned):
    filing = at_state(State.SUBMITTED)
    batch = planned("decline", filing)
    run(batch, house.reviewer, {"note": " "})
    row = batch.rows.get()
    assert row.outcome == Outcome.FAILED
    assert row.words
    assert state_of(filing) == State.SUBMITTED


def test_what_changed_since_the_plan_is_not_touched(house, at_state, planned):
    first, second = at_state(State.SUBMITTED), at_state(State.SUBMITTED)
    batch = planned("accept", first, second)
    contracts.withdraw(contract=first, by=house.filer, at=AT)
    run(batch, house.reviewer)
    assert outcomes(batch) == [Outcome.FAILED, Outcome.DONE]
    assert state_of(first) == State.WITHDRAWN


def test_scope_is_asked_again_at_the_run(house, at_state, planned):
    filing = at_state(State.SUBMITTED)
    batch = planned("accept", filing)
    Appointment.objects.filter(user=house.reviewer).delete()
    run(batch, house.reviewer)
    assert outcomes(batch) == [Outcome.FAILED]
    assert state_of(filing) == State.SUBMITTED


def test_nobody_decides_the_own_enterprise_in_a_batch(house, at_state, planned):
    Membership.objects.create(user=house.second, enterprise=house.firm, role="reader")
    batch = planned("accept", at_state(State.SUBMITTED), by=house.second)
    assert outcomes(batch) == [Outcome.LEFT_OUT]


def test_filings_out_of_sight_are_not_taken_in(house, at_state, planned):
    batch = planned("accept", at_state(State.SUBMITTED), by=house.far_reviewer)
    assert outcomes(batch) == []


def test_run_twice_does_nothing_twice(house, at_state, planned):
    batch = planned("accept", at_state(State.SUBMITTED))
    run(batch, house.reviewer)
    assert actions.run(batch_id=batch.pk, at=AT) == 0
    assert not actions.start(batch=batch, arguments={}, by=house.reviewer, at=AT)
    assert Event.objects.filter(move="accept").count() == 1


def test_only_the_planner_starts_and_stops(house, at_state, planned):
    batch = planned("accept", at_state(State.SUBMITTED))
    with pytest.raises(Denied):
        actions.start(batch=batch, arguments={}, by=house.second, at=AT)
    with pytest.raises(Denied):
        actions.stop(batch=batch, by=house.second, at=AT)
    assert actions.run(batch_id=batch.pk, at=AT) == 0


def test_stopped_batch_leaves_the_rest_alone(house, at_state, planned):
    filing = at_state(State.SUBMITTED)
    batch = planned("accept", filing)
    actions.start(batch=batch, arguments={}, by=house.reviewer, at=AT)
    assert actions.stop(batch=batch, by=house.reviewer, at=AT) == 1
    assert actions.run(batch_id=batch.pk, at=AT) == 0
    assert outcomes(batch) == [Outcome.STOPPED]
    assert state_of(filing) == State.SUBMITTED


@pytest.mark.parametrize(("died", "outcome"), [(2, Outcome.DONE), (3, Outcome.FAILED)])
def test_filing_at_which_the_worker_dies_is_left_after_three_times(
    house, at_state, planned, died, outcome
):
    batch = planned("accept", at_state(State.SUBMITTED))
    batch.rows.update(attempts=died)
    run(batch, house.reviewer)
    assert outcomes(batch) == [outcome]


def test_sweep_goes_on_with_what_a_worker_left(
    house, at_state, planned, django_capture_on_commit_callbacks
):
    filing = at_state(State.SUBMITTED)
    batch = planned("accept", filing)
    actions.start(batch=batch, arguments={}, by=house.reviewer, at=AT)
    assert actions.sweep(at=AT + MINUTE) == 0
    assert actions.sweep(at=AT + actions.LEASE) == 1
    assert state_of(filing) == State.ACCEPTED
    assert actions.sweep(at=AT + 9 * actions.LEASE) == 0


def test_plan_that_nobody_started_is_forgotten(at_state, planned):
    batch = planned("accept", at_state(State.SUBMITTED))
    actions.sweep(at=AT + actions.PLANS_KEPT)
    assert Batch.objects.filter(pk=batch.pk).exists()
    actions.sweep(at=AT + actions.PLANS_KEPT + MINUTE)
    assert not Batch.objects.filter(pk=batch.pk).exists()


# --- the pages ---------------------------------------------------------------------------------


def plan_page(client, **data):
    answer = client.post(PLAN, {"line": "contracts", "move": "accept", **data})
    assert answer.status_code == 302, answer.content
    return client.get(answer["Location"])


def test_ticked_rows_are_planned_shown_and_done(
    client, house, at_state, django_capture_on_commit_callbacks
):
    first, second = at_state(State.SUBMITTED), at_state(State.ACCEPTED)
    other = at_state(State.SUBMITTED)
    client.force_login(house.reviewer)
    assert f'value="{first.pk}"' in client.get(LIST).text
    page = plan_page(client, pick=[first.pk, second.pk])
    assert page.context["of"] == 1
    assert str(WORKFLOW.labels[State.ACCEPTED]) in page.text
    batch = Batch.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("admin:desk_batch_start", args=[batch.pk]))
    assert state_of(first) == State.ACCEPTED
    assert state_of(other) == State.SUBMITTED
    done = client.get(reverse("admin:desk_batch_change", args=[batch.pk]))
    assert done.context["counts"]["done"] == 1
    assert not done.context["running"]


def test_whole_filter_is_planned_within_sight(client, house, at_state):
    wanted = at_state(State.SUBMITTED, project_name="智能灌溉决策模型开发")
    at_state(State.SUBMITTED)
    client.force_login(house.reviewer)
    plan_page(client, scope="filter", filter="queue=waiting&q=智能灌溉")
    assert [r.filing_id for r in Batch.objects.get().rows.all()] == [wanted.pk]
    client.force_login(house.far_reviewer)
    answer = client.post(
        PLAN, {"line": "contracts", "move": "accept", "scope": "filter", "filter": "queue=waiting"}
    )
    assert answer["Location"] == LIST
    assert Batch.objects.count() == 1


def test_grave_move_is_confirmed_a_second_time(client, house, at_state):
    filing = at_state(State.SUBMITTED)
    client.force_login(house.reviewer)
    plan_page(client, move="decline", pick=[filing.pk])
    start = reverse("admin:desk_batch_start", args=[Batch.objects.get().pk])
    assert client.post(start, {"note": "超出范围"}).status_code == 422
    assert client.post(start, {"note": "", "sure": "1"}).status_code == 422
    assert Batch.objects.get().started_at is None
    assert client.post(start, {"note": "超出范围", "sure": "1"}).status_code == 302
    assert Batch.objects.get().arguments == {"note": "超出范围"}


def test_batch_is_for_who_planned_it(client, house, at_state):
    client.force_login(house.reviewer)
    plan_page(client, pick=[at_state(State.SUBMITTED).pk])
    pk = Batch.objects.get().pk
    for person in (house.second, house.far_reviewer, house.official, house.operator):
        client.force_login(person)
        for name in ("change", "start", "stop"):
            answer = client.post(reverse(f"admin:desk_batch_{name}", args=[pk]))
            assert answer.status_code in (403, 404, 302), (person, name)
            assert answer.get("Location", "/admin/").startswith("/admin/")
    assert Batch.objects.get().started_at is None


def test_own_batches_are_listed(client, house, at_state):
    client.force_login(house.reviewer)
    plan_page(client, pick=[at_state(State.SUBMITTED).pk])
    page = client.get(reverse("admin:desk_batch_changelist")).content.decode()
    assert reverse("admin:desk_batch_change", args=[Batch.objects.get().pk]) in page


@pytest.mark.parametrize("who", ["official", "operator"])
def test_who_does_not_decide_sees_no_boxes(client, house, at_state, who):
    at_state(State.SUBMITTED)
    client.force_login(getattr(house, who))
    assert 'name="pick"' not in client.get(LIST).content.decode()
    assert client.post(PLAN, {"line": "contracts", "move": "accept"}).status_code == 404


@pytest.mark.parametrize(
    "sent", [{"move": "revoke"}, {"line": "sme"}, {"move": ""}, {"line": "", "move": "accept"}]
)
def test_unknown_moves_and_lines_are_not_there(client, house, sent):
    client.force_login(house.reviewer)
    assert client.post(PLAN, {"line": "contracts", "move": "accept", **sent}).status_code == 404


def test_nothing_ticked_leads_back(client, house):
    client.force_login(house.reviewer)
    answer = client.post(PLAN, {"line": "contracts", "move": "accept", "pick": ["x", "9" * 30]})
    assert answer["Location"] == LIST
