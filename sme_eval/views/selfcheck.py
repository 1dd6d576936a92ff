"""The public self-check: figures in, score and conditions out; nothing is kept."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sme_eval import editions, rules
from sme_eval.enums import IndicatorName, RdBasis, Route
from sme_eval.forms.score import bases, indicators
from sme_eval.forms.selfcheck import SelfcheckForm
from torch_portal.common import clock
from torch_portal.common.findings import Level
from torch_portal.common.limits import limited
from torch_portal.filings.guided.selfcheck import plain, state, told


@login_not_required
@never_cache
@limited("selfcheck")
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The form, and the answer beside it; while one types only the answer is sent."""
    first = {"filed_on": clock.today(), "rd_basis": RdBasis.REVENUE}
    form = SelfcheckForm(request.POST if request.method == "POST" else None, initial=first)
    answer = answered(form) if form.is_bound else None
    live = bool(request.headers.get("HX-Request"))
    part = "sme_eval/selfcheck_answer.html"
    context = {"form": form, "answer": answer, "live": live, "answer_template": part}
    return render(request, part if live else "sme_eval/selfcheck.html", context)


def answered(form: SelfcheckForm) -> dict[str, Any]:
    """Everything that can be said of what was typed; what cannot be true goes to its box.

    Boxes that cannot be read or cannot be true count as empty, so the rest is still answered.
    """
    form.is_valid()
    facts = form.facts()
    edition = editions.on(facts.filed_on)
    for finding in rules.check_entries(rules.examine(facts, edition), complete=False):
        form.add_error(finding.field, finding.text())
        facts = replace(facts, **{finding.field: None})
    case = rules.examine(facts, edition)
    findings = rules.check(case)
    missing = [f.field for f in findings if f.code == "missing"]
    found = [f for f in findings if f.code != "missing"]
    eligible, by = rules.verdict(case, found)
    shown = [f for f in found if not f.field.startswith("direct")]
    return {
        "eligible": eligible,
        "by": by,
        "edition": edition,
        "total": case.score.total,
        "least": edition.limits.score,
        "indicators": list(indicators(case)),
        "bases": list(bases(case)),
        "conditions": list(_conditions(case, form)),
        "routes": list(_routes(case)),
        "missing": [form[name] for name in missing if not form[name].errors],
        "wrong": [field for field in form if field.errors],
        "stops": told(shown, Level.BLOCK),
        "hints": [*told(shown, Level.WARN), *told(shown, Level.INFO)],
    }


def _conditions(case: rules.Case, form: SelfcheckForm) -> Iterator[dict[str, Any]]:
    points = {"total": _("Total score"), "personnel": IndicatorName.PERSONNEL.label}
    for condition in rules.conditions(case):
        measures = [
            {
                "label": points.get(m.name) or form[m.name].label,
                "value": plain(m.value),
                "limit": plain(m.limit),
                "margin": plain(m.margin, sign="+"),
                "sign": "≥" if m.name in points else "≤",
                "ok": m.margin >= 0,
            }
            for m in condition.measures
        ]
        yield {"condition": condition, "measures": measures, **_state(condition)}


def _state(condition: rules.Condition) -> dict[str, Any]:
    """The first condition is not asked; the last is not needed beside a direct route."""
    if not condition.ok and not condition.needed:
        return state(None, _("Not needed: direct confirmation"))
    if condition.no == 1:
        return state(condition.ok, _("Not asked here"))
    return state(condition.ok)


def _routes(case: rules.Case) -> Iterator[dict[str, Any]]:
    for verdict in case.routes:
        reasons = [
            str(p.message) % p.values if p.values else str(p.message) for p in verdict.problems
        ]
        label = Route(verdict.claim.route).label
        yield {"label": label, "holds": verdict.holds, "reasons": reasons}
