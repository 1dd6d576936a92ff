"""Conversation over the API: answers to the correction list, the thread."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from torch_portal.accounts.roles import check_filer
from torch_portal.filings import threads
from torch_portal.filings.api import entries
from torch_portal.filings.api.files import BYTES, file_answer, multipart
from torch_portal.filings.api.frame import KEY, StrictJSON, read
from torch_portal.filings.correcting import open_items
from torch_portal.filings.enums import Side
from torch_portal.filings.idempotency import once
from torch_portal.filings.models import Filing, ThreadFile, ThreadMessage

FILE_ID = OpenApiParameter("file_id", int, OpenApiParameter.PATH)


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
    """The addresses of the conversation; the view gives `answer(row)` too."""

    @extend_schema(
        summary="Answer items of the correction list",
        request=entries.AnswerEntries,
        parameters=[KEY],
    )
    @action(detail=True, methods=["post"], url_path="answers", url_name="answers")
    @once
    def answer_items(self: Any, request: Request, id: str) -> Response:
        """Keep what was done about each item; an id that is not on the open list is refused."""
        row = self.row(request, id)
        check_filer(request.user, row.filing.enterprise_id)
        sent = read(entries.AnswerEntries, request)["answers"]
        listed = {item.pk: item for item in open_items(row.filing)}
        unknown = [str(told["id"]) for told in sent if told["id"] not in listed]
        if unknown:
            words = _("Not on the open correction list: %(ids)s.") % {"ids": ", ".join(unknown)}
            raise ValidationError({"answers": words})
        with transaction.atomic():
            for told in sent:
                item = listed[told["id"]]
                self.acts.answer_correction(item=item, answer=told["answer"], by=request.user)
        return self.answer(row)

    @extend_schema(summary="The thread", responses=ThreadShown)
    @action(detail=True, methods=["get"], parser_classes=[StrictJSON, MultiPartParser])
    def messages(self: Any, request: Request, id: str) -> Response:
        """Messages oldest first; reading them here marks nothing as read."""
        return self._thread(self.row(request, id).filing)

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
        row = self.row(request, id)
        sent = entries.MessageEntries(data=multipart(request))
        sent.is_valid(raise_exception=True)
        text, uploads = sent.validated_data["text"], sent.validated_data["file"]
        told = {self.row_argument: row, "text": text, "uploads": uploads}
        self.acts.send_message(**told, by=request.user, at=self.at)
        return self._thread(row.filing, status=201)

    def _thread(self: Any, filing: Filing, status: int = 200) -> Response:
        rows = [_message(m, filing, self.base) for m in threads.messages_of(filing)]
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
        visible = ThreadMessage.objects.visible_to(request.user)
        visible = visible.filter(thread_id=id, thread__filing__line=self.line)
        found = get_object_or_404(ThreadFile, pk=file_id, message__in=visible)
        return file_answer(request, found.file, found.sha256, found.name, found.content_type)


def _message(row: ThreadMessage, filing: Any, base: str) -> dict[str, Any]:
    agency = filing.agency
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
