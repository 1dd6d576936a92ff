"""A long table of the form filled in a spreadsheet: handed out, read back, shown, then taken."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sme_eval import actions, forms, permissions
from sme_eval.models import Evaluation
from sme_eval.views.frame import own_evaluation, step_url
from torch_portal.common import clock
from torch_portal.common.downloads import workbook
from torch_portal.common.sheets import BadSheet
from torch_portal.filings.drafts import Conflict, is_editable
from torch_portal.filings.uploads import BadUpload, check_clean


@require_GET
def sheet_workbook(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """The table with its rows as saved, to fill in."""
    evaluation = _draft(request, pk, step)
    name = f"{forms.SHEETS[step].title} {evaluation.year}"
    return workbook(forms.workbook(evaluation, step), name)


@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Bring a workbook; what was read is shown with its faults, and taken only as a whole."""
    evaluation = _draft(request, pk, step)
    if not is_editable(evaluation.filing):
        return redirect("sme_eval:detail", pk)
    if request.POST.get("take"):
        return _take(request, evaluation, step)
    sent = request.method == "POST"
    form = forms.SheetForm(request.POST, request.FILES) if sent else forms.SheetForm()
    brought = None
    if form.is_valid():
        try:
            check_clean(form.cleaned_data["file"])
            brought = forms.read_sheet(step, form.cleaned_data["file"].read())
        except (BadSheet, BadUpload) as bad:
            form.add_error("file", str(bad))
    return _page(request, evaluation, step, {"form": form, "brought": brought})


def _draft(request: HttpRequest, pk: int, step: str) -> Evaluation:
    if step not in forms.SHEETS:
        raise Http404
    evaluation = own_evaluation(request, pk)
    permissions.check_may_file(request.user, evaluation.filing)
    return evaluation


def _take(request: HttpRequest, evaluation: Evaluation, step: str) -> HttpResponse:
    """The rows that were shown, in the place of those of the draft."""
    table, lines = forms.SHEETS[step], forms.posted_lines(request.POST, step)
    seen = request.POST.get("seen", "")
    if lines is None or not lines.is_valid() or not seen.isdecimal():
        messages.error(request, _("The rows could not be taken. Bring the workbook again."))
        return redirect("sme_eval:sheet", evaluation.pk, step)
    rows = lines.rows()
    try:
        actions.save_draft(
            evaluation=evaluation,
            values={},
            typed={name: said for name, said in evaluation.typed.items() if name != table.name},
            rows={table.name: rows},
            by=request.user,
            at=clock.now(),
            seen=int(seen),
        )
    except Conflict as conflict:
        messages.error(request, str(conflict))
    else:
        messages.success(request, _("%(count)s rows taken.") % {"count": len(rows)})
    return redirect(step_url(evaluation, step) + f"#field-{table.name}")


def _page(
    request: HttpRequest, evaluation: Evaluation, step: str, more: dict[str, Any]
) -> HttpResponse:
    brought = more["brought"]
    context = {
        "evaluation": evaluation,
        "table": forms.SHEETS[step],
        "count": getattr(evaluation, forms.SHEETS[step].name).count(),
        "back_url": step_url(evaluation, step),
        "workbook_url": reverse("sme_eval:sheet_workbook", args=[evaluation.pk, step]),
    }
    wrong = more["form"].errors or (brought is not None and not brought.whole)
    return render(request, "sme_eval/sheet.html", context | more, status=422 if wrong else 200)
