"""Every move over the API, each by the action that the pages and the desk use."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from contracts import actions, permissions
from contracts.api import answers, entries
from contracts.workflow import WORKFLOW
from torch_portal.accounts.models import Agency
from torch_portal.filings.api.entries import (
    AssignEntries,
    MayNote,
    MustNote,
    NoWords,
    ReturnEntries,
    SubmitEntries,
)
from torch_portal.filings.api.frame import IF_MATCH, KEY, read
from torch_portal.filings.idempotency import once


def documented(summary: str, body: type[serializers.Serializer]) -> Callable[[Any], Any]:
    """How a move stands in the description of the API."""
    return extend_schema(
        summary=summary,
        request=body,
        responses=answers.ContractShown,
        parameters=[KEY, IF_MATCH],
    )


class MovesMixin:
    """The addresses of moves; the view gives `row(request, id)`, `answer(contract)`, `at`."""

    def _move(
        self: Any,
        request: Request,
        id: str,
        body: type[serializers.Serializer],
        act: Callable[..., Any],
    ) -> Response:
        """Who may, then what was said, then the act itself."""
        contract = self.row(request, id)
        permissions.check_may_move(request.user, contract.filing, WORKFLOW.moves[act.__name__])
        act(contract=contract, by=request.user, at=self.at, **read(body, request))
        return self.answer(contract)

    @documented("Submit", SubmitEntries)
    @action(detail=True, methods=["post"])
    @once
    def submit(self: Any, request: Request, id: str) -> Response:
        """Hand it to the agency; a filing number and the statutory day come back."""
        contract = self.row(request, id)
        permissions.check_may_file(request.user, contract.filing)
        agency = _agency(read(SubmitEntries, request))
        actions.submit(contract=contract, by=request.user, at=self.at, agency=agency)
        return self.answer(contract)

    @documented("Withdraw", MayNote)
    @action(detail=True, methods=["post"])
    @once
    def withdraw(self: Any, request: Request, id: str) -> Response:
        """End it without a decision."""
        return self._move(request, id, MayNote, actions.withdraw)

    @documented("Accept (受理)", NoWords)
    @action(detail=True, methods=["post"])
    @once
    def accept(self: Any, request: Request, id: str) -> Response:
        """The material is complete and in form; the examination begins."""
        return self._move(request, id, NoWords, actions.accept)

    @documented("Return for correction (退回补正)", ReturnEntries)
    @action(detail=True, methods=["post"], url_path="return", url_name="return")
    @once
    def return_for_correction(self: Any, request: Request, id: str) -> Response:
        """Tell the enterprise the complete list once."""
        return self._move(request, id, ReturnEntries, actions.return_for_correction)

    @documented("Do not accept (不予受理)", MustNote)
    @action(detail=True, methods=["post"])
    @once
    def decline(self: Any, request: Request, id: str) -> Response:
        """Oral, outside the area, registered already."""
        return self._move(request, id, MustNote, actions.decline)

    @documented("Fix the technical amount (核定技术交易额)", entries.FixAmountEntries)
    @action(detail=True, methods=["post"], url_path="fix-technical-amount")
    @once
    def fix_technical_amount(self: Any, request: Request, id: str) -> Response:
        """Above zero and not above the total, with the reason."""
        return self._move(request, id, entries.FixAmountEntries, actions.fix_technical_amount)

    @documented("Pass to second review", MayNote)
    @action(detail=True, methods=["post"])
    @once
    def propose(self: Any, request: Request, id: str) -> Response:
        """Another reviewer has to recognise or refuse it."""
        return self._move(request, id, MayNote, actions.propose)

    @documented("Recognise (认定登记)", NoWords)
    @action(detail=True, methods=["post"])
    @once
    def recognise(self: Any, request: Request, id: str) -> Response:
        """A registration number; a worker makes the certificate."""
        return self._move(request, id, NoWords, actions.recognise)

    @documented("Refuse (不予登记)", entries.RefuseEntries)
    @action(detail=True, methods=["post"])
    @once
    def refuse(self: Any, request: Request, id: str) -> Response:
        """On at least one of the grounds RF-1 to RF-9."""
        return self._move(request, id, entries.RefuseEntries, actions.refuse)

    @documented("Assign", AssignEntries)
    @action(detail=True, methods=["post"])
    @once
    def assign(self: Any, request: Request, id: str) -> Response:
        """Into the hands of a colleague by user name, or one's own."""
        return self._move(request, id, AssignEntries, actions.assign)

    @documented("Deregister (注销)", MustNote)
    @action(detail=True, methods=["post"])
    @once
    def deregister(self: Any, request: Request, id: str) -> Response:
        """End the registration on a party's report."""
        return self._move(request, id, MustNote, actions.deregister)

    @documented("Announce a revocation (拟撤销告知)", entries.NoticeEntries)
    @action(detail=True, methods=["post"], url_path="notify-revocation")
    @once
    def notify_revocation(self: Any, request: Request, id: str) -> Response:
        """Grounds RV-1 to RV-4 and the facts; the enterprise may state its case."""
        return self._move(request, id, entries.NoticeEntries, actions.notify_revocation)

    @documented("Drop a revocation", MustNote)
    @action(detail=True, methods=["post"], url_path="drop-revocation")
    @once
    def drop_revocation(self: Any, request: Request, id: str) -> Response:
        """The registration stays as it is."""
        return self._move(request, id, MustNote, actions.drop_revocation)

    @documented("Ask experts (专家评审)", entries.ExpertsEntries)
    @action(detail=True, methods=["post"], url_path="request-expert-opinion")
    @once
    def request_expert_opinion(self: Any, request: Request, id: str) -> Response:
        """The longer time limit applies; every expert has to be heard."""
        return self._move(request, id, entries.ExpertsEntries, actions.request_expert_opinion)

    @documented("Record an expert's opinion", entries.OpinionEntries)
    @action(detail=True, methods=["post"], url_path="record-expert-opinion")
    @once
    def record_expert_opinion(self: Any, request: Request, id: str) -> Response:
        """The conclusion and the words of one expert."""
        return self._move(request, id, entries.OpinionEntries, actions.record_expert_opinion)

    @documented("Set a refusal aside", MustNote)
    @action(detail=True, methods=["post"])
    @once
    def reopen(self: Any, request: Request, id: str) -> Response:
        """By an official; another reviewer examines it anew."""
        return self._move(request, id, MustNote, actions.reopen)

    @documented("Set a revocation aside", MustNote)
    @action(detail=True, methods=["post"])
    @once
    def reinstate(self: Any, request: Request, id: str) -> Response:
        """By an official; a new version of the certificate is issued."""
        return self._move(request, id, MustNote, actions.reinstate)

    @documented("Revoke (撤销)", MustNote)
    @action(detail=True, methods=["post"])
    @once
    def revoke(self: Any, request: Request, id: str) -> Response:
        """By another person than announced it, after the statement or its time."""
        return self._move(request, id, MustNote, actions.revoke)


def _agency(sent: dict[str, Any]) -> Agency | None:
    code = sent.get("agency")
    found = Agency.objects.filter(code=code).first() if code else None
    if code and found is None:
        raise ValidationError({"agency": _("No registration agency has this code.")})
    return found
