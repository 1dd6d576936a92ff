"""The moves that every line has, each by the action that the pages and the desk use."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from torch_portal.accounts.models import Agency
from torch_portal.filings.api.entries import AssignEntries, MayNote, ReturnEntries, SubmitEntries
from torch_portal.filings.api.frame import IF_MATCH, KEY, read
from torch_portal.filings.idempotency import once


def documented(
    summary: str, body: type[serializers.Serializer], answer: Any = None
) -> Callable[[Any], Any]:
    """How a move stands in the description of the API; answer: None where a line says it."""
    told = {"responses": answer} if answer else {}
    return extend_schema(summary=summary, request=body, parameters=[KEY, IF_MATCH], **told)


def moving(
    act: Callable[..., Any],
    summary: str,
    words: str,
    body: type[serializers.Serializer],
    answer: Any = None,
) -> Any:
    """The address of a line's own move, called like its act; words: what a reader has to know."""

    def moved(self: Any, request: Request, id: str) -> Response:
        answer: Response = self.move(request, id, body, act)
        return answer

    moved.__name__, moved.__doc__ = act.__name__, words
    posted = action(detail=True, methods=["post"], url_path=act.__name__.replace("_", "-"))
    return documented(summary, body, answer)(posted(once(moved)))


class MovesMixin:
    """The addresses of moves; the view is of `records.Filings` and describes their answer."""

    @documented("Submit", SubmitEntries)
    @action(detail=True, methods=["post"])
    @once
    def submit(self: Any, request: Request, id: str) -> Response:
        """Hand it to the agency; a filing number and the day of its answer come back."""
        row = self.row_to_file(request, id)
        agency = agency_of(read(SubmitEntries, request))
        told = {self.row_argument: row, "agency": agency}
        self.acts.submit(**told, by=request.user, at=self.at)
        return self.answer(row)

    @documented("Withdraw", MayNote)
    @action(detail=True, methods=["post"])
    @once
    def withdraw(self: Any, request: Request, id: str) -> Response:
        """End it without a decision."""
        return self.move(request, id, MayNote, self.acts.withdraw)

    @documented("Return for correction (退回补正)", ReturnEntries)
    @action(detail=True, methods=["post"], url_path="return", url_name="return")
    @once
    def return_for_correction(self: Any, request: Request, id: str) -> Response:
        """Tell the enterprise the complete list once."""
        return self.move(request, id, ReturnEntries, self.acts.return_for_correction)

    @documented("Assign", AssignEntries)
    @action(detail=True, methods=["post"])
    @once
    def assign(self: Any, request: Request, id: str) -> Response:
        """Into the hands of a colleague by user name, or one's own."""
        return self.move(request, id, AssignEntries, self.acts.assign)


def agency_of(sent: dict[str, Any]) -> Agency | None:
    """The agency that was named by its code, None when none was."""
    code = sent.get("agency")
    found = Agency.objects.filter(code=code).first() if code else None
    if code and found is None:
        raise ValidationError({"agency": _("No registration agency has this code.")})
    return found
