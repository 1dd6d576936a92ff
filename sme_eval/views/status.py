"""Where an evaluation stands, in one sentence and in full; its proof sheet."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sme_eval import actions, forms, queries
from sme_eval.enums import STANDING, CaseState, ChangeState, CheckState, State
from sme_eval.models import Evaluation
from sme_eval.permissions import may_move
from sme_eval.views.frame import open_corrections, own_evaluation, step_url
from sme_eval.workflow import WORKFLOW
from torch_portal.certificates.pages import certificate_box, given
from torch_portal.common import clock
from torch_portal.common.findings import Refused
from torch_portal.filings.actions import note_access
from torch_portal.filings.drafts import is_editable
from torch_portal.filings.enums import AccessKind
from torch_portal.filings.pages import status
from torch_portal.filings.pages.rows import file_row
from torch_portal.filings.transitions import Stale


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The status page; a draft leads to its form."""
    evaluation = own_evaluation(request, pk)
    filing = evaluation.filing
    if filing.state == State.DRAFT:
        has_files = filing.attachments.live().exists()
        return redirect(step_url(evaluation, forms.next_step(evaluation, has_files=has_files)))
    note_access(filing=filing, kind=AccessKind.PAGE, by=request.user, at=clock.now())
    may_correct = is_editable(filing) and _may(request, evaluation, "submit")
    context = {
        "evaluation": evaluation,
        "title": _("S&T-SME evaluation %(year)s") % {"year": evaluation.year},
        **status.status_page(
            request,
            filing,
            act=queries.act_label,
            tone=queries.tone,
            label=forms.field_label,
        ),
        "state_label": WORKFLOW.labels[filing.state],
        "sentence": queries.sentence(evaluation, clock.today()),
        "facts": _facts(evaluation),
        "score": forms.filed_score(evaluation) if filing.submitted_at else None,
        "to_answer": open_corrections(evaluation) if may_correct else [],
        "correct_url": _first_correction_url(evaluation) if may_correct else "",
        "given": given(filing),
        "attachments": [
            file_row(filing, a, removable=False) for a in filing.attachments.live().order_by("pk")
        ],
        "can_withdraw": _may(request, evaluation, "withdraw"),
        "listed": _listed(evaluation),
        "certificate": certificate_box(filing, queries.PROOF),
        **_after(request, evaluation),
    }
    return render(request, "sme_eval/detail.html", context)


def _may(request: HttpRequest, evaluation: Evaluation, name: str) -> bool:
    move = WORKFLOW.moves[name]
    filing = evaluation.filing
    return filing.state in move.sources and may_move(request.user, filing, move)


def _facts(evaluation: Evaluation) -> list[tuple[str, str]]:
    return [
        (label, value)
        for step in forms.FORM_STEPS
        for _name, label, value in forms.shown_entries(evaluation, step)
        if value
    ]


def _first_correction_url(evaluation: Evaluation) -> str:
    item = evaluation.filing.corrections.filter(answered_at__isnull=True).order_by("pk").first()
    return step_url(evaluation, forms.place_of(item.field) if item else "") or ""


def _listed(evaluation: Evaluation) -> dict[str, Any] | None:
    """The public list on which it stands, with the way to it."""
    entry = queries.public_entry(evaluation)
    if entry is None:
        return None
    return {
        "title": entry.batch.title,
        "url": reverse("publicity:detail", args=[entry.batch_id]),
        "until": entry.batch.ends_on,
    }


def _after(request: HttpRequest, evaluation: Evaluation) -> dict[str, Any]:
    """What follows the entry: proof, changes, spot checks, a revocation; what can be done now."""
    filing = evaluation.filing
    if evaluation.number is None:
        return {}
    may_file = may_move(request.user, filing, WORKFLOW.moves["submit"])
    standing = filing.state in STANDING
    changes = list(evaluation.changes.order_by("-pk"))
    checks = list(evaluation.spot_checks.select_related("draw").order_by("-pk"))
    cases = list(evaluation.revocations.order_by("-pk"))
    return {
        "changes": changes,
        "checks": checks,
        "cases": cases,
        "may_file": may_file,
        "may_change": may_file
        and standing
        and not any(c.state == ChangeState.OPEN for c in changes),
        "may_resign": _may(request, evaluation, "resign"),
        "material_due": next((c for c in checks if may_file and c.state == CheckState.ASKED), None),
        "case_open": next(
            (c for c in cases if may_file and c.state == CaseState.NOTICED and not c.stated_at),
            None,
        ),
        "may_prove": may_file and standing,
    }


@require_POST
def prove(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the proof sheet made."""
    evaluation = own_evaluation(request, pk)
    try:
        actions.issue_proof(evaluation=evaluation, by=request.user, at=clock.now())
    except Refused as refused:
        for finding in refused.findings:
            messages.error(request, finding.text())
    except Stale as stale:
        messages.error(request, str(stale))
    return redirect(reverse("sme_eval:detail", args=[pk]) + "#certificate")


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """End the evaluation without a number."""
    evaluation = own_evaluation(request, pk)
    return status.withdraw(
        request, evaluation.filing, partial(actions.withdraw, evaluation=evaluation)
    )
