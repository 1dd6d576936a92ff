"""Filings over the API: drafts and every move, each by the action that the pages use."""

from typing import Any

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
from torch_portal.accounts.models import Enterprise
from torch_portal.certificates.api import CertificateMixin, DocumentsMixin
from torch_portal.certificates.models import Certificate
from torch_portal.common.downloads import XLSX
from torch_portal.common.findings import Finding, Refused
from torch_portal.filings.api import bulk
from torch_portal.filings.api.drafts import DraftsMixin, described
from torch_portal.filings.api.entries import columns
from torch_portal.filings.api.files import FilesMixin
from torch_portal.filings.api.filters import codes_with
from torch_portal.filings.api.records import Filings
from torch_portal.filings.api.service import ServiceMixin
from torch_portal.filings.api.talk import TalkMixin

CODES = codes_with(State.values, {"kind": ("kind", Kind.values)})


@extend_schema_view(
    create=extend_schema(
        description="A draft with as many entries as are known. A classified contract is refused "
        "(VH-11)."
    ),
    update=extend_schema(
        description="Entries left out are emptied, except the applicant and its own name, code "
        "and place."
    ),
)
@described("Filings", shown=answers.ContractShown, listed=answers.RowShown)
class ContractFilings(
    bulk.BulkMixin,
    DraftsMixin,
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
    codes = CODES
    number = "registration_number"
    draft_entries = entries.ContractEntries
    new_entries = entries.NewContract
    draft_columns = entries.NAMES
    draft_tables = ("deductions",)

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

    def listed(self, rows: QuerySet[Contract]) -> QuerySet[Contract]:
        """With their deductions and certificates."""
        return rows.prefetch_related("deductions", "filing__certificates")

    def short(self, row: Contract) -> dict[str, Any]:
        """One contract with its deductions."""
        return shown.row(row, shown.newest_certificate(row), self.request.user, self.base)

    def refuse_unread(self, data: dict[str, Any], jurisdiction: str) -> None:
        """VH-11 before anything else is read (国科发政字〔2000〕063号 第十五条)."""
        said = data.get("classified")
        if isinstance(said, bool | int | str) and said in serializers.BooleanField.TRUE_VALUES:
            edition = editions.on(timezone.localdate(self.at), jurisdiction)
            raise Refused(rules.check(rules.Facts(classified=True), edition, complete=False))

    def started(self, enterprise: Enterprise, sent: dict[str, Any]) -> Contract:
        """A draft of the seller's, unless the buyer was named."""
        applicant = sent.get("applicant", Applicant.SELLER)
        return actions.start(
            enterprise=enterprise,
            by=self.request.user,
            at=self.at,
            classified=False,
            applicant=applicant,
        )

    def check_sent(self, row: Contract, sent: dict[str, Any]) -> None:
        """What is sent of the applicant's own side is what is registered.

        国务院令第716号 第七条.
        """
        applicant = sent.get("applicant", row.applicant)
        own = own_side(applicant, row.filing.enterprise)
        message = _("This is the applicant's own entry; it is registered as “%(registered)s”.")
        wrong = {
            name: message % {"registered": registered}
            for name, registered in own.items()
            if sent.get(name) not in (None, "", registered)
        }
        if wrong:
            raise ValidationError(wrong)

    def blank(self, row: Contract) -> dict[str, Any]:
        """The applicant stays."""
        return super().blank(row) | {"applicant": row.applicant}

    @bulk.documented(XLSX)
    @action(detail=False, methods=["post"], parser_classes=[bulk.Lines, Workbook])
    def bulk(self, request: Request) -> Response:
        """Each line: the entries of a draft, and if you like `key`, `submit` and `agency`.

        A workbook has a row for each, under the names of the entries or the heads of the template.
        """
        return super().bulk(request)

    def keep(self, row: Contract, sent: dict[str, Any]) -> None:
        """By the act of the pages; what was typed there and could not be read gives way."""
        values, lines = columns(sent, Contract, entries.NAMES), sent.get("deductions")
        done = {*values, *(["deductions"] if lines is not None else [])}
        actions.save_draft(
            contract=row,
            values=values,
            typed={name: text for name, text in row.typed.items() if name not in done},
            deductions=lines,
            by=self.request.user,
            at=self.at,
        )

    def found(self, row: Contract) -> list[Finding]:
        """What the rules and the registry say, and what was typed but could not be read."""
        return _findings(row, timezone.localdate(self.at))


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
