"""A return as people read it: entries in words, progress, check table, the file to print."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from stats.editions import Instrument, Item, Table
from stats.enums import Kind
from stats.models import Return
from stats.queries.checking import stored
from stats.queries.instruments import version_of
from stats.queries.reports import Values, last_year
from torch_portal.filings.correcting import files_mark, mark_of


def in_words(item: Item, instrument: Instrument, value: str) -> str:
    """A value as people read it: words of a choice, separators in a number; no unit."""
    if not value:
        return ""
    if item.kind is Kind.CHOICE:
        listed = instrument.lists.get(item.choices)
        words = dict(listed.choices).get(value, "") if listed else ""
        return f"{value} {words}".strip()
    return grouped(value) if item.kind in {Kind.NUMBER, Kind.COUNT} else value


def grouped(value: str) -> str:
    """A number with separators of thousands."""
    sign, bare = ("-", value[1:]) if value.startswith("-") else ("", value)
    whole, point, decimals = bare.partition(".")
    return f"{sign}{int(whole or 0):,}{point}{decimals}" if whole.isdecimal() else value


def entry_text(report: Return, name: str) -> str:
    """An entry in Chinese with its unit, "" for the return as a whole."""
    instrument = version_of(report.round)
    item = instrument.items.get(name)
    if item is None:
        return ""
    said = report.typed.get(name)
    if said:
        return str(said["typed"])
    words = in_words(item, instrument, report.data.get(name, ""))
    return f"{words} {item.unit}".strip() if words else ""


def entry_mark(report: Return, name: str) -> str:
    """The digest of one entry; of a table or of the whole that of all its values."""
    if name == "attachments":
        return files_mark(report.filing)
    instrument = version_of(report.round)
    table = next((t for t in instrument.tables if t.code == name), None)
    if table is not None:
        return mark_of("\n".join(report.data.get(item.code, "") for item in table.items))
    return mark_of(entry_text(report, name))


def entry_label(report: Return, name: str) -> str:
    """The name of an entry as the form has it; "" for the return as a whole."""
    instrument = version_of(report.round)
    item = instrument.items.get(name)
    if item is not None:
        return f"{item.label_zh} ({item.code})"
    return next((f"{t.code} {t.title_zh}" for t in instrument.tables if t.code == name), "")


def entry_names(report: Return) -> list[tuple[str, str]]:
    """Everything that a correction list can name, with its label: tables and items."""
    instrument = version_of(report.round)
    names = [t.code for t in instrument.tables] + list(instrument.items)
    return [(name, entry_label(report, name)) for name in names]


def table_of(report: Return, name: str) -> str:
    """The table in which an item stands; a table's own code stays; "" for none."""
    instrument = version_of(report.round)
    item = instrument.items.get(name)
    if item is not None:
        return item.table
    return name if any(t.code == name for t in instrument.tables) else ""


def progress(report: Return) -> dict[str, dict[str, Any]]:
    """By table: how many of its items have a value, how many there are, how many are unread."""
    return {
        table.code: {
            "filled": sum(item.code in report.data for item in table.items),
            "total": len(table.items),
            "unread": sum(item.code in report.typed for item in table.items),
        }
        for table in version_of(report.round).tables
        if table.items
    }


def progress_of(report: Return, table: Table) -> bool:
    """Whether anything was entered in a table, readable or not."""
    return any(item.code in report.data or item.code in report.typed for item in table.items)


def all_hold() -> str:
    """What is said after a check that found nothing."""
    return _("All balance relations hold. Nothing has to be explained.")


def check_table(report: Return) -> list[dict[str, Any]]:
    """报表校验表及解释说明表: the violated rules with values and explanation, as plain data."""
    live = report.explanations.filter(voided_at__isnull=True).select_related("written_by")
    held = {(each.key, each.values_hash): each for each in live}
    rows = []
    for result in stored(report):
        explanation = held.get((result.key, result.values_hash))
        rows.append(
            {
                "key": result.key,
                "severity": result.severity,
                "field": result.field,
                "message": result.message,
                "difference": result.difference,
                "explanation": explanation.text if explanation else "",
                "explained_by": explanation.written_by.get_full_name() if explanation else "",
            }
        )
    return rows


def printed(report: Return) -> dict[str, Any]:
    """What the file to sign says beside what every document says: tables and check table.

    Rows are lists of texts (code, label, unit, value, value of last year), so that a file of many
    hundred items stays small.
    """
    instrument, before = version_of(report.round), last_year(report)
    labels = {"mandatory": _("Mandatory"), "error": _("Error"), "warning": _("Warning")}
    return {
        "version": instrument.version,
        "tables": [
            {
                "code": table.code,
                "title": table.title_zh,
                "rows": list(_rows(table, instrument, report.data, before)),
            }
            for table in instrument.tables
            if table.items
        ],
        "checks": [row | {"severity": str(labels[row["severity"]])} for row in check_table(report)],
        "watermark": f"火炬统计 {report.filing.number or ''} {report.data_hash[:12]}",
    }


def _rows(
    table: Table, instrument: Instrument, data: Mapping[str, str], before: Values
) -> Iterator[list[str]]:
    for item in table.items:
        yield [
            item.code,
            "　" * item.indent + item.label_zh,
            item.unit,
            in_words(item, instrument, data.get(item.code, "")),
            in_words(item, instrument, before.get(item.code, "")),
        ]
