"""The files of a draft."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from sme_eval import actions, queries
from sme_eval.enums import AttachmentKind
from sme_eval.models import Evaluation
from sme_eval.views.frame import (
    all_findings,
    as_rows,
    open_corrections,
    own_evaluation,
    step_frame,
)
from torch_portal.common import clock
from torch_portal.filings.drafts import is_editable
from torch_portal.filings.pages import files as pages


@require_GET
def files(request: HttpRequest, pk: int) -> HttpResponse:
    """What the edition of the year asks for, and what is there."""
    evaluation = own_evaluation(request, pk)
    if not is_editable(evaluation.filing):
        return redirect("sme_eval:detail", pk)
    return _page(request, evaluation, [])


@require_http_methods(["GET", "POST"])
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one or more files."""
    evaluation = own_evaluation(request, pk)
    return pages.attach(
        request,
        evaluation.filing,
        AttachmentKind.values,
        partial(actions.attach, evaluation=evaluation),
        partial(_page, request, evaluation),
    )


@require_http_methods(["GET", "POST"])
def detach(request: HttpRequest, pk: int, attachment_pk: int) -> HttpResponse:
    """Take a file out again."""
    evaluation = own_evaluation(request, pk)
    return pages.detach(
        request,
        evaluation.filing,
        attachment_pk,
        partial(actions.detach, evaluation=evaluation),
        partial(_page, request, evaluation),
    )


def _page(request: HttpRequest, evaluation: Evaluation, errors: list[str]) -> HttpResponse:
    findings = all_findings(evaluation)
    edition = queries.edition_on(clock.today())
    needed = [*edition.due("registration"), *edition.due("filing")]
    needed += edition.due("direct") if evaluation.routes.exists() else ()
    listed = dict.fromkeys([*needed, AttachmentKind.IP_PROOF, AttachmentKind.OTHER])
    about = [f for f in findings if f.field == "attachments"]
    context = {
        "kinds": pages.kind_rows(evaluation.filing, listed, needed),
        "corrections": [c for c in open_corrections(evaluation) if c["field"] == "attachments"],
        "limits_text": pages.limits_text(),
        "errors": errors,
        "findings": as_rows(evaluation, about) if evaluation.filing.submitted_at else [],
        "attach_url": reverse("sme_eval:attach", args=[evaluation.pk]),
    }
    frame = step_frame(evaluation, "files", findings)
    return render(request, "sme_eval/files.html", frame | context)
