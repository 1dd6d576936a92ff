"""The workbook to fill in: our columns with lists, hints and an example; drafts to edit."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from contracts import queries
from contracts.forms.sheet import words
from contracts.forms.sheet.columns import COLUMNS, COST, DRAFT, PHONE, Column
from contracts.models import Contract

ROWS = 1_000
SAMPLE = {
    "project_name": "红外测温算法开发",
    "form": "written",
    "kind": "development",
    "subkind": "dev_e",
    "signed_on": "2020-02-26",
    "starts_on": "2020-03-01",
    "ends_on": "2021-02-28",
    "buyer_name": "杭州朗途生物医药有限公司",
    "buyer_nature": "100",
    "buyer_code": "91330106MAE942HR7E",
    "buyer_division": "330106",
    "total_yuan": "1200000.00",
    "cost_equipment": "200000.00",
    "payment": "instalments",
    "ip_kind": "technical_secret",
    "tech_field": "electronics",
    "objective": "health",
    "plan_source": "outside",
}
HEAD = PatternFill("solid", fgColor="1B2430")
GREY = Font(color="7E8A9B", italic=True)
WIDTHS = {"project_name": 36, "buyer_name": 30, "subkind": 24, "buyer_division": 22}
# A text that a spreadsheet would run as a formula.
ACTIVE = ("=", "+", "-", "@", "\t", "\r")


def template_workbook() -> bytes:
    """An empty workbook: heads, lists to choose from, hints, one example beside the table."""
    columns = [c for c in COLUMNS.values() if c.name not in (DRAFT, PHONE)]
    return _bytes(columns, [])


def drafts_workbook(drafts: Iterable[Contract]) -> bytes:
    """The drafts of an enterprise as rows, marked so that they can be brought back."""
    columns = [c for c in COLUMNS.values() if c.name != PHONE]
    rows = [[cell_of(draft, column) for column in columns] for draft in drafts]
    return _bytes(columns, rows)


def cell_of(contract: Contract, column: Column) -> Any:
    """What a column shows of a contract: labels for codes, days as days, yuan as text."""
    name = column.name
    if name == DRAFT:
        return f"{contract.pk}/{contract.saved_version}"
    if name.startswith(COST):
        kind = name.removeprefix(COST)
        same = [d.amount_yuan for d in contract.deductions.all() if d.kind == kind]
        return f"{sum(same):.2f}" if same else None
    value = contract.typed.get(name) or getattr(contract, name)
    if value in (None, "", []):
        return None
    return _shown(column, value)


def _shown(column: Column, value: Any) -> Any:
    """A value as the workbook holds it."""
    if column.kind == "choice":
        return dict(words.choices(column.name)).get(value, value)
    if column.kind == "many":
        return "、".join(dict(words.choices(column.name)).get(v, v) for v in value)
    if column.kind == "yesno" and isinstance(value, bool):
        return _("Yes") if value else _("No")
    if column.kind == "percent" and not isinstance(value, str):
        return f"{(value * 100).normalize():f}%"
    if column.kind == "place":
        return queries.place_name(value)
    if column.kind == "amount" and not isinstance(value, str):
        return f"{value:.2f}"
    return value if column.kind == "day" else str(value)


def _bytes(columns: Sequence[Column], rows: list[list[Any]]) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = _("Contracts")
    _heads(sheet, columns)
    for number, row in enumerate(rows, start=2):
        for place, cell in enumerate(row, start=1):
            sheet.cell(number, place, _safe(cell))
    _lists(book, sheet, columns)
    _example(book, columns)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _safe(cell: Any) -> Any:
    """Words only: nothing that was typed becomes a formula in somebody's spreadsheet."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(ACTIVE) else cell


def _heads(sheet: Any, columns: Sequence[Column]) -> None:
    for place, column in enumerate(columns, start=1):
        cell = sheet.cell(1, place, str(column.label))
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        hint = _hint(column)
        if hint:
            cell.comment = Comment(hint, _("Torch Portal"), width=260, height=110)
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = WIDTHS.get(column.name, 16)
        if column.kind == "day":
            for row in range(2, 60):
                sheet[f"{letter}{row}"].number_format = "yyyy-mm-dd"
    sheet.row_dimensions[1].height = 48
    sheet.freeze_panes = "B2"


def _hint(column: Column) -> str:
    said = str(column.field.help_text) if column.field and column.field.help_text else ""
    usual = {
        "amount": _("In yuan; “120万元” is understood too."),
        "day": _("For example 2020-03-02."),
        "draft": _("By this mark the row finds its draft again. Leave it as it is."),
        "place": _("Name or six digits, such as 杭州市西湖区 or 330106."),
    }.get(column.kind, "")
    return "\n".join(dict.fromkeys(words for words in (said, usual) if words))


def _options(column: Column) -> list[str]:
    if column.kind == "yesno":
        return [_("Yes"), _("No")]
    if column.kind == "choice":
        return [label for _value, label in words.choices(column.name)]
    return []


def _lists(book: Workbook, sheet: Any, columns: Sequence[Column]) -> None:
    """The vocabularies on a hidden sheet, and a list to choose from in each of their columns."""
    codes = book.create_sheet("codes")
    codes.sheet_state = "hidden"
    listed = [(place, column, _options(column)) for place, column in enumerate(columns, start=1)]
    for at, (place, column, options) in enumerate((e for e in listed if e[2]), start=1):
        letter = get_column_letter(at)
        for row, option in enumerate(options, start=1):
            codes[f"{letter}{row}"] = option
        area = f"{quote_sheetname('codes')}!${letter}$1:${letter}${len(options)}"
        book.defined_names[f"list_{column.name}"] = DefinedName(
            f"list_{column.name}", attr_text=area
        )
        choose = DataValidation("list", formula1=f"=list_{column.name}", allow_blank=True)
        choose.error = _("Choose one of the list, or write it as the list does.")
        choose.errorStyle = "warning"
        column_letter = get_column_letter(place)
        choose.add(f"{column_letter}2:{column_letter}{ROWS}")
        sheet.add_data_validation(choose)


def _example(book: Workbook, columns: Sequence[Column]) -> None:
    """A second sheet with the same heads and one row filled in."""
    sheet = book.create_sheet(_("Example"))
    sheet.append([str(column.label) for column in columns])
    sample = []
    for column in columns:
        value = SAMPLE.get(column.name)
        sample.append(_shown(column, value) if value else None)
    sheet.append(sample)
    for cell in sheet[2]:
        cell.font = GREY
    for place, column in enumerate(columns, start=1):
        width = WIDTHS.get(column.name, 16)
        sheet.column_dimensions[get_column_letter(place)].width = width
