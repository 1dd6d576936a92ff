"""Lists: local publicity where it is practised, the report, the national publicity, objections."""

import datetime
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hitech_cert import permissions
from hitech_cert.actions import letters_after as letters
from hitech_cert.actions.moving import block
from hitech_cert.actions.refusal import refusal
from hitech_cert.actions.reviewing import fire, need_note
from hitech_cert.editions import PUBLICITY as PERIOD
from hitech_cert.enums.after import ObjectionState
from hitech_cert.models import Application, NationalObjection, Report, Reported
from hitech_cert.queries import decided
from hitech_cert.rules import publicity_end
from hitech_cert.rules.after import report_due
from hitech_cert.workflow import GUIDE, WORKFLOW
from torch_portal.accounts.models import Jurisdiction, User
from torch_portal.accounts.roles import Denied
from torch_portal.common.findings import Finding, Refused
from torch_portal.common.workdays import CalendarNotPublished
from torch_portal.filings import engine, numbering
from torch_portal.filings.drafts import hold
from torch_portal.filings.models import Filing
from torch_portal.filings.queries import calendar_for
from torch_portal.filings.transitions import Stale
from torch_portal.publicity.models import Batch, Entry
from torch_portal.publicity.terms import Publicity

CLAUSE = f"{GUIDE} 二(六)"


def publicise(
    batch: Batch, entries: list[Entry], by: User, at: datetime.datetime
) -> dict[int, str]:
    """公示: the filings of these entries go public; {filing id: ""} of those that did."""
    filings = [entry.filing for entry in entries]
    moved = engine.fire_many(filings, WORKFLOW, "publicise", by=by, at=at)
    return {filing.pk: "" for filing in moved}


def announce(batch: Batch, entries: list[Entry], by: User, at: datetime.datetime) -> dict[int, str]:
    """Nobody objected: the filings of these entries are reported; no number is given here."""
    filings = [entry.filing for entry in entries]
    moved = engine.fire_many(filings, WORKFLOW, "report", by=by, at=at)
    if moved:
        report = Report.objects.filter(batch=batch).first()
        if report is None:
            day = timezone.localdate(batch.step_at)
            report = _new_report(batch.jurisdiction, day, by, at, batch=batch)
        _list(report, [filing.pk for filing in moved])
    return {filing.pk: "" for filing in moved}


def _new_report(
    jurisdiction: Jurisdiction,
    day: datetime.date,
    by: User,
    at: datetime.datetime,
    batch: Batch | None = None,
) -> Report:
    number = numbering.take(f"report:hitech_cert:{jurisdiction.pk}:{day.year}")
    return Report.objects.create(
        jurisdiction=jurisdiction,
        year=day.year,
        number=number,
        batch=batch,
        late=day > report_due(day.year),
        reported_at=at,
        reported_by=by,
    )


def _list(report: Report, ids: Sequence[int]) -> None:
    """Write the applications on the list of a report, after those that stand there."""
    names = dict(Application.objects.filter(pk__in=ids).values_list("pk", "enterprise__name"))
    first = report.rows.count() + 1
    Reported.objects.bulk_create(
        [
            Reported(report=report, application_id=pk, place=place, name=names[pk])
            for place, pk in enumerate(ids, start=first)
        ],
        batch_size=1000,
    )


@transaction.atomic
def report(*, applications: Iterable[Application], by: User, at: datetime.datetime) -> Report:
    """认定报备 directly, where no local publicity is practised (195号 二(五)).

    After 30 November it is taken all the same and marked late. Raises Refused where the body
    publicises first, unless all had their publicity before they were reopened, or where nothing
    is left; Denied for the own enterprise.
    """
    rows = list(applications)
    places = {row.filing.jurisdiction_id for row in rows}
    if len(places) != 1:
        message = _("Choose at least one application, all of one certification body.")
        raise Refused([block("applications", message, f"{GUIDE} 二(五)")])
    place = places.pop()
    for row in rows:
        permissions.check_may_move(by, row.filing, WORKFLOW.moves["report"])
    if place in settings.HITECH_LOCAL_PUBLICITY and not decided.had_publicity(rows):
        message = _("This body publicises its list before the report: put it on a public list.")
        raise Refused([block("applications", message, f"{GUIDE} 二(五)")])
    moved = engine.fire_many(
        sorted((row.filing for row in rows), key=lambda f: f.pk), WORKFLOW, "report", by=by, at=at
    )
    if not moved:
        raise Stale(_("None of these applications can be reported now."))
    made = _new_report(moved[0].jurisdiction, timezone.localdate(at), by, at)
    _list(made, [filing.pk for filing in moved])
    return made


@transaction.atomic
def publicise_nationally(
    *,
    report: Report,
    opens_on: datetime.date,
    by: User,
    at: datetime.datetime,
    ends_on: datetime.date | None = None,
    note: str = "",
) -> int:
    """Note the national publicity of a whole list: ten working days, the first one counted.

    note: where it is public. ends_on: as published; has to be the tenth working day where the
    calendar of the year is known. Returns how many applications it concerns.
    """
    _check_keeper(by, report.jurisdiction_id)
    held = Report.objects.select_for_update().get(pk=report.pk)
    if held.noted_at is not None:
        raise Stale(_("The national publicity of this list is noted already."))
    last = _last_day(held, opens_on, ends_on)
    filings = [row.application.filing for row in _rows(held)]
    moved = engine.fire_many(filings, WORKFLOW, "publicise_nationally", by=by, at=at, note=note)
    held.public_from, held.public_to, held.public_source = opens_on, last, note.strip()[:200]
    held.noted_at, held.noted_by = at, by
    held.save()
    return len(moved)


def _rows(report: Report) -> list[Reported]:
    return list(report.rows.select_related("application__filing").order_by("place"))


def _check_keeper(by: User, jurisdiction: str) -> None:
    if not permissions.may_act_for(by, jurisdiction):
        raise Denied(_("The certification body of the province decides this."))


def _last_day(
    report: Report, opens_on: datetime.date, ends_on: datetime.date | None
) -> datetime.date:
    found: list[Finding] = []
    if opens_on < timezone.localdate(report.reported_at):
        message = _("The publicity begins after the report (%(day)s).")
        day = timezone.localdate(report.reported_at).isoformat()
        found.append(block("opens_on", message, CLAUSE, day=day))
    last = None
    try:
        last = publicity_end(opens_on, calendar_for(report.jurisdiction_id))
    except CalendarNotPublished as error:
        if ends_on is None or ends_on <= opens_on:
            found.append(block("ends_on", str(error), CLAUSE))
    if last is not None and ends_on not in (None, last):
        message = _("Ten working days, the first one counted, end on %(day)s.")
        found.append(block("ends_on", message, CLAUSE, day=last.isoformat()))
    if found:
        raise Refused(found)
    return last or ends_on or opens_on


@transaction.atomic
def strike(*, application: Application, by: User, at: datetime.datetime, note: str) -> Filing:
    """An objection was found right: the enterprise is not recognised, and is told why."""
    need_note(note)
    fire(application, "strike", by=by, at=at, note=note, decided_at=at, decided_by=by)
    letters.not_recognised(application, note, at)
    refusal(application, by, at, note)
    return application.filing


@transaction.atomic
def enter_objection(
    *,
    application: Application,
    objector: str,
    received_on: datetime.date,
    facts: str,
    by: User,
    at: datetime.datetime,
) -> NationalObjection:
    """Enter an objection that the leading group office passed on; it holds this firm back alone.

    Anonymous ones and those received after the last day are refused, all at once.
    """
    permissions.check_province(by, application.filing)
    if hold(application.filing) not in decided.AT_LEADING_GROUP:
        raise Stale(_("It is not before the leading group office."))
    period = report_of(application)
    found = []
    if not objector.strip():
        message = _("Anonymous objections are not taken: enter the true name or the unit.")
        found.append(block("objector", message, CLAUSE))
    if not facts.strip():
        found.append(block("facts", _("Enter the concrete defect that is stated."), CLAUSE))
    if received_on > timezone.localdate(at):
        found.append(block("received_on", _("This day lies in the future."), CLAUSE))
    elif period and period.public_to and received_on > period.public_to:
        message = _("It came after the last day of publicity, %(day)s, and is not taken.")
        found.append(block("received_on", message, CLAUSE, day=period.public_to.isoformat()))
    if found:
        raise Refused(found)
    made = NationalObjection.objects.create(
        application=application,
        objector=objector.strip(),
        received_on=received_on,
        facts=facts.strip(),
        entered_at=at,
        entered_by=by,
    )
    data = {"objection": made.pk}
    engine.record(application.filing, "national_objection", by=by, at=at, data=data)
    return made


def report_of(application: Application) -> Report | None:
    """The newest list on which it was reported."""
    row = application.reported.select_related("report").order_by("-pk").first()
    return row.report if row is not None else None


@transaction.atomic
def uphold_objection(
    *, objection: NationalObjection, by: User, at: datetime.datetime, note: str
) -> NationalObjection:
    """Verified and found right: the enterprise is struck from the list."""
    need_note(note)
    _settle(objection, ObjectionState.UPHELD, by, at, note)
    application = decided.with_cover(Application.objects).get(pk=objection.application_id)
    strike(application=application, by=by, at=at, note=note)
    return objection


@transaction.atomic
def reject_objection(
    *, objection: NationalObjection, by: User, at: datetime.datetime, note: str
) -> NationalObjection:
    """Verified and not found right: the enterprise goes on."""
    need_note(note)
    _settle(objection, ObjectionState.REJECTED, by, at, note)
    return objection


def _settle(
    objection: NationalObjection,
    state: ObjectionState,
    by: User,
    at: datetime.datetime,
    note: str,
) -> None:
    filing = objection.application.filing
    permissions.check_province(by, filing)
    hold(filing)
    claimed = NationalObjection.objects.filter(pk=objection.pk, state=ObjectionState.OPEN)
    if not claimed.update(state=state, decided_at=at, decided_by=by, answer=note):
        raise Stale(_("Somebody was faster: this objection is settled already."))
    objection.refresh_from_db()
    data = {"objection": objection.pk, "found": state.value}
    engine.record(filing, "objection_settled", by=by, at=at, note=note, data=data)


def _title(jurisdiction: Jurisdiction, year: int, number: int) -> str:
    """The public title, in Chinese like every public list."""
    return f"{jurisdiction.name_zh}认定机构{year}年第{number}批拟认定高新技术企业名单"


def _uphold(entry: Entry, by: User, at: datetime.datetime, note: str) -> None:
    """An objection to the local list was right: the enterprise is not recognised."""
    application = decided.with_cover(Application.objects).get(pk=entry.filing_id)
    strike(application=application, by=by, at=at, note=note)


STEPS = {"publicise": publicise, "announce": announce}
PUBLICITY = Publicity(
    title=_title,
    pool=decided.waiting_for_a_list,
    steps=STEPS,
    uphold=_uphold,
    days=PERIOD.days,
    clause=CLAUSE,
)
