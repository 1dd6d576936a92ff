"""Handing the return in, taking it back, asking for its cancellation."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from stats import permissions, queries
from stats.actions import corrections, documents, letters
from stats.actions.filling import LANGUAGE, cannot_file, hold, keep_results
from stats.actions.totals import rate
from stats.enums import State
from stats.models import Return, ReturnRevision
from stats.queries.checking import Run
from stats.workflow import ROUTINE, WORKFLOW
from torch_portal.accounts.models import Agency, User
from torch_portal.common.findings import Finding, Level, Refused, blocking
from torch_portal.filings import drafts, engine, numbering
from torch_portal.filings.models import Filing

SHORTEST_NOTE = 10


@transaction.atomic
def submit(
    *,
    report: Return,
    by: User,
    at: datetime.datetime,
    agency: Agency | None = None,
    note: str = "",
) -> Filing:
    """Hand the return to its responsible unit: no mandatory rule violated, the rest explained.

    The values are checked once more and kept with their digest as a revision of their own.
    Raises Refused with everything that stands against it at once, Stale when somebody else moved
    the return first. agency: not asked, the frame names the unit.
    """
    filing = report.filing
    permissions.check_may_file(by, filing)
    engine.check_possible(filing, WORKFLOW, "submit")
    hold(report)
    with translation.override(LANGUAGE):
        checked = queries.run(report)
    found = against(report, checked, at)
    if blocking(found):
        raise Refused(found)
    keep_results(report, checked, at)
    answers = corrections.close(report, at)
    revision = _revise(report, by, at)
    engine.fire(
        filing,
        WORKFLOW,
        "submit",
        by=by,
        at=at,
        note=note,
        facts_digest=report.data_hash,
        data=_told(report, revision) | answers,
        agency=report.unit,
        number=filing.number or return_number(report),
        submitted_at=filing.submitted_at or at,
        edition=report.round.version.version[:24],
    )
    rate(report=report)
    letters.received(report, at)
    documents.receipt(report, by, at)
    return filing


def against(report: Return, checked: Run, at: datetime.datetime) -> list[Finding]:
    """Everything that stands against handing in: window, entries, rules, correction list."""
    corrected = report.filing.state == State.RETURNED
    held = queries.explained(report, checked.found)
    return [
        *cannot_file(report.assignment, at, corrected=corrected),
        *corrections.unsettled(report),
        *queries.findings(report, checked, held),
    ]


def _revise(report: Return, by: User, at: datetime.datetime) -> ReturnRevision:
    """The return as it is handed in, and the day until which its signed scan is awaited."""
    report.revision += 1
    report.scan_due_on = report.round.scan_until
    Return.objects.filter(pk=report.pk).update(
        revision=report.revision, scan_due_on=report.scan_due_on
    )
    return ReturnRevision.objects.create(
        report=report,
        number=report.revision,
        data=report.data,
        data_hash=report.data_hash,
        checks=queries.check_table(report),
        submitted_at=at,
        submitted_by=by,
    )


def _told(report: Return, revision: ReturnRevision) -> dict[str, Any]:
    """What the event keeps of a revision."""
    return {
        "revision": revision.number,
        "digest": report.data_hash,
        "errors": report.errors,
        "warnings": report.warnings,
    }


def return_number(report: Return) -> str:
    """TJ, year of the data, division of the seat, serial of the jurisdiction in the round."""
    filing = report.filing
    serial = numbering.take(f"filing:stats:{filing.jurisdiction_id}:{report.round.year}")
    return f"TJ{report.round.year}{report.enterprise.division}{serial:07d}"


@transaction.atomic
def withdraw(*, report: Return, by: User, at: datetime.datetime, note: str = "") -> Filing:
    """Take the return back to change it, before the unit has decided; it counts as not filed."""
    permissions.check_may_file(by, report.filing)
    engine.fire(report.filing, WORKFLOW, "withdraw", by=by, at=at, note=note, submitted_at=None)
    Return.objects.filter(pk=report.pk).update(scan_due_on=None)
    report.scan_due_on = None
    return report.filing


@transaction.atomic
def request_cancellation(
    *, report: Return, by: User, at: datetime.datetime, note: str = ""
) -> Filing:
    """申请撤消: ask that the return is void, with the reason; the unit decides."""
    permissions.check_may_file(by, report.filing)
    if len(note.strip()) < SHORTEST_NOTE:
        message = _("Say in at least %(least)s characters why the return has to be cancelled.")
        values = {"least": SHORTEST_NOTE}
        raise Refused([Finding("note", Level.BLOCK, "note", message, ROUTINE, values)])
    drafts.hold(report.filing)
    engine.fire(report.filing, WORKFLOW, "request_cancellation", by=by, at=at, note=note.strip())
    return report.filing
