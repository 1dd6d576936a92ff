"""The review desk: who sees what, what the buttons do, what a second reviewer meets."""

import datetime
from decimal import Decimal
from itertools import count

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from contracts import actions
from contracts.enums import State
from contracts.models import Contract
from contracts.permissions import OF_OFFICIALS
from contracts.workflow import WORKFLOW
from tests.factories import accounts
from tests.factories.contracts import AT, answer_all, contract_at
from torch_portal.accounts.enums import MemberRole
from torch_portal.accounts.models import Membership
from torch_portal.certificates.enums import Status
from torch_portal.common import clock
from torch_portal.filings.enums import Turn
from torch_portal.filings.models import CorrectionItem, Filing

LIST = reverse("admin:contracts_contract_changelist")
LIST_QUERIES = 9
FILING_QUERIES = 15
OFFICE_MOVES = [n for n, m in WORKFLOW.moves.items() if m.turn == Turn.REVIEWER]


@pytest.fixture
def at_state(house):
    """A contract in a state; each has a total of its own, so that none is another's double."""
    number = count(1)

    def build(state, **values):
        values.setdefault("total_yuan", Decimal(5230000 - next(number)))
        return contract_at(
            state, firm=house.firm, by=house.filer, office=house.office,
            examiner=house.reviewer, **values,
        )  # fmt: skip

    return build


def page_of(contract):
    return reverse("admin:contracts_contract_change", args=[contract.pk])


def move_of(contract, name):
    return reverse("admin:contracts_contract_move", args=[contract.pk, name])


def press(client, person, contract, name, **data):
    """POST a move as somebody who has just looked at the filing."""
    client.force_login(person)
    seen = data.pop("seen", Filing.objects.get(pk=contract.pk).version)
    return client.post(move_of(contract, name), {"seen": seen, **data})


def state_of(contract):
    return Filing.objects.get(pk=contract.pk).state


def items(*rows):
    """A correction list as the page posts it."""
    posted = {"items-TOTAL_FORMS": len(rows)}
    for n, row in enumerate(rows):
        posted |= {f"items-{n}-{name}": value for name, value in row.items()}
    return posted


REMEDY = {"field": "attachments", "problem": "incomplete", "remedy": "请补盖骑缝章。", "clause": ""}


# --- who sees what -----------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["reviewer", "second", "official"])
def test_list_shows_the_own_area(client, house, at_state, who):
    contract = at_state(State.SUBMITTED)
    client.force_login(getattr(house, who))
    shown = client.get(LIST)
    assert contract.filing.number in shown.text
    assert client.get(page_of(contract)).status_code == 200


def test_another_agency_sees_nothing(client, house, at_state):
    contract = at_state(State.SUBMITTED)
    client.force_login(house.far_reviewer)
    assert contract.filing.number not in client.get(f"{LIST}?queue=all").text
    assert client.get(page_of(contract)).status_code == 404
    for name in OFFICE_MOVES:
        assert client.get(move_of(contract, name)).status_code == 404
        assert press(client, house.far_reviewer, contract, name).status_code == 404
    assert state_of(contract) == State.SUBMITTED


def test_official_of_another_province_sees_nothing(client, at_state):
    contract = at_state(State.SUBMITTED)
    client.force_login(accounts.official("32", name="jiangsu"))
    assert contract.filing.number not in client.get(f"{LIST}?queue=all").text
    assert client.get(page_of(contract)).status_code == 404


def test_operator_sees_no_filings(client, house, at_state):
    contract = at_state(State.SUBMITTED)
    client.force_login(house.operator)
    assert client.get(LIST).status_code == 403
    assert client.get(page_of(contract)).status_code == 404
    assert LIST not in client.get(reverse("admin:index")).text


@pytest.mark.parametrize("who", ["filer", "stranger"])
def test_enterprise_is_sent_to_sign_in(client, house, at_state, who):
    contract = at_state(State.SUBMITTED)
    client.force_login(getattr(house, who))
    for url in (LIST, page_of(contract), move_of(contract, "accept")):
        answer = client.get(url)
        assert answer.status_code == 302
        assert "login" in answer["Location"]


def test_draft_is_not_on_the_desk(client, house, at_state):
    draft = at_state(State.DRAFT)
    client.force_login(house.reviewer)
    assert client.get(page_of(draft)).status_code == 404


def test_official_reads_without_buttons(client, house, at_state):
    contract = at_state(State.ACCEPTED)
    client.force_login(house.official)
    shown = client.get(page_of(contract))
    assert shown.context["buttons"] == []
    assert shown.context["main_button"] is None
    assert 'class="bar"' not in shown.text
    answer = press(client, house.official, contract, "recognise")
    assert answer.status_code == 403
    assert state_of(contract) == State.ACCEPTED


def test_own_enterprise_is_for_somebody_else(client, house, at_state):
    contract = at_state(State.SUBMITTED)
    Membership.objects.create(user=house.second, enterprise=house.firm, role=MemberRole.READER)
    client.force_login(house.second)
    shown = client.get(page_of(contract))
    assert shown.context["main_button"] is None
    assert shown.context["denied_reason"] in shown.text
    answer = press(client, house.second, contract, "accept")
    assert answer.status_code == 403
    assert str(shown.context["denied_reason"]) in answer.text
    assert state_of(contract) == State.SUBMITTED
    assert contract.filing.number not in client.get(LIST).text
    assert contract.filing.number in client.get(f"{LIST}?queue=all").text


# --- the queue ---------------------------------------------------------------------------------


def tabs(client):
    return {tab["url"].partition("=")[2]: tab["count"] for tab in client.get(LIST).context["tabs"]}


def test_tabs_count_the_queues(client, house, at_state):
    for state in (State.SUBMITTED, State.SUBMITTED, State.ACCEPTED, State.SECOND_REVIEW):
        at_state(state)
    at_state(State.CORRECTING)
    at_state(State.REFUSED)
    client.force_login(house.reviewer)
    assert tabs(client) == {
        "open": "4", "waiting": "2", "examined": "1", "second": "1", "overdue": "4",
        "corrected": "0", "asked": "0", "returned": "1", "decided": "1", "all": "6",
        "mine": "0",
    }  # fmt: skip


def test_overdue_begins_the_day_after(client, house, at_state, monkeypatch, settings):
    settings.SESSION_IDLE = datetime.timedelta(days=36500)  # the clock moves, nobody is idle
    contract = at_state(State.SUBMITTED)
    client.force_login(house.reviewer)
    last = contract.filing.due_on
    for day, late in ((last, "0"), (last + datetime.timedelta(days=1), "1")):
        moment = datetime.datetime.combine(day, datetime.time(12), tzinfo=datetime.UTC)
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        assert clock.today() == day
        client.force_login(house.reviewer)
        assert tabs(client)["overdue"] == late


def test_corrected_filing_comes_back_on_its_tab(client, house, at_state):
    contract = at_state(State.CORRECTING)
    client.force_login(house.reviewer)
    assert contract.filing.number in client.get(f"{LIST}?queue=returned").text
    answer_all(contract, house.filer)
    actions.submit(contract=contract, by=house.filer, at=AT, agency=house.office)
    assert contract.filing.number in client.get(f"{LIST}?queue=corrected").text
    assert contract.filing.number not in client.get(f"{LIST}?queue=returned").text


def test_earliest_due_date_comes_first(client, house, at_state):
    late = at_state(State.SUBMITTED, project_name="第二件")
    early = at_state(State.SUBMITTED, project_name="第一件")
    Filing.objects.filter(pk=early.pk).update(due_on=late.filing.due_on - datetime.timedelta(1))
    client.force_login(house.reviewer)
    text = client.get(LIST).text
    assert text.index("第一件") < text.index("第二件")


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_queries_for_one_and_three(client, house, at_state, rows):
    for _row in range(rows):
        at_state(State.SUBMITTED)
    client.force_login(house.reviewer)
    client.get(LIST)
    with CaptureQueriesContext(connection) as counted:
        assert len(client.get(LIST).context["rows"]) == rows
    assert len(counted) == LIST_QUERIES


def test_filing_page_takes_a_known_number_of_queries(client, house, at_state):
    contract = at_state(State.ACCEPTED)
    client.force_login(house.reviewer)
    client.get(page_of(contract))
    with CaptureQueriesContext(connection) as counted:
        client.get(page_of(contract))
    assert len(counted) <= FILING_QUERIES


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("HT-2020-330101", True),
        ("ht-2020-330101-000001", True),
        ("330101-000001", True),
        ("91330106MAGUJ65R6B", True),
        ("91330106MAGU", True),
        ("91330106MAG", False),
        ("红外测温", True),
        ("朗途生物", True),
        ("量子计算", False),
    ],
)
def test_search(client, house, at_state, word, found):
    at_state(State.REFUSED)
    client.force_login(house.reviewer)
    assert len(client.get(LIST, {"q": word}).context["rows"]) == found


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"state": "submitted"}, 1),
        ({"state": "accepted"}, 0),
        ({"state": "nonsense"}, 1),
        ({"kind": "development"}, 1),
        ({"kind": "service"}, 0),
        ({"due": "month"}, 1),
        ({"queue": "nonsense"}, 1),
    ],
)
def test_filters(client, house, at_state, asked, found):
    at_state(State.SUBMITTED)
    client.force_login(house.reviewer)
    assert len(client.get(LIST, asked).context["rows"]) == found


def test_agency_filter_is_for_those_who_see_several(client, house, at_state):
    at_state(State.SUBMITTED)
    client.force_login(house.official)
    shown = client.get(LIST, {"agency": house.office.pk})
    assert len(shown.context["rows"]) == 1
    other = accounts.agency("330201", "3302", name="宁波")
    assert len(client.get(LIST, {"agency": other.pk}).context["rows"]) == 0
    client.force_login(house.reviewer)
    assert "agency" not in [f["name"] for f in client.get(LIST).context["filters"]]


# --- nothing is a field ------------------------------------------------------------------------


def test_state_is_not_editable(client, house, at_state):
    contract = at_state(State.SUBMITTED)
    client.force_login(house.reviewer)
    answer = client.post(page_of(contract), {"state": "recognised", "project_name": "x"})
    assert answer.status_code == 405
    changed = Contract.objects.select_related("filing").get(pk=contract.pk)
    assert (changed.filing.state, changed.project_name) == (
        State.SUBMITTED, contract.project_name,
    )  # fmt: skip


@pytest.mark.parametrize("page", ["add", "delete", "history"])
def test_other_admin_pages_are_closed(client, house, at_state, page):
    contract = at_state(State.SUBMITTED)
    client.force_login(house.reviewer)
    name = f"admin:contracts_contract_{page}"
    url = reverse(name) if page == "add" else reverse(name, args=[contract.pk])
    assert client.get(url).status_code in (403, 404)
    assert client.post(url, {"post": "yes"}).status_code in (403, 404)
    assert Contract.objects.filter(pk=contract.pk).exists()


def test_unknown_move_is_not_found(client, house, at_state):
    contract = at_state(State.SUBMITTED)
    for name in ("submit", "withdraw", "publicise"):
        assert press(client, house.reviewer, contract, name).status_code == 404


# --- the moves ---------------------------------------------------------------------------------


def test_buttons_are_the_moves_of_the_state(client, house, at_state):
    client.force_login(house.reviewer)
    for state in (State.SUBMITTED, State.ACCEPTED, State.CORRECTING, State.RECOGNISED):
        context = client.get(page_of(at_state(state))).context
        shown = [b["move"].name for b in context["buttons"]]
        if context["main_button"]:
            shown.append(context["main_button"]["move"].name)
        moves = WORKFLOW.moves_from(state, Turn.REVIEWER)
        assert sorted(shown) == sorted(m.name for m in moves)


@pytest.mark.parametrize("name", OFFICE_MOVES)
def test_page_of_a_move_says_the_consequence(client, house, at_state, name):
    source = sorted(WORKFLOW.moves[name].sources)[0]
    contract = at_state(source)
    by_officials = name in OF_OFFICIALS
    client.force_login(house.official if by_officials else house.reviewer)
    shown = client.get(move_of(contract, name))
    assert shown.status_code == 200
    assert str(WORKFLOW.moves[name].consequence) in shown.text
    assert state_of(contract) == source


def test_accept_stays_at_the_filing(client, house, at_state):
    contract = at_state(State.SUBMITTED)
    answer = press(client, house.reviewer, contract, "accept")
    assert answer["Location"].startswith(page_of(contract))
    assert state_of(contract) == State.ACCEPTED
    assert contract.filing.events.get(move="accept").by == house.reviewer
    assert not LogEntry.objects.exists()


def test_decision_leads_to_the_next_due_filing(client, house, at_state):
    first, second = at_state(State.ACCEPTED), at_state(State.SUBMITTED)
    answer = press(client, house.reviewer, first, "refuse", grounds=["RF-2"], note="属于买卖合同")
    assert answer["Location"].startswith(page_of(second))
    answer = press(client, house.reviewer, second, "decline", note="不属于本机构受理范围")
    assert answer["Location"] == LIST


def test_recognise_issues_the_certificate(client, house, at_state):
    contract = at_state(State.ACCEPTED)
    client.force_login(house.reviewer)
    shown = client.get(move_of(contract, "recognise"))
    foreseen = shown.context["expected_number"]
    assert foreseen in shown.text
    press(client, house.reviewer, contract, "recognise")
    certificate = contract.filing.certificates.get()
    assert certificate.number == foreseen
    assert certificate.content["technical_yuan"] == shown.context["content"]["technical_yuan"]
    assert state_of(contract) == State.RECOGNISED


def test_recognise_names_all_that_stops_it(client, house, at_state):
    contract = at_state(State.ACCEPTED)
    Contract.objects.filter(pk=contract.pk).update(ends_on=None, kind="")
    client.force_login(house.reviewer)
    shown = client.get(move_of(contract, "recognise"))
    stops = {f["field"] for f in shown.context["obstacles"]}
    assert {"ends_on", "kind"} <= stops
    answer = press(client, house.reviewer, contract, "recognise")
    assert answer.status_code == 422
    assert {"ends_on", "kind"} <= {f.field for f in answer.context["found"]}
    assert state_of(contract) == State.ACCEPTED


def test_refuse_needs_a_ground_and_words_for_other(client, house, at_state):
    contract = at_state(State.ACCEPTED)
    answer = press(client, house.reviewer, contract, "refuse", note="写下的说明")
    assert answer.status_code == 422
    assert "写下的说明" in answer.text
    assert answer.context["form"].errors["grounds"]
    answer = press(client, house.reviewer, contract, "refuse", grounds=["RF-9"])
    assert answer.context["form"].errors["note"]
    assert state_of(contract) == State.ACCEPTED
    press(client, house.reviewer, contract, "refuse", grounds=["RF-2", "RF-9"], note="买卖合同")
    contract.refresh_from_db()
    assert contract.refusal_grounds == ["RF-2", "RF-9"]
    event = contract.filing.events.get(move="refuse")
    assert "买卖合同" in event.data["text"]
    assert event.data["text"].startswith("未予登记")


@pytest.mark.parametrize("name", ["decline", "deregister", "revoke"])
def test_grave_moves_need_a_reason(client, house, at_state, name):
    contract = at_state(sorted(WORKFLOW.moves[name].sources)[0])
    before = state_of(contract)
    answer = press(client, house.reviewer, contract, name, note="  ")
    assert answer.status_code == 422
    assert answer.context["form"].errors["note"]
    assert state_of(contract) == before
    press(client, house.reviewer, contract, name, note="当事人来函")
    assert state_of(contract) == WORKFLOW.moves[name].target


def test_revoked_certificate_is_no_longer_valid(client, house, at_state):
    contract = at_state(State.REVOCATION_NOTICED)
    press(client, house.reviewer, contract, "revoke", note="虚假合同")
    assert contract.filing.certificates.get().status == Status.REVOKED


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("120万元", Decimal("1200000.00")),
        ("5,229,999", Decimal("5229999.00")),
        ("5229999.01", None),
        ("0", None),
        ("abc", None),
        ("", None),
    ],
)
def test_fix_technical_amount(client, house, at_state, typed, kept):
    contract = at_state(State.ACCEPTED)
    answer = press(
        client, house.reviewer, contract, "fix_technical_amount", amount_yuan=typed, note="设备另计"
    )
    contract.refresh_from_db()
    assert contract.fixed_technical_yuan == kept
    if kept is None:
        assert answer.status_code == 422
        assert answer.context["form"].errors["amount_yuan"]
        assert "设备另计" in answer.text
    else:
        assert answer["Location"].startswith(page_of(contract))


def test_propose_then_another_recognises(client, house, at_state):
    contract = at_state(State.ACCEPTED)
    press(client, house.reviewer, contract, "propose", note="金额较大，建议认定")
    assert state_of(contract) == State.SECOND_REVIEW
    press(client, house.second, contract, "recognise")
    assert state_of(contract) == State.RECOGNISED


# --- the correction list -----------------------------------------------------------------------


def test_return_keeps_the_rows(client, house, at_state):
    contract = at_state(State.SUBMITTED)
    other = {"field": "", "problem": "outdated", "remedy": "请提交2020年的授权书。", "clause": "甲"}
    empty = {"field": "", "problem": "incomplete", "remedy": "", "clause": ""}
    data = items(REMEDY, empty, other)
    press(client, house.reviewer, contract, "return_for_correction", **data)
    rows = CorrectionItem.objects.filter(filing=contract.filing).order_by("pk")
    kept = [(r.field, r.problem, r.remedy, r.clause) for r in rows]
    assert kept == [tuple(REMEDY.values()), tuple(other.values())]
    assert state_of(contract) == State.CORRECTING


def test_return_without_a_remedy_marks_the_row(client, house, at_state):
    contract = at_state(State.SUBMITTED)
    half = {"field": "kind", "problem": "incorrect", "remedy": "", "clause": ""}
    answer = press(client, house.reviewer, contract, "return_for_correction", **items(REMEDY, half))
    assert answer.status_code == 422
    assert answer.context["form"].items[1].errors["remedy"]
    assert not answer.context["form"].items[0].errors
    assert REMEDY["remedy"] in answer.text
    answer = press(client, house.reviewer, contract, "return_for_correction", **items())
    assert answer.status_code == 422
    assert state_of(contract) == State.SUBMITTED


def test_rows_are_added_and_removed_without_scripts(client, house, at_state):
    contract = at_state(State.SUBMITTED)
    second = REMEDY | {"remedy": "第二条"}
    name = "return_for_correction"
    shown = press(client, house.reviewer, contract, name, add="1", **items(REMEDY, second))
    assert [r.get("items-1-remedy") for r in shown.context["form"].rows][1] == "第二条"
    assert len(shown.context["form"].items) == 3
    shown = press(client, house.reviewer, contract, name, remove="0", **items(REMEDY, second))
    assert shown.context["form"].rows == [{f"items-0-{k}": v for k, v in second.items()}]
    assert state_of(contract) == State.SUBMITTED


def test_findings_are_taken_over(client, house, at_state):
    contract = at_state(State.SUBMITTED)
    Contract.objects.filter(pk=contract.pk).update(ends_on=None)
    client.force_login(house.reviewer)
    url = move_of(contract, "return_for_correction")
    asked = client.get(f"{url}?take=all").context["form"]
    assert len(asked.items) == len(asked.suggested) > 0
    assert "ends_on" in [s["field"] for s in asked.suggested]
    taken = press(
        client, house.reviewer, contract, "return_for_correction", take="0", **items(REMEDY)
    ).context["form"]
    assert len(taken.items) == 2
    assert taken.rows[1]["items-1-remedy"] == asked.suggested[0]["remedy"]


# --- two at once -------------------------------------------------------------------------------


def test_second_examiner_learns_who_was_faster(client, house, at_state):
    contract = at_state(State.ACCEPTED)
    seen = contract.filing.version
    press(client, house.reviewer, contract, "recognise", seen=seen)
    answer = press(
        client, house.second, contract, "refuse", seen=seen, grounds=["RF-2"], note="费心写下的理由"
    )
    assert answer.status_code == 409
    assert "费心写下的理由" in answer.text
    assert house.reviewer.get_full_name() in answer.text
    assert answer.context["possible"] is False
    assert state_of(contract) == State.RECOGNISED


def test_stale_move_with_the_present_version_is_kindly_refused(client, house, at_state):
    contract = at_state(State.RECOGNISED)
    answer = press(client, house.second, contract, "refuse", grounds=["RF-2"], note="理由")
    assert answer.status_code == 409
    assert house.reviewer.get_full_name() in answer.context["notice"]
    client.force_login(house.second)
    assert client.get(move_of(contract, "refuse"))["Location"].startswith(page_of(contract))


def test_change_meanwhile_is_shown_before_deciding(client, house, at_state):
    contract = at_state(State.ACCEPTED)
    seen = contract.filing.version
    press(
        client, house.reviewer, contract, "fix_technical_amount",
        seen=seen, amount_yuan="1000000", note="设备另计",
    )  # fmt: skip
    answer = press(client, house.second, contract, "recognise", seen=seen)
    assert answer.status_code == 409
    assert "1,000,000.00" in answer.context["changes"][0]["detail"]
    assert state_of(contract) == State.ACCEPTED
    again = answer.context["form"]["seen"].value()
    press(client, house.second, contract, "recognise", seen=again)
    assert state_of(contract) == State.RECOGNISED


@pytest.mark.parametrize("seen", ["", "x", "0"])
def test_move_without_the_version_seen_is_not_made(client, house, at_state, seen):
    contract = at_state(State.SUBMITTED)
    assert press(client, house.reviewer, contract, "accept", seen=seen).status_code == 409
    assert state_of(contract) == State.SUBMITTED


# --- the page ----------------------------------------------------------------------------------


def test_finding_stands_beside_its_fact(client, house, at_state):
    contract = at_state(State.SUBMITTED)
    Contract.objects.filter(pk=contract.pk).update(ends_on=None)
    client.force_login(house.reviewer)
    groups = client.get(page_of(contract)).context["groups"]
    rows = {row["name"]: row for group in groups for row in group["rows"]}
    assert rows["ends_on"]["findings"]
    assert not rows["signed_on"]["findings"]


def test_evidence_can_be_looked_at(client, house, at_state):
    contract = at_state(State.SUBMITTED)
    client.force_login(house.reviewer)
    shown = client.get(page_of(contract))
    url = shown.context["evidence"][0]["show_url"]
    assert f'src="{url}' in shown.text
    answer = client.get(url)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


def test_pages_carry_no_scripts_of_their_own(client, house, at_state):
    contract = at_state(State.SUBMITTED)
    client.force_login(house.reviewer)
    for url in (LIST, page_of(contract), move_of(contract, "return_for_correction")):
        text = client.get(url).text
        desk = text[text.index('<main class="desk"') :].split("</main>")[0].split("<script")[0]
        assert " style=" not in desk
        assert " on" + "click=" not in desk
