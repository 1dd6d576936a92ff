"""Beginning and filling a draft."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sme_eval import actions, forms, queries
from sme_eval.models import Evaluation
from sme_eval.views.frame import (
    all_findings,
    as_rows,
    open_corrections,
    own_evaluation,
    sheet_url,
    step_frame,
    step_url,
)
from sme_eval.views.score import saved_score
from torch_portal.common import clock
from torch_portal.filings.drafts import Conflict, is_editable
from torch_portal.filings.guided.conflict import differences
from torch_portal.filings.guided.lines import BaseLines
from torch_portal.filings.guided.saved import form_for, typed_after
from torch_portal.filings.guided.steps import StepForm
from torch_portal.filings.pages import draft as pages

Entered = tuple[StepForm, BaseLines | None]


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Choose the enterprise; with one alone a button is enough."""
    own = pages.own_enterprises(request)
    if request.method == "GET":
        return render(request, "sme_eval/start.html", {"own": own})
    chosen = request.POST.get("enterprise", "")
    enterprise = get_object_or_404(own, pk=chosen if chosen.isdecimal() else 0)
    evaluation = actions.start(enterprise=enterprise, by=request.user, at=clock.now())
    return redirect(step_url(evaluation, forms.STEPS[0].key))


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """One page of the guided form; what can be read is kept even when something cannot."""
    evaluation = own_evaluation(request, pk)
    if step not in forms.FORM_STEPS or not is_editable(evaluation.filing):
        return redirect("sme_eval:detail", pk)
    if request.method != "POST":
        shown = form_for(evaluation, forms.FORM_STEPS[step]), forms.lines_for(evaluation, step)
        return _page(request, evaluation, step, shown, {})
    entered = _bound(request, step)
    ok, conflict = _save(request, evaluation, step, entered)
    if ok and not conflict:
        return pages.onward(request, forms.STEPS, step, partial(step_url, evaluation))
    if conflict and not pages.still_open(evaluation.filing):
        messages.error(request, conflict)
        return redirect("sme_eval:detail", pk)
    met = _met(evaluation, entered[0]) if conflict else {}
    return _page(request, evaluation, step, entered, met)


def _met(evaluation: Evaluation, form: StepForm) -> dict[str, Any]:
    """What was saved elsewhere beside what was typed here."""
    text, label = queries.as_text, forms.field_label
    return pages.met(evaluation, lambda: differences(evaluation, form, text=text, label=label))


def _bound(request: HttpRequest, step: str) -> Entered:
    return forms.FORM_STEPS[step](request.POST), forms.posted_lines(request.POST, step)


def _save(
    request: HttpRequest, evaluation: Evaluation, step: str, entered: Entered
) -> tuple[bool, str]:
    """Keep what was typed; (everything was readable, words about a conflict or "")."""
    form, lines = entered
    clean = form.is_valid()
    rows = {}
    typed = typed_after(evaluation, form)
    if lines is not None:
        name = forms.TABLES[step].name
        typed.pop(name, None)
        if lines.is_valid():
            rows[name] = forms.rows_with_sources(evaluation, name, lines.rows())
        else:
            clean, typed[name] = False, lines.typed()
    try:
        actions.save_draft(
            evaluation=evaluation,
            values=form.readable(),
            typed=typed,
            rows=rows,
            by=request.user,
            at=clock.now(),
            seen=form.cleaned_data.get("seen"),
        )
    except Conflict as conflict:
        return False, str(conflict)
    return clean, ""


def _page(
    request: HttpRequest, evaluation: Evaluation, step: str, entered: Entered, met: dict[str, Any]
) -> HttpResponse:
    form, lines = entered
    pages.go_on_from(evaluation, form)
    findings = all_findings(evaluation)
    here = [f for f in findings if forms.place_of(f.field) == step and f.code != "unread"]
    corrections = [c for c in open_corrections(evaluation) if forms.place_of(c["field"]) == step]
    context = {
        "form": form,
        "lines": lines,
        "table": forms.TABLES.get(step),
        "sheet_url": sheet_url(evaluation, step),
        "findings": as_rows(evaluation, here) if pages.was_visited(evaluation.filing) else [],
        "corrections": corrections,
        "autosave_url": request.path.removesuffix("/") + "/autosave/",
        "score": saved_score(evaluation),
    }
    frame = step_frame(evaluation, step, findings)
    return render(request, "sme_eval/step.html", frame | context | met)


@require_POST
def autosave(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Save while typing; answers with the words beside the buttons and the new save count."""
    evaluation = own_evaluation(request, pk)
    if step not in forms.FORM_STEPS:
        return HttpResponse(status=404)
    _ok, conflict = _save(request, evaluation, step, _bound(request, step))
    return pages.kept(request, evaluation.saved_at, evaluation.saved_version, conflict)


@require_http_methods(["GET", "POST"])
def average(request: HttpRequest, pk: int) -> HttpResponse:
    """Work both averages of staff out from the quarters, and keep the counts beside them."""
    evaluation = own_evaluation(request, pk)
    if not is_editable(evaluation.filing):
        return redirect("sme_eval:detail", pk)
    form = forms.AverageForm(request.POST or None, initial=forms.known_counts(evaluation.quarters))
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_draft(
                evaluation=evaluation,
                values={"quarters": form.kept(), **form.averages()},
                typed={k: v for k, v in evaluation.typed.items() if k not in form.averages()},
                by=request.user,
                at=clock.now(),
            )
        except Conflict as conflict:
            messages.error(request, str(conflict))
        else:
            messages.success(request, _("The averages were worked out and put in the form."))
        return redirect(step_url(evaluation, "staff"))
    context = {"form": form, "evaluation": evaluation, "back_url": step_url(evaluation, "staff")}
    return render(request, "sme_eval/average.html", context)
