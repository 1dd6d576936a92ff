"""The return filled in a spreadsheet: handed out, read back, shown, then taken as a whole."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from stats import actions, forms, permissions
from stats.models import Return
from stats.views.frame import own_return, step_url, steps_of
from torch_portal.common import clock
from torch_portal.common.downloads import workbook
from torch_portal.common.findings import Refused
from torch_portal.common.sheets import BadSheet
from torch_portal.filings.drafts import Conflict, is_editable
from torch_portal.filings.uploads import BadUpload, check_clean


@require_GET
def sheet_workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """The return with its values as saved, to fill in."""
    report = own_return(request, pk)
    permissions.check_may_file(request.user, report.filing)
    return workbook(forms.workbook(report), f"{report.round.title} {report.enterprise.name}")


@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a workbook; what was read is shown with its faults, and taken only as a whole."""
    report = own_return(request, pk)
    permissions.check_may_file(request.user, report.filing)
    if not is_editable(report.filing):
        return redirect("stats:detail", pk)
    if request.POST.get("take"):
        return _take(request, report)
    sent = request.method == "POST"
    form = forms.SheetForm(request.POST, request.FILES) if sent else forms.SheetForm()
    brought = None
    if form.is_valid():
        try:
            check_clean(form.cleaned_data["file"])
            data = form.cleaned_data["file"].read()
            brought = forms.read_workbook(report, data, clock.today())
        except (BadSheet, BadUpload) as bad:
            form.add_error("file", str(bad))
    return _page(request, report, {"form": form, "brought": brought})


def _take(request: HttpRequest, report: Return) -> HttpResponse:
    """The values that were shown."""
    entries = forms.entries_from(request.POST.get("rows", ""))
    seen = request.POST.get("seen", "")
    if entries is None or not seen.isdecimal():
        messages.error(request, _("The rows could not be taken. Bring the workbook again."))
        return redirect("stats:sheet", report.pk)
    try:
        actions.save_workbook(
            report=report, entries=entries, by=request.user, at=clock.now(), seen=int(seen)
        )
    except Conflict as conflict:
        messages.error(request, str(conflict))
        return redirect("stats:sheet", report.pk)
    except Refused as refused:
        for finding in refused.findings:
            messages.error(request, finding.text())
        return redirect("stats:sheet", report.pk)
    messages.success(request, _("%(count)s values taken.") % {"count": len(entries)})
    return redirect(step_url(report, steps_of(report)[0].key))


def _page(request: HttpRequest, report: Return, more: dict[str, Any]) -> HttpResponse:
    brought = more["brought"]
    context = {
        "report": report,
        "carried": forms.carried(brought) if brought is not None and brought.whole else "",
        "seen": report.saved_version,
        "back_url": step_url(report, steps_of(report)[0].key),
        "workbook_url": reverse("stats:sheet_workbook", args=[report.pk]),
    }
    wrong = more["form"].errors or (brought is not None and brought.faulty)
    return render(request, "stats/sheet.html", context | more, status=422 if wrong else 200)
