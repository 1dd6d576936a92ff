"""After the entry: changes, giving the number up, revocation, the year it bars; and their pages."""

import datetime

import pytest
from django.urls import reverse

from sme_eval import actions, editions, rules
from sme_eval.enums import CaseState, ChangeState, State
from sme_eval.models import Change, Evaluation, IntegrityEntry
from tests.factories import accounts
from tests.factories.sme_eval import AT, draft, evaluation_at, province
from torch_portal.accounts.roles import Denied
from torch_portal.common.findings import Refused
from torch_portal.filings.models import Filing
from torch_portal.filings.transitions import Stale
from torch_portal.notices.models import Message

ENTERED = AT + datetime.timedelta(days=25)
NOTICED = ENTERED + datetime.timedelta(days=10)
MOVED = {"address": "杭州市滨江区江南大道 1 号"}
DAY = datetime.timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def entered(house):
    evaluation = evaluation_at(
        State.ENTERED, firm=house.firm, by=house.filer, office=house.office,
        examiner=house.reviewer,
    )  # fmt: skip
    return Evaluation.objects.select_related("filing", "enterprise").get(pk=evaluation.pk)


def moment(day):
    return datetime.datetime.combine(day, datetime.time(4), datetime.UTC)


def codes(caught):
    return [f.code for f in caught.value.findings]


def state_of(evaluation):
    return Filing.objects.get(pk=evaluation.pk).state


def report(evaluation, house, **more):
    told = {
        "changed_on": ENTERED.date(), "after": MOVED, "reason": "迁址", "by": house.filer,
        "at": NOTICED,
    }  # fmt: skip
    return actions.report_change(evaluation=evaluation, **told | more)


def notify(evaluation, house, grounds=("conditions",), at=NOTICED):
    return actions.notify_revocation(
        evaluation=evaluation, grounds=grounds, by=house.official, at=at, note="职工总数超过 500 人"
    )


def revoke(evaluation, by, at, note="核查属实"):
    return actions.revoke(evaluation=evaluation, by=by, at=at, note=note)


# --- changes -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "reported", "late"),
    [("2020-01-31", "2020-04-30", False), ("2020-01-31", "2020-05-01", True)],
)
def test_change_is_late_after_three_months(house, entered, changed, reported, late):
    at = moment(datetime.date.fromisoformat(reported))
    made = report(entered, house, changed_on=datetime.date.fromisoformat(changed), at=at)
    assert made.late is late
    assert (made.before, made.after) == ({"address": entered.address}, MOVED)


def test_change_without_a_change_is_refused_with_everything_at_once(house, entered):
    with pytest.raises(Refused) as caught:
        report(
            entered, house, after={"address": entered.address}, reason=" ",
            changed_on=NOTICED.date() + DAY,
        )  # fmt: skip
    assert sorted(f.field for f in caught.value.findings) == ["", "changed_on", "reason"]


def test_one_change_at_a_time_and_only_with_a_valid_number(house, entered):
    report(entered, house)
    with pytest.raises(Refused):
        report(entered, house, after={"industry": "I65"})
    actions.resign(evaluation=entered, by=house.filer, at=NOTICED, note="注销")
    with pytest.raises((Stale, Refused)):
        report(entered, house, after={"industry": "I65"})


def test_confirmed_change_writes_the_entries_over_and_keeps_the_number(house, entered):
    made = report(entered, house)
    actions.confirm_change(change=made, by=house.reviewer, at=NOTICED)
    now = Evaluation.objects.get(pk=entered.pk)
    assert (now.address, now.number) == (MOVED["address"], entered.number)
    assert Message.objects.filter(key__contains="-change-").exists()
    with pytest.raises(Stale):
        actions.refuse_change(change=made, by=house.reviewer, at=NOTICED, note="迟了")


def test_refused_change_leaves_the_entries_and_says_why(house, entered):
    made = report(entered, house)
    with pytest.raises(Refused):
        actions.refuse_change(change=made, by=house.reviewer, at=NOTICED, note=" ")
    actions.refuse_change(change=made, by=house.reviewer, at=NOTICED, note="与营业执照不符")
    assert Evaluation.objects.get(pk=entered.pk).address == entered.address
    assert Change.objects.get().state == ChangeState.REFUSED


@pytest.mark.parametrize("who", ["far_reviewer", "official", "filer", "operator"])
def test_only_the_agency_answers_a_change(house, entered, who):
    made = report(entered, house)
    with pytest.raises(Denied):
        actions.confirm_change(change=made, by=getattr(house, who), at=NOTICED)


# --- giving up ---------------------------------------------------------------------------------


def test_given_up_number_ends_that_day_and_leaves_the_year_free(house, entered):
    actions.resign(evaluation=entered, by=house.filer, at=NOTICED, note="自查不符合")
    now = Evaluation.objects.get(pk=entered.pk)
    assert (state_of(now), now.ended_on) == (State.RESIGNED, NOTICED.date())
    assert not IntegrityEntry.objects.exists()
    again = draft(house.firm, house.filer, NOTICED)
    actions.submit(evaluation=again, by=house.filer, at=NOTICED, agency=house.office)
    assert state_of(again) == State.SUBMITTED


# --- revocation --------------------------------------------------------------------------------


def test_notice_gives_days_for_a_statement_and_the_number_stays_valid(house, entered):
    case = notify(entered, house)
    assert case.due_on == datetime.date(2020, 4, 13)
    assert state_of(entered) == State.REVOCATION_NOTICED
    assert Evaluation.objects.get(pk=entered.pk).ended_on is None
    letter = Message.objects.get(key__contains="-revocation-")
    assert "2020-04-13" in letter.body


@pytest.mark.parametrize("grounds", [(), ("nonsense",), ("fraud", "nonsense")])
def test_notice_rests_on_grounds_of_the_article(house, entered, grounds):
    with pytest.raises(Refused) as caught:
        notify(entered, house, grounds=grounds)
    assert codes(caught) == ["grounds"]
    assert state_of(entered) == State.ENTERED


def test_same_person_cannot_decide(house, entered):
    case = notify(entered, house)
    with pytest.raises(Denied):
        revoke(entered, house.official, moment(case.due_on + DAY))
    assert state_of(entered) == State.REVOCATION_NOTICED


@pytest.mark.parametrize(("days", "possible"), [(0, False), (1, True)])
def test_revoked_only_after_the_last_day_of_the_statement(house, entered, days, possible):
    case = notify(entered, house)
    at = moment(case.due_on + days * DAY)
    if not possible:
        with pytest.raises(Refused) as caught:
            revoke(entered, province("33"), at)
        assert codes(caught) == ["too_early"]
        assert state_of(entered) == State.REVOCATION_NOTICED
        return
    revoke(entered, province("33"), at)
    now = Evaluation.objects.get(pk=entered.pk)
    assert (state_of(now), now.ended_on) == (State.REVOKED, at.date())


def test_stated_case_can_be_decided_at_once_and_is_stated_once(house, entered):
    case = notify(entered, house)
    actions.state_case(revocation=case, statement="人数按季度平均未超", by=house.filer, at=NOTICED)
    with pytest.raises(Stale):
        actions.state_case(revocation=case, statement="再说", by=house.filer, at=NOTICED)
    revoke(entered, province("33"), NOTICED)
    case.refresh_from_db()
    assert (case.state, case.answer) == (CaseState.REVOKED, "核查属实")
    entry = IntegrityEntry.objects.get()
    assert (entry.enterprise, entry.barred_through) == (house.firm, datetime.date(2020, 12, 31))


def test_dropped_revocation_leaves_the_number_valid(house, entered):
    case = notify(entered, house)
    actions.drop_revocation(evaluation=entered, by=house.official, at=NOTICED, note="经核实不属实")
    case.refresh_from_db()
    assert (state_of(entered), case.state) == (State.ENTERED, CaseState.DROPPED)
    assert not IntegrityEntry.objects.exists()
    notify(entered, house, at=NOTICED + DAY)


def test_revoked_enterprise_cannot_file_again_in_the_year(house, entered):
    case = notify(entered, house)
    revoke(entered, province("33"), moment(case.due_on + DAY))
    for at, barred in (
        (datetime.datetime(2020, 10, 20, 4, tzinfo=datetime.UTC), True),
        (datetime.datetime(2021, 3, 1, 4, tzinfo=datetime.UTC), False),
    ):
        again = draft(house.firm, house.filer, at)
        if barred:
            with pytest.raises(Refused) as caught:
                actions.submit(evaluation=again, by=house.filer, at=at, agency=house.office)
            assert "year" in codes(caught)
        else:
            actions.submit(evaluation=again, by=house.filer, at=at, agency=house.office)


@pytest.mark.parametrize(
    ("year", "fraud", "through"),
    [
        (2023, True, datetime.date(2023, 12, 31)),
        (2024, True, datetime.date(2027, 9, 1)),
        (2024, False, datetime.date(2024, 12, 31)),
        (2026, True, datetime.date(2029, 9, 1)),
    ],
)
def test_fraud_bars_three_years_from_2024_on(year, fraud, through):
    day = datetime.date(year, 9, 1)
    assert rules.barred_through(day, editions.on(day), fraud=fraud) == through


def test_fraud_of_2024_is_written_with_three_years(house, entered):
    Filing.objects.filter(pk=entered.pk).update(edition="SME2024")
    entered.filing.refresh_from_db()
    case = notify(entered, house, grounds=["fraud"])
    revoke(entered, province("33"), moment(case.due_on + DAY))
    assert IntegrityEntry.objects.get().barred_through == datetime.date(2023, 4, 14)


# --- the pages ---------------------------------------------------------------------------------


def page_of(row):
    return reverse(f"admin:sme_eval_{row._meta.model_name}_change", args=[row.pk])


def test_change_page_shows_both_and_takes_an_answer(client, house, entered):
    made = report(entered, house)
    client.force_login(house.reviewer)
    shown = client.get(page_of(made))
    for words in (MOVED["address"], entered.address, "迁址"):
        assert words in shown.text
    url = reverse("admin:sme_eval_change_answer", args=[made.pk, "refuse"])
    refused = client.post(url, {"note": ""})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["note"])
    confirm = reverse("admin:sme_eval_change_answer", args=[made.pk, "confirm"])
    assert client.post(confirm, {"note": ""}).status_code == 302
    again = client.post(url, {"note": "迟了"}, follow=True)
    assert again.context["buttons"] == []
    assert Change.objects.get().state == ChangeState.CONFIRMED


@pytest.fixture
def rows(house, entered):
    """A change, a decided revocation and its entry in the record."""
    made = report(entered, house)
    case = notify(entered, house)
    revoke(entered, province("33"), moment(case.due_on + DAY))
    return [made, case, IntegrityEntry.objects.get()]


def test_pages_are_read_by_agency_and_department(client, house, rows):
    for person in (house.reviewer, house.official):
        client.force_login(person)
        for row in rows:
            assert house.firm.name in client.get(page_of(row)).text
            name = row._meta.model_name
            asked = {} if name == "integrityentry" else {"waiting": "all"}
            listed = client.get(reverse(f"admin:sme_eval_{name}_changelist"), asked)
            assert house.firm.name in listed.text


@pytest.mark.parametrize(
    ("who", "status"),
    [("far_reviewer", 404), ("jiangsu", 404), ("operator", 404), ("stranger", 302)],
)
def test_pages_are_not_found_by_others(client, house, rows, who, status):
    house.jiangsu = accounts.official("32", name="jiangsu")
    client.force_login(getattr(house, who))
    assert [client.get(page_of(row)).status_code for row in rows] == [status] * len(rows)
    confirm = reverse("admin:sme_eval_change_answer", args=[rows[0].pk, "confirm"])
    assert client.post(confirm, {"note": ""}).status_code == status
    assert Change.objects.get().state == ChangeState.OPEN


@pytest.mark.parametrize(("waiting", "found"), [("", 1), ("ready", 1), ("no", 0), ("all", 1)])
def test_queue_of_revocations(client, house, entered, waiting, found):
    notify(entered, house)
    client.force_login(house.official)
    url = reverse("admin:sme_eval_revocation_changelist")
    shown = client.get(url, {"waiting": waiting} if waiting else {})
    assert shown.context["cl"].result_count == found


@pytest.mark.parametrize("name", ["change", "revocation", "integrityentry", "spotcheck"])
def test_nothing_is_added_or_deleted_at_these_desks(client, house, rows, name):
    client.force_login(house.official)
    assert client.get(reverse(f"admin:sme_eval_{name}_add")).status_code == 403
    row = next((r for r in rows if r._meta.model_name == name), rows[0])
    assert client.get(reverse(f"admin:sme_eval_{name}_delete", args=[row.pk])).status_code in (
        403, 404,
    )  # fmt: skip
