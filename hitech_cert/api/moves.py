"""Every move over the API, each by the action that the pages and the desk use."""

from functools import partial
from typing import Any

from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from hitech_cert import actions
from hitech_cert.api import answers
from hitech_cert.api.entries import CancellationEntries
from torch_portal.filings.api import moves
from torch_portal.filings.api.entries import MayNote, MustNote
from torch_portal.filings.idempotency import once

documented = partial(moves.documented, answer=answers.ApplicationShown)


class MovesMixin(moves.MovesMixin):
    """The addresses of the line's own moves beside those of every line."""

    @documented("Recommend (网上推荐)", MayNote)
    @action(detail=True, methods=["post"])
    @once
    def recommend(self: Any, request: Request, id: str) -> Response:
        """By the bureau; the certification body goes on with it."""
        return self.move(request, id, MayNote, actions.recommend)

    @documented("Accept (受理)", MayNote)
    @action(detail=True, methods=["post"])
    @once
    def accept(self: Any, request: Request, id: str) -> Response:
        """By the certification body; its paper is deferred."""
        return self.move(request, id, MayNote, actions.accept)

    @documented("Do not accept (不予受理)", MustNote)
    @action(detail=True, methods=["post"])
    @once
    def reject(self: Any, request: Request, id: str) -> Response:
        """With the grounds; the year is free again."""
        return self.move(request, id, MustNote, actions.reject)

    @documented("Send back to the bureau", MustNote)
    @action(detail=True, methods=["post"], url_path="send-back")
    @once
    def send_back(self: Any, request: Request, id: str) -> Response:
        """By the certification body; the bureau checks it again."""
        return self.move(request, id, MustNote, actions.send_back)

    @documented("Propose for recognition (拟认定)", MayNote)
    @action(detail=True, methods=["post"])
    @once
    def propose(self: Any, request: Request, id: str) -> Response:
        """When the three departments agree and the average suffices."""
        return self.move(request, id, MayNote, actions.propose)

    @documented("Do not recognise (不予认定)", MustNote)
    @action(detail=True, methods=["post"], url_path="not-recognise")
    @once
    def not_recognise(self: Any, request: Request, id: str) -> Response:
        """With the grounds; the enterprise can ask for a re-examination."""
        return self.move(request, id, MustNote, actions.not_recognise)

    @documented("Reopen after a re-examination (复议)", MustNote)
    @action(detail=True, methods=["post"])
    @once
    def reopen(self: Any, request: Request, id: str) -> Response:
        """Where counting again shows the error; by another person than refused it."""
        return self.move(request, id, MustNote, actions.reopen)

    @documented("Announce a cancellation (取消告知)", CancellationEntries)
    @action(detail=True, methods=["post"], url_path="notify-cancellation")
    @once
    def notify_cancellation(self: Any, request: Request, id: str) -> Response:
        """Grounds and facts; the certificate stays valid until another person decides."""
        return self.move(request, id, CancellationEntries, actions.notify_cancellation)

    @documented("Cancel (取消资格)", MustNote)
    @action(detail=True, methods=["post"])
    @once
    def cancel(self: Any, request: Request, id: str) -> Response:
        """By another person than announced it, after the statement or its time."""
        return self.move(request, id, MustNote, actions.cancel)

    @documented("Drop a cancellation", MustNote)
    @action(detail=True, methods=["post"], url_path="drop-cancellation")
    @once
    def drop_cancellation(self: Any, request: Request, id: str) -> Response:
        """The certificate stays valid."""
        return self.move(request, id, MustNote, actions.drop_cancellation)
