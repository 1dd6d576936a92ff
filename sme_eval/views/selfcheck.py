"""The public self-check: figures in, score and conditions out; nothing is kept."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
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
    template = "sme_eval/selfcheck_answer.html" if live else "sme_eval/selfcheck.html"
    context = {"form": form, "answer": answer, "live": live}
    return render(request, template, context)


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
    told = [f for f in findings if f.code != "missing"]
    eligible, by = rules.verdict(case, told)
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
        "stops": _shown(told, Level.BLOCK),
        "hints": [*_shown(told, Level.WARN), *_shown(told, Level.INFO)],
    }


def _shown(findings: list[Any], level: Level) -> list[dict[str, str]]:
    shown = [f for f in findings if f.level is level and not f.field.startswith("direct")]
    return [{"message": f.text(), "clause": f.clause, "level": str(f.level)} for f in shown]


def _conditions(case: rules.Case, form: SelfcheckForm) -> Iterator[dict[str, Any]]:
    points = {"total": _("Total score"), "personnel": IndicatorName.PERSONNEL.label}
    for condition in rules.conditions(case):
        measures = [
            {
                "label": points.get(m.name) or form[m.name].label,
                "value": _amount(m.value),
                "limit": _amount(m.limit),
                "margin": _amount(m.margin, sign="+"),
                "least": m.name in points,
                "ok": m.margin >= 0,
            }
            for m in condition.measures
        ]
        yield {"condition": condition, "measures": measures, "asked": condition.no != 1}


def _amount(amount: Decimal, sign: str = "") -> str:
    """With separators and without useless noughts."""
    return f"{amount.normalize():{sign},f}"


def _routes(case: rules.Case) -> Iterator[dict[str, Any]]:
    for verdict in case.routes:
        reasons = [
            str(p.message) % p.values if p.values else str(p.message) for p in verdict.problems
        ]
        label = Route(verdict.claim.route).label
        yield {"label": label, "holds": verdict.holds, "reasons": reasons}
