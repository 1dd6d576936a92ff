"""The yearly report (年度发展情况报表): prefilled, saved, handed in."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hitech_cert import permissions
from hitech_cert.actions import letters_after as letters
from hitech_cert.actions.moving import block
from hitech_cert.enums import STANDING
from hitech_cert.enums.after import ReportState
from hitech_cert.models import AnnualReport, Application
from hitech_cert.queries.after import prefilled
from hitech_cert.rules import term
from hitech_cert.rules.after import report_is_late
from hitech_cert.rules.annual import BY_NAME, check_report
from hitech_cert.workflow import MEASURES
from torch_portal.accounts.models import User
from torch_portal.common.findings import Refused, blocking
from torch_portal.filings import engine
from torch_portal.filings.drafts import claim_save, hold
from torch_portal.filings.transitions import Stale

CLAUSE = f"{MEASURES} 第十三条"
TYPED_BY_HAND = "本企业填报"


@transaction.atomic
def begin_report(
    *, application: Application, year: int, by: User, at: datetime.datetime
) -> AnnualReport:
    """The report on a year, prefilled with what the portal knows; the one already there if any.

    Raises Stale without a valid certificate, Refused for a year outside the validity or not over.
    """
    permissions.check_may_file(by, application.filing)
    state = hold(application.filing)
    known = application.annual_reports.filter(year=year).first()
    if known is not None:
        return known
    if state not in STANDING or application.issued_on is None:
        raise Stale(_("Only a certified enterprise hands in yearly reports."))
    years = [due.year - 1 for due in term(application.issued_on).reports_due]
    if year not in years or timezone.localdate(at).year <= year:
        message = _("Reports are on the past years of the validity: %(years)s.")
        listed = ", ".join(str(one) for one in years)
        raise Refused([block("year", message, CLAUSE, years=listed)])
    figures, sources = prefilled(application, year)
    return AnnualReport.objects.create(
        application=application,
        year=year,
        figures=figures,
        sources=sources,
        contact=application.enterprise.contact,
        phone=application.enterprise.phone,
        saved_at=at,
        saved_by=by,
    )


@transaction.atomic
def save_report(
    *,
    report: AnnualReport,
    figures: Mapping[str, Decimal | None],
    texts: Mapping[str, str],
    known: int,
    by: User,
    at: datetime.datetime,
) -> AnnualReport:
    """Keep what was typed, readable or not; complete or not.

    texts: contact, phone, listed, and under the names of figures what could not be read. known:
    the count of saves that the page was made from; Conflict when somebody saved meanwhile.
    """
    permissions.check_may_file(by, report.application.filing)
    hold(report.application.filing)
    held = AnnualReport.objects.select_for_update().get(pk=report.pk)
    if held.state != ReportState.DRAFT:
        raise Stale(_("This report is handed in already."))
    kept = {n: f"{v:f}" for n, v in figures.items() if v is not None and n in BY_NAME}
    typed = {n: str(v)[:60] for n, v in texts.items() if n in BY_NAME}
    columns: dict[str, Any] = {
        "figures": kept,
        "typed": typed,
        "sources": _sources(held, kept),
        "saved_at": at,
        "saved_by": by,
    }
    columns |= {n: texts[n] for n in ("contact", "phone", "listed") if n in texts}
    claim_save(held, known, columns)
    return held


def _sources(report: AnnualReport, kept: Mapping[str, str]) -> dict[str, str]:
    """A figure that stays as prefilled keeps its source; one typed over is the enterprise's own."""
    return {
        name: (
            report.sources[name]
            if name in report.sources and _equal(report.figures.get(name), value)
            else TYPED_BY_HAND
        )
        for name, value in kept.items()
    }


def _equal(before: str | None, now: str) -> bool:
    return before is not None and Decimal(before) == Decimal(now)


@transaction.atomic
def submit_report(*, report: AnnualReport, by: User, at: datetime.datetime) -> AnnualReport:
    """Hand the report in; after 31 May it is taken all the same and marked late.

    Raises Refused with every blocking finding at once.
    """
    filing = report.application.filing
    permissions.check_may_file(by, filing)
    if hold(filing) not in STANDING:
        raise Stale(_("Only a certified enterprise hands in yearly reports."))
    held = AnnualReport.objects.select_for_update().get(pk=report.pk)
    if held.state != ReportState.DRAFT:
        raise Stale(_("This report is handed in already."))
    found = check_report(figures_of(held))
    if not held.contact.strip() or not held.phone.strip():
        message = _("Enter who can be asked about the report, with a telephone number.")
        field = "phone" if held.contact.strip() else "contact"
        found.append(block(field, message, CLAUSE))
    if blocking(found):
        raise Refused(found)
    late = report_is_late(held.year, timezone.localdate(at))
    AnnualReport.objects.filter(pk=held.pk).update(
        state=ReportState.SUBMITTED, late=late, submitted_at=at, submitted_by=by
    )
    held.refresh_from_db()
    data = {"report": held.pk, "year": held.year, "late": late}
    engine.record(filing, "annual_report", by=by, at=at, data=data)
    letters.report_received(held, at)
    return held


def figures_of(report: AnnualReport) -> dict[str, Decimal | None]:
    """The figures as decimals."""
    return {name: Decimal(value) for name, value in report.figures.items()}
