"""Expert opinions before a recognition, and what a correction does to the time limit."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest

from contracts import actions, editions, queries, rules
from contracts.enums import State
from contracts.models import ExpertOpinion
from tests.factories.contracts import AT, ITEMS, answer_all, contract_at, pdf
from torch_portal.common.findings import Refused
from torch_portal.common.workdays import Limit, Unit
from torch_portal.filings.models import Filing

DAY = datetime.timedelta(days=1)
TODAY = datetime.datetime(2026, 4, 1, 9, 0, tzinfo=datetime.UTC)
TERM_2026 = {
    "signed_on": datetime.date(2026, 3, 20),
    "starts_on": datetime.date(2026, 3, 20),
    "ends_on": datetime.date(2027, 12, 31),
    "costs": [],
}


@pytest.fixture
def at_state(house):
    def make(state, **values):
        return contract_at(
            state, firm=house.firm, by=house.filer, office=house.office, examiner=house.reviewer,
            **values,
        )  # fmt: skip

    return make


def ask(contract, house, *names, at=AT):
    return actions.request_expert_opinion(
        contract=contract, experts=[{"expert": n, "unit": "浙江大学"} for n in names],
        by=house.reviewer, at=at, note="是否属于技术开发",
    )  # fmt: skip


def hear(contract, house, name, view="for", at=AT):
    return actions.record_expert_opinion(
        contract=contract, expert=name, view=view, by=house.reviewer, at=at, note="属于技术开发"
    )


def codes(caught):
    return [f.code for f in caught.value.findings]


# --- experts ----------------------------------------------------------------------------------


def test_recognition_waits_for_every_expert_who_was_asked(house, at_state):
    contract = at_state(State.ACCEPTED)
    ask(contract, house, "王教授", "李教授")
    hear(contract, house, "王教授")
    with pytest.raises(Refused) as caught:
        actions.recognise(contract=contract, by=house.reviewer, at=AT)
    assert codes(caught) == ["AF-41"]
    hear(contract, house, "李教授", "against")
    assert actions.recognise(contract=contract, by=house.reviewer, at=AT).version == 1


def test_opinion_of_an_expert_who_was_not_asked_is_added(house, at_state):
    contract = at_state(State.ACCEPTED)
    hear(contract, house, "赵教授", "conditions")
    row = ExpertOpinion.objects.get()
    assert (row.expert, row.view, row.given_by) == ("赵教授", "conditions", house.reviewer)


@pytest.mark.parametrize(("name", "view"), [("", "for"), ("王教授", ""), ("王教授", "maybe")])
def test_opinion_needs_expert_and_conclusion(house, at_state, name, view):
    contract = at_state(State.ACCEPTED)
    with pytest.raises(Refused) as caught:
        hear(contract, house, name, view)
    assert codes(caught) == ["AF-44"]


def test_question_without_an_expert_is_refused(house, at_state):
    contract = at_state(State.ACCEPTED)
    with pytest.raises(Refused) as caught:
        ask(contract, house)
    assert codes(caught) == ["AF-43"]


def test_asking_in_shanghai_gives_twenty_working_days(house, at_state):
    contract = at_state(State.ACCEPTED)
    Filing.objects.filter(pk=contract.pk).update(jurisdiction_id="31")
    contract.filing.refresh_from_db()
    contract.filing.due_on = queries.due(contract, accepted_on=AT.date()).on
    assert contract.filing.due_on == datetime.date(2020, 3, 11)
    ask(contract, house, "王教授")
    assert Filing.objects.get(pk=contract.pk).due_on == datetime.date(2020, 3, 30)


def test_asking_never_shortens_the_limit(house, at_state):
    contract = at_state(State.ACCEPTED)  # Zhejiang: ten days, with or without experts
    before = contract.filing.due_on
    ask(contract, house, "王教授")
    assert Filing.objects.get(pk=contract.pk).due_on == before


@pytest.mark.parametrize(("total", "wanted"), [("4999999.99", False), ("5000000.00", True)])
def test_edition_of_2026_wants_experts_from_its_threshold(house, at_state, total, wanted):
    contract = at_state(State.SECOND_REVIEW, at=TODAY, total_yuan=Decimal(total), **TERM_2026)
    if wanted:
        with pytest.raises(Refused) as caught:
            actions.recognise(contract=contract, by=house.second, at=TODAY)
        assert codes(caught) == ["AF-42"]
        hear(contract, house, "王教授", at=TODAY)
    assert actions.recognise(contract=contract, by=house.second, at=TODAY).version == 1


# --- the clock --------------------------------------------------------------------------------


def come_back(contract, house, *, returned, again):
    actions.return_for_correction(contract=contract, items=ITEMS, by=house.reviewer, at=returned)
    upload = pdf("补正.pdf", pages=3)
    actions.attach(contract=contract, kind="contract_text", upload=upload, by=house.filer, at=again)
    answer_all(contract, house.filer)
    actions.submit(contract=contract, by=house.filer, at=again)
    return contract.filing.due_on


def test_limit_begins_anew_after_a_correction(house, at_state):
    contract = at_state(State.ACCEPTED)  # 2020-03-02, Zhejiang: ten days
    due = come_back(contract, house, returned=AT + 4 * DAY, again=AT + 7 * DAY)
    assert due == datetime.date(2020, 3, 19)


def test_limit_goes_on_where_the_place_says_so(house, at_state, settings):
    settings.CORRECTION_CLOCK_GOES_ON = ["33"]
    contract = at_state(State.ACCEPTED)
    due = come_back(contract, house, returned=AT + 4 * DAY, again=AT + 7 * DAY)
    assert due == datetime.date(2020, 3, 16)  # six of ten days from 2020-03-09: the 15th, a Sunday
    due = come_back(contract, house, returned=AT + 12 * DAY, again=AT + 14 * DAY)
    assert due == datetime.date(2020, 3, 17)  # nine are used: one is left


def test_both_sides_are_told_which_clock_holds(house, at_state, settings):
    contract = at_state(State.ACCEPTED)
    today = AT.date() + 4 * DAY
    told = queries.clock_words(contract, today)
    assert told["doubt"]
    assert told["clause"] == editions.named("R2001").correction_clock.clause
    settings.CORRECTION_CLOCK_GOES_ON = ["33"]
    assert "6" in queries.clock_words(contract, today)["text"]
    actions.return_for_correction(
        contract=contract, items=ITEMS, by=house.reviewer, at=AT + 4 * DAY
    )
    assert "6" in queries.clock_words(contract, today + 30 * DAY)["text"]


def test_used_working_days_do_not_count_rest_days(house, at_state):
    contract = at_state(State.ACCEPTED, at=TODAY, **TERM_2026)
    Filing.objects.filter(pk=contract.pk).update(jurisdiction_id="44")
    contract.filing.refresh_from_db()
    assert queries.review_limit(contract, TODAY.date()).unit is Unit.WORKING
    # 2026-04-04 to 04-06 is Qingming
    assert queries.days_used(contract, datetime.date(2026, 4, 7)) == 3


@pytest.mark.parametrize(("used", "left"), [(0, 10), (4, 6), (9, 1), (10, 1), (40, 1)])
def test_one_day_at_least_is_left(used, left):
    assert editions.left_after(Limit(10, Unit.CALENDAR, ""), used).days == left


def test_clock_of_each_edition_cites_where_it_stands():
    for edition in editions.EDITIONS:
        assert edition.correction_clock.restarts
        assert "条" in edition.correction_clock.clause
        assert not edition.correction_clock.confirmed


def test_no_experts_are_wanted_before_the_draft():
    facts = rules.Facts(total_yuan=Decimal(9_000_000), technical_yuan=Decimal(9_000_000))
    wanted = {e.code for e in editions.EDITIONS if rules.needs_experts(facts, e)}
    assert wanted == {"R2026"}
    less = replace(facts, technical_yuan=Decimal("4999999.99"))
    assert not rules.needs_experts(less, editions.named("R2026"))
