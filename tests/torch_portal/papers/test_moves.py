"""One paper original: who may do what with it, and when."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests.torch_portal.papers.conftest import moment
from torch_portal.accounts.enums import MemberRole, OfficeRole
from torch_portal.accounts.models import Membership
from torch_portal.accounts.roles import Denied
from torch_portal.notices.models import Message
from torch_portal.papers import actions, queries
from torch_portal.papers.enums import PaperState
from torch_portal.papers.models import Emergency, Paper, Reminder

AT = moment("2020-07-01")
MOVES = {
    "receive": actions.receive,
    "verify": actions.verify,
    "report_mismatch": actions.report_mismatch,
    "waive": actions.waive,
}
ALLOWED = {
    "deferred": {"receive": "received", "waive": "waived"},
    "due": {"receive": "received", "waive": "waived"},
    "overdue": {"receive": "received", "waive": "waived"},
    "received": {"verify": "verified", "report_mismatch": "mismatch"},
    "mismatch": {"receive": "received", "waive": "waived"},
    "not_required": {},
    "verified": {},
    "waived": {},
}


def move(name, paper, by, note="原因"):
    MOVES[name](paper=paper, by=by, at=AT, note=note)


def paper_in(house, state):
    """A paper brought into a state by the acts that lead there."""
    if state == "not_required":
        house_policy(house)
    paper = house.paper("2020-01-10" if state in ("due", "overdue") else "2020-02-20")
    if state == "overdue":
        actions.flag_overdue(day=AT.date(), at=AT)
    ways = {
        "received": ["receive"],
        "verified": ["receive", "verify"],
        "mismatch": ["receive", "report_mismatch"],
        "waived": ["waive"],
    }
    for name in ways.get(state, []):
        move(name, paper, house.reviewer)
    paper = Paper.objects.get(pk=paper.pk)
    assert paper.state == state
    return paper


def house_policy(house):
    queries.PaperPolicy.objects.create(
        jurisdiction=house.hubei, mode="not_required", source="国科火字〔2020〕38号 二"
    )


@pytest.mark.parametrize("state", PaperState.values)
@pytest.mark.parametrize("name", MOVES)
def test_move_from_each_state(house, state, name):
    paper = paper_in(house, state)
    target = ALLOWED[state].get(name)
    if target is None:
        with pytest.raises(actions.TooLate):
            move(name, paper, house.reviewer)
    else:
        move(name, paper, house.reviewer)
        assert paper.state == target
    assert Paper.objects.get(pk=paper.pk).state == (target or state)


@pytest.mark.parametrize("who", ["owner", "stranger", "official_hb", "national", "operator"])
def test_receive_only_by_a_reviewer_in_charge(house, who):
    paper = house.paper()
    with pytest.raises(Denied):
        actions.receive(paper=paper, by=getattr(house, who), at=AT)
    assert Paper.objects.get(pk=paper.pk).state == "deferred"


def test_receive_by_a_reviewer_of_the_jurisdiction(house):
    person = house.official("area", OfficeRole.REVIEWER, jurisdiction=house.hubei)
    paper = house.paper()
    actions.receive(paper=paper, by=person, at=AT)
    assert (paper.received_by, paper.received_at) == (person, AT)


def test_receive_never_for_an_enterprise_of_their_own(house):
    Membership.objects.create(
        user=house.reviewer, enterprise=house.enterprise, role=MemberRole.READER
    )
    paper = house.paper()
    with pytest.raises(Denied):
        actions.receive(paper=paper, by=house.reviewer, at=AT)
    assert Paper.objects.get(pk=paper.pk).state == "deferred"


def test_receive_leaves_an_event(house):
    paper = house.paper()
    actions.receive(paper=paper, by=house.reviewer, at=AT, note="两份")
    event = paper.filing.events.latest("seq")
    assert (event.move, event.by) == ("paper_receive", house.reviewer)
    assert (event.at, event.note) == (AT, "两份")
    assert event.data == {"kind": "contract_text"}


def test_receive_twice_tells_who_was_faster(house):
    paper = house.paper()
    first, second = (Paper.objects.get(pk=paper.pk) for _n in range(2))
    other = house.official("second", OfficeRole.REVIEWER, agency=house.agency)
    actions.receive(paper=first, by=other, at=AT)
    with pytest.raises(actions.TooLate, match="second"):
        actions.receive(paper=second, by=house.reviewer, at=AT)
    assert Paper.objects.get(pk=paper.pk).received_by == other
    assert paper.filing.events.filter(move="paper_receive").count() == 1


def test_receive_again_after_a_difference_clears_the_decision(house):
    paper = paper_in(house, "mismatch")
    assert paper.decided_by == house.reviewer
    actions.receive(paper=paper, by=house.reviewer, at=moment("2020-07-09"))
    paper.refresh_from_db()
    assert (paper.decided_at, paper.note) == (None, "")
    assert paper.received_at == moment("2020-07-09")


@pytest.mark.parametrize(("state", "name"), [("received", "report_mismatch"), ("due", "waive")])
@pytest.mark.parametrize("note", ["", "  \n"])
def test_note_is_needed(house, state, name, note):
    paper = paper_in(house, state)
    with pytest.raises(ValidationError):
        move(name, paper, house.reviewer, note=note)
    assert Paper.objects.get(pk=paper.pk).state == state


def test_report_mismatch_writes_to_the_owner_each_time(house):
    paper = paper_in(house, "received")
    actions.report_mismatch(paper=paper, by=house.reviewer, at=AT, note="第三页缺公章")
    message = Message.objects.get()
    assert message.to_user == house.owner
    assert "第三页缺公章" in message.body
    assert paper.filing.number in message.subject
    actions.receive(paper=paper, by=house.reviewer, at=AT)
    actions.report_mismatch(paper=paper, by=house.reviewer, at=AT, note="仍缺公章")
    assert Message.objects.count() == 2


def test_move_in_a_budget_of_statements(house, django_assert_num_queries):
    paper = Paper.objects.select_related("filing").get(pk=house.paper().pk)
    house.reviewer.__dict__.pop("_standing", None)
    with django_assert_num_queries(7):
        actions.receive(paper=paper, by=house.reviewer, at=AT)


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "due"},
        {"due_on": "2020-06-01", "due_set_on": "2020-05-01"},
        {"due_on": "2020-06-01"},
        {"state": "received"},
        {"received_at": AT},
        {"state": "verified", "received_at": AT, "received_by": "reviewer"},
        {"state": "waived", "decided_at": AT, "decided_by": "reviewer", "note": ""},
        {"emergency": None},
    ],
)
def test_paper_row_that_contradicts_itself_is_refused(house, changes):
    paper = house.paper()
    people = {"reviewer": house.reviewer}
    values = {k: people.get(v, v) if isinstance(v, str) else v for k, v in changes.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.filter(pk=paper.pk).update(**values)


def test_visible_to_own_area_and_own_enterprise(house):
    here, there = house.paper(), house.paper(agency=house.jinan)

    def seen_by(user):
        return set(Paper.objects.visible_to(user).values_list("pk", flat=True))

    assert seen_by(house.reviewer) == {here.pk}
    assert seen_by(house.stranger) == {there.pk}
    assert seen_by(house.official_hb) == {here.pk}
    assert seen_by(house.national) == {here.pk, there.pk}
    assert seen_by(house.owner) == {here.pk, there.pk}
    assert seen_by(house.operator) == set()


def test_problems_none_in_an_orderly_ledger(house):
    for state in ("due", "received", "verified", "mismatch", "waived"):
        paper_in(house, state)
    assert queries.problems() == []


def test_problems_names_what_spans_rows(house):
    stuck, early = house.paper(), paper_in(house, "due")
    Emergency.objects.update(ended_on="2020-04-30", end_set_at=AT, end_set_by=house.national)
    Paper.objects.filter(pk=early.pk).update(due_on="2020-01-01")
    reminder = Reminder.objects.create(
        paper=early, occasion="on", due_on="2020-02-10", day="2020-02-10"
    )
    hasty = paper_in(house, "verified")
    Paper.objects.filter(pk=hasty.pk).update(decided_at=moment("2020-06-01"))
    found = queries.problems()
    assert [line.split(":")[0] for line in found] == [
        f"paper {stuck.pk}",
        f"paper {early.pk}",
        f"reminder {reminder.pk}",
        f"paper {hasty.pk}",
    ]
