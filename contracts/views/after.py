"""What an enterprise asks for after the decision, and where each matter stands."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from contracts import actions, forms, permissions, queries
from contracts.enums import FollowUpKind, FollowUpState
from contracts.models import Contract, FollowUp
from contracts.views.frame import own_contract
from contracts.workflow import PROCEDURES
from torch_portal.accounts.roles import Denied
from torch_portal.certificates.pages import pdf
from torch_portal.common import clock
from torch_portal.common.findings import Refused
from torch_portal.filings.actions import note_access
from torch_portal.filings.enums import AccessKind
from torch_portal.filings.guided.placed import PlacedForm
from torch_portal.filings.pages.rows import file_row
from torch_portal.filings.transitions import Stale
from torch_portal.filings.uploads import BadUpload
from torch_portal.filings.wording import long_date

ACTS: dict[str, Callable[..., FollowUp]] = {
    FollowUpKind.CHANGE: actions.request_change,
    FollowUpKind.DEREGISTRATION: actions.request_deregistration,
    FollowUpKind.INCOME: actions.report_income,
    FollowUpKind.SUPPLEMENT: actions.supplement_income,
    FollowUpKind.OBJECTION: actions.object_to_decision,
}


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The form of one kind of request; what was typed stays when something is wrong."""
    contract = own_contract(request, pk)
    permissions.check_may_file(request.user, contract.filing)
    if kind not in forms.ASKING:
        raise Http404
    if contract.filing.state not in PROCEDURES[kind].sources:
        messages.error(request, _("This is not possible in the present state of the filing."))
        return redirect("contracts:detail", pk)
    form = forms.asking(kind, contract, request.POST or None)
    lines = _lines(request, kind)
    readable = all([form.is_valid(), lines is None or lines.is_valid()]) if form.is_bound else False
    if readable:
        begun = _begin(request, contract, kind, form, lines)
        if begun is not None:
            messages.success(request, _("It is with the agency now."))
            return redirect("contracts:matter", pk, begun.pk)
    return _ask_page(request, contract, kind, form, lines)


def _lines(request: HttpRequest, kind: str) -> Any:
    if kind not in queries.REPORTED:
        return None
    return forms.IncomeLines(request.POST or None, prefix="lines")


def _begin(
    request: HttpRequest, contract: Contract, kind: str, form: PlacedForm, lines: Any
) -> FollowUp | None:
    """Make the request; None when the rules or a file stand against it, said on the form."""
    entries: dict[str, Any] = form.arguments()  # type: ignore[attr-defined]  # each form of ASKING has it
    if lines is not None:
        entries["lines"] = lines.lines(queries.registered(contract))
    try:
        begun = ACTS[kind](
            contract=contract,
            by=request.user,
            at=clock.now(),
            files=request.FILES.getlist("files"),
            **entries,
        )
    except Refused as refused:
        form.place(refused.findings)
        return None
    except BadUpload as bad:
        form.add_error(None, str(bad))
        return None
    return begun


def _ask_page(
    request: HttpRequest, contract: Contract, kind: str, form: Any, lines: Any
) -> HttpResponse:
    procedure = PROCEDURES[kind]
    last = queries.objection_until(contract) if kind == FollowUpKind.OBJECTION else None
    context = {
        "contract": contract,
        "title": FollowUpKind(kind).label,
        "kind": kind,
        "form": form,
        "lines": lines,
        "procedure": procedure,
        "sums": queries.income_sums(contract) if kind in queries.REPORTED else None,
        "until": long_date(last),
        "body": contract.filing.agency.review_body if contract.filing.agency else "",
    }
    return render(request, "contracts/ask.html", context, status=422 if form.errors else 200)


def _own_matter(request: HttpRequest, pk: int, matter_pk: int) -> FollowUp:
    rows = FollowUp.objects.visible_to(request.user).select_related(
        "contract__filing__agency", "contract__filing__enterprise", "opened_by", "decided_by"
    )
    return get_object_or_404(rows, pk=matter_pk, contract_id=pk)


@require_GET
def matter(request: HttpRequest, pk: int, matter_pk: int) -> HttpResponse:
    """One matter: what was asked, where it stands, what was answered."""
    return _matter_page(request, _own_matter(request, pk, matter_pk), forms.StatementForm())


def _matter_page(request: HttpRequest, followup: FollowUp, form: Any) -> HttpResponse:
    contract = followup.contract
    files = contract.filing.attachments.live().filter(kind=followup.file_kind).order_by("pk")
    mine = _may_file(request, followup)
    waiting = followup.state == FollowUpState.OPEN
    notice = followup.kind == FollowUpKind.REVOCATION
    context = {
        "contract": contract,
        "matter": queries.followup_box(followup),
        "files": [file_row(contract.filing, a, removable=False) for a in files],
        "form": form,
        "can_state": mine and waiting and notice and followup.stated_at is None,
        "can_withdraw": mine and waiting and PROCEDURES[followup.kind].begun_by == "filer",
    }
    return render(request, "contracts/matter.html", context, status=422 if form.errors else 200)


def _may_file(request: HttpRequest, followup: FollowUp) -> bool:
    try:
        permissions.check_may_file(request.user, followup.contract.filing)
    except Denied:
        return False
    return True


@require_POST
def withdraw_matter(request: HttpRequest, pk: int, matter_pk: int) -> HttpResponseRedirect:
    """Take a request back."""
    followup = _own_matter(request, pk, matter_pk)
    try:
        actions.withdraw_request(followup=followup, by=request.user, at=clock.now())
        messages.success(request, _("The request was withdrawn."))
    except Stale as stale:
        messages.error(request, str(stale))
    return redirect("contracts:matter", pk, matter_pk)


@require_POST
def state_case(request: HttpRequest, pk: int, matter_pk: int) -> HttpResponse:
    """The statement of the enterprise on an intended revocation."""
    followup = _own_matter(request, pk, matter_pk)
    form = forms.StatementForm(request.POST)
    form.is_valid()
    try:
        actions.state_case(
            followup=followup,
            statement=form.cleaned_data.get("statement", ""),
            by=request.user,
            at=clock.now(),
            files=request.FILES.getlist("files"),
        )
    except Refused as refused:
        form.place(refused.findings)
    except BadUpload as bad:
        form.add_error(None, str(bad))
    except Stale as stale:
        messages.error(request, str(stale))
    else:
        messages.success(request, _("Your statement is with the agency."))
    if form.errors:
        return _matter_page(request, followup, form)
    return redirect("contracts:matter", pk, matter_pk)


@require_GET
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """An earlier version of the registered contract, as it stood."""
    contract = own_contract(request, pk)
    found = get_object_or_404(contract.versions.select_related("certificate"), number=number)
    context = {
        "contract": contract,
        "version": found,
        "rows": queries.version_rows(found),
    }
    return render(request, "contracts/version.html", context)


@require_GET
def issued(request: HttpRequest, pk: int, certificate_pk: int) -> HttpResponse:
    """A certificate or statement of this filing, whatever its version, as PDF."""
    contract = own_contract(request, pk)
    answer = pdf(get_object_or_404(contract.filing.certificates, pk=certificate_pk))
    note_access(filing=contract.filing, kind=AccessKind.ISSUED, by=request.user, at=clock.now())
    return answer
