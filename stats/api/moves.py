"""Every move over the API, each by the action that the pages and the desk use."""

from functools import partial
from typing import Any

from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from stats import actions
from stats.api import answers, entries
from torch_portal.filings.api import moves
from torch_portal.filings.api.entries import Entries, MayNote, MustNote
from torch_portal.filings.api.files import multipart
from torch_portal.filings.api.frame import read
from torch_portal.filings.idempotency import once

documented = partial(moves.documented, answer=answers.ReturnShown)


class MovesMixin(moves.MovesMixin):
    """The addresses of the line's own moves beside those of every line."""

    @documented("Check (平衡关系)", Entries)
    @action(detail=True, methods=["post"])
    @once
    def check(self: Any, request: Request, id: str) -> Response:
        """All rules over the values as they are; violated ones stand in the answer."""
        report = self.row(request, id)
        read(Entries, request)
        actions.check(report=report, by=request.user, at=self.at)
        return self.answer(report)

    @documented("Explain a violated rule", entries.ExplainEntries)
    @action(detail=True, methods=["post"])
    @once
    def explain(self: Any, request: Request, id: str) -> Response:
        """Void as soon as one of the values it rests on is another one."""
        report = self.row(request, id)
        said = read(entries.ExplainEntries, request)
        actions.explain(report=report, by=request.user, at=self.at, **said)
        return self.answer(report)

    @documented("Ask for cancellation (申请撤消)", MustNote)
    @action(detail=True, methods=["post"], url_path="request-cancellation")
    @once
    def request_cancellation(self: Any, request: Request, id: str) -> Response:
        """The unit decides whether the return is void."""
        return self.move(request, id, MustNote, actions.request_cancellation)

    @documented("Send the signed scan", entries.ScanEntries)
    @action(detail=True, methods=["post"], parser_classes=[MultiPartParser])
    @once
    def scan(self: Any, request: Request, id: str) -> Response:
        """Signed and stamped, of the revision that stands."""
        report = self.row(request, id)
        sent = entries.ScanEntries(data=multipart(request))
        sent.is_valid(raise_exception=True)
        (upload,) = sent.validated_data["file"]
        actions.upload_scan(report=report, upload=upload, by=request.user, at=self.at)
        return self.answer(report)

    @documented("Approve at the local unit", MayNote)
    @action(detail=True, methods=["post"], url_path="approve-local")
    @once
    def approve_local(self: Any, request: Request, id: str) -> Response:
        """By the responsible unit."""
        return self.move(request, id, MayNote, actions.approve_local)

    @documented("Approve at the city", MayNote)
    @action(detail=True, methods=["post"], url_path="approve-city")
    @once
    def approve_city(self: Any, request: Request, id: str) -> Response:
        """By the city above the unit."""
        return self.move(request, id, MayNote, actions.approve_city)

    @documented("Approve at the province", MayNote)
    @action(detail=True, methods=["post"], url_path="approve-province")
    @once
    def approve_province(self: Any, request: Request, id: str) -> Response:
        """By the province."""
        return self.move(request, id, MayNote, actions.approve_province)

    @documented("Accept", MayNote)
    @action(detail=True, methods=["post"])
    @once
    def accept(self: Any, request: Request, id: str) -> Response:
        """By the Torch Center; the values stand in the totals."""
        return self.move(request, id, MayNote, actions.accept)

    @documented("Cancel the return (撤消)", MustNote)
    @action(detail=True, methods=["post"])
    @once
    def cancel(self: Any, request: Request, id: str) -> Response:
        """It is void and counts nowhere."""
        return self.move(request, id, MustNote, actions.cancel)

    @documented("Refuse the cancellation", MustNote)
    @action(detail=True, methods=["post"], url_path="refuse-cancellation")
    @once
    def refuse_cancellation(self: Any, request: Request, id: str) -> Response:
        """The return lies with the respondent again."""
        return self.move(request, id, MustNote, actions.refuse_cancellation)
