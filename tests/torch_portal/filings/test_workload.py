"""Who has how much in hand, who stands in, which filters are kept."""

import datetime
from types import SimpleNamespace

import pytest
from django.urls import reverse

from contracts import actions
from contracts.enums import State
from tests.factories.contracts import AT, contract_at
from torch_portal.accounts.roles import reviewers_beside
from torch_portal.common import clock
from torch_portal.common.desk_admin.saved import KEPT
from torch_portal.desk import actions as desk_actions
from torch_portal.desk.admin.day import took
from torch_portal.desk.models import Batch
from torch_portal.filings.models import Absence, CalendarDay, Filing, SavedFilter
from torch_portal.filings.workload import steps, workload

pytestmark = pytest.mark.django_db
LIST = reverse("admin:contracts_contract_changelist")
KEEP = reverse("admin:contracts_contract_keep")
DROP = reverse("admin:contracts_contract_drop")
PAGE = reverse("admin:desk_batch_workload")
ADD = reverse("admin:filings_absence_add")


@pytest.fixture
def at_state(house):
    def build(state, name):
        return contract_at(
            state, firm=house.firm, by=house.filer, office=house.office,
            examiner=house.reviewer, project_name=name,
        )  # fmt: skip

    return build


def row_of(house, person, day):
    rows = workload(house.reviewer, reviewers_beside(house.reviewer), day)
    return next(r for r in rows if r["person"] == person)


# Due on Thursday 12 March 2020: the third working day before is Monday.
@pytest.mark.parametrize(
    ("days", "risk", "late"), [(-4, 0, 0), (-3, 1, 0), (0, 1, 0), (1, 0, 1), (-5, 0, 0)]
)
def test_risk_begins_three_days_before_and_late_the_day_after(house, at_state, days, risk, late):
    contract = at_state(State.SUBMITTED, "甲")
    actions.assign(contract=contract, by=house.reviewer, at=AT)
    day = contract.filing.due_on + datetime.timedelta(days=days)
    row = row_of(house, house.reviewer, day)
    assert (row["open"], row["risk"], row["late"]) == (1, risk, late)
    assert row_of(house, None, day)["open"] == 0
    assert row_of(house, house.second, day)["open"] == 0


def test_decisions_of_thirty_days_and_their_median(house, at_state):
    at_state(State.REFUSED, "甲")
    at_state(State.SUBMITTED, "乙")
    day = AT.date()
    row = row_of(house, house.reviewer, day)
    assert (row["decided"], row["median"], row["open"]) == (1, 0, 0)
    assert row_of(house, None, day)["open"] == 1
    late = day + datetime.timedelta(days=30)
    assert row_of(house, house.reviewer, late)["decided"] == 1
    assert row_of(house, house.reviewer, late + datetime.timedelta(days=1))["decided"] == 0


def test_workload_is_of_the_own_agency(client, house, at_state):
    at_state(State.SUBMITTED, "甲")
    client.force_login(house.reviewer)
    assert {r["person"] for r in client.get(PAGE).context["rows"]} == {
        house.reviewer, house.second, None,
    }  # fmt: skip
    client.force_login(house.far_reviewer)
    assert {r["open"] for r in client.get(PAGE).context["rows"]} == {0}
    for person in (house.official, house.operator):
        client.force_login(person)
        assert client.get(PAGE).status_code == 404


@pytest.mark.parametrize(
    ("today", "due", "risk"),
    [
        ("2020-03-06", "2020-03-11", 1),  # Friday: Monday, Tuesday, Wednesday
        ("2020-03-06", "2020-03-12", 0),
        ("2020-04-03", "2020-04-09", 1),  # Monday 6 April 2020 is a day off (清明)
        ("2020-04-03", "2020-04-10", 0),
    ],
)
def test_risk_is_counted_in_working_days(house, at_state, today, due, risk):
    Filing.objects.filter(pk=at_state(State.SUBMITTED, "甲").pk).update(due_on=due)
    assert row_of(house, None, datetime.date.fromisoformat(today))["risk"] == risk


def test_day_off_of_the_place_counts(house, at_state):
    Filing.objects.filter(pk=at_state(State.SUBMITTED, "甲").pk).update(due_on="2020-03-12")
    day = datetime.date(2020, 3, 6)
    assert row_of(house, None, day)["risk"] == 0
    CalendarDay.objects.create(
        day="2020-03-09", is_workday=False, name="x", source="x", jurisdiction_id="33"
    )
    assert row_of(house, None, day)["risk"] == 1


def test_steps_take_the_median_time_of_what_left_them(house):
    kept = {"firm": house.firm, "by": house.filer, "office": house.office}
    for n, hours in enumerate((2, 10, 100)):
        contract = contract_at(
            State.SUBMITTED, examiner=house.reviewer, project_name=f"{n}", **kept
        )
        later = AT + datetime.timedelta(hours=hours)
        actions.assign(contract=contract, by=house.reviewer, at=AT)  # leaves the state alone
        actions.accept(contract=contract, by=house.reviewer, at=later)
    found = {s.state: s for s in steps(house.reviewer, AT.date())}
    assert set(found) == {State.DRAFT, State.SUBMITTED}
    step = found[State.SUBMITTED]
    assert (step.line, step.times, step.took) == ("contracts", 3, datetime.timedelta(hours=10))
    assert steps(house.far_reviewer, AT.date()) == []
    assert steps(house.reviewer, (AT + datetime.timedelta(days=40)).date()) == []


@pytest.mark.parametrize(
    ("hours", "words"), [(1, "1小时"), (47, "47小时"), (48, "2.0天"), (60, "2.5天")]
)
def test_time_in_words(hours, words):
    assert took(datetime.timedelta(hours=hours)) == words


@pytest.fixture
def day(client, house, at_state, monkeypatch):
    """One filing in the reviewer's hands that is at risk, one in nobody's that is late."""
    monkeypatch.setattr(clock, "now", lambda: AT)
    mine, loose, far = (at_state(State.SUBMITTED, name) for name in ("甲", "乙", "丙"))
    actions.assign(contract=mine, by=house.reviewer, at=AT)
    Filing.objects.filter(pk=mine.pk).update(due_on=AT.date())
    Filing.objects.filter(pk=loose.pk).update(due_on=AT.date() - datetime.timedelta(days=1))
    Filing.objects.filter(pk=far.pk).update(due_on=AT.date() + datetime.timedelta(days=20))
    client.force_login(house.reviewer)
    return SimpleNamespace(client=client, mine=mine, loose=loose)


def test_numbers_lead_to_what_they_count(house, day):
    rows = day.client.get(PAGE).context["rows"]
    told = {r["name"]: [r[n] for n in ("open", "risk", "late")] for r in rows}
    assert told[""] == [2, 0, 1]
    assert told[house.reviewer.get_full_name()] == [1, 1, 0]
    for row in rows:
        for name, url in row["urls"].items():
            assert day.client.get(url).context["count"] == str(row[name]), url


def test_what_is_at_risk_goes_to_a_colleague_in_one_batch(house, day):
    rows = day.client.get(PAGE).context["rows"]
    give = next(r for r in rows if r["person"] == house.reviewer)["gives"][0]
    asked = {"line": give["line"], "move": "assign", "scope": "filter", "filter": give["risk"]}
    plan = day.client.post(reverse("admin:desk_batch_plan"), asked)
    batch = Batch.objects.get()
    assert plan.headers["Location"] == reverse("admin:desk_batch_change", args=[batch.pk])
    assert [r.filing_id for r in batch.rows.all()] == [day.mine.pk]
    run = {"to": house.second.pk}
    day.client.post(reverse("admin:desk_batch_start", args=[batch.pk]), run)
    desk_actions.run(batch_id=batch.pk, at=AT)
    assert Filing.objects.get(pk=day.mine.pk).assigned_to == house.second
    assert Filing.objects.get(pk=day.loose.pk).assigned_to is None


def test_nobody_to_give_from_has_no_button(house, day):
    rows = day.client.get(PAGE).context["rows"]
    assert next(r for r in rows if r["person"] == house.second)["gives"] == []


def test_page_takes_the_same_queries_for_one_and_many(house, day, django_assert_num_queries):
    day.client.get(PAGE)
    with django_assert_num_queries(10):
        day.client.get(PAGE)
    for name in ("丁", "戊"):
        contract_at(
            State.SUBMITTED, firm=house.firm, by=house.filer, office=house.office,
            examiner=house.reviewer, project_name=name,
        )  # fmt: skip
    with django_assert_num_queries(10):
        day.client.get(PAGE)


def test_hands_of_the_address(house, day):
    def shown(hands):
        return day.client.get(LIST, {"queue": "all", "hands": hands}).context["count"]

    assert shown("nobody") == "2"
    assert shown(house.reviewer.pk) == "1"
    assert shown(house.filer.pk) == shown("x") == shown("9" * 30) == "3"  # makes no sense


def absence(person, substitute, days=3):
    today = clock.today()
    return {
        "substitute": substitute.pk,
        "starts_on": today.isoformat(),
        "ends_on": (today + datetime.timedelta(days=days)).isoformat(),
    }


def test_absence_is_entered_for_oneself_with_a_colleague(client, house):
    client.force_login(house.reviewer)
    assert client.post(ADD, absence(house.reviewer, house.second)).status_code == 302
    row = Absence.objects.get()
    assert (row.person, row.substitute, row.made_by) == (
        house.reviewer, house.second, house.reviewer,
    )  # fmt: skip
    assert row_of(house, house.reviewer, clock.today())["substitute"]


def test_absence_needs_a_colleague_and_days_to_come(client, house):
    client.force_login(house.reviewer)
    for wrong in (house.far_reviewer, house.filer, house.reviewer):
        assert client.post(ADD, absence(house.reviewer, wrong)).status_code == 200
    assert client.post(ADD, absence(house.reviewer, house.second, days=-1)).status_code == 200
    assert not Absence.objects.exists()
    client.force_login(house.official)
    assert client.post(ADD, absence(house.official, house.second)).status_code == 403


def test_absence_of_others_is_not_shown(client, house):
    client.force_login(house.reviewer)
    client.post(ADD, absence(house.reviewer, house.second))
    page = reverse("admin:filings_absence_change", args=[Absence.objects.get().pk])
    assert client.get(page).status_code == 200
    client.force_login(house.second)
    assert client.get(page).status_code == 200
    assert client.post(page, absence(house.second, house.reviewer)).status_code == 403
    client.force_login(house.far_reviewer)
    assert client.get(page).status_code == 302


# --- kept filters ------------------------------------------------------------------------------


def test_filter_is_kept_shown_replaced_and_dropped(client, house):
    client.force_login(house.reviewer)
    answer = client.post(KEEP, {"name": " 服务类  待办 ", "filter": "kind=service&queue=open&p=3"})
    assert answer["Location"] == f"{LIST}?kind=service&queue=open"
    shown = client.get(answer["Location"])
    assert shown.context["saved_now"]["name"] == "服务类 待办"
    assert "服务类 待办" in client.get(LIST).text
    client.post(KEEP, {"name": "服务类 待办", "filter": "kind=transfer"})
    kept = SavedFilter.objects.get()
    assert kept.query == "kind=transfer"
    client.post(DROP, {"pk": kept.pk})
    assert not SavedFilter.objects.exists()


def test_filter_is_one_s_own(client, house):
    client.force_login(house.reviewer)
    client.post(KEEP, {"name": "甲的筛选", "filter": "queue=open"})
    client.force_login(house.second)
    assert "甲的筛选" not in client.get(LIST).text
    client.post(DROP, {"pk": SavedFilter.objects.get().pk})
    assert SavedFilter.objects.count() == 1
    for person in (house.operator, house.filer):
        client.force_login(person)
        assert client.post(KEEP, {"name": "x", "filter": "q=1"}).status_code in (302, 404)
    assert SavedFilter.objects.count() == 1


def test_no_more_filters_than_there_is_room_for(client, house):
    client.force_login(house.reviewer)
    for n in range(KEPT + 1):
        client.post(KEEP, {"name": f"第{n}个", "filter": f"q={n}"})
    client.post(KEEP, {"name": "", "filter": "q=1"})
    client.post(KEEP, {"name": "空", "filter": ""})
    assert SavedFilter.objects.count() == KEPT
