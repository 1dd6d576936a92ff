"""The files of a filing over the API, in and out."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar

from django.db import transaction
from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from torch_portal.common.downloads import download
from torch_portal.common.limits import Limit
from torch_portal.filings.actions import note_access, report_infected
from torch_portal.filings.api import shapes
from torch_portal.filings.api.entries import Entries
from torch_portal.filings.api.frame import bad_files, not_modified
from torch_portal.filings.api.records import tag
from torch_portal.filings.enums import AccessKind
from torch_portal.filings.idempotency import once
from torch_portal.filings.models import Attachment
from torch_portal.filings.uploads import BadUpload, Infected

ATTACHMENT_ID = OpenApiParameter("attachment_id", int, OpenApiParameter.PATH)
BYTES = {
    (200, kind): OpenApiTypes.BINARY for kind in ("application/pdf", "image/png", "image/jpeg")
}


class FilesMixin:
    """The addresses of files.

    attach_entries: what is sent with files, its `kind` one of the line's.
    """

    throttle_scope = "download"
    attach_entries: ClassVar[type[Entries]]

    def handle_exception(self: Any, exc: Exception) -> Response:
        """An infected file is noted on the filing after everything of the request was undone."""
        if isinstance(exc, Infected):
            filing = self.row(self.request, self.kwargs["id"]).filing
            report_infected(filing=filing, infected=exc, by=self.request.user, at=self.at)
        return super().handle_exception(exc)

    @extend_schema(summary="The files of a filing", responses=shapes.AttachmentsShown)
    @action(detail=True, methods=["get"], parser_classes=[MultiPartParser])
    def attachments(self: Any, request: Request, id: str) -> Response:
        """The files that count, oldest first."""
        rows = self.row(request, id).filing.attachments.live().order_by("pk")
        return Response({"attachments": [shapes.attachment(a, self.base) for a in rows]})

    @extend_schema(
        summary="Attach files",
        responses={201: shapes.AttachmentsShown},
    )
    @attachments.mapping.post
    @once
    def attach(self: Any, request: Request, id: str) -> Response:
        """Take one or more files of one kind; all are kept, or none and each bad one is named."""
        row = self.row(request, id)
        entries = self.attach_entries(data=multipart(request))
        entries.is_valid(raise_exception=True)
        told = {self.row_argument: row, "by": request.user, "at": self.at}
        kept = attach_all(partial(self.acts.attach, **told), **entries.validated_data)
        data = {"attachments": [shapes.attachment(a, self.base) for a in kept]}
        return Response(data, status=201, headers={"ETag": tag(row)})

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
        found = get_object_or_404(visible, pk=attachment_id, filing_id=id, filing__line=self.line)
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
        row = self.row(request, id)
        found = get_object_or_404(row.filing.attachments.live(), pk=attachment_id)
        told = {self.row_argument: row, "attachment": found}
        self.acts.detach(**told, by=request.user, at=self.at)
        return Response(status=204)


@transaction.atomic
def attach_all(act: Callable[..., Attachment], kind: str, file: Sequence[Any]) -> list[Attachment]:
    """Keep files of one kind by this act; when one is bad none is kept and each is named."""
    kept, bad = [], []
    for upload in file:
        try:
            kept.append(act(kind=kind, upload=upload))
        except Infected:
            raise  # reported when all of this is rolled back
        except BadUpload as error:
            bad.append(str(error))
    if bad:
        raise bad_files(bad)
    return kept


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
