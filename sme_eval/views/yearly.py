"""The yearly report of officials: tables to read, and the same as a workbook."""

import io
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from openpyxl import Workbook
from openpyxl.styles import Font

from sme_eval import editions, queries
from sme_eval.models import Evaluation
from torch_portal.accounts.roles import Denied, is_official, is_reviewer
from torch_portal.common import clock

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def yearly(request: HttpRequest) -> HttpResponse:
    """The figures of a year, of what this person may see."""
    if not (is_official(request.user) or is_reviewer(request.user)):
        raise Denied(_("The figures are read by officials, each those of their jurisdiction."))
    years = [edition.year for edition in reversed(editions.EDITIONS)]
    asked = request.GET.get("year", "")
    this = clock.today().year
    year = next((y for y in years if str(y) == asked), this)
    tables = queries.yearly(Evaluation.objects.visible_to(request.user), year)
    if request.GET.get("form") == "xlsx":
        answer = HttpResponse(workbook(tables, year), content_type=XLSX)
        answer["Content-Disposition"] = f'attachment; filename="sme-{year}.xlsx"'
        return answer
    context = {"year": year, "years": years, "tables": tables, "heads": queries.HEADS.values()}
    return render(request, "sme_eval/yearly.html", context)


def workbook(tables: list[queries.Table], year: int) -> bytes:
    """A sheet for each table; figures are numbers."""
    book = Workbook()
    book.remove(book.active)
    for table in tables:
        sheet: Any = book.create_sheet(table.title)
        sheet.append([f"{year} {table.title}"])
        sheet.append([table.first, *(str(head) for head in queries.HEADS.values())])
        for row in table.rows:
            sheet.append([row.label, *row.figures])
        for cell in (*sheet[1], *sheet[2]):
            cell.font = Font(name="宋体", bold=True)
        sheet.column_dimensions["A"].width = 28
        sheet.freeze_panes = "B3"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
