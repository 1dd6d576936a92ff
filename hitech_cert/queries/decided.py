"""Applications that wait for a list, the list in the national order, what is public."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from hitech_cert import editions
from hitech_cert.enums import State
from hitech_cert.models import Application, Report, Reported
from hitech_cert.rules.after import report_due
from torch_portal.accounts.models import Division
from torch_portal.publicity.enums import EntryState
from torch_portal.publicity.models import Entry
from torch_portal.publicity.terms import Row
from torch_portal.publicity.workflow import LIVE

NUMBERED = (State.CERTIFIED, State.CANCELLATION_NOTICED, State.CANCELLED, State.EXPIRED)
AT_LEADING_GROUP = (State.REPORTED, State.NATIONAL_PUBLICITY)
NATIONAL_HEADS = (
    "序号",
    "企业名称",
    "统一社会信用代码",
    "所属地区",
    "技术领域",
    "系统填报号",
    "办件编号",
    "申请年度",
)


def had_publicity(applications: Sequence[Application]) -> bool:
    """Whether all stood on an announced list already, as those reopened afterwards did."""
    ids = [application.pk for application in applications]
    return Entry.objects.filter(filing_id__in=ids, state=EntryState.ANNOUNCED).count() == len(ids)


def with_cover(applications: Any) -> Any:
    """Applications with what every page shows of the cover, in one query."""
    return applications.select_related(
        "enterprise",
        "filing__enterprise",
        "filing__agency",
        "filing__jurisdiction",
        "filing__contact",
        "filing__created_by",
    )


def waiting_for_a_list(jurisdiction: str) -> list[Row]:
    """Proposed and on no list yet, in the order in which they were filed."""
    told = _waiting(jurisdiction).values_list(
        "pk", "enterprise__name", "enterprise__credit_code", "enterprise__division", "year"
    )
    return [Row(pk, name, code, place, f"{year}年申请") for pk, name, code, place, year in told]


def _waiting(jurisdiction: str) -> QuerySet[Application]:
    listed = Entry.objects.filter(filing=OuterRef("pk"), state__in=LIVE)
    rows = Application.objects.filter(
        ~Exists(listed), filing__jurisdiction=jurisdiction, filing__state=State.PROPOSED
    )
    return rows.order_by("filed_at", "pk")


def waiting_to_report(jurisdiction: str) -> QuerySet[Application]:
    """Proposed and on no public list: what can be reported directly."""
    rows: QuerySet[Application] = with_cover(_waiting(jurisdiction))
    return rows


def before_the_departments(jurisdiction: str, intake: int | None = None) -> QuerySet[Application]:
    """Reviewed by experts and not decided, best average first."""
    rows = Application.objects.filter(filing__jurisdiction=jurisdiction, filing__state=State.SCORED)
    if intake is not None:
        rows = rows.filter(intake=intake)
    found: QuerySet[Application] = with_cover(rows).order_by("intake_id", "pk")
    return found


def unreported(jurisdiction: str, year: int) -> int:
    """Applications of a year that still have to be reported by 30 November."""
    states = (State.SCORED, State.PROPOSED, State.LOCAL_PUBLICITY)
    return Application.objects.filter(
        filing__jurisdiction=jurisdiction, year=year, filing__state__in=states
    ).count()


def report_warning(jurisdiction: str, day: datetime.date) -> dict[str, Any] | None:
    """How many of this year are left and how many days; None when nothing is left."""
    left = unreported(jurisdiction, day.year)
    if not left:
        return None
    due = report_due(day.year)
    return {"left": left, "due": due, "days": (due - day).days}


def national_rows(report: Report) -> list[list[str]]:
    """The list as it is typed into the national system, in its order."""
    rows = Reported.objects.filter(report=report).select_related(
        "application__enterprise", "application__filing"
    )
    places = dict(Division.objects.values_list("code", "path"))
    return [_national_row(row, places) for row in rows.order_by("place")]


def _national_row(row: Reported, places: dict[str, str]) -> list[str]:
    application = row.application
    enterprise = application.enterprise
    field = editions.leaf(application.core_field_code) if application.core_field_code else None
    return [
        str(row.place),
        row.name,
        enterprise.credit_code,
        places.get(enterprise.division, enterprise.division),
        " / ".join(field.path) if field else "",
        application.national_number,
        application.filing.number or "",
        str(application.year),
    ]


def public_certificates(words: str, status: str, day: datetime.date) -> QuerySet[Application]:
    """Everybody's list: certified enterprises by name, credit code or number; newest first.

    status: "valid", "expired", "cancelled" or "" for all.
    """
    rows = Application.objects.filter(certificate_number__isnull=False)
    rows = rows.filter(filing__state__in=NUMBERED)
    if status:
        rows = rows.filter(_status(status, day))
    words = " ".join(words.split())
    if words:
        code = words.upper()
        rows = rows.filter(
            Q(enterprise__name__icontains=words)
            | Q(enterprise__credit_code=code)
            | Q(certificate_number=code)
        )
    return rows.select_related("enterprise", "filing__jurisdiction").order_by("-issued_on", "-pk")


def _status(status: str, day: datetime.date) -> Q:
    cancelled = Q(filing__state=State.CANCELLED)
    valid = ~cancelled & Q(valid_to__gte=day)
    known = {"valid": valid, "expired": ~cancelled & Q(valid_to__lt=day), "cancelled": cancelled}
    return known.get(status, Q())


def status_of(application: Application, day: datetime.date) -> str:
    """ "valid", "expired" or "cancelled" on a day."""
    if application.filing.state == State.CANCELLED:
        return "cancelled"
    return "valid" if application.valid_to and application.valid_to >= day else "expired"
