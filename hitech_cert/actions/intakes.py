"""What the certification body does with its batches: open, extend, close."""

import datetime
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hitech_cert import permissions, queries
from hitech_cert.actions import letters
from hitech_cert.models import Extension, Intake
from hitech_cert.workflow import GUIDE, NOTICE
from torch_portal.accounts.models import Jurisdiction, User
from torch_portal.accounts.roles import Denied
from torch_portal.common.findings import Finding, Level, Refused
from torch_portal.filings import engine
from torch_portal.filings.models import Filing
from torch_portal.filings.transitions import Stale
from torch_portal.papers import actions as papers
from torch_portal.papers.enums import PaperKind
from torch_portal.papers.queries import Named

CODE = "intake"
# 认定报备 not later than the end of November (195号 二(五)).
REPORT_UNTIL = (11, 30)


@dataclass(frozen=True)
class Terms:
    """What a batch is opened with; see the columns of Intake."""

    year: int
    number: int
    title: str
    opens_at: datetime.datetime
    closes_at: datetime.datetime
    recommend_by: datetime.date
    source: str
    paper_by: datetime.date | None = None


@transaction.atomic
def open_intake(
    *, jurisdiction: Jurisdiction, terms: Terms, by: User, at: datetime.datetime
) -> Intake:
    """Publish a batch with its deadlines; Refused with everything that is wrong with them."""
    _check_body(by, jurisdiction.pk)
    intake = Intake(jurisdiction=jurisdiction, **asdict(terms))
    found = [*_order(intake), *_once(intake)]
    if found:
        raise Refused(found)
    intake.save(force_insert=True)
    return intake


@transaction.atomic
def extend(
    *,
    intake: Intake,
    deadlines: Mapping[str, Any],
    source: str,
    by: User,
    at: datetime.datetime,
) -> Extension:
    """Move deadlines later; what they were and on which document stays on record.

    deadlines: by the names of queries.DEADLINES; those that are missing or None stay. Refused
    for an earlier day, no change or no source; Stale for a batch that was closed. Who has an
    application in hand is told, and the bureaus get the new day.
    """
    _check_body(by, intake.jurisdiction_id)
    intake = Intake.objects.select_for_update(no_key=True).get(pk=intake.pk)
    if intake.closed_at is not None:
        raise Stale(_("The batch was closed; open another one instead."))
    before = queries.deadlines(intake)
    found = _moved(intake, deadlines)
    if not source.strip():
        found.append(_finding("source", _("Name the notice that moves the deadline."), NOTICE))
    if found:
        raise Refused(found)
    intake.save(update_fields=[*queries.DEADLINES])
    row = Extension.objects.create(
        intake=intake,
        before=before,
        after=queries.deadlines(intake),
        source=source.strip(),
        extended_at=at,
        extended_by=by,
    )
    _later(intake, by, at)
    if intake.paper_by is not None:
        papers.put_off(
            filings=queries.covers_of(intake),
            kind=PaperKind.APPLICATION,
            named=Named(intake.paper_by, row.source),
            by=by,
            at=at,
        )
    letters.extended(intake, row, at)
    return row


@transaction.atomic
def close_intake(*, intake: Intake, by: User, at: datetime.datetime) -> Intake:
    """End a batch after its last moment; its deadlines cannot be moved any more. Twice is once.

    Refused before that moment, and while a bureau still has an application in local check.
    """
    _check_body(by, intake.jurisdiction_id)
    intake = Intake.objects.select_for_update(no_key=True).get(pk=intake.pk)
    if intake.closed_at is not None:
        return intake
    found = []
    if intake.closes_at > at:
        found.append(_finding("", _("The batch still takes applications."), NOTICE))
    waiting = queries.in_local_check(intake).count()
    if waiting:
        message = _("%(count)s applications of the batch are still in local check.")
        found.append(_finding("", message, NOTICE, {"count": waiting}))
    if found:
        raise Refused(found)
    intake.closed_at, intake.closed_by = at, by
    intake.save(update_fields=["closed_at", "closed_by"])
    return intake


def _check_body(by: User, jurisdiction: str) -> None:
    if not permissions.may_act_for(by, jurisdiction):
        raise Denied(_("The certification body of the province keeps its batches."))


def _finding(
    field: str, message: str, clause: str, values: dict[str, Any] | None = None
) -> Finding:
    return Finding(CODE, Level.BLOCK, field, message, clause, values or {})


def _order(intake: Intake) -> list[Finding]:
    """Everything wrong with the order of the days."""
    found = []
    closing = timezone.localdate(intake.closes_at)
    if intake.closes_at <= intake.opens_at:
        found.append(_finding("closes_at", _("The end has to come after the beginning."), NOTICE))
    if closing.year != intake.year:
        message = _("The batch is one of %(year)s, so it closes in that year.")
        found.append(_finding("closes_at", message, NOTICE, {"year": intake.year}))
    if intake.recommend_by < closing:
        message = _("The bureaus recommend after enterprises have filed: not before %(day)s.")
        found.append(_finding("recommend_by", message, NOTICE, {"day": closing}))
    last = datetime.date(intake.year, *REPORT_UNTIL)
    if intake.recommend_by > last:
        message = _("The list is reported by %(day)s: bureaus have to recommend before.")
        found.append(_finding("recommend_by", message, f"{GUIDE} 二(五)", {"day": last}))
    if intake.paper_by is not None and intake.paper_by < closing:
        message = _("Paper follows the filing online: not before %(day)s. Leave it empty to defer.")
        found.append(_finding("paper_by", message, NOTICE, {"day": closing}))
    return found


def _once(intake: Intake) -> list[Finding]:
    """The number of a batch is used once in its year."""
    known = Intake.objects.filter(
        jurisdiction_id=intake.jurisdiction_id, year=intake.year, number=intake.number
    ).first()
    found = []
    if known is not None:
        message = _("Batch %(number)s of %(year)s is there already: %(title)s.")
        values = {"number": intake.number, "year": intake.year, "title": known.title}
        found.append(_finding("number", message, NOTICE, values))
    found += [
        _finding(name, message, NOTICE)
        for name, message in (
            ("title", _("Give the batch a title.")),
            ("source", _("Name the notice that opens the batch.")),
        )
        if not getattr(intake, name).strip()
    ]
    return found


def _moved(intake: Intake, deadlines: Mapping[str, Any]) -> list[Finding]:
    """Put the new deadlines into the batch; everything that speaks against them."""
    wanted = {n: deadlines[n] for n in queries.DEADLINES if deadlines.get(n) is not None}
    found, moved = [], False
    for name, value in wanted.items():
        known = getattr(intake, name)
        if known is not None and value < known:
            message = _("A deadline that was published is not brought forward.")
            found.append(_finding(name, message, NOTICE))
        moved |= value != known
        setattr(intake, name, value)
    if not moved:
        found.append(_finding("", _("Name at least one later deadline."), NOTICE))
    return [*found, *_order(intake)]


def _later(intake: Intake, by: User, at: datetime.datetime) -> None:
    """The bureaus get the new day on what they have in local check."""
    filings = [application.filing for application in queries.in_local_check(intake)]
    late = [f for f in filings if f.due_on != intake.recommend_by]
    if not late:
        return
    due = {"due_on": intake.recommend_by.isoformat()}
    Filing.objects.filter(pk__in=[f.pk for f in late]).update(
        due_on=intake.recommend_by, overdue_flagged_on=None
    )
    engine.record_many(late, "extend", by=by, at=at, data={f.pk: due for f in late})
