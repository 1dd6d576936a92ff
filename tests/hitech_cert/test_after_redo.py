"""Re-examination over the sheets of a real panel: counted by the rules, decided by another."""

import pytest

from hitech_cert import actions
from hitech_cert.actions import deciding, redo
from hitech_cert.enums import AttachmentKind, State
from hitech_cert.models import Decision, ReExamination
from hitech_cert.workflow import WORKFLOW
from tests.factories import accounts
from tests.factories import hitech_cert as applications
from tests.factories import hitech_experts as review
from tests.factories.hitech_after import AGREES, DAY, SESSION, fresh, province, states
from torch_portal.accounts.roles import Denied
from torch_portal.common.findings import Refused
from torch_portal.filings import engine
from torch_portal.filings.transitions import Stale

STANDARD = {
    "name": "红外测温仪通用规范", "level": "national", "number": "GB/T19870-2018",
    "part": "taking_part",
}  # fmt: skip
pytestmark = pytest.mark.django_db


@pytest.fixture
def second(house):
    return accounts.official("33", name="second-official")


def reviewed(house, standards, transfer=19):
    """An application whose experts gave no bonus: 70 points in the average."""
    review.pool()
    body, rows = province(), {"rights": review.own_rights(0), "standards": standards}
    applications.intake()
    application = applications.draft(house.firm, house.filer, rows=rows)
    if standards:
        applications.attach(application, AttachmentKind.STANDARDS, house.filer)
    actions.submit(application=application, by=house.filer, at=applications.AT, agency=house.office)
    for move in ("recommend", "accept"):
        engine.fire(application.filing, WORKFLOW, move, by=body, at=review.AT)
    application = fresh(application)
    panel = review.drawing.draw_panel(
        application=application, by=province(), at=review.AT, seed="七"
    )
    for seat in review.seats_of(panel):
        points = {"transfer": transfer} if seat.role == "tech" else {}
        reasons = {"std": "仅参与一项", "transfer": "成果较少", "growth_net_assets": "经核",
                   "growth_sales": "经核", "cnt": "经核"}  # fmt: skip
        review.submit(seat, points=points, reasons=reasons)
    review.close(panel, recognise=False)
    return fresh(application)


def refuse(application, body):
    deciding.not_recognise(application=application, by=body, at=SESSION, note="综合得分不足")
    return fresh(application)


def ask(application, house, ground="bonus", statement="参与国家标准，未加分"):
    return redo.ask_reexamination(
        application=application, ground=ground, statement=statement, by=house.filer, at=SESSION
    )


@pytest.fixture
def refused(house):
    return refuse(reviewed(house, [STANDARD]), province())


def test_forgotten_bonus_is_found_mended_and_decided_again(house, refused, second):
    assert deciding.score_text(refused) == "70"
    ask(refused, house)
    with pytest.raises(Denied):
        redo.reopen(application=refused, by=province(), at=SESSION, note="重新计算")
    with pytest.raises(Refused):
        redo.refuse_reexamination(application=refused, by=second, at=SESSION, note="无错误")
    redo.reopen(application=fresh(refused), by=second, at=SESSION + DAY, note="补加标准分")
    now = fresh(refused)
    assert (now.filing.state, deciding.score_text(now), now.score_passes) == (
        State.SCORED, "71", True,
    )  # fmt: skip
    made = ReExamination.objects.get()
    assert (made.before, made.after, len(made.slips)) == ("70", "71", 3)
    for said in AGREES:
        deciding.give_opinion(application=now, said=said, by=second, at=SESSION + DAY)
    deciding.propose(application=now, by=second, at=SESSION + DAY)
    assert states(now) == [State.PROPOSED]
    assert Decision.objects.count() == 2


def test_error_that_counting_does_not_show_is_not_mended(house, second):
    refused = refuse(reviewed(house, []), province())
    ask(refused, house)
    with pytest.raises(Refused):
        redo.reopen(application=refused, by=second, at=SESSION, note="请求")
    redo.refuse_reexamination(application=fresh(refused), by=second, at=SESSION, note="未列标准")
    assert states(refused) == [State.NOT_RECOGNISED]
    with pytest.raises(Refused) as caught:
        ask(refused, house)
    assert [f.field for f in caught.value.findings] == ["ground"]
    assert ask(refused, house, "growth").state == "asked"


def test_request_says_everything_that_is_missing(house, refused):
    with pytest.raises(Refused) as caught:
        ask(refused, house, "taste", " ")
    assert [f.field for f in caught.value.findings] == ["ground", "statement"]
    ask(refused, house)
    with pytest.raises(Refused):
        ask(refused, house, "growth")


def test_only_the_enterprise_asks_and_only_after_a_refusal(house, refused, second):
    with pytest.raises(Denied):
        redo.ask_reexamination(
            application=refused, ground="bonus", statement="x", by=house.stranger, at=SESSION
        )
    ask(refused, house)
    redo.reopen(application=fresh(refused), by=second, at=SESSION, note="补加标准分")
    with pytest.raises(Stale):
        ask(fresh(refused), house)
    with pytest.raises(Stale):
        redo.reopen(application=fresh(refused), by=second, at=SESSION, note="再次")
