"""The SELECT behind an export: columns become fields of the file, rows one text each.

The database renders a whole row, as XML or as CSV: Python only moves bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from torch_portal.common.columns import Column, ColumnKind

UNITS = {"yuan": Decimal(1), "wan": Decimal("0.0001"), "yi": Decimal("0.00000001")}
TEXTS = (ColumnKind.TEXT, ColumnKind.CODE)
LONGEST = 32_767  # characters of one cell
FLAGS = (("true", gettext_lazy("yes")), ("false", gettext_lazy("no")))
# First characters that a spreadsheet program takes for a formula, the full-width ones too.
FORMULA = "=+-@\t\r\n＝＋－＠"
# What a row of XML cannot hold as it is: read once over all its texts, put between bars.
# Control characters are dropped on the way out (workbook.py), so they may stay here.
AWKWARD = r"[&<>]|_x[0-9A-Fa-f]{4}_|(^|\|)[ \t\n\r]|[ \t\n\r](\||$)"


@dataclass(frozen=True)
class Field:
    """One column of the file: its head, how it is written, and the SQL of its plain value.

    ours: words of the portal itself, among which no formula can be.
    """

    head: str
    kind: ColumnKind
    sql: str
    ours: bool = False


def unit_label(unit: str) -> str:
    """The unit of amounts as it stands in a head."""
    return {"yuan": _("yuan"), "wan": _("10,000 yuan"), "yi": _("100 million yuan")}[unit]


def fields(columns: Sequence[Column], unit: str, mark: str = "") -> list[Field]:
    """The columns of the file; a choice has two of them. `mark` stands on every row."""
    found = [f for n, column in enumerate(columns) for f in _fields(column, f't."x{n}"', unit)]
    return [*found, Field(_("Marked for"), ColumnKind.CODE, literal(mark))] if mark else found


def _fields(column: Column, name: str, unit: str) -> list[Field]:
    label = str(column.label)
    if column.kind is ColumnKind.CHOICE:
        head = _("%(label)s (code)") % {"label": label}
        return [
            Field(head, ColumnKind.CODE, f"{name}::text"),
            Field(label, ColumnKind.TEXT, _labels(name, column.choices), ours=True),
        ]
    if column.kind is ColumnKind.FLAG:
        return [Field(label, ColumnKind.TEXT, _labels(name, FLAGS), ours=True)]
    if column.kind is ColumnKind.MONEY:
        head = f"{label} ({unit_label(unit)})"
        value = name if unit == "yuan" else f"trim_scale({name} * {UNITS[unit]})"
        return [Field(head, ColumnKind.MONEY, value)]
    if column.kind is ColumnKind.MOMENT:
        zone = literal(settings.TIME_ZONE)
        return [Field(label, column.kind, f"date_trunc('second', {name} AT TIME ZONE {zone})")]
    return [Field(label, column.kind, f"{name}::text" if column.kind in TEXTS else name)]


def _labels(name: str, choices: Sequence[tuple[Any, Any]]) -> str:
    """The words of a code; none for a code that nobody knows, which stands beside it anyway."""
    whens = " ".join(f"WHEN {literal(str(c))} THEN {literal(str(w))}" for c, w in choices)
    return f"CASE {name}::text {whens} END"


def literal(text: str) -> str:
    """A text as SQL writes it."""
    with connection.cursor() as cursor:
        return str(cursor.mogrify("%s", (text.replace("\x00", ""),)).decode())


def _inner(rows: QuerySet[Any], columns: Sequence[Column]) -> str:
    """The rows with x0, x1, ... for the columns, in their order, as plain SQL."""
    wanted = {f"x{n}": _expression(c.value) for n, c in enumerate(columns)}
    query = rows.select_related(None).annotate(**wanted).values_list(*wanted).query
    sql, params = query.sql_with_params()
    with connection.cursor() as cursor:
        return str(cursor.mogrify(sql, params).decode())


def _expression(value: Any) -> Any:
    return F(value) if isinstance(value, str) else value


def xml_rows(rows: QuerySet[Any], columns: Sequence[Column], made: Sequence[Field]) -> str:
    """SELECT of one text a row: the <row> element of a worksheet, without its end of line."""
    texts = [f.sql for f in made if f.kind in TEXTS]
    plain = _concat(["'<row>'", *(_cell(f) for f in made), "'</row>'"])
    if not texts:
        return _from(rows, columns, plain)
    careful = _concat(["'<row>'", *(_careful_cell(f) for f in made), "'</row>'"])
    beside = f"concat_ws('|', {', '.join(texts)})"
    awkward = f"j.texts ~ {literal(AWKWARD)} OR length(j.texts) > {LONGEST}"
    row = f"CASE WHEN {awkward} THEN {careful} ELSE {plain} END"
    return _from(rows, columns, row, f"CROSS JOIN LATERAL (SELECT {beside}) j (texts)")


def _from(rows: QuerySet[Any], columns: Sequence[Column], wanted: str, beside: str = "") -> str:
    """The SELECT. Every value in it came through the driver's own quoting (mogrify)."""
    return f"SELECT {wanted} FROM ({_inner(rows, columns)}) t {beside}"  # noqa: S608


def _concat(parts: list[str]) -> str:
    """One text of many; a function of PostgreSQL takes a hundred arguments at most."""
    if len(parts) <= 90:
        return f"concat({', '.join(parts)})"
    return _concat([_concat(parts[n : n + 90]) for n in range(0, len(parts), 90)])


def _careful_cell(field: Field) -> str:
    """A cell that XML can hold; _x0041_ would be read as an escape, so its underscore is one."""
    if field.kind not in TEXTS:
        return _cell(field)
    kept = f"left({field.sql}, {LONGEST})"
    kept = f"regexp_replace({kept}, '_(x[0-9A-Fa-f]{{4}}_)', '_x005F_\\1', 'g')"
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        kept = f"replace({kept}, '{sign}', '{entity}')"
    return _text_cell(field.kind, kept, ' xml:space="preserve"')


def _cell(field: Field) -> str:
    """The <c> element; an empty value is an empty cell."""
    if field.kind in TEXTS:
        return _text_cell(field.kind, field.sql)
    style, value = {
        ColumnKind.DATE: (1, f"({field.sql} - DATE '1899-12-30')"),
        ColumnKind.MOMENT: (2, f"(date_part('epoch', {field.sql}) / 86400 + 25569)"),
        ColumnKind.MONEY: (3, field.sql),
        ColumnKind.NUMBER: (0, field.sql),
    }[field.kind]
    return f"coalesce('<c s=\"{style}\"><v>' || {value} || '</v></c>', '<c/>')"


def _text_cell(kind: ColumnKind, sql: str, keep: str = "") -> str:
    style = ' s="4"' if kind is ColumnKind.CODE else ""
    begin = f"'<c{style} t=\"inlineStr\"><is><t{keep}>'"
    return f"coalesce({begin} || nullif({sql}, '') || '</t></is></c>', '<c/>')"


def csv_rows(rows: QuerySet[Any], columns: Sequence[Column], made: Sequence[Field]) -> str:
    """SELECT of the values as CSV shows them: days as ISO, formulas defused."""
    return _from(rows, columns, ", ".join(_plain(field) for field in made))


def _plain(field: Field) -> str:
    if field.kind not in TEXTS or field.ours:
        return field.sql
    # Compared by bytes first: letters and Chinese characters are never looked at again.
    risky = f"(({field.sql}) COLLATE \"C\" < 'A' OR ({field.sql}) COLLATE \"C\" >= '＋')"
    formula = f"strpos({literal(FORMULA)}, left({field.sql}, 1)) > 0"
    return (
        f"CASE WHEN {risky} AND {field.sql} <> '' AND {formula}"
        f" THEN '''' || {field.sql} ELSE {field.sql} END"
    )
