"""The self-score beside the form."""

import copy
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from sme_eval import forms, queries
from sme_eval.models import Evaluation
from sme_eval.views.frame import own_evaluation
from torch_portal.common import clock

FIGURES = (*queries.PERSONS, *queries.AMOUNTS, "rd_basis")


def saved_score(evaluation: Evaluation) -> dict[str, Any]:
    """The score of the form as saved, if it were filed today."""
    return forms.saved_score(evaluation, clock.today())


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
