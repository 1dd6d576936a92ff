"""The contract text and attachments of a draft; reading them."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from contracts import actions, editions, forms
from contracts.enums import PATENTS, AttachmentKind
from contracts.models import Contract
from contracts.views.frame import (
    all_findings,
    as_rows,
    open_corrections,
    own_contract,
    step_frame,
)
from torch_portal.common import clock
from torch_portal.common.downloads import download
from torch_portal.common.limits import limited
from torch_portal.filings.actions import note_access, report_infected
from torch_portal.filings.drafts import is_editable
from torch_portal.filings.enums import AccessKind
from torch_portal.filings.models import Attachment
from torch_portal.filings.uploads import BadUpload, Infected


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
    if request.method == "GET":
        return redirect("contracts:files", pk)
    contract = own_contract(request, pk)
    kind = request.POST.get("kind", "")
    errors = [] if kind in AttachmentKind.values else [_("Choose what kind of file it is.")]
    uploads = request.FILES.getlist("files")
    if not uploads and not errors:
        errors.append(_("No file arrived. Choose it again."))
    for upload in uploads if not errors else ():
        try:
            actions.attach(
                contract=contract, kind=kind, upload=upload, by=request.user, at=clock.now()
            )
        except Infected as error:
            report_infected(filing=contract.filing, infected=error, by=request.user, at=clock.now())
            errors.append(str(error))
        except (BadUpload, actions.Conflict) as error:
            errors.append(str(error))
    if errors:
        return _page(request, contract, errors)
    return redirect(reverse("contracts:files", args=[pk]) + f"#field-{kind}")


@require_http_methods(["GET", "POST"])
def detach(request: HttpRequest, pk: int, attachment_pk: int) -> HttpResponse:
    """Take a file out again."""
    if request.method == "GET":
        return redirect("contracts:files", pk)
    contract = own_contract(request, pk)
    attachment = get_object_or_404(contract.filing.attachments.live(), pk=attachment_pk)
    try:
        actions.detach(contract=contract, attachment=attachment, by=request.user, at=clock.now())
    except actions.Conflict as conflict:
        return _page(request, contract, [str(conflict)])
    return redirect("contracts:files", pk)


@require_GET
@limited("download")
def attachment(request: HttpRequest, pk: int, attachment_pk: int) -> HttpResponse:
    """The bytes, to who may see the filing: as a download, never run in the page's name."""
    found = get_object_or_404(
        Attachment.objects.visible_to(request.user).select_related("filing"),
        pk=attachment_pk,
        filing_id=pk,
    )
    note_access(
        filing=found.filing,
        kind=AccessKind.FILE,
        attachment=found,
        by=request.user,
        at=clock.now(),
    )
    return download(
        found.file,
        name=found.name,
        content_type=found.content_type,
        inline=request.GET.get("show") == "1",
    )


def _page(request: HttpRequest, contract: Contract, errors: list[str]) -> HttpResponse:
    findings = all_findings(contract)
    context = {
        "kinds": _kinds(contract),
        "corrections": [c for c in open_corrections(contract) if c["field"] in ("attachments", "")],
        "limits_text": _("PDF, PNG or JPEG; each at most %(one)s MB, together %(all)s MB.")
        % {
            "one": settings.ATTACHMENT_MAX_BYTES // 1024**2,
            "all": settings.ATTACHMENTS_MAX_BYTES // 1024**2,
        },
        "errors": errors,
        "findings": as_rows(contract, [f for f in findings if f.field == "attachments"])
        if contract.filing.submitted_at
        else [],
        "attach_url": reverse("contracts:attach", args=[contract.pk]),
    }
    frame = step_frame(contract, "files", findings)
    return render(request, "contracts/files.html", frame | context)


def _kinds(contract: Contract) -> list[dict[str, Any]]:
    """Needed kinds first, then what is usually asked for, then anything else."""
    patent = contract.ip_kind in PATENTS
    usual = editions.usual_attachments(contract.kind, patent=patent)
    needed = list(editions.BASE_ATTACHMENTS)
    if contract.foreign_language:
        needed += [AttachmentKind.CHINESE_TEXT, AttachmentKind.CONSISTENCY_UNDERTAKING]
    if editions.attachments_block(contract.filing.jurisdiction_id):
        needed += usual
    listed = dict.fromkeys([*needed, *usual, AttachmentKind.OTHER])
    rows = list(contract.filing.attachments.live().order_by("pk"))
    return [
        {
            "value": kind.value,
            "label": kind.label,
            "hint": "",
            "required": kind in needed,
            "files": [forms.file_row(contract, r, removable=True) for r in rows if r.kind == kind],
        }
        for kind in listed
    ]
