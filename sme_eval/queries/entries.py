"""What was entered, as people read it."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from sme_eval.enums import AttachmentKind
from sme_eval.models import Evaluation, IpRight, Project, RouteProof
from torch_portal.common import money
from torch_portal.common.findings import Finding
from torch_portal.filings import correcting
from torch_portal.filings.correcting import files_mark, files_text, mark_of

FIXED = {
    "filing",
    "enterprise",
    "year",
    "typed",
    "saved_at",
    "saved_version",
    "filed_at",
    "points",
    "by_route",
    "direct_routes",
    "number",
    "entered_on",
    "valid_until",
    "ended_on",
    "quarters",
}
PERSONS = ("staff_total", "staff_st")
AMOUNTS = ("revenue", "cost_total", "assets_total", "rd_cost")
TABLES = ("projects", "ip_rights", "routes")


def as_text(evaluation: Evaluation, name: str) -> str:
    """One entry as people read it: labels for codes, units for figures."""
    value = evaluation.typed.get(name) or getattr(evaluation, name)
    if name in AMOUNTS and name not in evaluation.typed:
        return ten_thousand(value)
    if name in PERSONS and name not in evaluation.typed:
        return _("%(count)s persons") % {"count": value} if value is not None else ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    label = getattr(evaluation, f"get_{name}_display", None)
    return str(label() if label else value if value is not None else "")


def ten_thousand(amount: Any) -> str:
    """An amount in 万元 with its unit, "" when there is none."""
    words = {"amount": money.display(amount)} if amount is not None else {}
    return _("%(amount)s 万元") % words if words else ""


def entry_names() -> list[str]:
    """Everything that a correction list can name, the form as a whole apart."""
    columns = [f.name for f in Evaluation._meta.concrete_fields if f.name not in FIXED]
    return [*columns, *TABLES, "attachments"]


def entry_text(evaluation: Evaluation, name: str) -> str:
    """An entry, a table or the list of files in Chinese; "" for the form as a whole."""
    with translation.override("zh-hans"):
        if name in TABLES:
            return "\n".join(row_texts(evaluation, name))
        if name == "attachments":
            return files_text(evaluation.filing, dict(AttachmentKind.choices))
        return as_text(evaluation, name) if name in entry_names() else ""


def row_texts(evaluation: Evaluation, table: str) -> list[str]:
    """The rows of a table, each in a line, in the order of their entry."""
    words: Mapping[str, Callable[[Any], str]] = {
        "projects": project_text,
        "ip_rights": right_text,
        "routes": route_text,
    }
    return [words[table](row) for row in getattr(evaluation, table).order_by("pk")]


def project_text(row: Project) -> str:
    """One project in a line."""
    return f"{row.name} · {row.get_form_display()} · {ten_thousand(row.cost)}"


def right_text(row: IpRight) -> str:
    """One right in a line."""
    until = f"–{row.expires_on:%Y-%m-%d}" if row.expires_on else ""
    day = f"{row.granted_on:%Y-%m-%d}{until}"
    parts = [row.get_kind_display(), row.number, row.name, day, row.product]
    return " · ".join(str(part) for part in parts)


def route_text(row: RouteProof) -> str:
    """One way of direct confirmation in a line."""
    days = [f"{day:%Y-%m-%d}" for day in (row.dated_on, row.valid_to) if day]
    rank = _("place %(rank)s") % {"rank": row.unit_rank} if row.unit_rank else ""
    parts = [row.get_route_display(), row.title, "–".join(days), rank, row.source]
    return " · ".join(str(part) for part in parts if part)


def entry_mark(evaluation: Evaluation, name: str) -> str:
    """The digest of one entry; of files their bytes count, not their names."""
    if name == "attachments":
        return files_mark(evaluation.filing)
    return mark_of(entry_text(evaluation, name))


def unsettled(evaluation: Evaluation) -> list[Finding]:
    """A block for each item of the correction list that is neither answered nor mended."""
    return correcting.unsettled(
        evaluation.filing, partial(entry_mark, evaluation), code="correction"
    )
