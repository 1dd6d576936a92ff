"""Sheets of experts: saved while typing, submitted once; the leader's sheet closes the review."""

import datetime
from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hitech_cert import queries, rules
from hitech_cert.actions.seats import check_own, hold, tell_leader
from hitech_cert.enums import PanelState, SeatState
from hitech_cert.models import Application, Panel, ScoreSheet, Seat
from hitech_cert.queries import panels as reads
from hitech_cert.queries import sheets as kept
from hitech_cert.workflow import GUIDE, WORKFLOW
from torch_portal.accounts.models import User
from torch_portal.accounts.roles import Denied
from torch_portal.common.findings import Finding, Level, Refused, blocking
from torch_portal.filings import engine
from torch_portal.filings.drafts import Conflict
from torch_portal.filings.transitions import Stale

CLAUSE = f"{GUIDE} 二(四)"
LONGEST_REASON = 1000


@transaction.atomic
def save_sheet(
    *,
    seat: Seat,
    entries: Mapping[str, Any],
    typed: Mapping[str, str],
    reasons: Mapping[str, str],
    by: User,
    at: datetime.datetime,
    seen: int | None = None,
) -> ScoreSheet:
    """Keep what the expert typed, readable or not; nothing is checked yet.

    seen: the save the page went on from; Conflict when another window saved since. Stale when the
    seat is not accepted, or its sheet is submitted already.
    """
    check_own(seat, by)
    hold(seat.panel)
    _check_open(seat)
    sheet, _new = ScoreSheet.objects.get_or_create(pk=seat.pk, defaults={"saved_at": at})
    if seen is not None and seen != sheet.saved_version:
        raise Conflict(
            _(
                "This sheet was saved in another window meanwhile. Your entries are still on this "
                "page: press “Save” to keep these instead."
            )
        )
    sheet.entries, sheet.typed = dict(entries), dict(typed)
    sheet.reasons = {n: t.strip()[:LONGEST_REASON] for n, t in reasons.items() if t.strip()}
    sheet.saved_at, sheet.saved_version = at, sheet.saved_version + 1
    sheet.save()
    return sheet


def _check_open(seat: Seat) -> None:
    state = Seat.objects.values_list("state", flat=True).get(pk=seat.pk)
    if state == SeatState.SUBMITTED:
        raise Stale(_("Your sheet is submitted: it can no longer be changed."))
    if state != SeatState.ACCEPTED:
        raise Stale(_("Accept the invitation first; a seat that was given up has no sheet."))


def findings_of(sheet: ScoreSheet) -> list[Finding]:
    """Everything that the rules say of a sheet as saved; what could not be read blocks too."""
    seat = sheet.seat
    application = seat.panel.application
    taken = kept.sheet_of(sheet.entries, seat.role)
    found = rules.check_sheet(taken, queries.tables_of(application), queries.case_of(application))
    unread = [
        Finding("unread", Level.BLOCK, name, _("This could not be read."), CLAUSE)
        for name in sheet.typed
    ]
    return [*unread, *(f for f in found if f.field not in sheet.typed)]


def unexplained(findings: list[Finding], reasons: Mapping[str, str]) -> list[Finding]:
    """A contradiction without a reason blocks the submission."""
    return [
        Finding(f.code, Level.BLOCK, f.field, f.message, f.clause, f.values)
        for f in findings
        if f.level is Level.WARN and not reasons.get(f.field, "").strip()
    ]


@transaction.atomic
def submit_sheet(*, seat: Seat, by: User, at: datetime.datetime) -> ScoreSheet:
    """提交评价表: the sheet as saved becomes final; the leader is told when all are in.

    Refused with all findings at once: what is missing, what cannot be, what lacks a reason. The
    act stands on the sheet and not in the history of the filing, which the enterprise reads.
    """
    check_own(seat, by)
    hold(seat.panel)
    _check_open(seat)
    sheet = ScoreSheet.objects.select_related("seat__panel__application__filing").filter(
        pk=seat.pk
    ).first()  # fmt: skip
    if sheet is None:
        message = _("Nothing is filled in yet.")
        raise Refused([Finding("missing", Level.BLOCK, "", message, CLAUSE)])
    found = findings_of(sheet)
    stopping = [*blocking(found), *unexplained(found, sheet.reasons)]
    if stopping:
        raise Refused(stopping)
    case = queries.case_of(seat.panel.application)
    sheet.findings = [f.as_dict() for f in found]
    sheet.total = kept.sheet_of(sheet.entries, seat.role).total(case.edition)
    sheet.submitted_at = at
    sheet.save()
    Seat.objects.filter(pk=seat.pk).update(state=SeatState.SUBMITTED)
    seat.refresh_from_db()
    tell_leader(seat.panel, at)
    return sheet


@transaction.atomic
def save_leader(
    *,
    panel: Panel,
    typed: Mapping[str, str],
    by: User,
    at: datetime.datetime,
    seen: int | None = None,
) -> Panel:
    """Keep the leader's sheet as typed; Conflict when another window saved since."""
    check_leads(panel, by)
    held = hold(panel)
    if seen is not None and seen != held.saved_version:
        raise Conflict(_("This sheet was saved in another window meanwhile. Press “Save” again."))
    held.typed, held.saved_version = dict(typed), held.saved_version + 1
    held.save(update_fields=["typed", "saved_version"])
    return held


def check_leads(panel: Panel, by: User) -> None:
    """Refuse everybody but the leader, and the leader too while a sheet is missing."""
    leader = reads.leader_of(panel)
    if leader is None or leader.expert.user_id != by.pk:
        raise Denied(_("The leader of the panel fills this in."))
    if not reads.all_in(panel):
        raise Denied(_("The sheets of the others are open to you when all are submitted."))


@transaction.atomic
def close_review(
    *, panel: Panel, sheet: rules.LeaderSheet, by: User, at: datetime.datetime
) -> Panel:
    """综合评价 (附件5): the leader signs, the average stands as an exact fraction.

    Refused with all findings: stated averages that are not those of the sheets (both are named),
    an opinion against score or ratios, a panel that is none (V18). The enterprise reads the
    history, so no expert is named there.
    """
    check_leads(panel, by)
    held = hold(panel)
    application = Application.objects.select_related("filing", "enterprise").get(
        pk=held.application_id
    )
    case = queries.case_of(application)
    seats = kept.submitted(held)
    tech, fin = kept.scores_of(seats)
    found = rules.check_panel(reads.composition_of(held), case.edition)
    found += rules.check_leader(sheet, tech, fin, case)
    if blocking(found):
        raise Refused(blocking(found))
    _close(held, sheet, rules.averages(tech, fin, case.edition), by, at)
    return _score(held, application, case, at)


def _close(
    panel: Panel,
    sheet: rules.LeaderSheet,
    exact: rules.Averages | None,
    by: User,
    at: datetime.datetime,
) -> None:
    if exact is None:  # check_leader refused it
        raise Stale(_("A sheet of both kinds of experts is needed."))
    panel.state = PanelState.CLOSED
    panel.closed_at, panel.closed_by = at, by
    panel.averages = {name: str(value) for name, value in exact.named().items()}
    panel.figures = {name: _text(value) for name, value in sheet.figures.items()}
    panel.opinion, panel.reason = sheet.recognise, sheet.reason.strip()
    panel.explained = sheet.explained.strip()
    panel.save()


def _text(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"


def _score(
    panel: Panel, application: Application, case: rules.Case, at: datetime.datetime
) -> Panel:
    total = Fraction(panel.averages["total"])
    passes = rules.passes(total, case.edition)
    Application.objects.filter(pk=application.pk).update(
        score_top=total.numerator, score_bottom=total.denominator, score_passes=passes
    )
    engine.fire(
        application.filing,
        WORKFLOW,
        "close_review",
        by=None,
        at=at,
        data={"panel": panel.pk, "total": str(total), "passes": passes, "fit": panel.opinion},
        facts_digest=engine.digest(asdict(case.facts)),
    )
    panel.application = application
    return panel
