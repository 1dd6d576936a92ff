"""A questionnaire with its check rules as a workbook in the manner of XLSForm, one sheet a part."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stats.enums import Kind, Mark, Missing, RuleBasis, Severity
from stats.models import CheckRule, InstrumentVersion
from stats.queries import instruments as queries
from torch_portal.common.sheets import writing

YES = "yes"
BETWEEN = "；"


@dataclass(frozen=True)
class Column:
    """A column of a sheet: its head, what it means, what can stand in it.

    must: a row without it is not understood. form: text, code, whole, number, day, yes,
    expression or one of the options. longest: most characters.
    """

    name: str
    label: Any
    form: str = "text"
    must: bool = False
    options: tuple[str, ...] = ()
    width: int = 16
    longest: int = 160


def _values(kinds: Any) -> tuple[str, ...]:
    return tuple(kinds.values)


CODE, LABEL = gettext_lazy("code"), gettext_lazy("words on the form")
UNCONFIRMED = Column("unconfirmed", gettext_lazy("not confirmed"), width=24, longest=300)
SHORT, NAME, WORDS, LONG = 20, 40, 300, 2_000
SHEETS: dict[str, tuple[Column, ...]] = {
    "settings": (
        Column("version", gettext_lazy("version"), "code", must=True, longest=30),
        Column("starts", gettext_lazy("asked from"), "day", must=True),
        Column("source", gettext_lazy("source document"), must=True, width=36),
        Column("unconfirmed", gettext_lazy("not confirmed"), width=60, longest=LONG),
    ),
    "tables": (
        Column("name", CODE, "code", must=True, longest=SHORT),
        Column("label", gettext_lazy("title"), must=True, width=36),
        UNCONFIRMED,
    ),
    "survey": (
        Column("name", CODE, "code", must=True, longest=NAME),
        Column("table", gettext_lazy("table"), "code", must=True, longest=SHORT),
        Column("section", gettext_lazy("section"), width=24, longest=120),
        Column("indent", gettext_lazy("indent"), "whole", width=8),
        Column("label", LABEL, must=True, width=48),
        Column("type", gettext_lazy("kind of value"), must=True, options=_values(Kind)),
        Column("unit", gettext_lazy("unit"), width=10, longest=SHORT),
        Column("choices", gettext_lazy("list of choices"), "code", longest=NAME),
        Column("required", gettext_lazy("required"), "yes", options=(YES,), width=10),
        Column("relevant", gettext_lazy("asked for if"), "expression", width=28, longest=400),
        Column("decimals", gettext_lazy("decimals"), "whole", width=8),
        Column("least", gettext_lazy("least"), "number", width=10),
        Column("most", gettext_lazy("most"), "number", width=10),
        Column("indicator", gettext_lazy("key of the indicator"), "code", longest=60),
        Column("definition", gettext_lazy("definition"), width=48, longest=LONG),
        UNCONFIRMED,
    ),
    "choices": (
        Column("list_name", gettext_lazy("list of choices"), "code", must=True, longest=NAME),
        Column("name", CODE, "code", must=True, longest=NAME),
        Column("label", LABEL, must=True, width=36),
        UNCONFIRMED,
    ),
    "registers": (
        Column("name", CODE, "code", must=True, width=36),
        Column("label", LABEL, must=True, width=36),
        Column("value", gettext_lazy("kind of value"), must=True, options=_values(Kind)),
        Column("unit", gettext_lazy("unit"), width=10, longest=SHORT),
    ),
    "comparability": (
        Column("before", gettext_lazy("indicator before"), "code", must=True, longest=60),
        Column("now", gettext_lazy("indicator now"), "code", must=True, longest=60),
        Column("mark", gettext_lazy("mark"), must=True, options=_values(Mark)),
        Column("note", gettext_lazy("note"), must=True, width=60, longest=WORDS),
    ),
    "rules": (
        Column("name", gettext_lazy("key of the rule"), "code", must=True, longest=SHORT),
        Column("scope", gettext_lazy("scope"), "code", must=True, longest=SHORT),
        Column("severity", gettext_lazy("severity"), must=True, options=_values(Severity)),
        Column("constraint", gettext_lazy("expression"), "expression", must=True, width=60,
               longest=LONG),
        Column("tolerance", gettext_lazy("tolerance"), "number", width=10),
        Column("missing", gettext_lazy("where values are missing"), must=True,
               options=_values(Missing)),
        Column("message", gettext_lazy("message"), must=True, width=48, longest=WORDS),
        Column("basis", gettext_lazy("basis"), must=True, options=_values(RuleBasis)),
        Column("source", gettext_lazy("source document"), must=True, width=36),
        Column("note", gettext_lazy("note"), width=24, longest=WORDS),
        Column("unsure", gettext_lazy("not confirmed"), "yes", options=(YES,), width=10),
        Column("active_from", gettext_lazy("counts from"), "day"),
        Column("active_to", gettext_lazy("counts until"), "day"),
    ),
}  # fmt: skip


def workbook(version: InstrumentVersion) -> bytes:
    """A version with the newest rules of its instrument, ready to be changed off line."""
    return write(queries.plain(version), newest_rules(version.instrument_id))


def newest_rules(instrument_pk: int) -> list[CheckRule]:
    """Of each key the newest version that was not withdrawn, a draft before all."""
    rows = CheckRule.objects.filter(instrument_id=instrument_pk)
    newest = rows.order_by("key", "-version").distinct("key")
    return [row for row in newest if row.withdrawn_at is None]


def write(content: Mapping[str, Any], rules: Iterable[CheckRule]) -> bytes:
    """The bytes of a workbook of a plain form and rules."""
    rows: dict[str, list[Sequence[Any]]] = {
        "settings": [_settings(content)],
        "tables": [_cells(t, "code", "title_zh", "unconfirmed") for t in content["tables"]],
        "survey": [_item(t["code"], i) for t in content["tables"] for i in t["items"]],
        "choices": [
            [each["code"], code, words, each.get("unconfirmed", "")]
            for each in content["lists"]
            for code, words in each["choices"]
        ],
        "registers": [_cells(v, "name", "label_zh", "kind", "unit") for v in content["external"]],
        "comparability": [
            _cells(m, "indicator", "now", "mark", "note") for m in content["comparability"]
        ],
        "rules": [_rule(row) for row in rules],
    }
    parts = [
        writing.Part(name, [_head(name, c) for c in columns], rows[name])
        for name, columns in SHEETS.items()
    ]
    return writing.workbook_of(parts)


def head_of(column: Column) -> str:
    """A head: the name by which it is found, and what it means in the language of the reader."""
    return f"{column.name} ({column.label})"


def _head(sheet: str, column: Column) -> writing.Column:
    hint = _("One of: %(options)s.") % {"options": ", ".join(column.options)}
    return writing.Column(
        f"{sheet}_{column.name}",
        head_of(column),
        hint if column.options else "",
        column.options,
        column.form == "day",
        column.width,
    )


def _cells(record: Mapping[str, Any], *names: str) -> list[Any]:
    return [record.get(name, "") for name in names]


def _settings(content: Mapping[str, Any]) -> Sequence[Any]:
    unconfirmed = BETWEEN.join(content["unconfirmed"])
    return [content["version"], content["starts"], content["source"], unconfirmed]


def _item(table: str, item: Mapping[str, Any]) -> Sequence[Any]:
    return [
        item["code"],
        table,
        item.get("section", ""),
        item.get("indent", 0),
        item["label_zh"],
        item["kind"],
        item.get("unit", ""),
        item.get("choices", ""),
        YES if item.get("required") else "",
        *_cells(item, "visible_if", "decimals", "least", "most"),
        item.get("indicator", item["code"]),
        *_cells(item, "definition_zh", "unconfirmed"),
    ]


def _rule(row: CheckRule) -> Sequence[Any]:
    return [
        row.key,
        row.scope,
        row.severity,
        row.expression,
        f"{row.tolerance.normalize():f}" if row.tolerance else "0",
        row.missing,
        row.message_zh,
        row.basis,
        row.source,
        row.note,
        YES if row.unconfirmed else "",
        row.active_from.isoformat(),
        row.active_to.isoformat() if row.active_to else "",
    ]
