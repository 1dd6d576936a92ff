"""The decision of the three departments: opinions, proposal, refusal, in one session."""

import pytest

from hitech_cert.actions import deciding
from hitech_cert.actions.deciding import Said
from hitech_cert.enums import State
from hitech_cert.models import Decision, Opinion
from tests.factories import accounts
from tests.factories.hitech_after import AGREES, SESSION, code, fresh, province, scored, states
from torch_portal.accounts.roles import Denied
from torch_portal.certificates.models import Document
from torch_portal.common.findings import Refused
from torch_portal.filings.transitions import Stale
from torch_portal.notices.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def body(house):
    return province()


@pytest.fixture
def application(house, body):
    return scored(house.firm, house.filer, house.office)


def say(application, body, *said):
    for one in said or AGREES:
        deciding.give_opinion(application=application, said=one, by=body, at=SESSION)


def propose(application, body):
    return deciding.propose(application=application, by=body, at=SESSION)


def test_three_that_agree_and_a_sufficient_average_propose(application, body):
    say(application, body)
    propose(application, body)
    assert states(application) == [State.PROPOSED]
    decision = Decision.objects.get()
    assert (decision.outcome, decision.opinions.count()) == ("proposed", 3)
    event = application.filing.events.get(move="propose")
    assert event.data["score"] == "80"
    assert event.data["opinions"] == {"science": True, "finance": True, "tax": True}


def test_everything_that_stands_against_a_proposal_is_said_at_once(house, body):
    weak = scored(house.firm, house.filer, house.office, score=(70, 1))
    say(weak, body, Said("tax", False, "郑和平", "研发费用归集有误"))
    with pytest.raises(Refused) as caught:
        propose(weak, body)
    assert [f.field for f in caught.value.findings] == ["science", "finance", "tax", ""]
    assert states(weak) == [State.SCORED]


@pytest.mark.parametrize(("score", "passes"), [((70, 1), False), ((141, 2), True)])
def test_an_average_of_exactly_seventy_is_not_proposed(house, body, score, passes):
    one = scored(house.firm, house.filer, house.office, score=score)
    say(one, body)
    if passes:
        propose(one, body)
    else:
        with pytest.raises(Refused):
            propose(one, body)
    assert states(one) == [State.PROPOSED if passes else State.SCORED]


def test_a_department_that_disagrees_says_why_and_may_change_its_mind(application, body):
    with pytest.raises(Refused) as caught:
        say(application, body, Said("tax", False, " "))
    assert [f.field for f in caught.value.findings] == ["spoken_by", "reason"]
    say(application, body, *AGREES[:2], Said("tax", False, "郑和平", "研发费用归集有误"))
    with pytest.raises(Refused):
        propose(application, body)
    say(application, body, AGREES[2])
    propose(application, body)
    assert Opinion.objects.count() == 3


def test_refusal_gives_grounds_a_letter_and_a_notice(application, body):
    say(application, body, Said("tax", False, "郑和平", "研发费用归集有误"))
    with pytest.raises(Refused):
        deciding.not_recognise(application=application, by=body, at=SESSION, note=" ")
    deciding.not_recognise(application=application, by=body, at=SESSION, note="税务部门不同意")
    assert states(application) == [State.NOT_RECOGNISED]
    assert "税务部门不同意" in Message.objects.get(key__contains="not_recognised").body
    document = Document.objects.get(kind="refusal")
    assert (document.content["note"], document.content["score"]) == ("税务部门不同意", "80")
    assert fresh(application).filing.decided_by == body


def test_what_all_agree_to_is_not_refused(application, body):
    say(application, body)
    with pytest.raises(Refused):
        deciding.not_recognise(application=application, by=body, at=SESSION, note="其他原因")


@pytest.mark.parametrize("who", ["reviewer", "filer", "far", "own"])
def test_only_the_body_decides_and_nobody_for_the_own_enterprise(house, application, who):
    house.far = accounts.official("32", name="far-official")
    house.own = accounts.official("33", name="own-official")
    house.firm.memberships.create(user=house.own, role="filer")
    with pytest.raises(Denied):
        say(application, getattr(house, who), AGREES[0])


def test_opinion_before_the_experts_finish_is_stale(house, body, application):
    say(application, body)
    propose(application, body)
    with pytest.raises(Stale):
        say(fresh(application), body, AGREES[0])


@pytest.fixture
def three(house, body):
    """Applications of three enterprises, one of them with too few points."""
    made = []
    for n, score in enumerate([(75, 1), (141, 2), (60, 1)], start=1):
        firm = accounts.enterprise(code(n), name=f"杭州测试{n}有限公司")
        made.append(scored(firm, accounts.member(firm), house.office, score=score))
    return made


def test_a_session_records_for_many_and_proposes_those_it_can(three, body):
    results = deciding.hold_session(applications=three, said=AGREES, by=body, at=SESSION)
    assert list(results.values()) == ["", "", ""]
    decided = deciding.propose_many(applications=three, by=body, at=SESSION)
    assert [bool(decided[a.pk]) for a in three] == [False, False, True]
    assert states(*three) == [State.PROPOSED, State.PROPOSED, State.SCORED]
    assert "平均分" in decided[three[2].pk]
    assert Opinion.objects.count() == 9


def test_a_session_takes_as_many_statements_for_three_as_for_one(
    three, body, django_assert_max_num_queries
):
    for rows in (three[:1], three):
        with django_assert_max_num_queries(11):
            deciding.hold_session(applications=rows, said=AGREES, by=body, at=SESSION)
        with django_assert_max_num_queries(11):
            deciding.propose_many(applications=rows, by=body, at=SESSION)


def test_a_session_without_opinions_is_refused(three, body):
    with pytest.raises(Refused):
        deciding.hold_session(applications=three, said=[], by=body, at=SESSION)
