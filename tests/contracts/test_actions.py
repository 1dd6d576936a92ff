"""The official acts: what they change, what they refuse."""

import datetime
from decimal import Decimal

import pytest
from django.utils import translation

from contracts import actions, editions, queries
from contracts.enums import State
from contracts.models import Contract
from tests.factories import accounts
from tests.factories.contracts import AT, ITEMS, answer_all, contract_at, draft, pdf
from torch_portal.accounts.models import AgencyArea
from torch_portal.accounts.roles import Denied
from torch_portal.certificates.models import Certificate
from torch_portal.common.findings import Refused
from torch_portal.filings import engine
from torch_portal.filings.models import Event, Filing
from torch_portal.filings.transitions import Stale
from torch_portal.notices.models import Message
from torch_portal.papers.models import Paper

DAY = datetime.timedelta(days=1)
NOBODY_PRINTS = "\U000f1234"


def at_state(house, state, **values):
    return contract_at(
        state,
        firm=house.firm,
        by=house.filer,
        office=house.office,
        examiner=house.reviewer,
        **values,
    )


def submit(contract, house, at=AT, agency=None):
    return actions.submit(contract=contract, by=house.filer, at=at, agency=agency or house.office)


def codes(caught):
    return [f.code for f in caught.value.findings]


def messages(contract):
    """The keys of the messages about this filing, without their prefix."""
    prefix = f"contracts-{contract.pk}-"
    keys = Message.objects.filter(key__startswith=prefix).order_by("pk")
    return [key.removeprefix(prefix) for key in keys.values_list("key", flat=True)]


@pytest.mark.parametrize("state", list(State))
def test_every_state_can_be_reached(house, state):
    contract = at_state(house, state)
    assert Contract.objects.get(pk=contract.pk).filing.state == state


# --- submit -----------------------------------------------------------------------------------


def test_submit_gives_number_clock_edition_and_digest(house):
    contract = draft(house.firm, house.filer)
    filing = Filing.objects.get(pk=submit(contract, house).pk)
    assert filing.number == "HT-2020-330101-000001"
    assert (filing.agency, filing.submitted_at) == (house.office, AT)
    assert filing.accepted_on == datetime.date(2020, 3, 2)
    assert (filing.edition, filing.due_provisional) == ("R2001+N2020", False)
    event = filing.events.get(move="submit")
    known = queries.facts(contract, day=filing.accepted_on, agency=house.office)
    assert event.facts_digest == engine.digest(queries.facts_digestible(known))
    assert event.data["due_on"] == "2020-03-12"
    assert event.edition == "R2001+N2020"


def test_submit_digest_follows_the_facts(house):
    one = at_state(house, State.SUBMITTED)
    other = at_state(house, State.SUBMITTED, project_name="另一个项目")
    digests = Event.objects.filter(move="submit").values_list("facts_digest", flat=True)
    assert len(set(digests)) == 2
    assert one.filing.number != other.filing.number


@pytest.mark.parametrize(
    ("at", "due_on"),
    [
        ("2020-03-02", "2020-03-12"),  # Zhejiang: ten calendar days
        ("2020-03-04", "2020-03-16"),  # the tenth day is a Saturday
        ("2020-03-01T15:59", "2020-03-11"),  # 23:59 in Beijing, still the first
        ("2020-03-01T16:00", "2020-03-12"),  # midnight in Beijing
    ],
)
def test_submit_in_zhejiang_is_due_after_ten_days(house, at, due_on):
    moment = datetime.datetime.fromisoformat(at).replace(tzinfo=datetime.UTC)
    contract = draft(house.firm, house.filer)
    assert submit(contract, house, moment).due_on == datetime.date.fromisoformat(due_on)


def test_submit_due_in_an_unpublished_year_is_provisional(house):
    at = datetime.datetime(2026, 12, 25, 9, tzinfo=datetime.UTC)
    days = {
        "signed_on": datetime.date(2026, 12, 1),
        "starts_on": datetime.date(2026, 12, 1),
        "ends_on": datetime.date(2028, 12, 31),
    }
    filing = submit(draft(house.firm, house.filer, at, **days), house, at)
    assert (filing.due_on, filing.due_provisional) == (datetime.date(2027, 1, 4), True)
    assert filing.edition == "R2026"


def test_submit_again_after_correction_restarts_the_clock_and_keeps_the_number(house):
    contract = at_state(house, State.SUBMITTED)
    number = contract.filing.number
    actions.return_for_correction(
        contract=contract, items=ITEMS, by=house.reviewer, at=AT + 3 * DAY
    )
    filing = Filing.objects.get(pk=contract.pk)
    assert (filing.due_on, filing.accepted_on, filing.owner) == (None, None, "filer")
    (item,) = filing.corrections.all()
    actions.answer_correction(item=item, answer="已补盖骑缝章", by=house.filer)
    submit(contract, house, AT + 7 * DAY)
    filing.refresh_from_db()
    assert (filing.number, filing.submitted_at) == (number, AT)
    assert filing.accepted_on == datetime.date(2020, 3, 9)
    assert filing.due_on == datetime.date(2020, 3, 19)
    item.refresh_from_db()
    assert (item.answer, item.answered_at, item.round) == ("已补盖骑缝章", AT + 7 * DAY, 1)


def test_submit_incomplete_gives_every_finding_and_changes_nothing(house):
    contract = actions.start(enterprise=house.firm, by=house.filer, at=AT, classified=False)
    with pytest.raises(Refused) as caught:
        submit(contract, house)
    assert len(caught.value.findings) > 5
    assert {"VH-00", "VH-13"} <= set(codes(caught))
    filing = Filing.objects.get(pk=contract.pk)
    assert (filing.state, filing.number, filing.version) == ("draft", None, 1)


def test_submit_without_a_choice_of_agency_is_refused_and_with_one_agency_needs_none(house):
    contract = draft(house.firm, house.filer)
    second = accounts.agency("330001", "33")
    with pytest.raises(Refused) as caught:
        actions.submit(contract=contract, by=house.filer, at=AT)
    assert "VH-03" in codes(caught)
    second.active = False
    second.save()
    assert actions.submit(contract=contract, by=house.filer, at=AT).agency == house.office


def test_submit_to_an_agency_that_takes_no_filings_or_of_another_area_is_refused(house):
    contract = draft(house.firm, house.filer)
    house.office.active = False
    house.office.save()
    for agency in (house.office, house.far_office):
        with pytest.raises(Refused) as caught:
            submit(contract, house, agency=agency)
        assert "VH-03" in codes(caught)


def test_submit_of_the_same_contract_again_is_refused(house):
    at_state(house, State.SUBMITTED)
    with pytest.raises(Refused) as caught:
        at_state(house, State.SUBMITTED)
    assert codes(caught)[0] == "VH-04"


def test_classified_contract_is_stopped_before_anything_is_kept(house):
    with pytest.raises(Refused) as caught:
        actions.start(enterprise=house.firm, by=house.filer, at=AT, classified=True)
    assert codes(caught) == ["VH-11"]
    assert not Filing.objects.exists()


# --- the draft --------------------------------------------------------------------------------


def test_save_draft_of_an_older_copy_is_a_conflict_and_overwrites_nothing(house):
    contract = draft(house.firm, house.filer)
    old = Contract.objects.get(pk=contract.pk)
    actions.save_draft(contract=contract, values={"project_name": "甲"}, by=house.filer, at=AT)
    with pytest.raises(actions.Conflict):
        actions.save_draft(contract=old, values={"project_name": "乙"}, by=house.filer, at=AT)
    assert Contract.objects.get(pk=contract.pk).project_name == "甲"


@pytest.mark.parametrize("state", sorted(set(State) - {State.DRAFT, State.CORRECTING}))
def test_draft_acts_outside_the_enterprises_turn_are_refused(house, state):
    contract = at_state(house, state)
    before = Contract.objects.filter(pk=contract.pk).values().get()
    with pytest.raises(actions.Conflict):
        actions.save_draft(contract=contract, values={"project_name": "改"}, by=house.filer, at=AT)
    with pytest.raises(actions.Conflict):
        actions.attach(contract=contract, kind="other", upload=pdf(pages=2), by=house.filer, at=AT)
    attachment = contract.filing.attachments.get()
    with pytest.raises(actions.Conflict):
        actions.detach(contract=contract, attachment=attachment, by=house.filer, at=AT)
    assert Contract.objects.filter(pk=contract.pk).values().get() == before
    assert contract.filing.attachments.live().count() == 1


@pytest.mark.parametrize("role", ["reader", "stranger", "reviewer", "official", "operator"])
def test_draft_acts_by_others_are_denied(house, role):
    contract = draft(house.firm, house.filer)
    by = getattr(house, role)
    with pytest.raises(Denied):
        actions.start(enterprise=house.firm, by=by, at=AT, classified=False)
    with pytest.raises(Denied):
        actions.save_draft(contract=contract, values={"project_name": "改"}, by=by, at=AT)
    with pytest.raises(Denied):
        actions.attach(contract=contract, kind="other", upload=pdf(pages=2), by=by, at=AT)


# --- returning --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("items", "field"),
    [
        ([], "items"),
        ([{**ITEMS[0], "remedy": "  "}], "items.1"),
        ([ITEMS[0], {**ITEMS[0], "problem": "ugly"}], "items.2"),
    ],
)
def test_return_needs_items_with_problem_and_remedy(house, items, field):
    contract = at_state(house, State.ACCEPTED)
    with pytest.raises(Refused) as caught:
        actions.return_for_correction(contract=contract, items=items, by=house.reviewer, at=AT)
    assert [(f.code, f.field) for f in caught.value.findings] == [("VH-23", field)]
    assert Filing.objects.get(pk=contract.pk).state == "accepted"


def test_return_twice_counts_rounds(house):
    contract = at_state(house, State.CORRECTING)
    answer_all(contract, house.filer)
    submit(contract, house, AT + DAY)
    actions.return_for_correction(
        contract=contract, items=[*ITEMS, *ITEMS], by=house.reviewer, at=AT + 2 * DAY
    )
    rounds = contract.filing.corrections.order_by("pk").values_list("round", "answered_at")
    assert list(rounds) == [(1, AT + DAY), (2, None), (2, None)]
    assert len(messages(contract)) == len(set(messages(contract))) == 4


# --- the technical amount ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "taken"),
    [
        ("-0.01", False),
        ("0.00", False),
        ("0.01", True),
        ("5230000.00", True),
        ("5230000.01", False),
    ],
)
def test_fix_technical_amount_at_both_bounds(house, amount, taken):
    contract = at_state(house, State.ACCEPTED)
    act = {"amount_yuan": Decimal(amount), "by": house.reviewer, "at": AT, "note": "按合同文本"}
    if not taken:
        with pytest.raises(Refused) as caught:
            actions.fix_technical_amount(contract=contract, **act)
        assert codes(caught) == ["VH-05"]
    else:
        actions.fix_technical_amount(contract=contract, **act)
        event = contract.filing.events.get(move="fix_technical_amount")
        assert event.data == {"from": "3661000.00", "to": amount}
        assert messages(contract)[-1].startswith("amount-")
    stored = Contract.objects.get(pk=contract.pk)
    assert stored.fixed_technical_yuan == (Decimal(amount) if taken else None)
    assert stored.filing.state == "accepted"


def test_fixed_amount_stands_on_the_certificate(house):
    contract = at_state(house, State.ACCEPTED)
    actions.fix_technical_amount(
        contract=contract, amount_yuan=Decimal("1234567.89"), by=house.reviewer, at=AT, note="n"
    )
    certificate = actions.recognise(contract=contract, by=house.reviewer, at=AT)
    assert certificate.content["technical_yuan"] == "1,234,567.89"


@pytest.mark.parametrize("note", ["", "   "])
def test_acts_that_need_a_reason_refuse_without_one(house, note):
    accepted, submitted = (
        at_state(house, s, project_name=s) for s in (State.ACCEPTED, State.SUBMITTED)
    )
    recognised = at_state(house, State.RECOGNISED, project_name="认定")
    more = {"by": house.reviewer, "at": AT, "note": note}
    tries = [
        lambda: actions.fix_technical_amount(contract=accepted, amount_yuan=Decimal(1), **more),
        lambda: actions.decline(contract=submitted, **more),
        lambda: actions.deregister(contract=recognised, **more),
        lambda: actions.revoke(contract=recognised, **more),
    ]
    for act in tries:
        with pytest.raises(Refused) as caught:
            act()
        assert [(f.code, f.field) for f in caught.value.findings] == [("VH-15", "note")]


# --- refusing ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("grounds", "note", "field"),
    [
        ([], "", "grounds"),
        (["RF-10"], "", "grounds"),
        (["RF-2", "x"], "", "grounds"),
        (["RF-9"], "", "note"),
        (["RF-9"], " \n", "note"),
    ],
)
def test_refuse_without_ground_or_words_is_refused(house, grounds, note, field):
    contract = at_state(house, State.ACCEPTED)
    with pytest.raises(Refused) as caught:
        actions.refuse(contract=contract, grounds=grounds, by=house.reviewer, at=AT, note=note)
    assert [(f.code, f.field) for f in caught.value.findings] == [("VH-15", field)]
    assert Filing.objects.get(pk=contract.pk).state == "accepted"


def test_refuse_marks_the_contract_and_tells_where_to_object(house):
    contract = at_state(house, State.ACCEPTED)
    with translation.override("en"):
        actions.refuse(
            contract=contract, grounds=["RF-9", "RF-1"], by=house.reviewer, at=AT, note="印章无效"
        )
    event = contract.filing.events.get(move="refuse")
    assert event.data["grounds"] == ["RF-1", "RF-9"]
    assert event.data["text"].startswith("未予登记：")
    assert event.data["text"].endswith("；印章无效")
    letter = Message.objects.get(key__startswith=f"contracts-{contract.pk}-refused")
    assert event.data["text"] in letter.body
    assert "浙江省科学技术厅" in letter.body
    assert letter.subject.isascii() is False
    stored = Contract.objects.get(pk=contract.pk)
    assert stored.refusal_grounds == ["RF-1", "RF-9"]
    assert (stored.filing.decided_at, stored.filing.decided_by) == (AT, house.reviewer)
    assert not Paper.objects.exists()


# --- second review ----------------------------------------------------------------------------


@pytest.fixture
def nanjing(house):
    """The firm in Nanjing, its agency there and two reviewers of that agency."""
    house.firm.division, house.firm.jurisdiction_id = "320106", "32"
    house.firm.save()
    house.office, house.reviewer = house.far_office, house.far_reviewer
    house.second = accounts.reviewer(house.far_office, "second-nj")
    return house


def big(house, total, state=State.ACCEPTED):
    return at_state(house, state, total_yuan=Decimal(total), costs=[])


@pytest.mark.parametrize(
    ("total", "two"), [("4999999.99", False), ("5000000.00", True), ("5000000.01", True)]
)
def test_second_review_in_jiangsu_from_five_million(nanjing, total, two):
    contract = big(nanjing, total)
    if two:
        with pytest.raises(Refused) as caught:
            actions.recognise(contract=contract, by=nanjing.reviewer, at=AT)
        assert codes(caught) == ["VH-16"]
        assert Filing.objects.get(pk=contract.pk).state == "accepted"
    else:
        actions.recognise(contract=contract, by=nanjing.reviewer, at=AT)
        assert Filing.objects.get(pk=contract.pk).state == "recognised"


def test_second_review_needs_somebody_else_than_the_proposer(nanjing):
    contract = big(nanjing, "5000000.00", State.SECOND_REVIEW)
    with pytest.raises(Refused) as caught:
        actions.recognise(contract=contract, by=nanjing.reviewer, at=AT)
    assert codes(caught) == ["VH-16"]
    actions.recognise(contract=contract, by=nanjing.second, at=AT)
    assert contract.filing.decided_by == nanjing.second


def test_second_review_begins_anew_after_a_correction(nanjing):
    """The first proposal was about another text: it no longer counts."""
    contract = big(nanjing, "5000000.00", State.SECOND_REVIEW)
    actions.return_for_correction(contract=contract, items=ITEMS, by=nanjing.second, at=AT)
    answer_all(contract, nanjing.filer)
    submit(contract, nanjing, AT + DAY)
    actions.accept(contract=contract, by=nanjing.second, at=AT + DAY)
    with pytest.raises(Refused):
        actions.recognise(contract=contract, by=nanjing.second, at=AT + DAY)
    actions.propose(contract=contract, by=nanjing.second, at=AT + DAY)
    with pytest.raises(Refused):
        actions.recognise(contract=contract, by=nanjing.second, at=AT + DAY)
    actions.recognise(contract=contract, by=nanjing.reviewer, at=AT + DAY)


def test_no_second_review_in_zhejiang(house):
    contract = big(house, "9000000.00")
    actions.recognise(contract=contract, by=house.reviewer, at=AT)
    assert contract.filing.state == "recognised"


# --- recognising ------------------------------------------------------------------------------


def test_recognise_gives_number_certificate_paper_and_one_message(house):
    contract = at_state(house, State.ACCEPTED)
    certificate = actions.recognise(contract=contract, by=house.reviewer, at=AT)
    stored = Contract.objects.select_related("filing").get(pk=contract.pk)
    assert stored.registration_number == certificate.number == "2020330101000001"
    assert stored.recognised_on == datetime.date(2020, 3, 2)
    assert (stored.filing.decided_at, stored.filing.decided_by) == (AT, house.reviewer)
    event = stored.filing.events.get(move="recognise")
    known = queries.facts(stored, day=datetime.date(2020, 3, 2))
    assert event.facts_digest == engine.digest(queries.facts_digestible(known))
    paper = Paper.objects.get()
    assert (paper.filing, paper.kind, paper.state) == (stored.filing, "contract_text", "deferred")
    version = stored.filing.version
    assert messages(contract) == ["received-3", f"recognised-{version}"]
    assert certificate.content["title"] == editions.named("R2001+N2020").certificate_title
    assert certificate.content["registrar"] == "reviewer"


def test_recognise_counts_per_agency_and_year(house):
    AgencyArea.objects.create(agency=house.far_office, prefix="3301")

    def recognise(office, reviewer, at, name):
        contract = draft(house.firm, house.filer, AT, project_name=name)
        actions.submit(contract=contract, by=house.filer, at=AT, agency=office)
        actions.accept(contract=contract, by=reviewer, at=AT)
        return actions.recognise(contract=contract, by=reviewer, at=at).number

    new_year = datetime.datetime(2020, 12, 31, 16, tzinfo=datetime.UTC)  # 2021 in Beijing
    second = datetime.timedelta(seconds=1)
    here, there = (house.office, house.reviewer), (house.far_office, house.far_reviewer)
    numbers = [
        recognise(*here, AT, "一"),
        recognise(*here, new_year - second, "二"),
        recognise(*there, AT, "三"),
        recognise(*here, new_year, "四"),
    ]
    assert numbers == [
        "2020330101000001",
        "2020330101000002",
        "2020320101000001",
        "2021330101000001",
    ]


def test_recognise_with_a_character_that_no_font_has_is_refused(house):
    contract = at_state(house, State.ACCEPTED, project_name=f"项目{NOBODY_PRINTS}")
    with translation.override("en"), pytest.raises(Refused) as caught:
        actions.recognise(contract=contract, by=house.reviewer, at=AT)
    (finding,) = caught.value.findings
    assert finding.code == "CERT-01"
    assert NOBODY_PRINTS in finding.text()
    assert Filing.objects.get(pk=contract.pk).state == "accepted"
    assert not Certificate.objects.exists()


def test_recognise_looks_at_the_facts_again(house):
    """A rule that blocks by now stops it, even if the filing came in without findings."""
    contract = at_state(house, State.ACCEPTED)
    Contract.objects.filter(pk=contract.pk).update(form="oral")
    contract.refresh_from_db()
    with pytest.raises(Refused) as caught:
        actions.recognise(contract=contract, by=house.reviewer, at=AT)
    assert codes(caught) == ["VH-01"]


def test_recognise_after_a_colleague_fixed_the_amount_is_stale(house):
    """The certificate never shows an amount that the agency has just changed."""
    contract = at_state(house, State.ACCEPTED)
    seen_before = Contract.objects.select_related("filing").get(pk=contract.pk)
    actions.fix_technical_amount(
        contract=contract, amount_yuan=Decimal("1.00"), by=house.second, at=AT, note="n"
    )
    with pytest.raises(Stale, match="second"):
        actions.recognise(contract=seen_before, by=house.reviewer, at=AT)
    assert not Certificate.objects.exists()


def test_recognise_by_a_reviewer_of_the_jurisdiction(house):
    person = accounts.user("zj", is_staff=True)
    person.appointments.create(role="reviewer", jurisdiction_id="33")
    contract = at_state(house, State.ACCEPTED)
    actions.recognise(contract=contract, by=person, at=AT)
    assert contract.filing.decided_by == person


# --- ending -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "status"), [(State.DEREGISTERED, "deregistered"), (State.REVOKED, "revoked")]
)
def test_ending_ends_the_certificate_and_keeps_the_number(house, state, status):
    contract = at_state(house, state)
    certificate = Certificate.objects.get()
    assert (certificate.status, certificate.ended_at) == (status, AT)
    assert certificate.ended_by == house.reviewer
    assert Contract.objects.get(pk=contract.pk).registration_number == certificate.number
    assert certificate.content == Certificate.objects.get().content


# --- the clock --------------------------------------------------------------------------------


def test_flag_overdue_the_day_after_once_with_one_message_a_reviewer(house):
    contract = at_state(house, State.ACCEPTED)  # due on 2020-03-12
    on_the_day = datetime.datetime(2020, 3, 12, 15, 59, tzinfo=datetime.UTC)
    assert actions.flag_overdue(at=on_the_day) == 0
    after = on_the_day + datetime.timedelta(minutes=1)
    assert [actions.flag_overdue(at=after) for _turn in range(2)] == [1, 0]
    filing = Filing.objects.get(pk=contract.pk)
    assert filing.overdue_flagged_on == datetime.date(2020, 3, 13)
    assert filing.events.filter(move="overdue", by=None).count() == 1
    told = Message.objects.filter(key__contains="-overdue-").values_list("to_user__username")
    assert sorted(name for (name,) in told) == ["reviewer", "second"]


@pytest.mark.parametrize("state", [State.CORRECTING, State.RECOGNISED, State.WITHDRAWN])
def test_flag_overdue_leaves_what_waits_for_nobody_here(house, state):
    at_state(house, state)
    assert actions.flag_overdue(at=AT + 90 * DAY) == 0
