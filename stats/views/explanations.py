"""Errors and warnings, each with its values and the explanation of the respondent."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from stats import actions, queries
from stats.enums import Severity
from stats.models import Return
from stats.queries.checking import SHORTEST, Run
from stats.views.frame import (
    EXPLANATIONS,
    field_url,
    findings_of,
    own_return,
    step_frame,
    step_url,
    steps_of,
)
from torch_portal.common import clock
from torch_portal.common.findings import Refused
from torch_portal.filings.drafts import is_editable

LONGEST = 1_000


@require_http_methods(["GET", "POST"])
def explanations(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the explanations; each that is acceptable is kept, the others say why not."""
    report = own_return(request, pk)
    if not is_editable(report.filing):
        return redirect("stats:detail", pk)
    if request.method != "POST":
        return _page(request, report, {}, {})
    typed = {
        name.removeprefix("why-"): words[: LONGEST + 1]
        for name, words in request.POST.items()
        if name.startswith("why-") and isinstance(words, str)
    }
    errors = _keep(request, report, typed)
    if errors or request.POST.get("go") == "stay":
        return _page(request, own_return(request, pk), typed, errors)
    return redirect(step_url(report, steps_of(report)[-1].key))


def _keep(request: HttpRequest, report: Return, typed: dict[str, str]) -> dict[str, str]:
    """Keep what changed; why the others were not taken, by the key of the rule."""
    known = report.explanations.filter(voided_at__isnull=True)
    held = dict(known.values_list("key", "text"))
    errors = {}
    for key, words in typed.items():
        if not words.strip() or words.strip() == held.get(key):
            continue
        try:
            actions.explain(report=report, key=key, text=words, by=request.user, at=clock.now())
        except Refused as refused:
            errors[key] = refused.findings[0].text()
    return errors


@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Check everything now, and go to what was found."""
    report = own_return(request, pk)
    if not is_editable(report.filing):
        return redirect("stats:detail", pk)
    checked = actions.check(report=report, by=request.user, at=clock.now())
    if checked.found:
        return redirect("stats:explanations", pk)
    messages.success(request, queries.all_hold())
    return redirect("stats:review", pk)


def _page(
    request: HttpRequest, report: Return, typed: dict[str, str], errors: dict[str, str]
) -> HttpResponse:
    checked = queries.run(report)
    fresh = bool(report.data_hash) and report.data_hash == queries.digest_of(report.data)
    context = {
        "rows": _rows(report, checked, typed, errors),
        "fresh": fresh,
        "least": SHORTEST,
        "most": LONGEST,
        "errors": errors,
        "void": list(_void(report, checked)),
    }
    frame = step_frame(report, EXPLANATIONS, findings_of(report, checked))
    status = 422 if errors else 200
    return render(request, "stats/explanations.html", frame | context, status=status)


def _rows(
    report: Return, checked: Run, typed: dict[str, str], errors: dict[str, str]
) -> list[dict[str, Any]]:
    held = queries.explained(report, checked.found)
    order = list(Severity)
    return [
        {
            "key": each.key,
            "severity": each.severity,
            "severity_label": each.severity.label,
            "mandatory": each.severity is Severity.MANDATORY,
            "message": each.message,
            "clause": each.rule.text.clause,
            "field": queries.entry_label(report, each.field),
            "url": field_url(report, each.field),
            "text": typed.get(each.key, held[each.key].text if each.key in held else ""),
            "held": each.key in held,
            "error": errors.get(each.key, ""),
        }
        for each in sorted(checked.found, key=lambda one: (order.index(one.severity), one.key))
    ]


def _void(report: Return, checked: Run) -> Any:
    """Explanations that fell because a value changed, for rules that still speak."""
    keys = [each.key for each in checked.found]
    held = queries.explained(report, checked.found)
    rows = report.explanations.filter(voided_at__isnull=False, key__in=keys)
    newest = {each.key: each for each in rows.order_by("voided_at")}
    return (each for key, each in newest.items() if key not in held)
