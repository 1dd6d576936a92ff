"""Files of a filing over the API: attachments in and out, the certificate."""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from contracts import actions
from contracts.api import answers, shown
from contracts.api.entries import AttachEntries
from contracts.api.frame import bad_files, not_modified
from contracts.models import Contract
from torch_portal.certificates.enums import Making
from torch_portal.certificates.models import Certificate, Document
from torch_portal.common.api import Problem
from torch_portal.common.downloads import download
from torch_portal.common.limits import Limit
from torch_portal.filings.actions import note_access, report_infected
from torch_portal.filings.enums import AccessKind
from torch_portal.filings.idempotency import once
from torch_portal.filings.models import Attachment
from torch_portal.filings.uploads import BadUpload, Infected

POLL_SECONDS = "2"
ATTACHMENT_ID = OpenApiParameter("attachment_id", int, OpenApiParameter.PATH)
BYTES = {
    (200, kind): OpenApiTypes.BINARY for kind in ("application/pdf", "image/png", "image/jpeg")
}


class FilesMixin:
    """The addresses of files; the view gives `contract(request, id)`, `base` and `at`."""

    throttle_scope = "download"

    def handle_exception(self: Any, exc: Exception) -> Response:
        """An infected file is noted on the filing after everything of the request was undone."""
        if isinstance(exc, Infected):
            filing = self.contract(self.request, self.kwargs["id"]).filing
            report_infected(filing=filing, infected=exc, by=self.request.user, at=self.at)
        return super().handle_exception(exc)

    @extend_schema(
        operation_id="contracts_attachments_list",
        summary="The files of a filing",
        responses=answers.AttachmentsShown,
    )
    @action(detail=True, methods=["get"], parser_classes=[MultiPartParser])
    def attachments(self: Any, request: Request, id: str) -> Response:
        """The files that count, oldest first."""
        rows = self.contract(request, id).filing.attachments.live().order_by("pk")
        return Response({"attachments": [shown.attachment(a, self.base) for a in rows]})

    @extend_schema(
        summary="Attach files",
        request={"multipart/form-data": AttachEntries},
        responses={201: answers.AttachmentsShown},
    )
    @attachments.mapping.post
    @once
    def attach(self: Any, request: Request, id: str) -> Response:
        """Take one or more files of one kind; all are kept, or none and each bad one is named."""
        contract = self.contract(request, id)
        entries = AttachEntries(data=multipart(request))
        entries.is_valid(raise_exception=True)
        with transaction.atomic():
            kept = self._attach_all(contract, entries.validated_data)
        answer = Response(
            {"attachments": [shown.attachment(a, self.base) for a in kept]}, status=201
        )
        answer["ETag"] = shown.tag(contract, None)
        return answer

    def _attach_all(self: Any, contract: Contract, sent: dict[str, Any]) -> list[Attachment]:
        kept, bad = [], []
        for upload in sent["file"]:
            try:
                kept.append(
                    actions.attach(
                        contract=contract,
                        kind=sent["kind"],
                        upload=upload,
                        by=self.request.user,
                        at=self.at,
                    )
                )
            except Infected:
                raise  # reported when all of this is rolled back
            except BadUpload as error:
                bad.append(str(error))
        if bad:
            raise bad_files(bad)
        return kept

    @extend_schema(
        summary="One file",
        parameters=[ATTACHMENT_ID],
        responses=BYTES,
    )
    @action(
        detail=True,
        methods=["get"],
        url_path=r"attachments/(?P<attachment_id>[0-9]+)",
        url_name="attachment",
        throttle_classes=[Limit],
    )
    def attachment(self: Any, request: Request, id: str, attachment_id: str) -> HttpResponse:
        """The bytes as they came, as a download."""
        visible = Attachment.objects.visible_to(request.user).select_related("filing")
        found = get_object_or_404(visible, pk=attachment_id, filing_id=id, filing__line="contracts")
        note_access(
            filing=found.filing,
            kind=AccessKind.FILE,
            attachment=found,
            by=request.user,
            at=self.at,
        )
        return file_answer(request, found.file, found.sha256, found.name, found.content_type)

    @extend_schema(summary="Take a file out", parameters=[ATTACHMENT_ID], responses={204: None})
    @attachment.mapping.delete
    def detach(self: Any, request: Request, id: str, attachment_id: str) -> Response:
        """Hide a file of a draft; its bytes and the act stay on record."""
        contract = self.contract(request, id)
        found = get_object_or_404(contract.filing.attachments.live(), pk=attachment_id)
        actions.detach(contract=contract, attachment=found, by=request.user, at=self.at)
        return Response(status=204)

    @extend_schema(
        summary="The certificate",
        responses={
            (200, "application/pdf"): OpenApiTypes.BINARY,
            202: OpenApiResponse(answers.MakingShown, "It is being made; Retry-After says when."),
        },
    )
    @action(detail=True, methods=["get"], throttle_classes=[Limit])
    def certificate(self: Any, request: Request, id: str) -> HttpResponse:
        """The signed PDF; 202 while a worker makes it, 404 before recognition."""
        contract = self.contract(request, id)
        found = shown.newest_certificate(contract)
        if found is None:
            raise Http404
        if found.making == Making.READY:
            kind = AccessKind.ISSUED
            note_access(filing=contract.filing, kind=kind, by=request.user, at=self.at)
            return file_answer(
                request, found.pdf, found.sha256, f"{found.number}.pdf", "application/pdf"
            )
        failed = _("The certificate could not be made yet. The operators can see why.")
        return making_answer(found, failed)


def making_answer(found: Certificate | Document, failed: str) -> Response:
    """202 with how far a file is; raises Problem 503 with these words when it was given up."""
    if found.making == Making.FAILED:
        raise Problem(503, "certificate_failed", failed)
    progress = {
        "number": found.number,
        "making": found.making,
        "attempts": found.attempts,
        "ready": False,
    }
    return Response(progress, status=202, headers={"Retry-After": POLL_SECONDS})


def multipart(request: Request) -> dict[str, Any]:
    """The parts of a multipart body; files may be called file or files."""
    sent = request.data
    if not hasattr(sent, "lists"):
        return dict(sent) if isinstance(sent, dict) else {}
    found: dict[str, Any] = {}
    for name, values in sent.lists():
        if name in ("file", "files"):
            found["file"] = [*found.get("file", []), *values]
        else:
            found[name] = values[-1]
    return found


def file_answer(
    request: Request, file: Any, sha256: str, name: str, content_type: str
) -> HttpResponse:
    """A file for download, never run in the portal's name; 304 to who has it already."""
    tag = f'"{sha256}"'
    if not_modified(request, tag):
        return HttpResponseNotModified(headers={"ETag": tag})
    return download(file, name=name, content_type=content_type, etag=tag)
