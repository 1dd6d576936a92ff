"""What was issued on a filing, over the API of its line: the certificate, receipts and notices."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from torch_portal.accounts.models import Agency
from torch_portal.certificates import documents
from torch_portal.certificates.enums import DocumentKind, Making
from torch_portal.certificates.models import Certificate, Document
from torch_portal.common.api import Problem
from torch_portal.common.limits import Limit
from torch_portal.filings.actions import note_access
from torch_portal.filings.api import shapes
from torch_portal.filings.api.files import file_answer
from torch_portal.filings.correcting import open_items
from torch_portal.filings.drafts import is_editable
from torch_portal.filings.enums import AccessKind
from torch_portal.filings.models import Filing

POLL_SECONDS = "2"


class CertificateShown(serializers.Serializer):
    """The newest certificate; the file is there once it is ready."""

    number = serializers.CharField()
    version = serializers.IntegerField()
    status = serializers.CharField()
    verify_url = serializers.URLField()
    ready = serializers.BooleanField()


class DocumentShown(serializers.Serializer):
    """A receipt or notice that was given; its file stands at `url` once a worker made it."""

    kind = serializers.ChoiceField(choices=DocumentKind.choices)
    number = serializers.CharField()
    issued_at = serializers.DateTimeField()
    url = serializers.URLField()


class PartsShown(serializers.Serializer):
    """What stands around one filing: files, open corrections, notices, agencies it can go to."""

    attachments = shapes.AttachmentShown(many=True)
    corrections = shapes.CorrectionShown(many=True)
    documents = DocumentShown(many=True)
    agencies = shapes.CodeAndName(many=True)


class MakingShown(serializers.Serializer):
    """How far the file of a certificate is."""

    number = serializers.CharField()
    making = serializers.CharField()
    attempts = serializers.IntegerField()
    ready = serializers.BooleanField()


FILE_OR_MAKING = {
    (200, "application/pdf"): OpenApiTypes.BINARY,
    202: OpenApiResponse(MakingShown, "It is being made; Retry-After says when."),
}


def certificate_data(found: Certificate | None) -> dict[str, Any] | None:
    """A certificate as data."""
    if found is None:
        return None
    return {
        "number": found.number,
        "version": found.version,
        "status": found.status,
        "verify_url": found.content.get("verify_url", ""),
        "ready": found.making == Making.READY,
    }


def document_data(found: Document, base: str) -> dict[str, Any]:
    """A notice as data."""
    return {
        "kind": found.kind,
        "number": found.number,
        "issued_at": shapes.iso(found.issued_at),
        "url": f"{base}{found.filing_id}/documents/{found.pk}/",
    }


def parts(
    filing: Filing, base: str, agencies_for: Callable[[], Iterable[Agency]]
) -> dict[str, Any]:
    """The same as data; agencies_for: asked only while the filing has still to be handed in."""
    files = filing.attachments.live().order_by("pk")
    agencies = agencies_for() if is_editable(filing) else ()
    return {
        "attachments": [shapes.attachment(a, base) for a in files],
        "corrections": [shapes.correction(i) for i in open_items(filing)],
        "documents": [document_data(d, base) for d in documents.of_filing(filing)],
        "agencies": [{"code": a.code, "name": a.name} for a in agencies],
    }


class CertificateMixin:
    """The address of the certificate, in a line's view (see filings.api)."""

    @extend_schema(summary="The certificate", responses=FILE_OR_MAKING)
    @action(detail=True, methods=["get"], throttle_classes=[Limit])
    def certificate(self: Any, request: Request, id: str) -> HttpResponse:
        """The signed PDF; 202 while a worker makes it, 404 before recognition."""
        return newest_file(self, request, id)


def newest_file(view: Any, request: Request, id: str) -> HttpResponse:
    """What was issued last on a filing: the signed PDF, 202 while it is made, 404 before."""
    row = view.row(request, id)
    found = view.newest_certificate(row)
    if found is None:
        raise Http404
    if found.making == Making.READY:
        kind = AccessKind.ISSUED
        note_access(filing=row.filing, kind=kind, by=request.user, at=view.at)
        name = f"{found.number}.pdf"
        return file_answer(request, found.pdf, found.sha256, name, "application/pdf")
    failed = _("The certificate could not be made yet. The operators can see why.")
    return making_answer(found, failed)


class DocumentsMixin:
    """The addresses of receipts and notices, in a line's view (see filings.api)."""

    @extend_schema(
        summary="A receipt or notice",
        parameters=[OpenApiParameter("document_id", int, OpenApiParameter.PATH)],
        responses=FILE_OR_MAKING,
    )
    @action(
        detail=True,
        methods=["get"],
        url_path=r"documents/(?P<document_id>[0-9]+)",
        url_name="document",
        throttle_classes=[Limit],
    )
    def document(self: Any, request: Request, id: str, document_id: str) -> HttpResponse:
        """The signed PDF, made when it is first asked for; 202 while a worker makes it."""
        rows = Document.objects.visible_to(request.user).select_related("filing")
        row = get_object_or_404(rows, pk=document_id, filing_id=id, filing__line=self.line)
        found = documents.opened(row)
        if found.making == Making.READY:
            kind = AccessKind.ISSUED
            note_access(filing=found.filing, kind=kind, by=request.user, at=self.at)
            name = f"{found.number}.pdf"
            return file_answer(request, found.pdf, found.sha256, name, "application/pdf")
        return making_answer(found, _("The file could not be made yet. The operators can see why."))


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
