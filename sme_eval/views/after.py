"""What an enterprise does after the entry: change, material, statement, giving up."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sme_eval import actions, forms, permissions, queries
from sme_eval.enums import AttachmentKind, CaseState, CheckState
from sme_eval.models import Evaluation, SpotCheck
from sme_eval.views.frame import own_evaluation
from torch_portal.common import clock
from torch_portal.common.findings import Refused
from torch_portal.filings.drafts import Conflict
from torch_portal.filings.guided.placed import PlacedForm
from torch_portal.filings.pages.files import kind_rows, limits_text
from torch_portal.filings.transitions import Stale
from torch_portal.filings.uploads import BadUpload


def _page(
    request: HttpRequest,
    evaluation: Evaluation,
    form: PlacedForm,
    words: dict[str, Any],
    act: Callable[[], Any],
) -> HttpResponse:
    """A form of one act: shown, and made when it is readable and nothing stands against it."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except Refused as refused:
            form.place(refused.findings)
        except Stale as stale:
            messages.error(request, str(stale))
            return redirect("sme_eval:detail", evaluation.pk)
        else:
            messages.success(request, words["done"])
            return redirect("sme_eval:detail", evaluation.pk)
    context = {"evaluation": evaluation, "form": form, **words}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "sme_eval/act.html", context, status=status)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Report a change of the enterprise."""
    evaluation = own_evaluation(request, pk)
    permissions.check_may_file(request.user, evaluation.filing)
    form = forms.change_form(evaluation, request.POST or None)
    words = {
        "title": _("Report a change"),
        "lead": _(
            "Within three months of the change. The number stays the same; the agency compares "
            "it with the new licence."
        ),
        "button": _("Send to the agency"),
        "done": _("The change is with the agency now."),
    }
    return _page(
        request,
        evaluation,
        form,
        words,
        lambda: actions.report_change(
            evaluation=evaluation, by=request.user, at=clock.now(), **form.arguments()
        ),
    )


@require_http_methods(["GET", "POST"])
def resign(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the number up."""
    evaluation = own_evaluation(request, pk)
    permissions.check_may_file(request.user, evaluation.filing)
    form = forms.ResignForm(request.POST or None)
    words = {
        "title": _("Give up the number"),
        "lead": _(
            "From today the number is no longer valid, and the tax office is told. It cannot be "
            "made valid again; you may be evaluated anew."
        ),
        "button": _("Give up the number"),
        "grave": True,
        "done": _("The number was given up."),
    }
    return _page(
        request,
        evaluation,
        form,
        words,
        lambda: actions.resign(
            evaluation=evaluation,
            by=request.user,
            at=clock.now(),
            note=form.cleaned_data["note"],
        ),
    )


@require_http_methods(["GET", "POST"])
def state_case(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer an announced revocation, once."""
    evaluation = own_evaluation(request, pk)
    permissions.check_may_file(request.user, evaluation.filing)
    case = get_object_or_404(evaluation.revocations, state=CaseState.NOTICED)
    form = forms.StatementForm(request.POST or None)
    words = {
        "title": _("State your case"),
        "lead": case.facts,
        "until": case.due_on,
        "button": _("Send the statement"),
        "done": _("Your statement is with the department."),
    }
    return _page(
        request,
        evaluation,
        form,
        words,
        lambda: actions.state_case(
            revocation=case,
            statement=form.cleaned_data["statement"],
            by=request.user,
            at=clock.now(),
        ),
    )


def _own_check(request: HttpRequest, pk: int, check_pk: int) -> SpotCheck:
    evaluation = own_evaluation(request, pk)
    permissions.check_may_file(request.user, evaluation.filing)
    rows = evaluation.spot_checks.select_related("draw", "evaluation__filing")
    return get_object_or_404(rows, pk=check_pk)


@require_http_methods(["GET", "POST"])
def material(request: HttpRequest, pk: int, check_pk: int) -> HttpResponse:
    """The statements that a spot check asks for: files first, then their figures."""
    check = _own_check(request, pk, check_pk)
    form = forms.MaterialForm(request.POST or None)
    if check.state != CheckState.ASKED:
        messages.info(request, _("The material was handed in already."))
        return redirect("sme_eval:detail", pk)
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_material(
                check=check, figures=form.cleaned_data, by=request.user, at=clock.now()
            )
        except Refused as refused:
            form.place(refused.findings)
        except Stale as stale:
            messages.error(request, str(stale))
        else:
            messages.success(request, _("The material is with the agency now."))
            return redirect("sme_eval:detail", pk)
    return _material_page(request, check, form, [])


@require_http_methods(["POST"])
def material_file(request: HttpRequest, pk: int, check_pk: int) -> HttpResponse:
    """Take one statement."""
    check = _own_check(request, pk, check_pk)
    errors = []
    kind = request.POST.get("kind", "")
    for upload in request.FILES.getlist("files") if kind in AttachmentKind.values else ():
        try:
            actions.attach_material(
                check=check, kind=kind, upload=upload, by=request.user, at=clock.now()
            )
        except (BadUpload, Conflict) as error:
            errors.append(str(error))
    if errors:
        return _material_page(request, check, forms.MaterialForm(), errors)
    return redirect("sme_eval:material", pk, check_pk)


def _material_page(
    request: HttpRequest, check: SpotCheck, form: PlacedForm, errors: list[str]
) -> HttpResponse:
    filing = check.evaluation.filing
    needed = queries.edition_of(check.evaluation).due("check")
    context = {
        "check": check,
        "evaluation": check.evaluation,
        "form": form,
        "kinds": kind_rows(filing, needed, needed),
        "errors": errors,
        "limits_text": limits_text(),
        "attach_url": reverse("sme_eval:material_file", args=[filing.pk, check.pk]),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "sme_eval/material.html", context, status=status)
