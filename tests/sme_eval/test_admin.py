"""The desk of evaluations: who sees what, queues and filters, the page, what the buttons do."""

import datetime
from decimal import Decimal
from itertools import count

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sme_eval import actions
from sme_eval.enums import State
from sme_eval.models import Evaluation
from sme_eval.workflow import OF_BATCHES, PROVINCIAL, WORKFLOW
from tests.factories import accounts
from tests.factories.sme_eval import AT, answer_all, evaluation_at, province
from torch_portal.accounts.enums import MemberRole
from torch_portal.accounts.models import Membership
from torch_portal.desk import actions as desk
from torch_portal.desk.enums import Outcome
from torch_portal.filings.enums import Turn
from torch_portal.filings.models import CorrectionItem, Filing
from torch_portal.filings.threads import messages_of

LIST = reverse("admin:sme_eval_evaluation_changelist")
LIST_QUERIES = 11
PAGE_QUERIES = 15
OFFICE_MOVES = [n for n, m in WORKFLOW.moves.items() if m.turn == Turn.REVIEWER]
REMEDY = {"field": "attachments", "problem": "incomplete", "remedy": "请补盖公章。", "clause": ""}

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_state(house):
    """An evaluation of the house's enterprise, or of one more enterprise (`firm`)."""

    def build(state, *, firm=None, by=None, **values):
        return evaluation_at(
            state, firm=firm or house.firm, by=by or house.filer, office=house.office,
            examiner=house.reviewer, **values,
        )  # fmt: skip

    return build


@pytest.fixture
def firms(house):
    """Enterprises with somebody who files for each; the first is the house's own."""
    numbers = count(1)

    def another():
        firm = accounts.enterprise(f"9133010600000000{next(numbers):02d}", name=f"企业{numbers}")
        return {"firm": firm, "by": accounts.member(firm)}

    return another


def page_of(evaluation):
    return reverse("admin:sme_eval_evaluation_change", args=[evaluation.pk])


def move_of(evaluation, name):
    return reverse("admin:sme_eval_evaluation_move", args=[evaluation.pk, name])


def press(client, person, evaluation, name, **data):
    """POST a move as somebody who has just looked at the form."""
    client.force_login(person)
    seen = data.pop("seen", Filing.objects.get(pk=evaluation.pk).version)
    return client.post(move_of(evaluation, name), {"seen": seen, **data})


def state_of(evaluation):
    return Filing.objects.get(pk=evaluation.pk).state


def tabs(client):
    return {tab["url"].partition("=")[2]: tab["count"] for tab in client.get(LIST).context["tabs"]}


# --- who sees what -----------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["reviewer", "second", "official"])
def test_list_shows_the_own_area(client, house, at_state, who):
    evaluation = at_state(State.SUBMITTED)
    client.force_login(getattr(house, who))
    assert evaluation.filing.number in client.get(LIST).text
    assert client.get(page_of(evaluation)).status_code == 200


def test_another_agency_and_another_province_see_nothing(client, house, at_state):
    evaluation = at_state(State.SUBMITTED)
    for person in (house.far_reviewer, accounts.official("32", name="jiangsu")):
        client.force_login(person)
        assert evaluation.filing.number not in client.get(f"{LIST}?queue=all").text
        assert client.get(page_of(evaluation)).status_code == 404
        for name in set(OFFICE_MOVES) - OF_BATCHES:
            assert client.get(move_of(evaluation, name)).status_code == 404
            assert press(client, person, evaluation, name).status_code == 404
    assert state_of(evaluation) == State.SUBMITTED


def test_operator_sees_no_filings_and_an_enterprise_the_door(client, house, at_state):
    evaluation = at_state(State.SUBMITTED)
    client.force_login(house.operator)
    assert client.get(LIST).status_code == 403
    assert client.get(page_of(evaluation)).status_code == 404
    for person in (house.filer, house.stranger):
        client.force_login(person)
        for url in (LIST, page_of(evaluation), move_of(evaluation, "pass_form")):
            answer = client.get(url)
            assert (answer.status_code, "login" in answer["Location"]) == (302, True)


def test_draft_is_not_on_the_desk(client, house, at_state):
    client.force_login(house.reviewer)
    assert client.get(page_of(at_state(State.DRAFT))).status_code == 404


def test_own_enterprise_is_for_somebody_else(client, house, at_state):
    evaluation = at_state(State.SUBMITTED)
    Membership.objects.create(user=house.second, enterprise=house.firm, role=MemberRole.READER)
    client.force_login(house.second)
    shown = client.get(page_of(evaluation))
    assert shown.context["main_button"] is None
    assert shown.context["denied_reason"] in shown.text
    assert press(client, house.second, evaluation, "pass_form").status_code == 403
    assert state_of(evaluation) == State.SUBMITTED
    assert evaluation.filing.number not in client.get(LIST).text


# --- queues and filters ------------------------------------------------------------------------


def test_tabs_count_the_queues(client, house, at_state, firms):
    for state in (
        State.ENTERED, State.SUBMITTED, State.SUBMITTED, State.CORRECTING, State.PASSED,
        State.NOT_ENTERED,
    ):  # fmt: skip
        at_state(state, **firms())
    client.force_login(house.reviewer)
    assert tabs(client) == {
        "open": "2", "mine": "0", "overdue": "2", "corrected": "0", "asked": "0", "returned": "1",
        "passed": "1", "public": "0", "entered": "1", "revocations": "0", "all": "6",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("state", "queue"),
    [(State.IN_PUBLICITY, "public"), (State.REVOCATION_NOTICED, "revocations")],
)
def test_further_queues_hold_their_state(client, house, at_state, state, queue):
    evaluation = at_state(state)
    client.force_login(house.reviewer)
    rows = client.get(f"{LIST}?queue={queue}").context["rows"]
    assert [row["pk"] for row in rows] == [evaluation.pk]


def test_corrected_form_comes_back_on_its_tab(client, house, at_state):
    evaluation = at_state(State.CORRECTING)
    answer_all(evaluation, house.filer)
    actions.submit(evaluation=evaluation, by=house.filer, at=AT, agency=house.office)
    client.force_login(house.reviewer)
    assert evaluation.filing.number in client.get(f"{LIST}?queue=corrected").text


def test_earliest_due_day_comes_first(client, house, at_state, firms):
    late, early = (at_state(State.SUBMITTED, **firms()) for _turn in range(2))
    Filing.objects.filter(pk=early.pk).update(due_on=late.filing.due_on - datetime.timedelta(1))
    client.force_login(house.reviewer)
    assert [row["pk"] for row in client.get(LIST).context["rows"]] == [early.pk, late.pk]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_queries_for_one_and_three(client, house, at_state, firms, rows):
    for _row in range(rows):
        at_state(State.SUBMITTED, **firms())
    client.force_login(house.reviewer)
    client.get(LIST)
    with CaptureQueriesContext(connection) as counted:
        assert len(client.get(LIST).context["rows"]) == rows
    assert len(counted) == LIST_QUERIES


@pytest.mark.parametrize("state", [State.SUBMITTED, State.ENTERED])
def test_page_takes_a_known_number_of_queries(client, house, at_state, state):
    evaluation = at_state(state)
    client.force_login(house.reviewer)
    client.get(page_of(evaluation))
    with CaptureQueriesContext(connection) as counted:
        client.get(page_of(evaluation))
    assert len(counted) <= PAGE_QUERIES


@pytest.mark.parametrize(
    ("word", "found"),
    [("91330106MAGUJ65R6B", 1), ("知微能源", 1), ("朗途生物", 0)],
)
def test_search(client, house, at_state, word, found):
    at_state(State.SUBMITTED)
    client.force_login(house.reviewer)
    assert len(client.get(LIST, {"q": word}).context["rows"]) == found


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"queue": "all", "state": "passed"}, 1),
        ({"queue": "all", "state": "submitted"}, 0),
        ({"queue": "all", "year": "2020"}, 1),
        ({"queue": "all", "year": "2019"}, 0),
        ({"queue": "all", "way": "score"}, 1),
        ({"queue": "all", "way": "direct"}, 0),
        ({"queue": "all", "division": "330106"}, 1),
        ({"queue": "all", "division": "330105"}, 0),
        ({"queue": "all", "onsite": "few_staff"}, 0),
        ({"queue": "all", "division": "nonsense"}, 1),
        ({"queue": "nonsense"}, 0),
    ],
)
def test_filters(client, house, at_state, asked, found):
    at_state(State.PASSED)
    client.force_login(house.reviewer)
    assert len(client.get(LIST, asked).context["rows"]) == found


@pytest.mark.parametrize(
    ("trigger", "values", "found"),
    [
        ("few_staff", {"staff_total": "5.00", "staff_st": "2.00"}, 1),
        ("few_staff", {"staff_total": "5.01", "staff_st": "2.00"}, 0),
        ("small_rd", {"rd_cost": "9.99"}, 1),
        ("small_rd", {"rd_cost": "10.00"}, 0),
        ("no_ip", {}, 0),
        ("first_time", {}, 1),
        ("dishonesty", {}, 0),
        ("high_share", {"staff_total": "50.00", "staff_st": "50.00"}, 0),
    ],
)
def test_onsite_filter_goes_by_the_triggers_of_the_year(
    client, house, at_state, trigger, values, found
):
    """Those of 2026; in 2020 there are none."""
    evaluation = at_state(State.SUBMITTED)
    figures = {name: Decimal(value) for name, value in values.items()}
    Evaluation.objects.filter(pk=evaluation.pk).update(**figures)
    client.force_login(house.reviewer)
    asked = {"queue": "all", "onsite": trigger}
    assert client.get(LIST, asked).context["rows"] == []
    Evaluation.objects.filter(pk=evaluation.pk).update(year=2026)
    assert len(client.get(LIST, asked).context["rows"]) == found


@pytest.mark.parametrize(("staff", "found"), [("45.00", 1), ("44.99", 0)])
def test_onsite_filter_compares_shares_exactly(client, house, at_state, staff, found):
    evaluation = at_state(State.SUBMITTED)
    figures = {"staff_total": Decimal(50), "staff_st": Decimal(staff), "year": 2025}
    Evaluation.objects.filter(pk=evaluation.pk).update(**figures)
    client.force_login(house.reviewer)
    rows = client.get(LIST, {"queue": "all", "onsite": "high_share"}).context["rows"]
    assert len(rows) == found


# --- the page ----------------------------------------------------------------------------------


def test_page_shows_score_tables_and_evidence(client, house, at_state):
    evaluation = at_state(State.SUBMITTED)
    client.force_login(house.reviewer)
    shown = client.get(page_of(evaluation))
    context = shown.context
    assert context["score"]["total"] == 100
    assert [basis["chosen"] for basis in context["score"]["bases"]] == [True, False]
    assert context["projects"]["sums"] is True
    assert [right["why"] for right in context["rights"]] == [""]
    assert [condition.ok for condition in context["conditions"]] == [True] * 5
    assert len(context["evidence"]) == 3
    assert context["counts"][0] == ("block", 0)
    for words in ("非接触红外测温算法", "一种红外测温校准方法", "30.00%", "信息表首页"):
        assert words in shown.text


def test_page_says_why_rights_and_routes_do_not_count(client, house, at_state):
    award = {
        "route": "national_award", "title": "国家科学技术进步奖", "unit_rank": 4,
        "dated_on": datetime.date(2018, 1, 8), "level": "progress",
    }  # fmt: skip
    right = {
        "name": "旧专利", "kind": "utility_model", "number": "ZL2", "gained": "own",
        "granted_on": datetime.date(2009, 1, 1), "expires_on": datetime.date(2019, 1, 1),
        "product": "红外测温仪",
    }  # fmt: skip
    evaluation = at_state(State.PASSED)
    evaluation.routes.create(**award)
    evaluation.ip_rights.create(**right)
    client.force_login(house.reviewer)
    context = client.get(page_of(evaluation)).context
    assert [bool(right["why"]) for right in context["rights"]] == [False, True]
    assert [right["class"] for right in context["rights"]] == ["I", "II"]
    assert [(r["holds"], len(r["problems"])) for r in context["routes"]] == [(False, 1)]
    named = {fact["name"]: fact for group in context["groups"] for fact in group["rows"]}
    assert [f["code"] for f in named["ip_rights"]["findings"]] == ["ip_not_counted"]
    assert "route_award" in [f["code"] for f in named["routes"]["findings"]]


def test_page_leads_to_what_follows_the_entry(client, house, at_state):
    evaluation = at_state(State.REVOCATION_NOTICED)
    client.force_login(house.official)
    shown = client.get(page_of(evaluation))
    case = evaluation.revocations.get()
    assert reverse("admin:sme_eval_revocation_change", args=[case.pk]) in shown.text
    assert {b["move"].name for b in shown.context["buttons"]} == {"revoke", "drop_revocation"}


@pytest.mark.parametrize("page", ["add", "delete", "history"])
def test_other_admin_pages_are_closed(client, house, at_state, page):
    evaluation = at_state(State.SUBMITTED)
    client.force_login(house.reviewer)
    name = f"admin:sme_eval_evaluation_{page}"
    url = reverse(name) if page == "add" else reverse(name, args=[evaluation.pk])
    assert client.get(url).status_code in (403, 404)


def test_state_is_not_editable(client, house, at_state):
    evaluation = at_state(State.SUBMITTED)
    client.force_login(house.reviewer)
    assert client.post(page_of(evaluation), {"state": "entered"}).status_code == 405
    assert state_of(evaluation) == State.SUBMITTED


# --- the buttons -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "reviewer", "official"),
    [
        (State.SUBMITTED, {"return_for_correction", "pass_form", "refuse", "assign"}, set()),
        (State.PASSED, {"refuse"}, {"send_back"}),
        (State.IN_PUBLICITY, set(), set()),
        (State.ENTERED, set(), {"notify_revocation"}),
        (State.NOT_ENTERED, set(), set()),
    ],
)
def test_buttons_of_agency_and_department(client, house, at_state, state, reviewer, official):
    """None for what is done to whole lists."""
    evaluation = at_state(state)
    for person, expected in ((house.reviewer, reviewer), (house.official, official)):
        client.force_login(person)
        context = client.get(page_of(evaluation)).context
        found = {b["move"].name for b in (*context["buttons"], context["main_button"]) if b}
        assert found == expected
        assert not found & OF_BATCHES


@pytest.mark.parametrize("name", sorted(OF_BATCHES))
def test_moves_of_lists_have_no_page(client, house, at_state, name):
    evaluation = at_state(State.PASSED)
    client.force_login(house.official)
    assert client.get(move_of(evaluation, name)).status_code == 404


def test_pass_in_one_click(client, house, at_state):
    evaluation = at_state(State.SUBMITTED)
    answer = press(client, house.reviewer, evaluation, "pass_form")
    assert answer.status_code == 302
    passed = Evaluation.objects.get(pk=evaluation.pk)
    assert (state_of(passed), passed.points["total"], passed.by_route) == (
        State.PASSED, 100, "score",
    )  # fmt: skip


def test_pass_is_refused_where_a_rule_stops_it(client, house, at_state):
    evaluation = at_state(State.SUBMITTED)
    Evaluation.objects.filter(pk=evaluation.pk).update(staff_total=Decimal("500.01"))
    answer = press(client, house.reviewer, evaluation, "pass_form")
    assert answer.status_code == 422
    assert "size_staff" in [f.code for f in answer.context["found"]]
    assert state_of(evaluation) == State.SUBMITTED


def test_return_offers_findings_and_the_four_items(client, house, at_state):
    evaluation = at_state(State.SUBMITTED)
    Evaluation.objects.filter(pk=evaluation.pk).update(registration_type="")
    client.force_login(house.reviewer)
    shown = client.get(move_of(evaluation, "return_for_correction"))
    form = shown.context["form"]
    assert [row["field"] for row in form.suggested] == ["registration_type"]
    assert [text.field for text in form.ready] == ["", "", "attachments", ""]
    assert all(text.title for text in form.ready)
    asked = {"take": "ready-2", "items-TOTAL_FORMS": "1", "seen": evaluation.filing.version}
    again = client.post(move_of(evaluation, "return_for_correction"), asked)
    assert [row["items-0-field"] for row in again.context["form"].rows] == ["attachments"]
    posted = {f"items-0-{name}": value for name, value in REMEDY.items()}
    posted |= {"items-TOTAL_FORMS": 1}
    answer = press(client, house.reviewer, evaluation, "return_for_correction", **posted)
    assert answer.status_code == 302
    assert CorrectionItem.objects.get().remedy == "请补盖公章。"
    assert state_of(evaluation) == State.CORRECTING


def test_refusal_and_sending_back_need_a_reason(client, house, at_state):
    evaluation = at_state(State.PASSED)
    official = province("33")
    for person, name in ((house.reviewer, "refuse"), (official, "send_back")):
        answer = press(client, person, evaluation, name, note=" ")
        assert answer.status_code == 422
        assert answer.context["form"].errors["note"]
    assert press(client, official, evaluation, "send_back", note="核对人员").status_code == 302
    assert state_of(evaluation) == State.SUBMITTED


def test_assign_to_a_colleague(client, house, at_state):
    evaluation = at_state(State.SUBMITTED)
    press(client, house.reviewer, evaluation, "assign", to=house.second.pk)
    assert Filing.objects.get(pk=evaluation.pk).assigned_to == house.second
    client.force_login(house.second)
    assert tabs(client)["mine"] == "1"


def test_revocation_is_announced_with_grounds_and_facts(client, house, at_state):
    evaluation = at_state(State.ENTERED)
    answer = press(client, house.official, evaluation, "notify_revocation")
    assert answer.status_code == 422
    assert {"grounds", "note"} <= set(answer.context["form"].errors)
    told = {"grounds": ["fraud", "listed"], "note": "伪造知识产权证书"}
    assert press(client, house.official, evaluation, "notify_revocation", **told).status_code == 302
    case = evaluation.revocations.get()
    assert (case.grounds, case.facts, case.noticed_by) == (
        ["fraud", "listed"], "伪造知识产权证书", house.official,
    )  # fmt: skip
    again = press(client, house.official, evaluation, "revoke", note="核实")
    assert again.status_code == 403
    other = press(client, province("33"), evaluation, "revoke", note="核实")
    assert other.status_code in (302, 422)


def test_second_reviewer_meets_what_the_first_did(client, house, at_state):
    evaluation = at_state(State.SUBMITTED)
    seen = evaluation.filing.version
    press(client, house.reviewer, evaluation, "assign", to=house.reviewer.pk)
    answer = press(client, house.second, evaluation, "pass_form", seen=seen)
    assert answer.status_code == 409
    assert state_of(evaluation) == State.SUBMITTED


def test_agency_writes_on_the_thread(client, house, at_state):
    evaluation = at_state(State.SUBMITTED)
    client.force_login(house.reviewer)
    url = reverse("admin:sme_eval_evaluation_thread", args=[evaluation.pk])
    assert client.post(url, {"text": "请确认职工总数口径。"}).status_code == 302
    assert [m.text for m in messages_of(evaluation.filing)] == ["请确认职工总数口径。"]
    assert "请确认职工总数口径。" in client.get(page_of(evaluation)).text


def test_provincial_moves_are_no_agency_matter(client, house, at_state):
    evaluation = at_state(State.PASSED)
    for name in sorted(PROVINCIAL - OF_BATCHES):
        assert press(client, house.reviewer, evaluation, name, note="x").status_code == 403


# --- many at once ------------------------------------------------------------------------------


def in_a_batch(house, move, evaluations, arguments=None):
    """Plan the move for all, start it, and let the worker take all; what came of each."""
    batch = desk.plan(
        line="sme_eval", move=move, filing_ids=[e.pk for e in evaluations], by=house.reviewer, at=AT
    )
    assert desk.start(batch=batch, arguments=arguments or {}, by=house.reviewer, at=AT)
    desk.run(batch_id=batch.pk, at=AT)
    return list(batch.rows.order_by("pk").values_list("outcome", flat=True))


def test_forms_of_which_no_rule_has_more_than_a_hint_are_passed_together(house, at_state, firms):
    clean, doubtful, stopped = (at_state(State.SUBMITTED, **firms()) for _turn in range(3))
    doubtful.ip_rights.update(disputed=True)
    Evaluation.objects.filter(pk=stopped.pk).update(staff_total=Decimal("500.01"))
    outcomes = in_a_batch(house, "pass_form", [clean, doubtful, stopped])
    assert outcomes == [Outcome.DONE, Outcome.LEFT_OUT, Outcome.LEFT_OUT]
    assert [state_of(e) for e in (clean, doubtful, stopped)] == [
        State.PASSED, State.SUBMITTED, State.SUBMITTED,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("move", "arguments", "state"),
    [
        ("return_for_correction", {"items": [REMEDY]}, State.CORRECTING),
        ("refuse", {"note": "属于限制类行业"}, State.NOT_ENTERED),
        ("assign", {}, State.SUBMITTED),
    ],
)
def test_many_are_returned_refused_and_assigned(house, at_state, firms, move, arguments, state):
    evaluations = [at_state(State.SUBMITTED, **firms()) for _turn in range(2)]
    assert in_a_batch(house, move, evaluations, arguments) == [Outcome.DONE] * 2
    assert {state_of(e) for e in evaluations} == {state}


def test_list_offers_the_moves_for_many(client, house, at_state):
    evaluation = at_state(State.SUBMITTED)
    client.force_login(house.reviewer)
    offered = [b["move"].name for b in client.get(LIST).context["batch_moves"]]
    assert offered == ["pass_form", "return_for_correction", "assign", "refuse"]
    plan = reverse("admin:desk_batch_plan")
    told = {"line": "sme_eval", "move": "pass_form", "pick": [evaluation.pk]}
    assert client.post(plan, told).status_code == 302
    client.force_login(house.official)
    assert client.get(LIST).context["batch_moves"] == []
