"""What the respondent does before handing in: begin, keep a table, check."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from stats import permissions, queries
from stats.editions import Instrument
from stats.enums import OPEN_TO_EDIT, RoundState, Severity, State
from stats.models import Assignment, CheckResult, Return
from stats.queries.checking import Run
from stats.rules.entries import BadEntry, read_entry
from stats.workflow import LAW, ROUTINE, WORKFLOW
from torch_portal.accounts.models import User
from torch_portal.accounts.roles import check_filer
from torch_portal.common.findings import Finding, Level, Refused
from torch_portal.filings import drafts, engine
from torch_portal.filings.drafts import Conflict

LANGUAGE = "zh-hans"
LONGEST_TYPED = 400


@transaction.atomic
def start(*, assignment: Assignment, by: User, at: datetime.datetime) -> Return:
    """Open the return of an assignment, empty: what is known elsewhere is offered, never put in.

    The one that is there is given back. Refused outside the window and for who is exempt.
    """
    check_filer(by, assignment.enterprise_id)
    held = Assignment.objects.select_for_update(of=("self",)).select_related(
        "round", "enterprise", "responsible_unit"
    )
    assignment = held.get(pk=assignment.pk)
    known = Return.objects.filter(assignment=assignment).first()
    if known is not None:
        return known
    refused = cannot_answer(assignment, at)
    if refused:
        raise Refused(refused)
    filing = engine.open_filing(WORKFLOW, enterprise=assignment.enterprise, by=by, at=at)
    return Return.objects.create(
        filing=filing,
        assignment=assignment,
        round=assignment.round,
        enterprise=assignment.enterprise,
        unit=assignment.responsible_unit,
        city_unit_id=assignment.city_unit_id,
        saved_at=at,
    )


def cannot_answer(assignment: Assignment, at: datetime.datetime) -> list[Finding]:
    """Why a respondent cannot answer now; [] where it can."""
    if assignment.exempt:
        message = _("This enterprise need not answer in this round: %(reason)s")
        values = {"reason": assignment.reason}
        return [Finding("exempt", Level.BLOCK, "", message, LAW, values)]
    return cannot_file(assignment, at, corrected=False)


def cannot_file(assignment: Assignment, at: datetime.datetime, *, corrected: bool) -> list[Finding]:
    """Why a return cannot be handed in on this day; one that was sent back can be until the
    round is accepted."""
    round_ = assignment.round
    day = timezone.localdate(at)
    if round_.takes(day) or (corrected and round_.state in (RoundState.OPEN, RoundState.CLOSED)):
        return []
    message = _(
        "Returns of “%(title)s” are taken from %(first)s to %(last)s. Ask the responsible unit."
    )
    values = {
        "title": round_.title,
        "first": round_.opens_on.isoformat(),
        "last": round_.closes_on.isoformat(),
    }
    return [Finding("window", Level.BLOCK, "", message, ROUTINE, values)]


def save_table(
    *,
    report: Return,
    table: str,
    entries: Mapping[str, str],
    by: User,
    at: datetime.datetime,
    seen: int | None = None,
) -> dict[str, str]:
    """Keep what was typed in a table; what cannot be read is kept word for word beside why.

    entries: code of an item to what was typed, "" for a blank; codes that are not named stay as
    they are. seen: the save of this table that the person started from: Conflict when another one
    came between, and nothing is overwritten. Refused for codes that the table does not have.
    Returns the entries that could not be read, each with what to write instead.
    """
    permissions.check_may_file(by, report.filing)
    drafts.check_editable(report.filing.state, WORKFLOW)
    instrument = queries.version_of(report.round)
    check_codes(report, instrument, entries, table)
    values, unread = read_entries(instrument, entries, timezone.localdate(at))
    with transaction.atomic():
        hold(report)
        check_seen(report, table, seen)
        keep(report, {table}, values, unread, at)
        reopen(report, by, at)
    return {code: said["why"] for code, said in unread.items()}


def read_entries(
    instrument: Instrument, entries: Mapping[str, str], today: datetime.date
) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """What was typed as values ("" for a blank), and what could not be read, with why."""
    values: dict[str, str] = {}
    unread: dict[str, dict[str, str]] = {}
    for code, typed in entries.items():
        try:
            values[code] = read_entry(instrument.items[code], instrument, typed, today)
        except BadEntry as error:
            values[code] = ""
            unread[code] = {"typed": typed[:LONGEST_TYPED], "why": str(error)}
    return values, unread


def check_codes(
    report: Return, instrument: Instrument, codes: Iterable[str], table: str = ""
) -> None:
    """Refused for every code that the version, or the table named, does not have."""
    own = instrument.items
    wrong = [c for c in codes if c not in own or (table and own[c].table != table)]
    if not wrong:
        return
    others = queries.versions_with(report)
    raise Refused([_foreign(code, instrument, others.get(code, "")) for code in wrong])


def _foreign(code: str, instrument: Instrument, other: str) -> Finding:
    values = {"code": code[:40], "version": instrument.version, "other": other}
    if code in instrument.items:
        message = _("%(code)s belongs to table %(table)s. Write it there.")
        values["table"] = instrument.items[code].table
    elif other:
        message = _(
            "%(code)s is a code of %(other)s; this round asks %(version)s. Take the workbook of "
            "this round and use its codes."
        )
    else:
        message = _("%(version)s has no item %(code)s. Check the code in the first column.")
    return Finding("code", Level.BLOCK, code[:40], message, ROUTINE, values)


def hold(report: Return) -> None:
    """Lock the cover and read what was saved meanwhile; Conflict when it cannot be changed."""
    state = drafts.hold(report.filing)
    drafts.check_editable(state, WORKFLOW)
    rows = Return.objects.filter(pk=report.pk)
    kept = rows.values("data", "typed", "versions", "saved_version", "data_hash").get()
    for name, value in kept.items():
        setattr(report, name, value)


def check_seen(report: Return, table: str, seen: int | None) -> None:
    """Conflict when the table was saved since this person opened it."""
    if seen is not None and seen != report.versions.get(table, 0):
        raise Conflict(
            _(
                "This filing was saved in another window or by a colleague meanwhile. Your "
                "entries are still on this page: press “Save” to see both side by side."
            )
        )


def keep(
    report: Return,
    tables: Iterable[str],
    values: Mapping[str, str],
    unread: Mapping[str, Any],
    at: datetime.datetime,
) -> None:
    """Write values of a return that is held, count the saves, void what rested on old values."""
    data = {code: v for code, v in report.data.items() if code not in values}
    data |= {code: value for code, value in values.items() if value}
    typed = {code: said for code, said in report.typed.items() if code not in values}
    changed = {c for c in values if report.data.get(c, "") != values[c]}
    versions = report.versions | {t: report.versions.get(t, 0) + 1 for t in tables}
    columns = {"data": data, "typed": typed | dict(unread), "versions": versions, "saved_at": at}
    drafts.claim_save(report, report.saved_version, columns)
    if changed and report.data_hash:
        void_explanations(report, changed, at)


def void_explanations(report: Return, changed: set[str], at: datetime.datetime) -> None:
    """An explanation is void as soon as one of the values it rests on is another one."""
    live = report.explanations.filter(voided_at__isnull=True)
    void = [each.pk for each in live if changed & each.values.keys()]
    if void:
        report.explanations.filter(pk__in=void).update(voided_at=at)


def reopen(report: Return, by: User, at: datetime.datetime) -> None:
    """What was checked is a draft again once it is changed."""
    if report.filing.state == State.CHECKED:
        engine.fire(report.filing, WORKFLOW, "edit", by=by, at=at)


@transaction.atomic
def edit(*, report: Return, by: User, at: datetime.datetime, note: str = "") -> Return:
    """Take a checked return back to a draft; Stale when it is none."""
    permissions.check_may_file(by, report.filing)
    engine.fire(report.filing, WORKFLOW, "edit", by=by, at=at, note=note)
    return report


@transaction.atomic
def check(*, report: Return, by: User, at: datetime.datetime, note: str = "") -> Run:
    """Work out every balance relation and keep what is violated, with the values it rests on.

    Explanations of other values become void. A draft is “checked” after it; a return that was
    sent back stays with the respondent.
    """
    permissions.check_may_file(by, report.filing)
    drafts.check_editable(report.filing.state, WORKFLOW)
    hold(report)
    with translation.override(LANGUAGE):
        checked = queries.run(report)
    keep_results(report, checked, at)
    digest = {"digest": report.data_hash}
    if report.filing.state == State.DRAFT:
        engine.fire(
            report.filing, WORKFLOW, "check", by=by, at=at, note=note, data=digest,
            facts_digest=report.data_hash,
        )  # fmt: skip
    elif report.filing.state in OPEN_TO_EDIT:
        engine.record(report.filing, "check", by=by, at=at, note=note, data=digest)
    return checked


def keep_results(report: Return, checked: Run, at: datetime.datetime) -> int:
    """Results of a run in the place of those before; how many still need an explanation."""
    report.results.all().delete()
    CheckResult.objects.bulk_create(
        CheckResult(
            report=report,
            rule_id=each.row,
            key=each.key,
            severity=each.severity,
            field=each.field,
            message=each.message,
            values=each.values,
            values_hash=each.values_hash,
            left=each.left,
            right=each.right,
            difference=each.difference,
            checked_at=at,
        )
        for each in checked.found
    )
    held = queries.explained(report, checked.found)
    kept = [explanation.pk for explanation in held.values()]
    report.explanations.filter(voided_at__isnull=True).exclude(pk__in=kept).update(voided_at=at)
    counts = checked.counts
    to_explain = [v for v in checked.found if v.severity is not Severity.MANDATORY]
    columns = {
        "mandatory": counts[Severity.MANDATORY],
        "errors": counts[Severity.ERROR],
        "warnings": counts[Severity.WARNING],
        "unexplained": len(to_explain) - len(held),
        "checked_at": at,
        "data_hash": queries.digest_of(report.data),
    }
    Return.objects.filter(pk=report.pk).update(**columns)
    for name, value in columns.items():
        setattr(report, name, value)
    return report.unexplained
