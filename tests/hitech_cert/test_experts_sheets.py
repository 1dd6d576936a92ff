"""Sheets are saved, submitted once and blind; the leader's sheet closes the review exactly."""

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import InternalError, transaction
from django.utils import translation

from hitech_cert.actions import sheets
from hitech_cert.enums import PanelState, SeatState, State
from hitech_cert.models import Application, Panel, ScoreSheet, Seat
from hitech_cert.queries import panels as reads
from tests.factories import hitech_experts as f
from torch_portal.accounts.roles import Denied
from torch_portal.common.findings import Refused
from torch_portal.filings.drafts import Conflict
from torch_portal.filings.transitions import Stale
from torch_portal.notices.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def panel(house):
    return f.panel(house)


def told(refused):
    return {finding.field: finding.text() for finding in refused.value.findings}


def test_sheet_is_kept_while_typing_and_counts_its_saves(panel):
    seat = f.accept(f.seats_of(panel)[0])
    save = {"seat": seat, "reasons": {}, "by": seat.expert.user, "at": f.AT}
    sheets.save_sheet(entries={"comment": "半"}, typed={"rd_total": "约三百"}, **save)
    kept = sheets.save_sheet(entries={"comment": "整"}, typed={}, seen=1, **save)
    assert (kept.entries, kept.saved_version) == ({"comment": "整"}, 2)
    with pytest.raises(Conflict):
        sheets.save_sheet(entries={}, typed={}, seen=1, **save)


def test_sheet_needs_an_accepted_seat_of_ones_own(panel):
    one, other = f.seats_of(panel)[:2]
    values = {"entries": {}, "typed": {}, "reasons": {}, "at": f.AT}
    with pytest.raises(Stale):
        sheets.save_sheet(seat=one, by=one.expert.user, **values)
    f.accept(one)
    with pytest.raises(Denied):
        sheets.save_sheet(seat=one, by=other.expert.user, **values)
    with pytest.raises(Denied):
        sheets.save_sheet(seat=one, by=f.province(), **values)
    with pytest.raises(Refused, match="missing"):
        sheets.submit_sheet(seat=one, by=one.expert.user, at=f.AT)


def test_submission_tells_everything_that_is_missing(panel):
    seat = f.accept(f.seats_of(panel)[0])
    f.fill(seat, points={"adv": None}, answers={"one_year": None}, comment="")
    with pytest.raises(Refused) as refused:
        sheets.submit_sheet(seat=seat, by=seat.expert.user, at=f.AT)
    assert set(told(refused)) == {"adv", "one_year", "comment"}
    seat.refresh_from_db()
    assert seat.state == SeatState.ACCEPTED


def test_what_could_not_be_read_is_not_lost_and_blocks(panel):
    seat = f.accept(f.seats_of(panel)[0])
    sheets.save_sheet(
        seat=seat, entries=f.entries(seat), typed={"rd_total": "约三百"}, reasons={},
        by=seat.expert.user, at=f.AT,
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        sheets.submit_sheet(seat=seat, by=seat.expert.user, at=f.AT)
    assert told(refused) == {"rd_total": "This could not be read."}


def test_contradiction_needs_a_reason(panel):
    seat = f.accept(f.seats_of(panel)[0])
    f.fill(seat, points={"cnt": 6})
    with pytest.raises(Refused) as refused:
        sheets.submit_sheet(seat=seat, by=seat.expert.user, at=f.AT)
    assert "7 to 8 points, not 6" in told(refused)["cnt"]
    f.fill(seat, reasons={"cnt": "发明专利与主要产品关联弱"}, points={"cnt": 6})
    sheet = sheets.submit_sheet(seat=seat, by=seat.expert.user, at=f.AT)
    assert sheet.total == 59
    assert [finding["field"] for finding in sheet.findings] == ["cnt"]


def test_submitted_sheet_is_never_changed(panel):
    seat = f.submit(f.seats_of(panel)[0])
    with pytest.raises(Stale):
        f.fill(seat)
    with pytest.raises(Stale):
        sheets.submit_sheet(seat=seat, by=seat.expert.user, at=f.AT)
    for change in (
        lambda: ScoreSheet.objects.filter(pk=seat.pk).update(total=80),
        lambda: ScoreSheet.objects.filter(pk=seat.pk).delete(),
    ):
        with pytest.raises(InternalError, match="never changed"), transaction.atomic():
            change()
    assert ScoreSheet.objects.get(pk=seat.pk).total == 60


def test_enterprise_reads_of_no_expert_in_the_history(panel):
    f.all_submitted(panel)
    f.close(panel)
    events = panel.application.filing.events.order_by("seq")
    assert [e.move for e in events][-2:] == ["draw_panel", "close_review"]
    assert events.last().by is None
    names = {s.expert.user.get_full_name() for s in f.seats_of(panel)}
    assert not names & {e.by_name for e in events}


def test_leader_sees_nothing_until_all_sheets_are_in(panel):
    *first, last = f.seats_of(panel)
    for seat in first:
        f.submit(seat)
    leader = reads.leader_of(panel)
    key = f"hitech-lead-{panel.pk}-{leader.pk}"
    with pytest.raises(Denied):
        sheets.check_leads(panel, leader.expert.user)
    with pytest.raises(Denied):
        f.close(panel)
    assert not Message.objects.filter(key=key).exists()
    f.submit(last)
    assert Message.objects.get(key=key).to_user == leader.expert.user
    sheets.check_leads(panel, leader.expert.user)
    with pytest.raises(Denied):
        sheets.check_leads(panel, last.expert.user)
    with pytest.raises(Denied):
        sheets.check_leads(panel, f.province())


def test_closing_keeps_the_average_as_an_exact_fraction(panel):
    first, *rest = f.seats_of(panel)
    f.submit(first, points={"adv": 5})
    for seat in rest:
        f.submit(seat)
    f.close(panel)
    panel.refresh_from_db()
    application = Application.objects.select_related("filing").get()
    total = Fraction(59 + 60 + 60, 3) + 11
    assert (application.score_top, application.score_bottom) == (total.numerator, 3)
    assert application.score_passes is True
    assert application.filing.state == State.SCORED
    assert panel.state == PanelState.CLOSED
    assert panel.averages["adv"] == "17/3"
    assert panel.averages["total"] == str(total)
    event = application.filing.events.get(move="close_review")
    assert event.data["total"] == str(total)
    assert len(event.facts_digest) == 64
    with pytest.raises(Stale):
        f.close(panel)


def test_leaders_averages_that_do_not_match_are_refused_naming_both(panel):
    f.all_submitted(panel)
    with pytest.raises(Refused) as refused:
        f.close(panel, stated={"total": Decimal("75.5"), "adv": Decimal(6)})
    assert told(refused) == {
        "stated_total": "You state 75.5; the sheets of the experts give 71 (71.00)."
    }
    assert Application.objects.get().score_top is None
    f.close(panel, stated={"total": Decimal(71), "adv": Decimal(6)})
    assert Panel.objects.get().state == PanelState.CLOSED


@pytest.mark.parametrize(("transfer", "passes"), [(19, False), (20, True)])
def test_average_of_exactly_seventy_does_not_pass(panel, transfer, passes):
    for seat in f.seats_of(panel):
        f.submit(seat, **({"points": {"transfer": transfer}} if seat.role == "tech" else {}))
    if not passes:
        with pytest.raises(Refused) as refused:
            f.close(panel)
        assert told(refused) == {"recognise": "The average is 70; above 70 is needed."}
    f.close(panel, recognise=passes)
    assert Application.objects.get().score_passes is passes


def test_panel_that_became_too_small_cannot_be_closed(panel):
    f.all_submitted(panel)
    fin = [s for s in f.seats_of(panel) if s.role == "fin"]
    Seat.objects.filter(pk=fin[0].pk).update(
        state=SeatState.REPLACED, left_at=f.AT, left_by=f.province()
    )
    with pytest.raises(Refused) as refused:
        f.close(panel)
    assert told(refused) == {"panel": "4 experts are fewer than 5."}


def test_dissolved_panel_takes_no_sheets(panel):
    seat = f.accept(f.seats_of(panel)[0])
    f.drawing.dissolve_panel(panel=panel, by=f.province(), at=f.AT, note="重抽")
    with pytest.raises(Stale):
        f.fill(seat)
    assert not Seat.objects.open_to(seat.expert.user).exists()


def test_leaders_sheet_is_kept_as_typed(panel):
    f.all_submitted(panel)
    leader = reads.leader_of(panel)
    values = {"panel": panel, "by": leader.expert.user, "at": f.AT}
    sheets.save_leader(typed={"reason": "符"}, **values)
    held = sheets.save_leader(typed={"reason": "符合"}, seen=1, **values)
    assert (held.typed, held.saved_version) == ({"reason": "符合"}, 2)
    with pytest.raises(Conflict):
        sheets.save_leader(typed={}, seen=1, **values)


def test_seat_is_open_only_while_panel_and_expert_are(panel):
    seat = f.seats_of(panel)[0]
    user = seat.expert.user
    assert Seat.objects.open_to(user).get() == seat
    seat.expert.active = False
    seat.expert.save()
    assert not Seat.objects.open_to(user).exists()
    assert datetime.timedelta() < panel.due_on - f.AT.date()


def test_panels_that_contradict_their_application_are_found(panel):
    assert reads.consistency() == []
    Panel.objects.filter(pk=panel.pk).update(
        state=PanelState.CLOSED, closed_at=f.AT, closed_by=f.province()
    )
    assert reads.consistency() == [f"panel {panel.pk}: closed, yet its application has no score"]
    Panel.objects.filter(pk=panel.pk).update(
        state=PanelState.RUNNING, closed_at=None, closed_by=None
    )
    f.drawing.dissolve_panel(panel=panel, by=f.province(), at=f.AT, note="重抽")
    Panel.objects.filter(pk=panel.pk).update(
        state=PanelState.RUNNING, dissolved_at=None, dissolved_by=None
    )
    assert "not in review" in reads.consistency()[0]
