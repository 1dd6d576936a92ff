"""The public self-check: figures in, conditions and bands out; nothing is kept."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hitech_cert import editions, rules
from hitech_cert.forms.selfcheck import SelfcheckForm
from hitech_cert.forms.shown import indicators, shown_conditions
from torch_portal.common import clock
from torch_portal.common.findings import Finding, Level
from torch_portal.common.limits import limited
from torch_portal.filings.guided.selfcheck import told

# What cannot be true is told at its box, not among what stands against a certification.
AT_BOX = {"V04", "V09"}


@login_not_required
@never_cache
@limited("selfcheck")
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The form, and the answer beside it; while one types only the answer is sent."""
    first = {"applied_on": clock.today()}
    form = SelfcheckForm(request.POST if request.method == "POST" else None, initial=first)
    answer = answered(form) if form.is_bound else None
    live = bool(request.headers.get("HX-Request"))
    part = "hitech_cert/selfcheck_answer.html"
    context = {"form": form, "answer": answer, "live": live, "answer_template": part}
    return render(request, part if live else "hitech_cert/selfcheck.html", context)


def answered(form: SelfcheckForm) -> dict[str, Any]:
    """Everything that can be said of what was typed; what cannot be true goes to its box."""
    form.is_valid()
    facts = form.facts()
    case = rules.examine(facts, editions.on(facts.applied_on))
    findings = rules.check(case)
    for finding in findings:
        if finding.code in AT_BOX:
            form.add_error(form.box_of(finding.field), finding.text())
    missing = [form.box_of(f.field) for f in findings if f.code == "missing"]
    found = [f for f in findings if f.code not in AT_BOX | {"missing", "reach"}]
    return {
        "eligible": _outlook(case, found, complete=not missing and not form.errors),
        "edition": case.edition,
        "within": case.innovation.within(case.edition),
        "mark": case.edition.limits.score.value,
        "indicators": list(indicators(case)),
        "conditions": list(shown_conditions(case)),
        "readings": [(r, r.choices[case.edition.readings[r.name]]) for r in editions.READINGS],
        "missing": [form[name] for name in missing if not form[name].errors],
        "wrong": [field for field in form if field.errors],
        "stops": told(found, Level.BLOCK),
        "hints": [*told(found, Level.WARN), *told(found, Level.INFO)],
    }


def _outlook(case: rules.Case, found: list[Finding], *, complete: bool) -> bool | None:
    """Whether the figures suffice, the experts' part apart; None while some are missing."""
    within = case.innovation.within(case.edition)
    too_low = within is not None and within[1] <= case.edition.limits.score.value
    if too_low or any(f.level is Level.BLOCK for f in found):
        return False
    return True if complete else None
