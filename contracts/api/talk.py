"""Conversation over the API: answers to the correction list, the thread, documents given."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from contracts import actions, permissions
from contracts.api import answers, entries
from contracts.api.files import file_answer, making_answer, multipart
from contracts.api.frame import StrictJSON, read
from contracts.api.moves import KEY
from torch_portal.certificates.documents import opened
from torch_portal.certificates.enums import Making
from torch_portal.certificates.models import Document
from torch_portal.common.limits import Limit
from torch_portal.filings import threads
from torch_portal.filings.actions import note_access
from torch_portal.filings.correcting import open_items
from torch_portal.filings.enums import AccessKind, Side
from torch_portal.filings.idempotency import once
from torch_portal.filings.models import ThreadFile, ThreadMessage

FILE_ID = OpenApiParameter("file_id", int, OpenApiParameter.PATH)
BYTES = {
    (200, kind): OpenApiTypes.BINARY for kind in ("application/pdf", "image/png", "image/jpeg")
}


class ThreadFileShown(serializers.Serializer):
    """A file sent with a message."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    content_type = serializers.CharField()
    size = serializers.IntegerField()
    sha256 = serializers.CharField()
    url = serializers.URLField()


class ThreadMessageShown(serializers.Serializer):
    """One message; the agency's stand under the agency's name."""

    id = serializers.IntegerField()
    side = serializers.ChoiceField(choices=Side.choices)
    who = serializers.CharField()
    sent_at = serializers.DateTimeField()
    text = serializers.CharField()
    files = ThreadFileShown(many=True)


class ThreadShown(serializers.Serializer):
    """The thread of a filing; `closed` says why nobody can write, "" when one can."""

    closed = serializers.CharField()
    messages = ThreadMessageShown(many=True)


class TalkMixin:
    """The addresses of the conversation; the view gives `contract`, `answer`, `base` and `at`."""

    @extend_schema(
        summary="Answer items of the correction list",
        request=entries.AnswerEntries,
        responses=answers.ContractShown,
        parameters=[KEY],
    )
    @action(detail=True, methods=["post"], url_path="answers", url_name="answers")
    @once
    def answer_items(self: Any, request: Request, id: str) -> Response:
        """Keep what was done about each item; an id that is not on the open list is refused."""
        contract = self.contract(request, id)
        permissions.check_may_file(request.user, contract.filing)
        sent = read(entries.AnswerEntries, request)["answers"]
        listed = {item.pk: item for item in open_items(contract.filing)}
        unknown = [str(row["id"]) for row in sent if row["id"] not in listed]
        if unknown:
            words = _("Not on the open correction list: %(ids)s.") % {"ids": ", ".join(unknown)}
            raise ValidationError({"answers": words})
        with transaction.atomic():
            for row in sent:
                actions.answer_correction(
                    item=listed[row["id"]], answer=row["answer"], by=request.user
                )
        return self.answer(contract)

    @extend_schema(
        operation_id="contracts_messages_list", summary="The thread", responses=ThreadShown
    )
    @action(detail=True, methods=["get"], parser_classes=[StrictJSON, MultiPartParser])
    def messages(self: Any, request: Request, id: str) -> Response:
        """Messages oldest first; reading them here marks nothing as read."""
        return self._thread(self.contract(request, id))

    @extend_schema(
        summary="Write a message",
        request={
            "application/json": entries.MessageEntries,
            "multipart/form-data": entries.MessageEntries,
        },
        responses={201: ThreadShown},
        parameters=[KEY],
    )
    @messages.mapping.post
    @once
    def write_message(self: Any, request: Request, id: str) -> Response:
        """For the enterprise, or as the agency, by who you are; files as multipart/form-data."""
        contract = self.contract(request, id)
        sent = entries.MessageEntries(data=multipart(request))
        sent.is_valid(raise_exception=True)
        actions.send_message(
            contract=contract,
            text=sent.validated_data["text"],
            uploads=sent.validated_data["file"],
            by=request.user,
            at=self.at,
        )
        return self._thread(contract, status=201)

    def _thread(self: Any, contract: Any, status: int = 200) -> Response:
        filing = contract.filing
        rows = [_message(m, contract, self.base) for m in threads.messages_of(filing)]
        closed = threads.why_closed(filing, self.at)
        return Response({"closed": closed, "messages": rows}, status=status)

    @extend_schema(summary="A file of a message", parameters=[FILE_ID], responses=BYTES)
    @action(
        detail=True,
        methods=["get"],
        url_path=r"messages/files/(?P<file_id>[0-9]+)",
        url_name="message-file",
    )
    def message_file(self: Any, request: Request, id: str, file_id: str) -> HttpResponse:
        """The bytes as they came, as a download."""
        visible = ThreadMessage.objects.visible_to(request.user).filter(thread_id=id)
        found = get_object_or_404(ThreadFile, pk=file_id, message__in=visible)
        return file_answer(request, found.file, found.sha256, found.name, found.content_type)

    @extend_schema(
        summary="A receipt or notice",
        parameters=[OpenApiParameter("document_id", int, OpenApiParameter.PATH)],
        responses={
            (200, "application/pdf"): OpenApiTypes.BINARY,
            202: OpenApiResponse(answers.MakingShown, "It is being made; Retry-After says when."),
        },
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
        found = opened(get_object_or_404(rows, pk=document_id, filing_id=id))
        if found.making == Making.READY:
            kind = AccessKind.ISSUED
            note_access(filing=found.filing, kind=kind, by=request.user, at=self.at)
            name = f"{found.number}.pdf"
            return file_answer(request, found.pdf, found.sha256, name, "application/pdf")
        return making_answer(found, _("The file could not be made yet. The operators can see why."))


def _message(row: ThreadMessage, contract: Any, base: str) -> dict[str, Any]:
    agency = contract.filing.agency
    return {
        "id": row.pk,
        "side": row.side,
        "who": row.sent_by_name if row.side == Side.ENTERPRISE else agency.name,
        "sent_at": row.sent_at.isoformat(),
        "text": row.text,
        "files": [
            {name: getattr(f, name) for name in ("id", "name", "content_type", "size", "sha256")}
            | {"url": f"{base}{row.thread_id}/messages/files/{f.pk}/"}
            for f in row.files.all()
        ],
    }
