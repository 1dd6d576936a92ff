"""A line's list of filings over the API, and its drafts: begun, replaced, changed, checked."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django.db import transaction
from drf_spectacular.drainage import isolate_view_method
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from torch_portal.accounts.models import Enterprise
from torch_portal.common.findings import Finding
from torch_portal.filings.api import shapes
from torch_portal.filings.api.enterprises import own_enterprise
from torch_portal.filings.api.entries import Entries, emptied
from torch_portal.filings.api.filters import Codes, filtered, parameters
from torch_portal.filings.api.frame import IF_MATCH, KEY, read, read_data
from torch_portal.filings.api.records import ANSWERED
from torch_portal.filings.idempotency import once


class DraftsMixin:
    """The addresses of the list and of drafts; the view is of `records.Filings`.

    codes, number: what the list is narrowed by, and the column of the line's own number.
    draft_entries, new_entries: what may be sent; draft_columns, draft_tables: names of its parts.
    The line gives `keep(row, sent)`, `short(row)` and `found(row)`.
    """

    codes: ClassVar[Codes]
    number: ClassVar[str]
    draft_entries: ClassVar[type[Entries]]
    new_entries: ClassVar[type[Entries]]
    draft_columns: ClassVar[tuple[str, ...]]
    draft_tables: ClassVar[tuple[str, ...]]

    def listed(self, rows: Any) -> Any:
        """The rows of the list with what each shows; a line narrows them further."""
        return rows

    def short(self, row: Any) -> dict[str, Any]:
        """One row of the list."""
        raise TypeError(f"{type(self).__name__} has no words for {row}")

    def keep(self, row: Any, sent: dict[str, Any]) -> None:
        """Save what was sent in a draft."""
        raise TypeError(f"{type(self).__name__} cannot keep {sent} in {row}")

    def found(self, row: Any) -> list[Finding]:
        """All that the rules say of a filing, at the entries as they are named here."""
        raise TypeError(f"{type(self).__name__} has no rules for {row}")

    def refuse_unread(self, data: dict[str, Any], jurisdiction: str) -> None:
        """What stops a draft before anything else of it is read."""

    def check_sent(self, row: Any, sent: dict[str, Any]) -> None:
        """What was read has to fit the draft that it is for."""

    def started(self: Any, enterprise: Enterprise, sent: dict[str, Any]) -> Any:
        """A new draft, still without what was sent."""
        return self.acts.start(enterprise=enterprise, by=self.request.user, at=self.at)

    def blank(self: Any, row: Any) -> dict[str, Any]:
        """What a draft is without any entry of its own."""
        return emptied(type(row), self.draft_columns) | {name: [] for name in self.draft_tables}

    @extend_schema(summary="Filings that you may see, newest first")
    def list(self: Any, request: Request) -> Response:
        """A page of filings; `next` leads on."""
        rows = filtered(self.get_queryset(), request, self.codes, number=self.number)
        page = self.paginate_queryset(self.listed(rows))
        answer: Response = self.get_paginated_response([self.short(row) for row in page])
        return answer

    @extend_schema(summary="Begin a draft", parameters=[KEY])
    @once
    def create(self: Any, request: Request) -> Response:
        """A draft with what the portal knows and as many entries as are sent."""
        return self.begun(self.begin(request.data))

    def begin(self: Any, told: Any) -> Any:
        """A draft of what was sent; refusals and faults are raised, all at once."""
        data = told if isinstance(told, dict) else {}
        enterprise = own_enterprise(self.request.user, data.get("enterprise"))
        self.refuse_unread(data, enterprise.jurisdiction_id)
        sent = read_data(self.new_entries, told)
        with transaction.atomic():
            row = self.started(enterprise, sent)
            self.check_sent(row, sent)
            if sent.keys() & {*self.draft_columns, *self.draft_tables}:
                self.keep(row, sent)
        return row

    @extend_schema(summary="Replace the entries of a draft", parameters=[IF_MATCH])
    def update(self: Any, request: Request, id: str) -> Response:
        """Entries and tables left out are emptied."""
        row, sent = self.to_save(request, id)
        self.keep(row, self.blank(row) | sent)
        return self.answer(row)

    @extend_schema(summary="Change entries of a draft", parameters=[IF_MATCH])
    def partial_update(self: Any, request: Request, id: str) -> Response:
        """Entries left out stay as they are; a table is given whole."""
        row, sent = self.to_save(request, id)
        self.keep(row, sent)
        return self.answer(row)

    def to_save(self: Any, request: Request, id: str) -> tuple[Any, dict[str, Any]]:
        """The draft if this person may file it, and what was sent for it."""
        row = self.row_to_file(request, id)
        data = request.data if isinstance(request.data, dict) else {}
        self.refuse_unread(data, row.filing.jurisdiction_id)
        sent = read(self.draft_entries, request)
        self.check_sent(row, sent)
        return row, sent

    @extend_schema(summary="Everything the rules say now", responses=shapes.FindingsShown)
    @action(detail=True, methods=["get"])
    def findings(self: Any, request: Request, id: str) -> Response:
        """All findings at once, those that block and those that hint."""
        return Response(shapes.findings(self.found(self.row(request, id))))


def described(
    names: str,
    *,
    shown: type[serializers.Serializer],
    listed: type[serializers.Serializer],
    more: Sequence[OpenApiParameter] = (),
) -> Callable[[Any], Any]:
    """How a line's view stands in the description of the API, under the names of its own.

    names: of its filings; shown, listed: the shapes of one and of one in the list; more: filters.
    """

    def told(view: Any) -> Any:
        files = extend_schema(request={"multipart/form-data": view.attach_entries})
        files(isolate_view_method(view, "attach"))
        return extend_schema_view(
            **{name: extend_schema(responses=shown) for name in ANSWERED},
            attachments=extend_schema(operation_id=f"{view.line}_attachments_list"),
            messages=extend_schema(operation_id=f"{view.line}_messages_list"),
            list=extend_schema(
                summary=f"{names} that you may see, newest first",
                parameters=[*parameters(view.codes), *more],
                responses=listed(many=True),
            ),
            create=extend_schema(request=view.new_entries, responses={201: shown}),
            update=extend_schema(request=view.draft_entries, responses=shown),
            partial_update=extend_schema(request=view.draft_entries(partial=True), responses=shown),
        )(view)

    return told
