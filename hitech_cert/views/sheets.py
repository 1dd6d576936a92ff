"""A table filled in a spreadsheet: handed out, read back, shown, then taken."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hitech_cert import actions, forms, permissions
from hitech_cert.models import Application
from hitech_cert.views.frame import own_application, step_url
from torch_portal.common import clock
from torch_portal.common.downloads import workbook
from torch_portal.common.sheets import BadSheet
from torch_portal.filings.drafts import Conflict, is_editable
from torch_portal.filings.uploads import BadUpload, check_clean


@require_GET
def sheet_workbook(request: HttpRequest, pk: int, table: str) -> HttpResponse:
    """The table with its rows as saved, to fill in."""
    application = _draft(request, pk, table)
    name = f"{forms.TABLE_TITLES[table]} {application.year}"
    return workbook(forms.workbook(application, table), name)


@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, pk: int, table: str) -> HttpResponse:
    """Bring a workbook; what was read is shown with its faults, and taken only as a whole."""
    application = _draft(request, pk, table)
    if not is_editable(application.filing):
        return redirect("hitech_cert:detail", pk)
    if request.POST.get("take"):
        return _take(request, application, table)
    sent = request.method == "POST"
    form = forms.SheetForm(request.POST, request.FILES) if sent else forms.SheetForm()
    brought = None
    if form.is_valid():
        try:
            check_clean(form.cleaned_data["file"])
            brought = forms.read_sheet(table, form.cleaned_data["file"].read())
        except (BadSheet, BadUpload) as bad:
            form.add_error("file", str(bad))
    return _page(request, application, table, {"form": form, "brought": brought})


def _draft(request: HttpRequest, pk: int, table: str) -> Application:
    if table not in forms.SHEETS:
        raise Http404
    application = own_application(request, pk)
    permissions.check_may_file(request.user, application.filing)
    return application


def _step(table: str) -> str:
    return forms.TABLES[table].step if table in forms.TABLES else table


def _take(request: HttpRequest, application: Application, table: str) -> HttpResponse:
    """The rows that were shown, in the place of those of the draft."""
    rows = forms.taken(table, request.POST.get("rows", ""))
    seen = request.POST.get("seen", "")
    if rows is None or not seen.isdecimal():
        messages.error(request, _("The rows could not be taken. Bring the workbook again."))
        return redirect("hitech_cert:sheet", application.pk, table)
    try:
        actions.put_table(
            application=application,
            table=table,
            rows=rows,
            by=request.user,
            at=clock.now(),
            seen=int(seen),
        )
    except Conflict as conflict:
        messages.error(request, str(conflict))
    else:
        messages.success(request, _("%(count)s rows taken.") % {"count": len(rows)})
    return redirect(step_url(application, _step(table)) + f"#field-{table}")


def _page(
    request: HttpRequest, application: Application, table: str, more: dict[str, Any]
) -> HttpResponse:
    brought = more["brought"]
    context = {
        "application": application,
        "title": forms.TABLE_TITLES[table],
        "count": getattr(application, table).count(),
        "seen": application.versions.get(table, 0),
        "back_url": step_url(application, _step(table)),
        "workbook_url": reverse("hitech_cert:sheet_workbook", args=[application.pk, table]),
    }
    wrong = more["form"].errors or (brought is not None and not brought.whole)
    status = 422 if wrong else 200
    return render(request, "hitech_cert/sheet.html", context | more, status=status)
