"""The workbook that we hand out to be filled in: heads, hints, lists to choose from, an example."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

ROWS = 1_000
DAYS = 60
HEAD = PatternFill("solid", fgColor="1B2430")
GREY = Font(color="7E8A9B", italic=True)
# A text that a spreadsheet would run as a formula.
ACTIVE = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Column:
    """A column: its name in formulas, its head, a hint, what can be chosen, whether it has days."""

    name: str
    label: str
    hint: str = ""
    options: tuple[str, ...] = ()
    days: bool = False
    width: int = 16


@dataclass(frozen=True)
class Part:
    """One sheet of a workbook. The names of columns with options are unique in the workbook."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]


def workbook(
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Any]],
    example: Sequence[Any] = (),
) -> bytes:
    """A sheet of this title with these rows, and one beside it with an example if there is any."""
    return workbook_of([Part(title, columns, rows)], example)


def workbook_of(parts: Sequence[Part], example: Sequence[Any] = ()) -> bytes:
    """A workbook of several sheets; the example is one of the first."""
    book = Workbook()
    book.remove(book.active)
    sheets = [(_sheet(book, part), part.columns) for part in parts]
    _lists(book, sheets)
    if example:
        _example(book, parts[0].columns, example)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet(book: Workbook, part: Part) -> Any:
    sheet = book.create_sheet(part.title)
    _heads(sheet, part.columns)
    for number, row in enumerate(part.rows, start=2):
        for place, cell in enumerate(row, start=1):
            sheet.cell(number, place, _safe(cell))
    return sheet


def _safe(cell: Any) -> Any:
    """Words only: nothing that was typed becomes a formula in somebody's spreadsheet."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(ACTIVE) else cell


def _heads(sheet: Any, columns: Sequence[Column]) -> None:
    for place, column in enumerate(columns, start=1):
        cell = sheet.cell(1, place, column.label)
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        if column.hint:
            cell.comment = Comment(column.hint, _("Torch Portal"), width=260, height=110)
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = column.width
        for row in range(2, DAYS) if column.days else ():
            sheet[f"{letter}{row}"].number_format = "yyyy-mm-dd"
    sheet.row_dimensions[1].height = 48
    sheet.freeze_panes = "B2"


def _lists(book: Workbook, sheets: Sequence[tuple[Any, Sequence[Column]]]) -> None:
    """The vocabularies on a hidden sheet, and a list to choose from in each of their columns."""
    codes = book.create_sheet("codes")
    codes.sheet_state = "hidden"
    listed = [
        (sheet, place, column)
        for sheet, columns in sheets
        for place, column in enumerate(columns, start=1)
        if column.options
    ]
    for at, (sheet, place, column) in enumerate(listed, start=1):
        letter = get_column_letter(at)
        for row, option in enumerate(column.options, start=1):
            codes[f"{letter}{row}"] = option
        area = f"{quote_sheetname('codes')}!${letter}$1:${letter}${len(column.options)}"
        name = f"list_{column.name}"
        book.defined_names[name] = DefinedName(name, attr_text=area)
        choose = DataValidation("list", formula1=f"={name}", allow_blank=True)
        choose.error = _("Choose one of the list, or write it as the list does.")
        choose.errorStyle = "warning"
        column_letter = get_column_letter(place)
        choose.add(f"{column_letter}2:{column_letter}{ROWS}")
        sheet.add_data_validation(choose)


def _example(book: Workbook, columns: Sequence[Column], example: Sequence[Any]) -> None:
    """A second sheet with the same heads and one row filled in."""
    sheet = book.create_sheet(_("Example"))
    sheet.append([column.label for column in columns])
    sheet.append(list(example))
    for cell in sheet[2]:
        cell.font = GREY
    for place, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width
