"""What the pages of a draft share: the evaluation, the list of steps, findings as rows."""

import functools
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from sme_eval import forms, queries
from sme_eval.models import Evaluation
from torch_portal.common import clock
from torch_portal.common.findings import Finding, Level
from torch_portal.filings.guided import frame
from torch_portal.filings.pages import rows


def own_evaluation(request: HttpRequest, pk: int) -> Evaluation:
    """The evaluation if this person may see it, else 404."""
    visible = queries.with_cover(Evaluation.objects.visible_to(request.user))
    found: Evaluation = get_object_or_404(visible, pk=pk)
    return found


def step_url(evaluation: Evaluation, key: str) -> str:
    """The page of a step."""
    if key in forms.FORM_STEPS:
        return reverse("sme_eval:step", args=[evaluation.pk, key])
    return reverse(f"sme_eval:{key}", args=[evaluation.pk])


def sheet_url(evaluation: Evaluation, key: str) -> str:
    """Where the table of a step is filled in a spreadsheet, "" when it has none."""
    return reverse("sme_eval:sheet", args=[evaluation.pk, key]) if key in forms.SHEETS else ""


def all_findings(evaluation: Evaluation) -> list[Finding]:
    """What the rules say if it were filed now, and what could not be read."""
    return forms.all_findings(evaluation, at=clock.now())


def as_rows(evaluation: Evaluation, findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings as the pages show them: with the entry's label and the way to it."""
    return [
        {
            **finding.as_dict(),
            "label": forms.field_label(finding.field),
            "url": field_url(evaluation, finding.field),
        }
        for finding in findings
    ]


def field_url(evaluation: Evaluation, name: str) -> str:
    """The address of one entry on its page."""
    step = forms.place_of(name)
    return f"{step_url(evaluation, step)}#field-{forms.entry_of(name)}" if step else ""


def open_corrections(evaluation: Evaluation) -> list[dict[str, Any]]:
    """The items of the present correction list, with what already settles each."""
    return rows.open_corrections(
        evaluation.filing,
        label=forms.field_label,
        mark=functools.partial(queries.entry_mark, evaluation),
        url=functools.partial(field_url, evaluation),
    )


def started(evaluation: Evaluation, key: str) -> bool:
    """Whether anything was entered on that page."""
    signs = {
        "enterprise": evaluation.established_on,
        "staff": evaluation.staff_total is not None,
        "money": evaluation.revenue is not None,
        "results": evaluation.main_products,
        "routes": True,
    }
    return bool(signs.get(key))


def step_frame(evaluation: Evaluation, key: str, findings: list[Finding]) -> dict[str, Any]:
    """The context that every page of the guided form has."""
    url = functools.partial(step_url, evaluation)
    steps = frame.step_rows(
        forms.STEPS,
        key,
        blocked={forms.place_of(f.field) for f in findings if f.level is Level.BLOCK},
        started=functools.partial(started, evaluation),
        url=url,
    )
    return {
        "evaluation": evaluation,
        "filing": evaluation.filing,
        "steps": steps,
        "saved_text": frame.saved_text(evaluation.saved_at),
        "saved_version": evaluation.saved_version,
        "answers_url": reverse("sme_eval:answers", args=[evaluation.pk]),
    } | frame.step_frame(forms.STEPS, key, url)
