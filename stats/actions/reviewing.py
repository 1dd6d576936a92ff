"""What the levels of review do with a return: approve, return, cancel. They change no value.

统计法 第六条: no officer alters what a respondent reports. Each act: who may, may it now, an event.
"""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from stats import permissions
from stats.actions import corrections, letters_review
from stats.models import Return
from stats.workflow import ROUTINE, WORKFLOW
from torch_portal.accounts.models import User
from torch_portal.common.findings import Finding, Level, Refused
from torch_portal.filings import correcting, engine
from torch_portal.filings.models import CorrectionItem, Event, Filing
from torch_portal.filings.people import colleagues


def fire(report: Return, name: str, *, by: User, at: datetime.datetime, **more: object) -> Event:
    """Check the person and make the move."""
    permissions.check_may_move(by, report.filing, WORKFLOW.moves[name])
    return engine.fire(report.filing, WORKFLOW, name, by=by, at=at, **more)  # type: ignore[arg-type]  # columns of the cover


def need_note(note: str) -> None:
    """Refused when a reason is missing."""
    if not note.strip():
        message = _("Say why, in words that the respondent can act on.")
        raise Refused([Finding("note", Level.BLOCK, "note", message, ROUTINE)])


def _approve(report: Return, name: str, by: User, at: datetime.datetime, note: str) -> Filing:
    """The values as they were looked at, by their digest, go on to the next level."""
    fire(
        report,
        name,
        by=by,
        at=at,
        note=note,
        as_seen=True,
        facts_digest=report.data_hash,
        data={"revision": report.revision},
        assigned_to=None,
        **({"decided_at": at, "decided_by": by} if name == "accept" else {}),
    )
    return report.filing


@transaction.atomic
def approve_local(*, report: Return, by: User, at: datetime.datetime, note: str = "") -> Filing:
    """The responsible unit approves: to the city, or the province where there is no city."""
    return _approve(report, "approve_local", by, at, note)


@transaction.atomic
def approve_city(*, report: Return, by: User, at: datetime.datetime, note: str = "") -> Filing:
    """The city approves: to the province."""
    return _approve(report, "approve_city", by, at, note)


@transaction.atomic
def approve_province(*, report: Return, by: User, at: datetime.datetime, note: str = "") -> Filing:
    """The province approves: to the Torch Center."""
    return _approve(report, "approve_province", by, at, note)


@transaction.atomic
def accept(*, report: Return, by: User, at: datetime.datetime, note: str = "") -> Filing:
    """The Torch Center accepts: the values stand in the totals of the round."""
    _approve(report, "accept", by, at, note)
    letters_review.accepted(report, at)
    return report.filing


@transaction.atomic
def return_for_correction(
    *,
    report: Return,
    items: Sequence[dict[str, str]],
    by: User,
    at: datetime.datetime,
    note: str = "",
) -> Filing:
    """退回: from any level straight to the respondent, with what is wrong item by item.

    items: {"field", "problem", "remedy", "clause"}; at least one with a remedy, else Refused. The
    levels above read of it in the summary of the day (see actions.summaries).
    """
    corrections.check(report, items)
    filing = report.filing
    level = permissions.level_of(filing)
    turn = correcting.next_round(filing)
    data = {
        "round": turn,
        "items": [dict(item) for item in items],
        "level": str(level or ""),
        "unit": report.unit_id,
        **corrections.marks(report, items),
    }
    fire(
        report, "return_for_correction", by=by, at=at, note=note, data=data, assigned_to=None,
        decided_at=None, decided_by=None,
    )  # fmt: skip
    corrections.ask(report, items, CorrectionItem(round=turn, asked_at=at, asked_by=by))
    letters_review.returned(report, items, note, at)
    return filing


@transaction.atomic
def assign(
    *, report: Return, by: User, at: datetime.datetime, to: int | None = None, note: str = ""
) -> Filing:
    """Give it into the hands of a colleague of the unit (id), or take it oneself."""
    filing = report.filing
    permissions.check_may_move(by, filing, WORKFLOW.moves["assign"])
    engine.check_possible(filing, WORKFLOW, "assign")
    wanted = by.pk if to is None else to
    colleague = next((p for p in colleagues(filing) if p.pk == wanted), None)
    if colleague is None:
        message = _("Name somebody of the unit who may decide this return.")
        raise Refused([Finding("to", Level.BLOCK, "to", message, "")])
    names = {"to_id": colleague.pk, "to_name": colleague.get_full_name()}
    fire(report, "assign", by=by, at=at, note=note, data=names, assigned_to=colleague)
    return filing


@transaction.atomic
def cancel(*, report: Return, by: User, at: datetime.datetime, note: str) -> Filing:
    """撤消: the return is void and counts nowhere; it stays on record with the reason."""
    need_note(note)
    fire(report, "cancel", by=by, at=at, note=note, assigned_to=None)
    letters_review.cancelled(report, note, at)
    return report.filing


@transaction.atomic
def refuse_cancellation(*, report: Return, by: User, at: datetime.datetime, note: str) -> Filing:
    """The return counts: it lies with the respondent again, who submits it once more."""
    need_note(note)
    fire(report, "refuse_cancellation", by=by, at=at, note=note, assigned_to=None)
    letters_review.cancellation_refused(report, note, at)
    return report.filing
