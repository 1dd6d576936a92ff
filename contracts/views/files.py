"""The contract text and attachments of a draft."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from contracts import actions, editions
from contracts.enums import PATENTS, AttachmentKind
from contracts.models import Contract
from contracts.views.frame import (
    all_findings,
    as_rows,
    open_corrections,
    own_contract,
    step_frame,
)
from torch_portal.filings.drafts import is_editable
from torch_portal.filings.pages import files as pages
from torch_portal.filings.pages.frame import url_of


@require_GET
def files(request: HttpRequest, pk: int) -> HttpResponse:
    """What is needed for this kind of contract, and what is there."""
    contract = own_contract(request, pk)
    if not is_editable(contract.filing):
        return redirect("contracts:detail", pk)
    return _page(request, contract, [])


@require_http_methods(["GET", "POST"])
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one or more files; good ones are kept, each bad one is named with its remedy."""
    contract = own_contract(request, pk)
    act, page = partial(actions.attach, contract=contract), partial(_page, request, contract)
    return pages.attach(request, contract.filing, AttachmentKind.values, act, page)


@require_http_methods(["GET", "POST"])
def detach(request: HttpRequest, pk: int, attachment_pk: int) -> HttpResponse:
    """Take a file out again."""
    contract = own_contract(request, pk)
    act, page = partial(actions.detach, contract=contract), partial(_page, request, contract)
    return pages.detach(request, contract.filing, attachment_pk, act, page)


def _page(request: HttpRequest, contract: Contract, errors: list[str]) -> HttpResponse:
    findings = all_findings(contract)
    context = {
        "kinds": pages.kind_rows(contract.filing, *_kinds(contract)),
        "corrections": [c for c in open_corrections(contract) if c["field"] in ("attachments", "")],
        "limits_text": pages.limits_text(),
        "errors": errors,
        "findings": as_rows(contract, [f for f in findings if f.field == "attachments"])
        if contract.filing.submitted_at
        else [],
        "attach_url": url_of(contract.filing, "attach"),
    }
    frame = step_frame(contract, "files", findings)
    return render(request, "contracts/files.html", frame | context)


def _kinds(contract: Contract) -> tuple[list[AttachmentKind], list[AttachmentKind]]:
    """Every kind that is asked for, needed ones first, and the needed ones alone."""
    patent = contract.ip_kind in PATENTS
    usual = editions.usual_attachments(contract.kind, patent=patent)
    needed = list(editions.BASE_ATTACHMENTS)
    if contract.foreign_language:
        needed += [AttachmentKind.CHINESE_TEXT, AttachmentKind.CONSISTENCY_UNDERTAKING]
    if editions.attachments_block(contract.filing.jurisdiction_id):
        needed += usual
    return list(dict.fromkeys([*needed, *usual, AttachmentKind.OTHER])), needed
