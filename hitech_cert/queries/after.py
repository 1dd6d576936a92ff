"""What follows a certification: reports that are due, what is open, what bars."""

import datetime
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from hitech_cert.enums import CORE, STANDING, CostClass, State
from hitech_cert.enums.after import OPEN_CHANGES, ReportState
from hitech_cert.models import AnnualReport, Application, Change
from hitech_cert.rules import term
from hitech_cert.rules.after import missing_reports
from hitech_cert.rules.annual import BY_NAME

INSIDE = (*CORE, CostClass.OTHER)
ZERO = Decimal(0)


def standing_on(day: datetime.date) -> QuerySet[Application]:
    """Certified and valid on a day."""
    return Application.objects.filter(filing__state__in=STANDING, valid_to__gte=day)


def cancelled_in(enterprise: int, year: int) -> bool:
    """Whether a certificate of the enterprise was cancelled in a year (195号 五(六)3)."""
    rows = Application.objects.filter(enterprise=enterprise, filing__state=State.CANCELLED)
    return rows.filter(ended_on__year=year).exists()


def open_changes(enterprise: int) -> QuerySet[Change]:
    """Reported changes that are not settled: to be finished before a new application."""
    return Change.objects.filter(application__enterprise=enterprise, state__in=OPEN_CHANGES)


def handed_in(application: Application) -> set[int]:
    """The years whose report is there."""
    return {
        report.year
        for report in application.annual_reports.all()
        if report.state == ReportState.SUBMITTED
    }


def report_rows(application: Application, day: datetime.date) -> list[dict[str, Any]]:
    """Each year of the validity with its last day and how its report stands, oldest first.

    A report can be written from 1 January of the year after.
    """
    if application.issued_on is None:
        return []
    known = {report.year: report for report in application.annual_reports.all()}
    rows = []
    for last in term(application.issued_on).reports_due:
        year = last.year - 1
        report = known.get(year)
        sent = report is not None and report.state == ReportState.SUBMITTED
        rows.append(
            {
                "year": year,
                "due": last,
                "report": report,
                "sent": sent,
                "late": report.late if report else False,
                "overdue": not sent and day > last,
                "open": not sent and day.year > year,
            }
        )
    return rows


def years_missing(application: Application, day: datetime.date) -> list[int]:
    """Years within the validity whose report was due and is not there."""
    if application.issued_on is None:
        return []
    return missing_reports(application.issued_on, handed_in(application), day)


def prefilled(application: Application, year: int) -> tuple[dict[str, str], dict[str, str]]:
    """Figures that the portal knows of a year, as text by name, and where each is from."""
    figures: dict[str, str] = {}
    sources: dict[str, str] = {}
    for source, known in _known(application, year):
        for name, value in known.items():
            if value is not None and name in BY_NAME and name not in figures:
                figures[name] = f"{value.normalize():f}" if places(name) == 0 else f"{value:f}"
                sources[name] = source
    return figures, sources


def places(name: str) -> int:
    """Decimals of an entry."""
    return BY_NAME[name].places


def _known(application: Application, year: int) -> Iterable[tuple[str, dict[str, Any]]]:
    """What each application of the enterprise states of the year, the newest first."""
    rows = Application.objects.filter(
        enterprise=application.enterprise_id, year__gt=year, year__lte=year + 3
    ).exclude(filing__submitted_at__isnull=True)
    for row in rows.prefetch_related("costs", "rights", "staff").order_by("-year", "-pk"):
        column = 4 - (row.year - year)  # 3: its last year
        figures: dict[str, Any] = {
            name: getattr(row, f"{name}_{column}") for name in ("sales", "net_assets", "profit")
        }
        figures |= _research(row, year) | _rights(row, year)
        if column == 3:
            figures |= _staff(row) | {"total_income": _income(row)}
        yield f"{row.year}年高新技术企业认定申请书", figures
    yield "本平台登记的知识产权", _rights(application, year)


def _research(row: Application, year: int) -> dict[str, Decimal]:
    """R&D of the year as its table of costs has it: inside, and by others at the full amount."""
    costs = [cost for cost in row.costs.all() if cost.year == year]
    if not costs:
        return {}
    inside = sum((getattr(cost, name) for cost in costs for name in INSIDE), ZERO)
    outside = sum((cost.external for cost in costs), ZERO)
    domestic = sum((cost.external_domestic for cost in costs), ZERO)
    return {"rd_cost": inside + outside, "rd_domestic": inside + domestic}


def _rights(row: Application, year: int) -> dict[str, Decimal]:
    """Rights granted in the year, by kind; nothing where the table has none of that year."""
    granted = [r.kind for r in row.rights.all() if r.granted_on and r.granted_on.year == year]
    return {f"ip_{kind}": Decimal(count) for kind, count in Counter(granted).items()}


def _staff(row: Application) -> dict[str, Decimal]:
    """Staff of the last year: the row of the total, as whole persons where it is."""
    total = next((one for one in row.staff.all() if one.name == "total"), None)
    known = {} if total is None else {"staff_total": total.staff, "staff_st": total.st}
    return {n: v for n, v in known.items() if v is not None and v == v.to_integral_value()}


def _income(row: Application) -> Decimal | None:
    gross: Decimal | None = row.gross_income
    free: Decimal | None = row.non_taxable_income
    return None if gross is None or free is None else gross - free


def reports_to_see(user: Any) -> QuerySet[AnnualReport]:
    """Reports handed in that a person may see."""
    rows: Any = AnnualReport.objects.visible_to(user)
    found: QuerySet[AnnualReport] = rows.filter(state=ReportState.SUBMITTED)
    return found
