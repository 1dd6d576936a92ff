"""Every move over the API, each by the action that the pages and the desk use."""

from functools import partial
from typing import Any

from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from sme_eval import actions
from sme_eval.api import answers, entries
from torch_portal.filings.api import moves
from torch_portal.filings.api.entries import MayNote, MustNote
from torch_portal.filings.idempotency import once

documented = partial(moves.documented, answer=answers.EvaluationShown)


class MovesMixin(moves.MovesMixin):
    """The addresses of the line's own moves beside those of every line."""

    @documented("Pass the form review (通过形式审查)", MayNote)
    @action(detail=True, methods=["post"], url_path="pass-form")
    @once
    def pass_form(self: Any, request: Request, id: str) -> Response:
        """The points of the form as filed are kept; the province goes on with it."""
        return self.move(request, id, MayNote, actions.pass_form)

    @documented("Refuse (不予入库)", MustNote)
    @action(detail=True, methods=["post"])
    @once
    def refuse(self: Any, request: Request, id: str) -> Response:
        """It does not meet the conditions of article 6."""
        return self.move(request, id, MustNote, actions.refuse)

    @documented("Send back to the agency", MustNote)
    @action(detail=True, methods=["post"], url_path="send-back")
    @once
    def send_back(self: Any, request: Request, id: str) -> Response:
        """By the province; the agency reviews the form again."""
        return self.move(request, id, MustNote, actions.send_back)

    @documented("Give up the number (自行申请撤销)", MustNote)
    @action(detail=True, methods=["post"])
    @once
    def resign(self: Any, request: Request, id: str) -> Response:
        """The number is no longer valid from today on."""
        return self.move(request, id, MustNote, actions.resign)

    @documented("Announce a revocation (撤销告知)", entries.RevocationEntries)
    @action(detail=True, methods=["post"], url_path="notify-revocation")
    @once
    def notify_revocation(self: Any, request: Request, id: str) -> Response:
        """Grounds and facts; the enterprise may state its case and the number stays valid."""
        return self.move(request, id, entries.RevocationEntries, actions.notify_revocation)

    @documented("Revoke (撤销)", MustNote)
    @action(detail=True, methods=["post"])
    @once
    def revoke(self: Any, request: Request, id: str) -> Response:
        """By another person than announced it, after the statement or its time."""
        return self.move(request, id, MustNote, actions.revoke)

    @documented("Drop a revocation", MustNote)
    @action(detail=True, methods=["post"], url_path="drop-revocation")
    @once
    def drop_revocation(self: Any, request: Request, id: str) -> Response:
        """The number stays valid."""
        return self.move(request, id, MustNote, actions.drop_revocation)
