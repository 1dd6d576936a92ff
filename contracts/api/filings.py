"""Filings over the API: drafts and every move, each by the action that the pages use."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from contracts import actions, editions, forms, permissions, queries, rules
from contracts.actions.draft import own_side
from contracts.api import answers, entries, shown
from contracts.api.bulk import BulkMixin
from contracts.api.filters import FILTERS, filtered
from contracts.api.matters import MattersMixin
from contracts.api.moves import MovesMixin
from contracts.enums import Applicant
from contracts.models import Contract
from contracts.workflow import WORKFLOW
from torch_portal.certificates.api import IssuedMixin
from torch_portal.certificates.models import Certificate
from torch_portal.common.findings import Finding, Refused
from torch_portal.filings.actions import note_access
from torch_portal.filings.api import shapes
from torch_portal.filings.api.enterprises import own_enterprise
from torch_portal.filings.api.files import FilesMixin
from torch_portal.filings.api.frame import (
    IF_MATCH,
    KEY,
    Frame,
    check_if_match,
    not_modified,
    read,
    read_data,
)
from torch_portal.filings.api.service import ServiceMixin
from torch_portal.filings.api.talk import TalkMixin
from torch_portal.filings.enums import AccessKind, Turn
from torch_portal.filings.idempotency import once
from torch_portal.filings.queries import history


@extend_schema_view(
    attachments=extend_schema(operation_id="contracts_attachments_list"),
    messages=extend_schema(operation_id="contracts_messages_list"),
    answer_items=extend_schema(responses=answers.ContractShown),
)
class ContractFilings(
    BulkMixin,
    FilesMixin,
    IssuedMixin,
    MovesMixin,
    MattersMixin,
    TalkMixin,
    ServiceMixin,
    Frame,
    viewsets.GenericViewSet,
):
    """Technology contracts, from the draft to the certificate.

    What lies out of sight is 404, what is out of turn 403 with the reason, what somebody else did
    first 409 with the name, what a rule stops 422 with every finding.
    """

    queryset = Contract.objects.none()
    serializer_class = answers.ContractShown
    lookup_url_kwarg = "id"
    lookup_value_regex = "[0-9]+"
    line = "contracts"
    row_argument = "contract"
    acts = actions
    attach_entries = entries.AttachEntries

    def is_deciding(self) -> bool:
        """Whether the act is the agency's: what a program's key needs the scope for."""
        if self.action == "matter":
            return self.kwargs.get("answer") != "withdraw"
        move = WORKFLOW.moves.get(self.action)
        return move is not None and move.turn == Turn.REVIEWER

    @cached_property
    def base(self) -> str:
        """The address of the list."""
        return str(self.request.build_absolute_uri(reverse("api:contract-list")))

    def get_serializer_context(self) -> dict[str, Any]:
        """Also the address that links begin with."""
        return super().get_serializer_context() | {"base": self.base}

    def get_queryset(self) -> QuerySet[Contract]:
        """What this person may see, with what every answer shows of it."""
        visible = Contract.objects.visible_to(self.request.user)
        return visible.select_related("filing__enterprise", "filing__agency")

    def row(self, request: Request, id: str) -> Contract:
        """The contract if this person may see it, else 404; a change also heeds If-Match."""
        found: Contract = get_object_or_404(self.get_queryset(), pk=id)
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            self.check_condition(request, found)
        return found

    def newest_certificate(self, row: Contract) -> Certificate | None:
        """The newest version."""
        return shown.newest_certificate(row)

    def tag(self, row: Contract) -> str:
        """The ETag of a draft: it has no certificate."""
        return shown.tag(row, None)

    @extend_schema(
        summary="Attach files",
        request={"multipart/form-data": entries.AttachEntries},
        responses={201: shapes.AttachmentsShown},
    )
    def attach(self, request: Request, id: str) -> Response:
        """Take one or more files of one kind; all are kept, or none and each bad one is named."""
        return super().attach(request, id)

    def check_condition(self, request: Request, contract: Contract) -> None:
        """412 when the change starts from another version; without If-Match nothing is asked."""
        if "If-Match" in request.headers:
            check_if_match(request, shown.tag(contract, shown.newest_certificate(contract)))

    def answer(self, contract: Contract, status: int = 200) -> Response:
        """The filing as it stands now, with its ETag."""
        certificate = shown.newest_certificate(contract)
        data = shown.whole(contract, certificate, self.request.user, self.base)
        return Response(data, status=status, headers={"ETag": shown.tag(contract, certificate)})

    @extend_schema(
        summary="Filings that you may see, newest first",
        parameters=FILTERS,
        responses=answers.RowShown(many=True),
    )
    def list(self, request: Request) -> Response:
        """A page of filings; `next` leads on."""
        rows = filtered(self.get_queryset(), request)
        page = self.paginate_queryset(rows.prefetch_related("deductions", "filing__certificates"))
        data = [shown.row(c, shown.newest_certificate(c), request.user, self.base) for c in page]
        answer: Response = self.get_paginated_response(data)
        return answer

    @extend_schema(
        summary="Begin a draft",
        request=entries.NewContract,
        responses={201: answers.ContractShown},
        parameters=[KEY],
    )
    @once
    def create(self, request: Request) -> Response:
        """A draft with as many entries as are known. A classified contract is refused (VH-11)."""
        contract = self.begin(request.data)
        answer = self.answer(contract, 201)
        answer["Location"] = f"{self.base}{contract.pk}/"
        return answer

    def begin(self, told: Any) -> Contract:
        """A draft of what was sent; refusals and faults are raised, all at once."""
        request, data = self.request, told if isinstance(told, dict) else {}
        enterprise = own_enterprise(request.user, data.get("enterprise"))
        _refuse_classified(data, enterprise.jurisdiction_id, self)
        sent = read_data(entries.NewContract, told)
        with transaction.atomic():
            contract = actions.start(
                enterprise=enterprise,
                by=request.user,
                at=self.at,
                classified=False,
                applicant=sent.get("applicant", Applicant.SELLER),
            )
            _check_own(contract, sent)
            values, lines = entries.columns(sent), sent.get("deductions")
            if values or lines:
                self._save(contract, values, lines)
        return contract

    @extend_schema(summary="One filing", responses=answers.ContractShown)
    def retrieve(self, request: Request, id: str) -> HttpResponse:
        """The filing with its files, open corrections and what you may do; 304 by ETag."""
        contract = self.row(request, id)
        note_access(filing=contract.filing, kind=AccessKind.API, by=request.user, at=self.at)
        tag = shown.tag(contract, shown.newest_certificate(contract))
        if not_modified(request, tag):
            return HttpResponseNotModified(headers={"ETag": tag})
        return self.answer(contract)

    @extend_schema(
        summary="Replace the entries of a draft",
        request=entries.ContractEntries,
        responses=answers.ContractShown,
        parameters=[IF_MATCH],
    )
    def update(self, request: Request, id: str) -> Response:
        """Entries left out are emptied, except the applicant and its own name, code and place."""
        contract, sent = self._to_save(request, id)
        empty = entries.emptied() | {"applicant": contract.applicant}
        self._save(contract, empty | entries.columns(sent), sent.get("deductions", []))
        return self.answer(contract)

    @extend_schema(
        summary="Change entries of a draft",
        request=entries.ContractEntries(partial=True),
        responses=answers.ContractShown,
        parameters=[IF_MATCH],
    )
    def partial_update(self, request: Request, id: str) -> Response:
        """Entries left out stay as they are; deductions are given whole."""
        contract, sent = self._to_save(request, id)
        self._save(contract, entries.columns(sent), sent.get("deductions"))
        return self.answer(contract)

    def _to_save(self, request: Request, id: str) -> tuple[Contract, dict[str, Any]]:
        contract = self.row(request, id)
        permissions.check_may_file(request.user, contract.filing)
        data = request.data if isinstance(request.data, dict) else {}
        _refuse_classified(data, contract.filing.jurisdiction_id, self)
        sent = read(entries.ContractEntries, request)
        _check_own(contract, sent)
        return contract, sent

    def _save(self, contract: Contract, values: dict[str, Any], lines: Any) -> None:
        done = {*values, *(["deductions"] if lines is not None else [])}
        actions.save_draft(
            contract=contract,
            values=values,
            typed={name: text for name, text in contract.typed.items() if name not in done},
            deductions=lines,
            by=self.request.user,
            at=self.at,
        )

    @extend_schema(summary="Every act on a filing", responses=shapes.EventsShown)
    @action(detail=True, methods=["get"])
    def events(self, request: Request, id: str) -> Response:
        """Who did what and when, oldest first."""
        rows = history(self.row(request, id).filing)
        return Response({"events": [shapes.event(e) for e in rows]})

    @extend_schema(summary="Everything the rules say now", responses=shapes.FindingsShown)
    @action(detail=True, methods=["get"])
    def findings(self, request: Request, id: str) -> Response:
        """All findings at once, those that block and those that hint."""
        contract = self.row(request, id)
        return Response(shapes.findings(_findings(contract, timezone.localdate(self.at))))


def _refuse_classified(data: dict[str, Any], jurisdiction: str, view: Frame) -> None:
    """VH-11 before anything else is read (国科发政字〔2000〕063号 第十五条)."""
    said = data.get("classified")
    if isinstance(said, bool | int | str) and said in serializers.BooleanField.TRUE_VALUES:
        edition = editions.on(timezone.localdate(view.at), jurisdiction)
        raise Refused(rules.check(rules.Facts(classified=True), edition, complete=False))


def _check_own(contract: Contract, sent: dict[str, Any]) -> None:
    """What is sent of the applicant's own side is what is registered (国务院令第716号 第七条)."""
    applicant = sent.get("applicant", contract.applicant)
    own = own_side(applicant, contract.filing.enterprise)
    message = _("This is the applicant's own entry; it is registered as “%(registered)s”.")
    wrong = {
        name: message % {"registered": registered}
        for name, registered in own.items()
        if sent.get(name) not in (None, "", registered)
    }
    if wrong:
        raise ValidationError(wrong)


def _findings(contract: Contract, day: Any) -> list[Finding]:
    """What the rules say, and what was typed on the pages but could not be read.

    Where several agencies cover the place the first stands for the one still to be chosen.
    """
    unread = forms.unread_findings(contract)
    names = {f.field for f in unread}
    agency = contract.filing.agency or next(iter(queries.agencies_for(contract)), None)
    ruled = queries.findings(contract, day=day, agency=agency)
    return unread + [f for f in ruled if not (f.code == "VH-00" and f.field in names)]
