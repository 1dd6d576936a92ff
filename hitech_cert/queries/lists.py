"""Lists of applications and agencies, and what is known of an enterprise from before."""

import datetime
from typing import Any

from django.db.models import QuerySet

from hitech_cert.enums import CLASS_II
from hitech_cert.models import Application
from hitech_cert.queries.entries import entry_names
from hitech_cert.queries.rows import TABLES
from torch_portal.accounts.models import Agency, Enterprise
from torch_portal.accounts.roles import Person
from torch_portal.filings.enums import QualificationKind
from torch_portal.filings.models import Filing, Qualification
from torch_portal.filings.people import agencies_at

LINE = "hitech_cert"
ROW = ("id", "application", "typed", "saved_version")
# Columns of the application that seldom change.
LASTING = (
    "registered_on",
    "core_field_code",
    "text_rights",
    "text_management",
    "text_staff",
    "national_number",
)
BY_YEAR = ("sales", "net_assets", "profit")
COPIED = ("rights", "products", "standards", "results")


def with_cover(applications: Any) -> Any:
    """Applications with what every page shows of the cover, in one query."""
    return applications.select_related(
        "enterprise",
        "intake",
        "filing__enterprise",
        "filing__agency",
        "filing__contact",
        "filing__created_by",
    )


def covers(user: Person) -> QuerySet[Filing]:
    """The covers of this line that a person may see."""
    return Filing.objects.visible_to(user).filter(line=LINE)


def agencies_for(application: Application) -> list[Agency]:
    """The bureaus in whose area the enterprise lies."""
    return agencies_at(LINE, application.enterprise.division)


def last_filed(enterprise: Enterprise, *, without: int = 0) -> Application | None:
    """The last application that the enterprise submitted; without: the one that is asked about."""
    filed = Application.objects.filter(enterprise=enterprise, filed_at__isnull=False)
    filed = filed.exclude(pk=without) if without else filed
    return filed.select_related("filing").order_by("-year", "-pk").first()


def certificate_on(enterprise: Enterprise, day: datetime.date) -> Qualification | None:
    """The certificate that the enterprise is known to hold on a day."""
    held = Qualification.objects.valid_on(day).filter(
        enterprise=enterprise, kind=QualificationKind.HNTE_CERTIFICATE
    )
    return held.order_by("-valid_to").first()


def known_before(
    enterprise: Enterprise, year: int
) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
    """What a new application begins with: columns, and rows by table, from the last one filed.

    Figures and costs of years that are among the three before this one too; activities that still
    run in them; class II rights of a certified application are marked as used. Of an application
    of the same year (withdrawn, not accepted) everything.
    """
    last = last_filed(enterprise)
    if last is None:
        return {}, {}
    years = range(year - 3, year)
    shift = year - last.year
    columns = _columns_of(last, shift)
    rows = {name: _rows(last, name) for name in COPIED}
    rows["results"] = [row for row in rows["results"] if row["year"] in years]
    for row in rows["products"] if shift else ():
        row["income"] = None
    for right in rows["rights"]:
        right["used_before"] |= bool(last.certificate_number) and right["kind"] in CLASS_II
    rows["projects"] = [_moved(row, shift) for row in _rows(last, "projects") if _runs(row, years)]
    kept = {row["code"] for row in rows["projects"]}
    costs = _rows(last, "costs")
    rows["costs"] = [row for row in costs if row["year"] in years and row["project"] in kept]
    if not shift:
        rows["staff"] = _rows(last, "staff")
    return columns, rows


def _columns_of(last: Application, shift: int) -> dict[str, Any]:
    """What stands in an application so many years later; in the same year everything."""
    columns = {name: getattr(last, name) for name in LASTING if shift} or _stated(last)
    return columns | {
        f"{name}_{n}": getattr(last, f"{name}_{n + shift}")
        for name in BY_YEAR
        for n in (1, 2, 3)
        if n + shift <= 3
    }


def as_before(application: Application) -> tuple[int, set[str]]:
    """The year of the application before, and the entries that stand as it had them.

    Only what a new application begins with; an empty entry stands as nothing.
    """
    last = last_filed(application.enterprise, without=application.pk)
    if last is None:
        return 0, set()
    known = _columns_of(last, application.year - last.year)
    empty = (None, "", False)
    same = {n for n, v in known.items() if v not in empty and v == getattr(application, n)}
    return last.year, same


def _rows(application: Application, table: str) -> list[dict[str, Any]]:
    related = getattr(application, table)
    columns = [f.attname for f in related.model._meta.concrete_fields]
    names = [name for name in columns if name not in {*ROW, "application_id"}]
    return list(related.order_by("pk").values(*names))


def _stated(last: Application) -> dict[str, Any]:
    """Every column that an enterprise enters, its declaration apart."""
    names = [name for name in entry_names() if name not in (*TABLES, "attachments", "no_secrets")]
    return {name: getattr(last, name) for name in names}


def _runs(row: dict[str, Any], years: range) -> bool:
    begins, ends = row["starts_on"], row["ends_on"]
    return begins is None or ends is None or (begins.year < years.stop and ends.year >= years[0])


def _moved(row: dict[str, Any], shift: int) -> dict[str, Any]:
    """A row of activities with its three years moved on."""
    old = {n: row[f"spent_{n}"] for n in (1, 2, 3)}
    return {**row, **{f"spent_{n}": old.get(n + shift) for n in (1, 2, 3)}}
