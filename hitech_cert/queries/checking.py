"""Everything that is to be said of an application: what is missing, and what the rules find."""

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hitech_cert import rules
from hitech_cert.enums import StaffName, State
from hitech_cert.models import Application, Intake
from hitech_cert.queries.facts import examined, first_year
from hitech_cert.queries.rows import day_of, in_order
from hitech_cert.workflow import GUIDE
from torch_portal.common.findings import Finding, Level

FORM_CLAUSE = f"{GUIDE} 附件2 填报说明 (不得空缺)"
AGENCY_CLAUSE = f"{GUIDE} 一(三)"
# The cells of a row that may not stay empty; its long texts the rules look at.
NEEDED: Mapping[str, tuple[str, ...]] = {
    "rights": ("name", "kind", "number", "granted_on", "gained"),
    "projects": (
        "name",
        "starts_on",
        "ends_on",
        "field_code",
        "source",
        "budget",
        "spent_1",
        "spent_2",
        "spent_3",
    ),
    "products": ("name", "field_code", "source", "income", "main"),
    "results": ("name", "kind", "source", "became", "form", "year"),
    "standards": ("name", "level", "number", "part"),
}
MAIN = (
    "registered_on",
    "core_field_code",
    "rd_domestic",
    "rd_basic",
    "gross_income",
    "non_taxable_income",
    "accident",
)
AGENCY = (
    "agency_name",
    "agency_founded_on",
    "agency_staff",
    "agency_professionals",
    "agency_bad_record",
    "report_number",
    "reported_rd",
    "reported_income",
)
YEARLY = ("sales", "net_assets", "profit")
# Facts that have no cell of their own; the other gaps are told at their cell.
UNTYPED = ("rd_years", "ps")
REFERENCES = {"rights": "rights", "projects": "projects", "products": "products"}
EMPTY = _("This cannot be left empty. Write 0 where there is none.")


def gaps(application: Application) -> Iterator[Finding]:
    """Each cell that is empty, at its place ("projects[2].budget"), for the whole form."""
    for table, columns in NEEDED.items():
        for place, row in enumerate(in_order(getattr(application, table))):
            for name in columns:
                if getattr(row, name) in (None, ""):
                    yield _gap(f"{table}[{place}].{name}")
    yield from _staff_gaps(application)
    first = first_year(application)
    years = [f"{name}_{n}" for name in YEARLY for n in range(first, 4)]
    for name in (*MAIN, *years):
        if getattr(application, name) in (None, ""):
            yield _gap(name)
    for name in AGENCY:
        if getattr(application, name) in (None, ""):
            yield _gap(name, AGENCY_CLAUSE)


def _gap(field: str, clause: str = FORM_CLAUSE) -> Finding:
    return Finding("missing", Level.BLOCK, field, EMPTY, clause)


def _staff_gaps(application: Application) -> Iterator[Finding]:
    rows = {row.name: row for row in application.staff.all()}
    if not rows:
        yield Finding(
            "missing", Level.BLOCK, "staff", _("Fill in the table of staff."), FORM_CLAUSE
        )
        return
    for name in StaffName.values:
        for column in ("staff", "st"):
            if name not in rows or getattr(rows[name], column) is None:
                yield _gap(f"staff.{name}.{column}")


def references(application: Application) -> Iterator[Finding]:
    """Rows that a result names and that do not exist (V04)."""
    known = {t: {row.code for row in getattr(application, t).all()} for t in REFERENCES}
    message = _("There is no %(id)s in the table it belongs to.")
    for place, row in enumerate(in_order(application.results)):
        for table in REFERENCES:
            for code in getattr(row, table):
                if code not in known[table]:
                    field = f"results[{place}].{table}"
                    yield Finding("V04", Level.BLOCK, field, message, FORM_CLAUSE, {"id": code})


def form_findings(
    application: Application, tables: rules.Tables, case: rules.Case
) -> list[Finding]:
    """What is to be said of the form itself, whenever it is filed: gaps first, then the rules."""
    missing = list(gaps(application))
    empty = {finding.field for finding in missing}
    ruled = [*rules.check(case), *rules.check_tables(tables)]
    return [
        *missing,
        *references(application),
        *_pilot(application, case),
        *(f for f in ruled if f.field not in empty and not _told(f)),
    ]


def _told(finding: Finding) -> bool:
    """A gap among the facts that a cell tells already."""
    return finding.code == "missing" and finding.field not in UNTYPED


def _pilot(application: Application, case: rules.Case) -> Iterator[Finding]:
    if application.pilot and not case.edition.pilot:
        message = _("No pilot is open in this jurisdiction on this day. Take the mark out.")
        yield Finding("pilot", Level.BLOCK, "pilot", message, "京科高发〔2022〕117号")


def findings(application: Application, *, at: datetime.datetime) -> list[Finding]:
    """Everything that stands against, or speaks about, filing it at that moment."""
    day = timezone.localdate(at)
    tables, case = examined(application, day)
    return [
        *rules.check_window(timezone.localtime(at), windows(application, day.year)),
        *_other_year(application, day),
        *form_findings(application, tables, case),
    ]


def _other_year(application: Application, day: datetime.date) -> Iterator[Finding]:
    """The years of all figures hang on the year of application."""
    if application.year != day.year:
        message = _(
            "This draft is of %(year)s and its figures are of the three years before. Start a new "
            "application: it takes over what still counts."
        )
        yield Finding(
            "year", Level.BLOCK, "", message, f"{GUIDE} 三(一)", {"year": application.year}
        )


def intakes_of(application: Application, year: int) -> list[Intake]:
    """The batches of a year of its certification body that were not closed by hand."""
    rows = Intake.objects.filter(jurisdiction=application.filing.jurisdiction_id, year=year)
    return list(rows.filter(closed_at__isnull=True).order_by("closes_at", "pk"))


def windows(application: Application, year: int) -> list[rules.Window]:
    """From when to when it can be submitted.

    A corrected application goes on in its batch until the last day of the recommendation.
    """
    if application.filing.state == State.CORRECTING and application.intake is not None:
        return [_until_recommended(application.intake)]
    return [rules.Window(i.title, i.opens_at, i.closes_at) for i in intakes_of(application, year)]


def _until_recommended(intake: Intake) -> rules.Window:
    end = datetime.datetime.combine(intake.recommend_by, datetime.time.max)
    last = timezone.make_aware(end, timezone.get_default_timezone())
    return rules.Window(intake.title, intake.opens_at, max(last, intake.closes_at))


def intake_at(application: Application, at: datetime.datetime) -> Intake | None:
    """The batch that takes it at a moment: its own when corrected, else the next that closes."""
    if application.filing.state == State.CORRECTING and application.intake is not None:
        return application.intake
    rows = intakes_of(application, timezone.localdate(at).year)
    return next((i for i in rows if i.opens_at <= at <= i.closes_at), None)


def examination(application: Application) -> tuple[dict[str, Any], list[Finding]]:
    """The answer on the form as filed, and all that its own rule set says of it.

    The answer: eligible (None while the experts have not scored) and points by indicator.
    """
    day = day_of(application)
    tables, case = examined(application, day)
    found = form_findings(application, tables, case)
    eligible, _by = rules.verdict(case, found)
    return {"eligible": eligible, "points": rules.points(case)}, found


def digestible(application: Application, *, at: datetime.datetime) -> dict[str, Any]:
    """The tables of a moment as plain data for the digest of an event."""
    tables, _case = examined(application, timezone.localdate(at))
    return {name: str(value) for name, value in vars(tables).items()}
