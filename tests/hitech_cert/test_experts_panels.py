"""Drawing panels, answering invitations, replacing, dissolving: acts on real rows."""

import datetime

import pytest
from django.db.models import Count
from django.utils import translation

from hitech_cert import rules
from hitech_cert.actions import drawing, experts, seats
from hitech_cert.enums import Exclusion, PanelState, SeatState, State
from hitech_cert.models import Expert, Panel, PanelDraw, Seat, code_of
from hitech_cert.queries import experts as pools
from hitech_cert.queries import panels as reads
from tests.factories import accounts
from tests.factories import hitech_cert as applications
from tests.factories import hitech_experts as f
from torch_portal.accounts.models import Change, User
from torch_portal.accounts.roles import Denied
from torch_portal.common.findings import Refused
from torch_portal.filings.transitions import Stale
from torch_portal.notices.models import Message

pytestmark = pytest.mark.django_db
LATER = f.AT + datetime.timedelta(days=30)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def codes(refused):
    return [(finding.field, finding.text()) for finding in refused.value.findings]


def test_panel_is_drawn_by_lot_and_its_experts_are_invited(house):
    panel = f.panel(house)
    seated = f.seats_of(panel)
    assert [s.role for s in seated] == ["tech"] * 3 + ["fin"] * 2
    assert [s.leader for s in seated] == [True, False, False, False, False]
    assert {s.state for s in seated} == {SeatState.INVITED}
    assert panel.application.filing.state == State.IN_REVIEW
    assert Message.objects.filter(key__startswith="hitech-draw-").count() == 5
    event = panel.application.filing.events.get(move="draw_panel")
    assert event.data["panel"] == panel.pk
    assert event.data["pool"] == 16


def test_draw_can_be_repeated_by_anybody(house):
    panel = f.panel(house)
    draw = panel.draw
    number = panel.application.filing.number
    by_lot = sorted(
        (code for code in draw.members if code_of(0)[0] == code[0]),
        key=lambda code: rules.lot(draw.seed, number, code),
    )
    tech = [code for code in by_lot if int(code[1:]) in panel.tech_order]
    assert [code_of(pk) for pk in panel.tech_order] == tech
    assert draw.digest == rules.digest(draw.members)
    assert (draw.pool, draw.seed, draw.state) == (16, "七", "done")


def test_pool_of_fourteen_is_too_small_for_three_and_two(house):
    f.pool(9, 5)
    application = f.accepted(house)
    with pytest.raises(Refused) as refused:
        drawing.draw_panel(application=application, by=f.province(), at=f.AT)
    assert codes(refused) == [
        ("pool", "14 candidates are fewer than 3 times the 5 experts."),
    ]
    assert not Panel.objects.exists()
    assert not PanelDraw.objects.exists()
    application.filing.refresh_from_db()
    assert application.filing.state == State.ACCEPTED


def test_expert_of_the_same_employer_is_never_drawn(house):
    f.pool()
    own = f.expert(90, employer=house.firm.name)
    by_code = f.expert(91, employer="某子公司", employer_code=house.firm.credit_code)
    declared = f.expert(92)
    experts.declare_tie(
        expert=declared, by=declared.user, at=f.AT,
        tie={"kind": "interest", "enterprise_name": house.firm.name, "reason": "持股"},
    )  # fmt: skip
    worked = f.expert(93)
    experts.declare_tie(
        expert=worked, by=worked.user, at=f.AT,
        tie={"kind": "work", "enterprise_name": "x", "credit_code": house.firm.credit_code,
             "reason": "合作研发", "worked_on": datetime.date(2018, 1, 1)},
    )  # fmt: skip
    panel = drawing.draw_panel(application=f.accepted(house), by=f.province(), at=f.AT)
    assert panel.excluded == {
        str(own.pk): Exclusion.EMPLOYER,
        str(by_code.pk): Exclusion.EMPLOYER,
        str(declared.pk): Exclusion.DECLARED,
        str(worked.pk): Exclusion.COOPERATION,
    }
    assert not {own.pk, by_code.pk, declared.pk, worked.pk} & {*panel.tech_order}


def test_member_of_the_enterprise_is_never_drawn(house):
    f.pool()
    member = Expert.objects.get(employer="第1研究所")
    accounts.Membership.objects.create(user=member.user, enterprise=house.firm, role="reader")
    panel = drawing.draw_panel(application=f.accepted(house), by=f.province(), at=f.AT)
    assert panel.excluded == {str(member.pk): Exclusion.EMPLOYER}


def test_inactive_experts_are_not_in_the_pool(house):
    f.pool()
    Expert.objects.filter(employer="第1研究所").update(active=False)
    assert len(pools.pool("33")) == 15
    User.objects.filter(expert__employer="第2研究所").update(is_active=False)
    assert len(pools.pool("33")) == 14


@pytest.mark.parametrize("name", ["reviewer", "stranger", "filer", "far_reviewer"])
def test_only_the_body_draws(house, name):
    f.pool()
    application = f.accepted(house)
    with pytest.raises(Denied):
        drawing.draw_panel(application=application, by=getattr(house, name), at=f.AT)


def test_panel_cannot_be_drawn_twice(house):
    panel = f.panel(house)
    with pytest.raises(Stale):
        drawing.draw_panel(application=panel.application, by=f.province(), at=f.AT)


def test_accepting_needs_both_declarations_and_signs_the_commitment(house):
    seat = f.seats_of(f.panel(house))[0]
    with pytest.raises(Refused) as refused:
        seats.accept_seat(
            seat=seat, by=seat.expert.user, at=f.AT, no_interest=False, commitment=False
        )
    assert [name for name, _text in codes(refused)] == ["no_interest", "commitment"]
    f.accept(seat)
    expert = Expert.objects.get(pk=seat.expert_id)
    assert (expert.signed_at, expert.signed_text) == (f.AT, "195-8/2016")
    assert (seat.state, seat.commitment, seat.no_interest) == ("accepted", "195-8/2016", True)
    with pytest.raises(Stale):
        f.accept(seat)


def test_only_the_expert_answers_an_invitation(house):
    one, other = f.seats_of(f.panel(house))[:2]
    for person in (other.expert.user, house.filer, f.province()):
        with pytest.raises(Denied):
            seats.accept_seat(seat=one, by=person, at=f.AT, no_interest=True, commitment=True)


def test_who_declines_is_followed_by_the_next_in_the_drawn_order(house):
    panel = f.panel(house)
    leader = f.seats_of(panel)[0]
    new = seats.decline_seat(
        seat=leader, by=leader.expert.user, at=f.AT, reason="曾任其顾问", tie=True
    )
    assert new.expert_id == panel.tech_order[3]
    assert new.lot == 3
    assert [s.expert_id for s in f.seats_of(panel)][:3] == panel.tech_order[1:4]
    assert reads.leader_of(panel).expert_id == panel.tech_order[1]
    tie = leader.expert.ties.get()
    assert (tie.credit_code, tie.kind) == (house.firm.credit_code, "interest")
    assert Message.objects.filter(key=f"hitech-seat-{new.pk}").exists()
    with pytest.raises(Refused):
        seats.decline_seat(seat=new, by=new.expert.user, at=f.AT, reason=" ")


def test_next_in_the_order_has_to_be_still_fit(house):
    panel = f.panel(house)
    fourth = Expert.objects.get(pk=panel.tech_order[3])
    experts.declare_tie(
        expert=fourth, by=fourth.user, at=f.AT,
        tie={"kind": "interest", "enterprise_name": house.firm.name, "reason": "亲属任职"},
    )  # fmt: skip
    seat = f.seats_of(panel)[1]
    new = seats.replace_seat(seat=seat, by=f.province(), at=LATER, note="逾期未评")
    assert new.expert_id == panel.tech_order[4]


def test_body_replaces_who_is_late_but_not_who_submitted(house):
    panel = f.panel(house)
    one, other = f.seats_of(panel)[:2]
    f.submit(one)
    with pytest.raises(Stale):
        seats.replace_seat(seat=one, by=f.province(), at=LATER, note="更换")
    with pytest.raises(Refused):
        seats.replace_seat(seat=other, by=f.province(), at=LATER, note="")
    with pytest.raises(Denied):
        seats.replace_seat(seat=other, by=one.expert.user, at=LATER, note="更换")
    seats.replace_seat(seat=other, by=f.province(), at=LATER, note="逾期未评")
    other.refresh_from_db()
    assert (other.state, other.note) == (SeatState.REPLACED, "逾期未评")


def test_seat_stays_empty_when_nobody_is_left(house):
    f.pool(9, 6)
    panel = drawing.draw_panel(application=f.accepted(house), by=f.province(), at=f.AT)
    Expert.objects.exclude(pk__in=panel.seats.values("expert")).update(active=False)
    first, second = f.seats_of(panel)[:2]
    assert seats.decline_seat(seat=first, by=first.expert.user, at=f.AT, reason="出国") is None
    assert len(f.seats_of(panel)) == 4
    assert Panel.objects.filter(reads.short()).get() == panel
    with pytest.raises(Refused, match="order"):
        seats.replace_seat(seat=second, by=f.province(), at=f.AT, note="逾期")
    second.refresh_from_db()
    assert second.state == SeatState.INVITED


def test_dissolved_panel_gives_way_to_another_without_who_scored(house):
    panel = f.panel(house)
    first = f.submit(f.seats_of(panel)[0])
    with pytest.raises(Refused):
        drawing.dissolve_panel(panel=panel, by=f.province(), at=LATER, note=" ")
    drawing.dissolve_panel(panel=panel, by=f.province(), at=LATER, note="发现接触企业")
    assert (panel.state, panel.note) == (PanelState.DISSOLVED, "发现接触企业")
    application = f.Application.objects.select_related("filing", "enterprise").get()
    assert application.filing.state == State.ACCEPTED
    first.sheet.refresh_from_db()
    assert first.sheet.submitted_at
    again = drawing.draw_panel(application=application, by=f.province(), at=LATER)
    assert again.excluded == {str(first.expert_id): Exclusion.SERVED}
    with pytest.raises(Stale):
        drawing.dissolve_panel(panel=panel, by=f.province(), at=LATER, note="再次")


def batch(house, count):
    """So many accepted applications of one batch."""
    made = []
    for place in range(count):
        firm = accounts.enterprise(f.code(place), name=f"企业{place}")
        made.append(f.accepted(house, firm, accounts.member(firm), place))
    return made


def test_batch_is_drawn_by_a_worker_and_twice_is_once(house):
    f.pool()
    made = batch(house, 3)
    intake = applications.intake()
    draw = drawing.draw_batch(intake=intake, by=f.province(), at=f.AT, seed="20200803")
    assert (draw.state, draw.total, draw.done) == ("running", 3, 0)
    with pytest.raises(Refused) as refused:
        drawing.draw_batch(intake=intake, by=f.province(), at=f.AT)
    assert "already" in codes(refused)[0][1]
    assert drawing.carry_draws(at=f.AT, chunk=2) == 3
    assert drawing.carry_draws(at=f.AT) == 0
    draw.refresh_from_db()
    assert (draw.state, draw.done, draw.left_out) == ("done", 3, {})
    assert {a.pk for a in made} == set(draw.panels.values_list("application", flat=True))
    sizes = Panel.objects.annotate(n=Count("seats")).values_list("n", flat=True)
    assert list(sizes) == [5, 5, 5]
    seated = Seat.objects.values("expert").distinct().count()
    letters = Message.objects.filter(key__startswith=f"hitech-draw-{draw.pk}-")
    assert letters.count() == seated
    with pytest.raises(Refused) as refused:
        drawing.draw_batch(intake=intake, by=f.province(), at=f.AT)
    assert codes(refused) == [("", "No accepted application of this batch waits for a panel.")]


def test_one_of_a_batch_without_enough_experts_is_left_out_with_the_reason(house):
    f.pool(9, 6)
    made = batch(house, 2)
    Expert.objects.filter(employer="第1研究所").update(employer="企业0")
    draw = drawing.draw_batch(intake=applications.intake(), by=f.province(), at=f.AT)
    assert drawing.carry_draws(at=f.AT, chunk=1) == 1
    draw.refresh_from_db()
    number = made[0].filing.number
    assert list(draw.left_out) == [number]
    assert "14" in draw.left_out[number]
    assert draw.state == "done"


def test_draw_of_a_batch_is_the_same_for_the_same_seed(house):
    f.pool()
    batch(house, 2)
    draw = drawing.draw_batch(intake=applications.intake(), by=f.province(), at=f.AT, seed="s")
    drawing.carry_draws(at=f.AT)
    for panel in draw.panels.all():
        subject = pools.subject_of(panel.application, f.AT)
        again = rules.draw(pools.pool("33"), subject, "s", rules.Wish())
        assert [code_of(pk) for pk in panel.tech_order] == list(again.tech)


def test_reminders_go_out_once_a_day_to_who_is_due(house):
    panel = f.panel(house)
    before = datetime.datetime.combine(
        panel.due_on - datetime.timedelta(days=3), datetime.time(2), datetime.UTC
    )
    assert seats.remind_experts(at=before) == 0
    f.submit(f.seats_of(panel)[0])
    due = before + datetime.timedelta(days=1)
    assert seats.remind_experts(at=due) == 4
    assert seats.remind_experts(at=due) == 0
    assert seats.remind_experts(at=due + datetime.timedelta(days=3)) == 4
    assert Message.objects.filter(key__startswith="hitech-late-").count() == 8


def test_body_reminds_the_experts_of_a_panel(house):
    panel = f.panel(house)
    assert seats.remind_panel(panel=panel, by=f.province(), at=f.AT) == 5
    with pytest.raises(Denied):
        seats.remind_panel(panel=panel, by=house.stranger, at=f.AT)


def entry(**columns):
    values = {
        "role": "tech", "fields": ["8.3"], "employer": "研究所", "licence": "senior",
        "resident": True,
    }  # fmt: skip
    return experts.Entry("王专家", "wang@example.com", values | columns)


def add(given, by=None):
    return experts.add_expert(
        entry=given, jurisdiction="33", reason="2020年度入库", by=by or f.province(), at=f.AT
    )


def test_expert_gets_an_account_and_the_reason_stands_on_record(house):
    made = add(entry())
    assert made.user.email == "wang@example.com"
    assert not made.user.has_usable_password()
    assert not made.user.is_staff
    change = Change.objects.get(target="hitech_cert.expert")
    assert (change.reason, change.after["employer"]) == ("2020年度入库", "研究所")
    assert Message.objects.filter(to_user=made.user).count() == 1


def test_expert_with_an_account_keeps_it(house):
    known = accounts.user("known", email="WANG@example.com")
    assert add(entry()).user == known


def test_everything_against_an_expert_is_told_at_once(house):
    with pytest.raises(Refused) as refused:
        add(experts.Entry("", "nobody", {"role": "", "employer_code": "123"}))
    assert {name for name, _text in codes(refused)} == {
        "name", "email", "employer_code", "role", "resident", "licence", "employer",
    }  # fmt: skip
    add(entry())
    with pytest.raises(Refused) as refused:
        add(entry())
    assert codes(refused) == [("email", "This person is an expert already.")]
    with pytest.raises(Denied):
        add(entry(), by=house.reviewer)


def test_import_takes_all_rows_or_none(house):
    rows = [
        entry(),
        experts.Entry("李专家", "li@example.com", entry().columns | {"resident": False}),
    ]
    with pytest.raises(Refused) as refused:
        experts.import_experts(
            entries=rows, jurisdiction="33", reason="入库", by=f.province(), at=f.AT
        )
    assert [name for name, _text in codes(refused)] == ["1.resident"]
    assert not Expert.objects.exists()
    assert not User.objects.filter(email="wang@example.com").exists()
    made = experts.import_experts(
        entries=rows[:1], jurisdiction="33", reason="入库", by=f.province(), at=f.AT
    )
    assert len(made) == 1


def test_expert_is_changed_with_a_reason_and_taken_out_without_a_check(house):
    made = add(entry())
    with pytest.raises(Refused) as refused:
        experts.change_expert(
            expert=made, columns={"resident": False}, reason="核查", by=f.province(), at=f.AT
        )
    assert codes(refused)[0][0] == "resident"
    with pytest.raises(Refused) as refused:
        experts.change_expert(
            expert=made, columns={"active": False}, reason="", by=f.province(), at=f.AT
        )
    assert codes(refused)[0][0] == "reason"
    experts.change_expert(
        expert=made, columns={"active": False, "resident": False}, reason="退休",
        by=f.province(), at=f.AT,
    )  # fmt: skip
    made.refresh_from_db()
    assert not made.active


@pytest.mark.parametrize(
    ("tie", "fields"),
    [
        ({}, ["kind", "enterprise_name", "reason"]),
        ({"kind": "work", "enterprise_name": "x", "reason": "y"}, ["worked_on"]),
        (
            {"kind": "work", "enterprise_name": "x", "reason": "y",
             "worked_on": datetime.date(2020, 8, 4)},
            ["worked_on"],
        ),
    ],
)  # fmt: skip
def test_declaration_says_what_is_missing(house, tie, fields):
    made = add(entry())
    with pytest.raises(Refused) as refused:
        experts.declare_tie(expert=made, tie=tie, by=made.user, at=f.AT)
    assert [name for name, _text in codes(refused)] == fields


def test_declaration_taken_back_no_longer_excludes(house):
    made = add(entry())
    tie = experts.declare_tie(
        expert=made, by=made.user, at=f.AT,
        tie={"kind": "interest", "enterprise_name": "某公司", "reason": "持股"},
    )  # fmt: skip
    assert pools.pool("33")[0].interests == {"某公司"}
    with pytest.raises(Denied):
        experts.end_tie(tie=tie, by=f.province(), at=f.AT)
    experts.end_tie(tie=tie, by=made.user, at=f.AT)
    assert pools.pool("33")[0].interests == frozenset()
    with pytest.raises(Denied):
        experts.declare_tie(expert=made, tie={}, by=house.stranger, at=f.AT)
