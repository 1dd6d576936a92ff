"""Experts answer invitations, leave, are replaced by the next in the drawn order, are reminded."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hitech_cert import editions, permissions, rules
from hitech_cert.actions import invitations
from hitech_cert.enums import SEATED, ExpertRole, PanelState, SeatState, TieKind
from hitech_cert.models import Expert, Panel, Seat, Tie, code_of
from hitech_cert.queries import experts as pools
from hitech_cert.queries import panels as reads
from hitech_cert.workflow import GUIDE
from torch_portal.accounts.models import User
from torch_portal.accounts.roles import Denied
from torch_portal.common.findings import Finding, Level, Refused
from torch_portal.filings.transitions import Stale

CLAUSE = f"{GUIDE} 一(四)"
# Days before the last one from which experts are reminded, and between two reminders.
REMIND_DAYS_BEFORE = 2
REMIND_EVERY = datetime.timedelta(days=3)


def check_own(seat: Seat, by: User) -> None:
    """Refuse everybody but the expert of the seat."""
    if seat.expert.user_id != by.pk:
        raise Denied(_("This seat is another expert's."))


def hold(panel: Panel) -> Panel:
    """Lock a panel until the transaction ends; Stale when it no longer runs.

    Whoever changes a panel, its seats or its sheets holds it first.
    """
    held = Panel.objects.select_for_update(no_key=True).get(pk=panel.pk)
    if held.state != PanelState.RUNNING:
        raise Stale(_("This panel is closed or dissolved already."))
    return held


@transaction.atomic
def accept_seat(
    *, seat: Seat, by: User, at: datetime.datetime, no_interest: bool, commitment: bool
) -> Seat:
    """接受评审: the expert declares to have no interest and signs the commitment of Annex 8.

    The commitment is signed once for each version of its text, and named by every seat.
    """
    check_own(seat, by)
    found = []
    if not no_interest:
        message = _("Declare that you have no interest, or decline.")
        found.append(Finding("interest", Level.BLOCK, "no_interest", message, f"{CLAUSE}3"))
    if not commitment:
        message = _("Sign the commitment of Annex 8.")
        found.append(Finding("commitment", Level.BLOCK, "commitment", message, f"{GUIDE} 附件8"))
    if found:
        raise Refused(found)
    hold(seat.panel)
    text = editions.commitment(timezone.localdate(at)).code
    claimed = Seat.objects.filter(pk=seat.pk, state=SeatState.INVITED).update(
        state=SeatState.ACCEPTED, answered_at=at, no_interest=True, commitment=text
    )
    if not claimed:
        raise Stale(_("This invitation was answered already."))
    Expert.objects.filter(pk=seat.expert_id).exclude(signed_text=text).update(
        signed_at=at, signed_text=text
    )
    seat.refresh_from_db()
    return seat


@transaction.atomic
def decline_seat(
    *, seat: Seat, by: User, at: datetime.datetime, reason: str, tie: bool = False
) -> Seat | None:
    """回避、谢绝: the expert leaves, and the next in the drawn order takes the seat.

    tie: because of an interest, which then stands in the pool. Returns the new seat; None when
    nobody is left, which the desk sees.
    """
    check_own(seat, by)
    if not reason.strip():
        message = _("Say why you do not review this application.")
        raise Refused([Finding("reason", Level.BLOCK, "reason", message, f"{CLAUSE}3")])
    panel = hold(seat.panel)
    _leave(seat, SeatState.DECLINED, reason, by, at)
    if tie:
        firm = panel.application.enterprise
        Tie.objects.create(
            expert=seat.expert,
            kind=TieKind.INTEREST,
            enterprise_name=firm.name,
            credit_code=firm.credit_code,
            reason=reason.strip()[:400],
            declared_at=at,
            declared_by=by,
        )
    return _seat_next(panel, seat.role, at)


@transaction.atomic
def replace_seat(*, seat: Seat, by: User, at: datetime.datetime, note: str) -> Seat:
    """更换专家: who is late or unfit leaves; the next in the drawn order takes the seat.

    Refused without a reason, and when nobody is left: then the panel is dissolved.
    """
    permissions.check_province(by, seat.panel.application.filing)
    if not note.strip():
        message = _("Say why: the reason stands in the history.")
        raise Refused([Finding("note", Level.BLOCK, "note", message, CLAUSE)])
    panel = hold(seat.panel)
    _leave(seat, SeatState.REPLACED, note, by, at)
    found = _seat_next(panel, seat.role, at)
    if found is None:
        message = _("Nobody is left in the drawn order: dissolve the panel and draw another.")
        raise Refused([Finding("order", Level.BLOCK, "", message, f"{CLAUSE}2")])
    invitations.left([seat], note, at)
    return found


def _leave(seat: Seat, state: str, note: str, by: User, at: datetime.datetime) -> None:
    """A seat whose sheet is not submitted yet is given up."""
    free = (SeatState.INVITED, SeatState.ACCEPTED)
    claimed = Seat.objects.filter(pk=seat.pk, state__in=free).update(
        state=state, left_at=at, left_by=by, note=note.strip()[:400], leader=False
    )
    if not claimed:
        raise Stale(_("This seat was given up, or its sheet is submitted already."))
    seat.refresh_from_db()


def _seat_next(panel: Panel, role: str, at: datetime.datetime) -> Seat | None:
    """The next in the drawn order who is still fit; the leader is settled anew."""
    order = panel.tech_order if role == ExpertRole.TECHNICAL else panel.fin_order
    taken = set(panel.seats.values_list("expert", flat=True))
    filing = panel.application.filing
    subject = pools.subject_of(panel.application, at)
    fit = {c.code for c in pools.pool(filing.jurisdiction_id) if not rules.why_excluded(c, subject)}
    found = next((e for e in order if e not in taken and code_of(e) in fit), None)
    seat = None
    if found is not None:
        seat = Seat.objects.create(
            panel=panel, expert_id=found, role=role, lot=order.index(found), invited_at=at
        )
        invitations.invited(seat, at)
    _settle_leader(panel, at)
    return seat


def _settle_leader(panel: Panel, at: datetime.datetime) -> None:
    """The technical expert with the smallest lot leads, unless somebody leads already."""
    seated = panel.seats.filter(state__in=SEATED, role=ExpertRole.TECHNICAL)
    if not seated.filter(leader=True).exists():
        first = seated.order_by("lot").first()
        if first is not None:
            Seat.objects.filter(pk=first.pk).update(leader=True)
            tell_leader(panel, at)


def tell_leader(panel: Panel, at: datetime.datetime) -> None:
    """Write to the leader when every sheet is in."""
    leader = reads.leader_of(panel)
    if leader is not None and reads.all_in(panel):
        invitations.all_in(panel, leader, at)


def remind_experts(*, at: datetime.datetime, panel: Panel | None = None) -> int:
    """催办: one letter a day to each expert whose sheets are due soon or late; how many letters.

    panel: only its experts, whatever the day. A second run of the day finds the letter written.
    """
    day = timezone.localdate(at)
    seats = reads.waiting_seats()
    if panel is not None:
        seats = seats.filter(panel=panel)
    else:
        soon = day + datetime.timedelta(days=REMIND_DAYS_BEFORE)
        seats = seats.filter(panel__due_on__lte=soon)
        seats = seats.exclude(reminded_at__gt=at - REMIND_EVERY)
    rows = list(seats.select_related("expert__user", "panel"))
    counts: dict[User, int] = {}
    for seat in rows:
        counts[seat.expert.user] = counts.get(seat.expert.user, 0) + 1
    if rows:
        with transaction.atomic():
            invitations.late(counts, min(seat.panel.due_on for seat in rows), at)
            Seat.objects.filter(pk__in=[seat.pk for seat in rows]).update(reminded_at=at)
    return len(counts)


def remind_panel(*, panel: Panel, by: User, at: datetime.datetime, note: str = "") -> int:
    """The desk reminds the experts of one panel now; how many letters."""
    permissions.check_province(by, panel.application.filing)
    return remind_experts(at=at, panel=panel)
