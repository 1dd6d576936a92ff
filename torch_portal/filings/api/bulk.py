"""Many drafts in one request, for the systems of provinces: a line of JSON or a row of XLSX each.

A line's view gives `begin(data)`, a draft of what was sent, and names its parsers.

Every line is read and checked by itself. `mode=each` keeps the good ones, each in a transaction of
its own; `mode=all` keeps all or none. A line may carry a `key` of the sender's: sent again, it is
not acted on again but told again, so a request that broke off is simply sent once more.
"""

from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import transaction
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions, serializers
from rest_framework.decorators import action
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response

from torch_portal.common.api import Problem
from torch_portal.filings.api.entries import SubmitEntries
from torch_portal.filings.api.frame import as_problem, read_data, strict
from torch_portal.filings.api.moves import agency_of
from torch_portal.filings.idempotency import once_for

MOST_LINES = 1_000
MODES = ("each", "all")
# The number of a line, and what reads its entries or raises what is wrong with it.
Line = tuple[int, Callable[[], Any]]


class BulkRow(serializers.Serializer):
    """What became of one line."""

    line = serializers.IntegerField()
    key = serializers.CharField(allow_blank=True)
    status = serializers.IntegerField(help_text="201 kept, 200 kept before, 409 or 4xx refused.")
    id = serializers.IntegerField(allow_null=True)
    number = serializers.CharField(allow_null=True)
    errors = serializers.ListField(child=serializers.DictField())


class BulkShown(serializers.Serializer):
    """All lines with what became of them."""

    kept = serializers.IntegerField()
    refused = serializers.IntegerField()
    rows = BulkRow(many=True)
    left_out = serializers.ListField(
        child=serializers.IntegerField(),
        help_text="Rows of a workbook that are no entries: titles, totals, heads again.",
    )


class Rows(list[Line]):
    """Lines of a request; left_out: numbers of rows that are no entries (titles, totals)."""

    left_out: tuple[int, ...] = ()


class Lines(BaseParser):
    """JSON Lines: one object a line, empty lines left out."""

    media_type = "application/x-ndjson"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        """Numbered lines as bytes; what is wrong with one is told with it."""
        body = stream.read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
        if len(body) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig
        numbered = enumerate(body.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1)
        return Rows((number, partial(strict, line)) for number, line in numbered if line.strip())


class Undone(Exception):
    """Not all lines were good: nothing of the request is kept."""


def documented(*more: str) -> Callable[[Any], Any]:
    """How the address stands in the description; more: media types beside JSON Lines."""
    kinds = {Lines.media_type: OpenApiTypes.STR} | dict.fromkeys(more, OpenApiTypes.BINARY)
    return extend_schema(
        summary="Many drafts at once",
        request=kinds,
        responses=BulkShown,
        parameters=[OpenApiParameter("mode", str, enum=MODES, default="each")],
    )


class BulkMixin:
    """The address of many drafts as JSON Lines; the view is of `records.Filings`."""

    @documented()
    @action(detail=False, methods=["post"], parser_classes=[Lines])
    def bulk(self: Any, request: Request) -> Response:
        """Each line: the entries of a draft, and if you like `key`, `submit` and `agency`."""
        mode = request.query_params.get("mode", "each")
        if mode not in MODES:
            message = _("One of these is needed: %(choices)s.") % {"choices": ", ".join(MODES)}
            raise exceptions.ValidationError({"mode": message})
        if not isinstance(request.data, Rows) or not request.data:
            raise exceptions.ParseError(_("Send one JSON object a line, or a table with heads."))
        if len(request.data) > MOST_LINES:
            title = _("At most %(most)s lines in one request. Send the rest in another.")
            raise Problem(413, "too_many_lines", title % {"most": MOST_LINES})
        rows: list[dict[str, Any]] = []
        try:
            with transaction.atomic() if mode == "all" else nullcontext():
                rows.extend(_line(self, number, told) for number, told in request.data)
                if mode == "all" and any(row["errors"] for row in rows):
                    raise Undone
        except Undone:
            for row in rows:
                if not row["errors"] and row["status"] == 201:
                    row.update(status=424, id=None, number=None)
        return Response(_told(rows) | {"left_out": list(request.data.left_out)})


def _told(rows: list[dict[str, Any]]) -> dict[str, Any]:
    kept = sum(row["status"] in (200, 201) for row in rows)
    return {"kept": kept, "refused": len(rows) - kept, "rows": rows}


def _line(view: Any, number: int, entries_of: Callable[[], Any]) -> dict[str, Any]:
    row = {"line": number, "key": "", "status": 201, "id": None, "number": None, "errors": []}
    try:
        told = entries_of()
        if not isinstance(told, dict):
            raise exceptions.ParseError(_("Send one JSON object a line."))
        key = str(told.pop("key", "") or "")
        row["key"] = key[:100]
        with transaction.atomic():
            if key:
                made, again = once_for(
                    user_id=view.request.user.pk,
                    key=f"bulk:{key}",
                    content=told,
                    at=view.at,
                    run=lambda: _act(view, dict(told)),
                )
            else:
                made, again = _act(view, told), False
        return row | made | {"status": 200 if again else 201}
    except Exception as error:
        return row | _refusal(view.told(error))


def _act(view: Any, told: dict[str, Any]) -> dict[str, Any]:
    """A draft, and its submission where the line asks for it: both or neither."""
    submit, agency = told.pop("submit", False), told.pop("agency", None)
    if not isinstance(submit, bool):
        raise exceptions.ValidationError({"submit": _("Write true or false.")})
    row = view.begin(told)
    if submit:
        sent = read_data(SubmitEntries, {"agency": agency} if agency else {})
        named = {view.row_argument: row, "agency": agency_of(sent)}
        view.acts.submit(**named, by=view.request.user, at=view.at)
    return {"id": row.pk, "number": row.filing.number}


def _refusal(error: Exception) -> dict[str, Any]:
    """The refusal of one line as the API tells it elsewhere; a fault of ours goes on."""
    problem = as_problem(error)
    if isinstance(problem, Problem):
        faults = problem.errors or [{"field": "", "code": problem.code, "message": problem.title}]
        return {"status": problem.status_code, "errors": faults}
    if isinstance(problem, exceptions.APIException):
        fault = {"field": "", "code": problem.default_code, "message": str(problem.detail)}
        return {"status": problem.status_code, "errors": [fault]}
    raise error
