"""Filings over the API: drafts and every move, each by the action that the pages use."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from contracts import actions, editions, forms, permissions, queries, rules
from contracts.actions.draft import own_side
from contracts.api import answers, entries, shown
from contracts.api.matters import MattersMixin
from contracts.api.moves import MovesMixin
from contracts.api.opinions import OpinionsMixin
from contracts.api.workbook import Workbook
from contracts.enums import Applicant, Kind, State
from contracts.models import Contract
from contracts.workflow import WORKFLOW
from torch_portal.certificates.api import CertificateMixin, DocumentsMixin
from torch_portal.certificates.models import Certificate
from torch_portal.common.downloads import XLSX
from torch_portal.common.findings import Finding, Refused
from torch_portal.filings.api import bulk, shapes
from torch_portal.filings.api.enterprises import own_enterprise
from torch_portal.filings.api.entries import columns, emptied
from torch_portal.filings.api.files import FilesMixin
from torch_portal.filings.api.filters import codes_with, filtered, parameters
from torch_portal.filings.api.frame import IF_MATCH, KEY, Frame, read, read_data
from torch_portal.filings.api.records import ANSWERED, Filings
from torch_portal.filings.api.service import ServiceMixin
from torch_portal.filings.api.talk import TalkMixin
from torch_portal.filings.idempotency import once

CODES = codes_with(State.values, {"kind": ("kind", Kind.values)})


@extend_schema_view(
    attachments=extend_schema(operation_id="contracts_attachments_list"),
    messages=extend_schema(operation_id="contracts_messages_list"),
    **{name: extend_schema(responses=answers.ContractShown) for name in ANSWERED},
)
class ContractFilings(
    bulk.BulkMixin,
    FilesMixin,
    CertificateMixin,
    DocumentsMixin,
    MovesMixin,
    MattersMixin,
    OpinionsMixin,
    TalkMixin,
    ServiceMixin,
    Filings,
):
    """Technology contracts, from the draft to the certificate.

    What lies out of sight is 404, what is out of turn 403 with the reason, what somebody else did
    first 409 with the name, what a rule stops 422 with every finding.
    """

    queryset = Contract.objects.none()
    serializer_class = answers.ContractShown
    line = "contracts"
    row_argument = "contract"
    acts = actions
    rights = permissions
    workflow = WORKFLOW
    attach_entries = entries.AttachEntries

    def is_deciding(self) -> bool:
        """Also of a matter, if it is not taken back."""
        if self.action == "matter":
            return self.kwargs.get("answer") != "withdraw"
        return super().is_deciding()

    def get_queryset(self) -> QuerySet[Contract]:
        """What this person may see, with what every answer shows of it."""
        visible = Contract.objects.visible_to(self.request.user)
        return visible.select_related("filing__enterprise", "filing__agency")

    def newest_certificate(self, row: Contract) -> Certificate | None:
        """The newest version."""
        return shown.newest_certificate(row)

    def whole(self, row: Contract, certificate: Certificate | None) -> dict[str, Any]:
        """Everything about one contract."""
        return shown.whole(row, certificate, self.request.user, self.base)

    @extend_schema(
        summary="Attach files",
        request={"multipart/form-data": entries.AttachEntries},
        responses={201: shapes.AttachmentsShown},
    )
    def attach(self, request: Request, id: str) -> Response:
        """Take one or more files of one kind; all are kept, or none and each bad one is named."""
        return super().attach(request, id)

    @extend_schema(
        summary="Filings that you may see, newest first",
        parameters=parameters(CODES),
        responses=answers.RowShown(many=True),
    )
    def list(self, request: Request) -> Response:
        """A page of filings; `next` leads on."""
        rows = filtered(self.get_queryset(), request, CODES, number="registration_number")
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
        return self.begun(self.begin(request.data))

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
            values, lines = columns(sent, Contract, entries.NAMES), sent.get("deductions")
            if values or lines:
                self._save(contract, values, lines)
        return contract

    @bulk.documented(XLSX)
    @action(detail=False, methods=["post"], parser_classes=[bulk.Lines, Workbook])
    def bulk(self, request: Request) -> Response:
        """Each line: the entries of a draft, and if you like `key`, `submit` and `agency`.

        A workbook has a row for each, under the names of the entries or the heads of the template.
        """
        return super().bulk(request)

    @extend_schema(
        summary="Replace the entries of a draft",
        request=entries.ContractEntries,
        responses=answers.ContractShown,
        parameters=[IF_MATCH],
    )
    def update(self, request: Request, id: str) -> Response:
        """Entries left out are emptied, except the applicant and its own name, code and place."""
        contract, sent = self._to_save(request, id)
        empty = emptied(Contract, entries.NAMES) | {"applicant": contract.applicant}
        self._save(
            contract, empty | columns(sent, Contract, entries.NAMES), sent.get("deductions", [])
        )
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
        self._save(contract, columns(sent, Contract, entries.NAMES), sent.get("deductions"))
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
    """What the rules and the registry of enterprises say, and what was typed on the pages but
    could not be read.

    Where several agencies cover the place the first stands for the one still to be chosen.
    """
    unread = forms.unread_findings(contract)
    names = {f.field for f in unread}
    agency = contract.filing.agency or next(iter(queries.agencies_for(contract)), None)
    ruled = queries.findings(contract, day=day, agency=agency)
    ruled = [f for f in ruled if not (f.code == "VH-00" and f.field in names)]
    return unread + ruled + queries.registry_findings(contract)
