"""The self-score beside the form: each indicator, its band, what is missing to the next."""

import copy
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from sme_eval import forms, queries, rules
from sme_eval.enums import RdBasis
from sme_eval.models import Evaluation
from sme_eval.views.frame import own_evaluation
from torch_portal.common import clock

FIGURES = (*queries.PERSONS, *queries.AMOUNTS, "rd_basis")


def saved_score(evaluation: Evaluation) -> dict[str, Any]:
    """The score of the form as saved."""
    return _shown(rules.examine(queries.facts(evaluation, day=clock.today()), _edition(evaluation)))


def _edition(evaluation: Evaluation) -> Any:
    return queries.edition_on(clock.today())


@require_POST
def score(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """The score for what stands in the form, without saving it."""
    evaluation = own_evaluation(request, pk)
    form = forms.FORM_STEPS[step](request.POST) if step in forms.FORM_STEPS else None
    tried = copy.copy(evaluation)
    if form is not None:
        form.is_valid()
        for name in FIGURES:
            if name in form.fields:
                setattr(tried, name, form.cleaned_data.get(name))
    return render(request, "sme_eval/_score.html", {"score": saved_score(tried)})


def _shown(case: rules.Case) -> dict[str, Any]:
    """The indicators as rows, the total, and whether a direct confirmation holds."""
    score = case.score
    return {
        "rows": [
            _share_row("personnel", score.personnel, 20),
            _share_row("rd_revenue", score.rd_revenue, 50) | _chosen(case, RdBasis.REVENUE),
            _share_row("rd_cost", score.rd_cost, 50) | _chosen(case, RdBasis.COST),
            _rights_row(score.achievements),
        ],
        "total": score.total,
        "enough": case.edition.limits.score,
        "direct": case.direct,
        "points": rules.points(score),
    }


def _chosen(case: rules.Case, basis: RdBasis) -> dict[str, Any]:
    chosen = case.facts.rd_basis == basis
    amount = case.facts.revenue if basis == RdBasis.REVENUE else case.facts.cost_total
    return {"chosen": chosen, "aside": not chosen, "unavailable": amount == 0}


def _share_row(name: str, share: rules.Share | None, most: int) -> dict[str, Any]:
    if share is None:
        return {"name": name, "points": None, "most": most}
    return {
        "name": name,
        "points": share.band.points,
        "most": most,
        "band": share.band.letter,
        "percent": rules.percent(share.ratio),
        "missing": share.missing,
        "next_points": share.next_band.points if share.next_band else None,
    }


def _rights_row(rights: rules.Rights | None) -> dict[str, Any]:
    if rights is None:
        return {"name": "achievements", "points": None, "most": 30}
    return {
        "name": "achievements",
        "points": rights.band.points,
        "most": 30,
        "band": rights.band.letter,
        "missing": rights.missing_class2 or rights.missing_class1,
        "next_points": rights.next_band.points if rights.next_band else None,
    }
