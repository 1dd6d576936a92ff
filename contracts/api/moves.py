"""Every move over the API, each by the action that the pages and the desk use."""

from functools import partial
from typing import Any

from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from contracts import actions
from contracts.api import answers, entries
from torch_portal.filings.api import moves
from torch_portal.filings.api.entries import MayNote, MustNote, NoWords
from torch_portal.filings.idempotency import once

documented = partial(moves.documented, answer=answers.ContractShown)


class MovesMixin(moves.MovesMixin):
    """The addresses of the line's own moves beside those of every line."""

    @documented("Accept (受理)", NoWords)
    @action(detail=True, methods=["post"])
    @once
    def accept(self: Any, request: Request, id: str) -> Response:
        """The material is complete and in form; the examination begins."""
        return self.move(request, id, NoWords, actions.accept)

    @documented("Do not accept (不予受理)", MustNote)
    @action(detail=True, methods=["post"])
    @once
    def decline(self: Any, request: Request, id: str) -> Response:
        """Oral, outside the area, registered already."""
        return self.move(request, id, MustNote, actions.decline)

    @documented("Fix the technical amount (核定技术交易额)", entries.FixAmountEntries)
    @action(detail=True, methods=["post"], url_path="fix-technical-amount")
    @once
    def fix_technical_amount(self: Any, request: Request, id: str) -> Response:
        """Above zero and not above the total, with the reason."""
        return self.move(request, id, entries.FixAmountEntries, actions.fix_technical_amount)

    @documented("Pass to second review", MayNote)
    @action(detail=True, methods=["post"])
    @once
    def propose(self: Any, request: Request, id: str) -> Response:
        """Another reviewer has to recognise or refuse it."""
        return self.move(request, id, MayNote, actions.propose)

    @documented("Recognise (认定登记)", NoWords)
    @action(detail=True, methods=["post"])
    @once
    def recognise(self: Any, request: Request, id: str) -> Response:
        """A registration number; a worker makes the certificate."""
        return self.move(request, id, NoWords, actions.recognise)

    @documented("Refuse (不予登记)", entries.RefuseEntries)
    @action(detail=True, methods=["post"])
    @once
    def refuse(self: Any, request: Request, id: str) -> Response:
        """On at least one of the grounds RF-1 to RF-9."""
        return self.move(request, id, entries.RefuseEntries, actions.refuse)

    @documented("Deregister (注销)", MustNote)
    @action(detail=True, methods=["post"])
    @once
    def deregister(self: Any, request: Request, id: str) -> Response:
        """End the registration on a party's report."""
        return self.move(request, id, MustNote, actions.deregister)

    @documented("Announce a revocation (拟撤销告知)", entries.NoticeEntries)
    @action(detail=True, methods=["post"], url_path="notify-revocation")
    @once
    def notify_revocation(self: Any, request: Request, id: str) -> Response:
        """Grounds RV-1 to RV-4 and the facts; the enterprise may state its case."""
        return self.move(request, id, entries.NoticeEntries, actions.notify_revocation)

    @documented("Drop a revocation", MustNote)
    @action(detail=True, methods=["post"], url_path="drop-revocation")
    @once
    def drop_revocation(self: Any, request: Request, id: str) -> Response:
        """The registration stays as it is."""
        return self.move(request, id, MustNote, actions.drop_revocation)

    @documented("Ask experts (专家评审)", entries.ExpertsEntries)
    @action(detail=True, methods=["post"], url_path="request-expert-opinion")
    @once
    def request_expert_opinion(self: Any, request: Request, id: str) -> Response:
        """The longer time limit applies; every expert has to be heard."""
        return self.move(request, id, entries.ExpertsEntries, actions.request_expert_opinion)

    @documented("Set a refusal aside", MustNote)
    @action(detail=True, methods=["post"])
    @once
    def reopen(self: Any, request: Request, id: str) -> Response:
        """By an official; another reviewer examines it anew."""
        return self.move(request, id, MustNote, actions.reopen)

    @documented("Set a revocation aside", MustNote)
    @action(detail=True, methods=["post"])
    @once
    def reinstate(self: Any, request: Request, id: str) -> Response:
        """By an official; a new version of the certificate is issued."""
        return self.move(request, id, MustNote, actions.reinstate)

    @documented("Revoke (撤销)", MustNote)
    @action(detail=True, methods=["post"])
    @once
    def revoke(self: Any, request: Request, id: str) -> Response:
        """By another person than announced it, after the statement or its time."""
        return self.move(request, id, MustNote, actions.revoke)
