"""The tables as a PDF/A file by WeasyPrint: what is sent up, signed by hand, put in the file."""

from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from torch_portal.reports.tables.paper import MATRIX, Paper
from torch_portal.reports.tables.printing import PrintedTable

PAGE = "reports/tables_print.html"
STYLE = "reports/tables_print.css"
FLOWS = 40  # rows of the flow between regions on paper; workbook and API have them all


def pdf(paper: Paper) -> bytes:
    """Every table that has a row with figures."""
    import weasyprint

    tables = [_short(t, paper) for t in paper.printed if t.lines]
    html = render_to_string(PAGE, {"paper": paper, "tables": tables, "flows": FLOWS})
    css = (Path(settings.BASE_DIR) / "templates" / STYLE).read_text(encoding="utf-8")
    page = weasyprint.HTML(string=html)
    made: bytes = page.write_pdf(stylesheets=[weasyprint.CSS(string=css)], pdf_variant="pdf/a-3b")
    return made


def _short(table: PrintedTable, paper: Paper) -> PrintedTable:
    """The largest flows alone; of other tables the rows without any contract are left out."""
    exact = next(t for t in paper.tables if t.number == table.number)
    by_code = {line.code: line for line in exact.lines}
    told = [
        line
        for line in table.lines
        if line.code not in by_code
        or by_code[line.code].now.items
        or (by_code[line.code].before and by_code[line.code].before.items)  # type: ignore[union-attr]
    ]
    if table.number == MATRIX:
        total, rest = told[:1], told[1:]
        rest.sort(key=lambda line: by_code[line.code].now.total if line.code in by_code else 0,
                  reverse=True)  # fmt: skip
        told = total + rest[:FLOWS]
    return replace(table, lines=tuple(told))
