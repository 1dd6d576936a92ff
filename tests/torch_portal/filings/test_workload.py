"""Who has how much in hand, who stands in, which filters are kept."""

import datetime

import pytest
from django.urls import reverse

from contracts import actions
from contracts.enums import State
from tests.factories.contracts import AT, contract_at
from torch_portal.accounts.roles import reviewers_beside
from torch_portal.common import clock
from torch_portal.common.desk_admin.saved import KEPT
from torch_portal.filings.models import Absence, SavedFilter
from torch_portal.filings.workload import workload

pytestmark = pytest.mark.django_db
LIST = reverse("admin:contracts_contract_changelist")
KEEP = reverse("admin:contracts_contract_keep")
DROP = reverse("admin:contracts_contract_drop")
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


@pytest.mark.parametrize(("days", "risk", "late"), [(-4, 0, 0), (-3, 1, 0), (0, 1, 0), (1, 0, 1)])
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
    page = reverse("admin:filings_absence_workload")
    client.force_login(house.reviewer)
    assert {r["person"] for r in client.get(page).context["rows"]} == {
        house.reviewer, house.second, None,
    }  # fmt: skip
    client.force_login(house.far_reviewer)
    assert {r["open"] for r in client.get(page).context["rows"]} == {0}
    for person in (house.official, house.operator):
        client.force_login(person)
        assert client.get(page).status_code == 404


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
