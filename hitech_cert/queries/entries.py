"""What was entered, as people read it."""

from functools import partial
from typing import Any

from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _

from hitech_cert.editions import FIELDS
from hitech_cert.enums import AttachmentKind
from hitech_cert.models import Application, Cost
from hitech_cert.queries.facts import costs_of
from hitech_cert.queries.rows import TABLES, in_order
from torch_portal.common import money
from torch_portal.common.findings import Finding
from torch_portal.filings import correcting
from torch_portal.filings.correcting import files_mark, files_text, mark_of

# Columns that the enterprise does not enter on the form.
FIXED = {
    "filing",
    "enterprise",
    "year",
    "intake",
    "channel",
    "received_at",
    "typed",
    "saved_at",
    "saved_version",
    "versions",
    "filed_at",
    "score_top",
    "score_bottom",
    "score_passes",
    "certificate_number",
    "issued_on",
    "valid_to",
    "ended_on",
}
PERSONS = ("agency_staff", "agency_professionals", "staff", "st")


def as_text(row: models.Model, name: str) -> str:
    """One entry of the application or of a row: labels for codes, units for figures."""
    typed = getattr(row, "typed", {})
    if typed.get(name):
        return str(typed[name])
    return value_text(row, name)


def value_text(row: Any, name: str) -> str:
    """The value of a column as people read it, whatever was typed."""
    value = getattr(row, name)
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return "、".join(value)
    if name in PERSONS:
        return _("%(count)s persons") % {"count": value}
    field = row._meta.get_field(name)
    if isinstance(field, models.DecimalField):
        return ten_thousand(value)
    if name.endswith("field_code"):
        return field_text(value)
    label = getattr(row, f"get_{name}_display", None)
    return str(label() if label else value)


def ten_thousand(amount: Any) -> str:
    """An amount in 万元 with its unit, "" when there is none."""
    words = {"amount": money.display(amount)} if amount is not None else {}
    return _("%(amount)s 万元") % words if words else ""


def field_text(code: str) -> str:
    """A title of the catalogue with those above it; the code itself when there is none."""
    found = FIELDS.get(code)
    return f"{code} {' › '.join(found.path)}" if found else code


def entry_names() -> list[str]:
    """Everything that a correction list can name, the form as a whole apart."""
    columns = [f.name for f in Application._meta.concrete_fields if f.name not in FIXED]
    return [*columns, *TABLES, "attachments"]


def entry_text(application: Application, name: str) -> str:
    """An entry, a table or the list of files in Chinese; "" for the form as a whole."""
    with translation.override("zh-hans"):
        if name in TABLES:
            return "\n".join(row_texts(application, name))
        if name == "attachments":
            return files_text(application.filing, dict(AttachmentKind.choices))
        return as_text(application, name) if name in entry_names() else ""


def row_texts(application: Application, table: str) -> list[str]:
    """The rows of a table, each in a line, in their order."""
    rows = costs_of(application) if table == "costs" else in_order(getattr(application, table))
    return [row_text(row) for row in rows]


def row_text(row: Any) -> str:
    """All cells of a row that say something, with those that could not be read."""
    names = [f.name for f in row._meta.concrete_fields]
    skipped = {"id", "application", "typed", "saved_version"}
    parts = [_part(row, name) for name in names if name not in skipped]
    return " · ".join(part for part in parts if part)


def _part(row: Any, name: str) -> str:
    """A cell within a row: figures and marks with their names, of costs none that is zero."""
    field = row._meta.get_field(name)
    text = as_text(row, name)
    if isinstance(field, models.BooleanField):
        return _mark_text(field, getattr(row, name), text)
    if not text or not isinstance(field, models.DecimalField):
        return text
    if isinstance(row, Cost) and not getattr(row, name):
        return ""
    return f"{field.verbose_name} {text}"


def _mark_text(field: "models.BooleanField[Any, Any]", value: bool | None, text: str) -> str:
    """A mark that is set, by its name; one that may be unanswered says no in words."""
    if value:
        return str(field.verbose_name)
    return f"{field.verbose_name} {text}" if field.null and text else ""


def entry_mark(application: Application, name: str) -> str:
    """The digest of one entry; of files their bytes count, not their names."""
    if name == "attachments":
        return files_mark(application.filing)
    return mark_of(entry_text(application, name))


def unsettled(application: Application) -> list[Finding]:
    """A block for each item of the correction list that is neither answered nor mended."""
    mark = partial(entry_mark, application)
    return correcting.unsettled(application.filing, mark, code="correction")
