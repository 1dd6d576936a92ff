"""The tables as a workbook, a sheet for each, laid out like the printed form."""

import io
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from torch_portal.reports.tables.paper import MATRIX, Paper, matrix
from torch_portal.reports.tables.printing import PrintedTable, unit_name

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SONG = "宋体"
THIN = Side(style="thin", color="808080")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
FORMATS = ("#,##0", "+0.0;-0.0;0.0", "#,##0.00", "+0.0;-0.0;0.0", "0.00", "#,##0.00",
           "+0.0;-0.0;0.0")  # fmt: skip
HEAD = 4  # the row of the heads


def workbook(paper: Paper) -> bytes:
    """An XLSX file; figures are numbers, rounded as printed."""
    book = Workbook()
    book.remove(book.active)
    for table in paper.printed:
        sheet = book.create_sheet(table.number)
        width = 1 + len(table.columns)
        _head(sheet, paper, table, width)
        for place, line in enumerate(table.lines, start=HEAD + 1):
            _write(sheet, place, line.label, line.depth, line.figures)
        _foot(sheet, paper, table, HEAD + len(table.lines) + 2, width)
        _page(sheet, width)
    for flows in paper.tables:
        if flows.number == MATRIX and flows.lines:
            _matrix(book.create_sheet(f"{MATRIX}m"), matrix(flows, paper.unit), paper)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _head(sheet: Any, paper: Paper, table: PrintedTable, width: int) -> None:
    last = get_column_letter(width)
    texts = (f"{table.number} {table.title}", paper.title, paper.state)
    for place, text in enumerate(texts, start=1):
        sheet.merge_cells(f"A{place}:{last}{place}")
        cell = sheet.cell(place, 1, text)
        cell.font = Font(name=SONG, bold=place == 1, size=16 if place == 1 else 11)
        cell.alignment = MIDDLE
    for column, text in enumerate((table.first, *table.columns), start=1):
        cell = sheet.cell(HEAD, column, text)
        cell.font, cell.alignment, cell.border = Font(name=SONG, bold=True), MIDDLE, BOX
    sheet.row_dimensions[1].height, sheet.row_dimensions[HEAD].height = 28, 34


def _write(sheet: Any, place: int, label: str, depth: int, figures: tuple[str, ...]) -> None:
    cell = sheet.cell(place, 1, label)
    cell.alignment = Alignment(indent=2 * depth, vertical="center", wrap_text=True)
    cell.font, cell.border = Font(name=SONG, bold=place == HEAD + 1), BOX
    for column, (text, form) in enumerate(zip(figures, FORMATS, strict=True), start=2):
        cell = sheet.cell(place, column, _number(text))
        cell.number_format, cell.border, cell.font = form, BOX, Font(name=SONG)
        cell.alignment = Alignment(horizontal="right", vertical="center")


def _foot(sheet: Any, paper: Paper, table: PrintedTable, place: int, width: int) -> None:
    digest = [_("Digest (SHA-256): %(digest)s") % {"digest": paper.digest}] if paper.digest else []
    for text in (*([table.note] if table.note else []), *paper.notes, *digest):
        sheet.merge_cells(start_row=place, start_column=1, end_row=place, end_column=width)
        cell = sheet.cell(place, 1, text)
        cell.font = Font(name=SONG, size=9, color="5B6472")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[place].height = 26
        place += 1


def _page(sheet: Any, width: int) -> None:
    sheet.column_dimensions["A"].width = 34
    for column in range(2, width + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 15
    sheet.freeze_panes = sheet.cell(HEAD + 1, 2)
    sheet.print_title_rows = f"1:{HEAD}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0


def _matrix(sheet: Any, grid: dict[str, Any], paper: Paper) -> None:
    words = _(
        "Flow between regions, contract amount (%(unit)s); sellers in rows, buyers in columns"
    )
    sheet.cell(1, 1, words % {"unit": unit_name(paper.unit)}).font = Font(name=SONG, bold=True)
    for column, name in enumerate(grid["columns"], start=2):
        cell = sheet.cell(HEAD, column, name)
        cell.font, cell.alignment, cell.border = Font(name=SONG, bold=True), MIDDLE, BOX
    for place, row in enumerate(grid["rows"], start=HEAD + 1):
        sheet.cell(place, 1, row["label"]).border = BOX
        for column, text in enumerate(row["cells"], start=2):
            cell = sheet.cell(place, column, _number(text) if text else None)
            cell.number_format, cell.border = "#,##0.00", BOX
    _page(sheet, 1 + len(grid["columns"]))


def _number(text: str) -> Decimal | str:
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return text
