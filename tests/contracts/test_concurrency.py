"""Many people at once, and connections that break: all or nothing, one winner, no gap."""

import threading
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection, transaction

from contracts import actions
from contracts.enums import State
from contracts.models import Contract
from contracts.queries import consistency, facts, facts_digestible
from tests.conftest import people, seed
from tests.factories import accounts
from tests.factories.contracts import AT, contract_at, draft, pdf
from tests.faults.together import at_once, backends_waiting_for_locks, cut, wait_until
from torch_portal.accounts.models import AgencyArea
from torch_portal.certificates.models import Certificate
from torch_portal.common import queueing
from torch_portal.filings import engine, numbering
from torch_portal.filings.models import Event, Filing, NumberSeries
from torch_portal.filings.queries import problems
from torch_portal.filings.transitions import Stale
from torch_portal.notices.models import Message
from torch_portal.papers.models import Paper

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("concurrency")]


@pytest.fixture
def house(transactional_db):
    """The standing people, committed; the regions again, which such a test ends by emptying."""
    seed()
    return people()


def accepted(house, name="项目", state=State.ACCEPTED):
    return contract_at(
        state,
        firm=house.firm,
        by=house.filer,
        office=house.office,
        examiner=house.reviewer,
        project_name=name,
    )


def fresh(contract):
    """The contract as another request would load it."""
    return Contract.objects.select_related("filing").get(pk=contract.pk)


def state_of(contract):
    return Filing.objects.get(pk=contract.pk).state


@pytest.mark.slow
def test_a_hundred_recognitions_at_once_number_without_gap_or_double(house):
    """Two agencies, ten connections; every fifth recognition is rolled back and made again."""
    AgencyArea.objects.create(agency=house.far_office, prefix="3301")
    desks = [
        SimpleNamespace(office=house.office, reviewer=house.reviewer),
        SimpleNamespace(office=house.far_office, reviewer=house.far_reviewer),
    ]
    work = []
    queueing.silence(3600)  # numbers are looked at here: receipts and certificates stay due
    for number in range(100):
        desk = desks[number % 2]
        contract = draft(house.firm, house.filer, project_name=f"项目{number}")
        actions.submit(contract=contract, by=house.filer, at=AT, agency=desk.office)
        actions.accept(contract=contract, by=desk.reviewer, at=AT)
        work.append((contract, desk.reviewer))

    def recognise(contract, by, *, fail):
        with transaction.atomic():
            number = actions.recognise(contract=fresh(contract), by=by, at=AT).number
            if fail:
                raise LookupError(number)
        return number

    def ten(mine):
        def run():
            numbers = []
            for place, (contract, by) in enumerate(mine):
                if place % 5 == 4:
                    with pytest.raises(LookupError):
                        recognise(contract, by, fail=True)
                numbers.append(recognise(contract, by, fail=False))
            return numbers

        return run

    answers = at_once(*[ten(work[start::10]) for start in range(10)])
    numbers = sorted(number for mine in answers for number in mine)
    assert numbers == [
        f"2020{code}{serial:06d}" for code in ("320101", "330101") for serial in range(1, 51)
    ]
    stored = Contract.objects.order_by("registration_number").values_list(
        "registration_number", flat=True
    )
    assert list(stored) == numbers
    assert (Certificate.objects.count(), Paper.objects.count()) == (100, 100)
    assert [*consistency(), *problems()] == []


def test_recognition_rolled_back_leaves_no_gap_and_nothing_else(house):
    first, second = accepted(house, "一"), accepted(house, "二")
    with transaction.atomic():
        actions.recognise(contract=fresh(first), by=house.reviewer, at=AT)
        transaction.set_rollback(True)
    assert state_of(first) == "accepted"
    assert not Certificate.objects.exists()
    assert not Message.objects.filter(key__contains="recognised").exists()
    certificate = actions.recognise(contract=fresh(second), by=house.reviewer, at=AT)
    assert certificate.number == "2020330101000001"


@pytest.mark.parametrize(
    ("one", "other"), [("recognise", "recognise"), ("recognise", "refuse"), ("refuse", "propose")]
)
def test_two_examiners_decide_at_once_and_exactly_one_wins(house, one, other):
    contract = accepted(house)
    more = {"refuse": {"grounds": ["RF-2"]}}
    copies = [fresh(contract), fresh(contract)]

    def act(name, copy, by):
        return lambda: getattr(actions, name)(contract=copy, by=by, at=AT, **more.get(name, {}))

    examiners = (house.reviewer, house.second)
    answers = at_once(act(one, copies[0], examiners[0]), act(other, copies[1], examiners[1]))
    lost = [n for n, answer in enumerate(answers) if isinstance(answer, Stale)]
    assert len(lost) == 1, answers
    winner, name = examiners[1 - lost[0]], (one, other)[1 - lost[0]]
    assert winner.get_full_name() in str(answers[lost[0]])
    assert not isinstance(answers[1 - lost[0]], Exception)
    (last,) = Event.objects.filter(filing=contract.pk, seq__gt=4)
    assert (last.move, last.by) == (name, winner)
    assert state_of(contract) == last.to_state
    assert Certificate.objects.count() == (name == "recognise")
    assert [*consistency(), *problems()] == []


def test_submit_twice_at_once_is_once(house):
    contract = draft(house.firm, house.filer)
    copies = [fresh(contract), fresh(contract)]

    def submit(copy):
        return lambda: actions.submit(contract=copy, by=house.filer, at=AT, agency=house.office)

    answers = at_once(*map(submit, copies))
    assert sorted(type(a).__name__ for a in answers) == ["Filing", "Stale"]
    filing = Filing.objects.get()
    assert (filing.state, filing.number) == ("submitted", "HT-2020-330101-000001")
    assert Event.objects.filter(move="submit").count() == 1
    assert Message.objects.count() == 1
    assert NumberSeries.objects.get(key="filing:contracts:330101:2020").last == 1


def test_withdrawing_while_it_is_recognised_leaves_one_of_both(house):
    contract = accepted(house)
    copies = [fresh(contract), fresh(contract)]
    answers = at_once(
        lambda: actions.withdraw(contract=copies[0], by=house.filer, at=AT),
        lambda: actions.recognise(contract=copies[1], by=house.reviewer, at=AT),
    )
    assert sum(isinstance(a, Stale) for a in answers) == 1
    recognised = isinstance(answers[0], Stale)
    assert state_of(contract) == ("recognised" if recognised else "withdrawn")
    assert Certificate.objects.exists() is Paper.objects.exists() is recognised


def test_draft_saved_by_two_colleagues_at_once_keeps_one(house):
    contract = draft(house.firm, house.filer)
    colleague = accounts.member(house.firm, "filer", name="colleague")
    copies = [fresh(contract), fresh(contract)]

    def save(copy, by, name):
        return lambda: actions.save_draft(
            contract=copy, values={"project_name": name}, by=by, at=AT
        )

    answers = at_once(save(copies[0], house.filer, "甲"), save(copies[1], colleague, "乙"))
    kept = [a for a in answers if not isinstance(a, actions.Conflict)]
    assert len(kept) == 1
    assert Contract.objects.get().project_name == kept[0].project_name


def while_uncommitted(first, second):
    """Begin `second` on another connection while `first` is done but not committed."""
    answers = []

    def run():
        try:
            answers.append(second())
        except Exception as error:
            answers.append(error)
        finally:
            connection.close()

    with transaction.atomic():
        first()
        thread = threading.Thread(target=run)
        thread.start()
        wait_until(backends_waiting_for_locks, what="the second act")
    thread.join(30)
    return answers[0]


def test_submitting_while_a_colleague_saves_submits_what_was_saved(house):
    contract = draft(house.firm, house.filer)
    saved, submitted = fresh(contract), fresh(contract)
    while_uncommitted(
        lambda: actions.save_draft(
            contract=saved, values={"project_name": "改后的名称"}, by=house.filer, at=AT
        ),
        lambda: actions.submit(contract=submitted, by=house.filer, at=AT, agency=house.office),
    )
    assert submitted.project_name == "改后的名称"
    stored = fresh(contract)
    known = facts(stored, day=stored.filing.accepted_on)
    event = Event.objects.get(move="submit")
    assert event.facts_digest == engine.digest(facts_digestible(known))


@pytest.mark.parametrize("act", ["save", "attach", "detach"])
def test_changing_a_draft_while_it_is_submitted_is_a_conflict(house, act):
    contract = draft(house.firm, house.filer)
    mine, theirs = fresh(contract), fresh(contract)
    before = Contract.objects.filter(pk=contract.pk).values().get()
    attachment = contract.filing.attachments.get()
    more = {"by": house.filer, "at": AT}
    acts = {
        "save": lambda: actions.save_draft(contract=mine, values={"form": "oral"}, **more),
        "attach": lambda: actions.attach(contract=mine, kind="other", upload=pdf(pages=2), **more),
        "detach": lambda: actions.detach(contract=mine, attachment=attachment, **more),
    }
    answer = while_uncommitted(
        lambda: actions.submit(contract=theirs, agency=house.office, **more), acts[act]
    )
    assert isinstance(answer, actions.Conflict)
    assert Contract.objects.filter(pk=contract.pk).values().get() == before
    assert list(contract.filing.attachments.live()) == [attachment]
    assert problems() == []


def test_same_file_sent_twice_at_once_is_one(house):
    """A double click on a slow line: one row, and nobody sees an error."""
    contract = contract_at(
        State.DRAFT, firm=house.firm, by=house.filer, office=house.office,
        examiner=house.reviewer,
    )  # fmt: skip

    def attach():
        upload = pdf("另附.pdf", pages=3)
        return actions.attach(
            contract=fresh(contract), kind="other", upload=upload, by=house.filer, at=AT
        )

    answers = at_once(attach, attach, attach)
    assert not [a for a in answers if isinstance(a, Exception)], answers
    assert len({a.pk for a in answers}) == 1
    assert problems() == []


# --- broken connections -----------------------------------------------------------------------


def cut_while_it_waits(series, act):
    """Run `act` on a connection of its own and cut that in the middle of its transaction.

    The test holds the number series, so that the act stops after its UPDATE of the cover.
    """
    answers = []

    def run():
        try:
            answers.append(act())
        except Exception as error:
            answers.append(error)
        finally:
            connection.close()

    with transaction.atomic():
        numbering.take(series)
        thread = threading.Thread(target=run)
        thread.start()
        (pid,) = wait_until(backends_waiting_for_locks, what="the move in progress")
        cut(pid)
        thread.join(30)
        transaction.set_rollback(True)
    assert not thread.is_alive()
    return answers[0]


def everything():
    rows = (Filing, Contract, Event, Certificate, Paper, Message, NumberSeries)
    return [list(model.objects.order_by("pk").values()) for model in rows]


@pytest.mark.parametrize("isolated", [True, False])
def test_connection_cut_during_a_recognition_changes_nothing(house, isolated):
    contract = accepted(house)
    before = everything()

    def recognise():
        if isolated:
            return actions.recognise(contract=fresh(contract), by=house.reviewer, at=AT)
        with transaction.atomic():  # as inside a request that is one transaction
            return actions.recognise(contract=fresh(contract), by=house.reviewer, at=AT)

    answer = cut_while_it_waits("registration:contracts:330101:2020", recognise)
    assert isinstance(answer, DatabaseError)
    assert everything() == before
    assert [*consistency(), *problems()] == []
    certificate = actions.recognise(contract=fresh(contract), by=house.reviewer, at=AT)
    assert certificate.number == "2020330101000001"


def test_connection_cut_during_a_submission_changes_nothing(house):
    contract = draft(house.firm, house.filer)
    before = everything()

    def submit():
        return actions.submit(contract=fresh(contract), by=house.filer, at=AT, agency=house.office)

    answer = cut_while_it_waits("filing:contracts:330101:2020", submit)
    assert isinstance(answer, DatabaseError)
    assert everything() == before
    assert submit().number == "HT-2020-330101-000001"
