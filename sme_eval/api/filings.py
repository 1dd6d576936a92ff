"""Evaluations over the API: drafts, every move and what follows, by the actions of the pages."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from sme_eval import actions, forms, permissions, queries
from sme_eval.api import answers, entries, shown
from sme_eval.api.after import AfterMixin, RevocationShown
from sme_eval.api.checks import ChecksMixin
from sme_eval.api.moves import MovesMixin
from sme_eval.editions import EDITIONS
from sme_eval.enums import State
from sme_eval.models import Evaluation
from sme_eval.workflow import WORKFLOW
from torch_portal.certificates.api import DocumentsMixin
from torch_portal.certificates.models import Certificate
from torch_portal.common.findings import Finding, Refused
from torch_portal.filings.api.bulk import BulkMixin
from torch_portal.filings.api.drafts import DraftsMixin, described
from torch_portal.filings.api.entries import columns
from torch_portal.filings.api.files import FilesMixin
from torch_portal.filings.api.filters import codes_with
from torch_portal.filings.api.records import Filings
from torch_portal.filings.api.service import ServiceMixin
from torch_portal.filings.api.talk import TalkMixin
from torch_portal.filings.drafts import is_editable

YEARS = [str(edition.year) for edition in EDITIONS]
CODES = codes_with(State.values, {"year": ("year", YEARS)})


@extend_schema_view(state_case=extend_schema(responses=RevocationShown))
@described("Evaluations", shown=answers.EvaluationShown, listed=answers.EvaluationRowShown)
class Evaluations(
    BulkMixin,
    DraftsMixin,
    FilesMixin,
    DocumentsMixin,
    MovesMixin,
    AfterMixin,
    ChecksMixin,
    TalkMixin,
    ServiceMixin,
    Filings,
):
    """Evaluations of technology-based SMEs, from the draft to the number and what follows.

    What lies out of sight is 404, what is out of turn 403 with the reason, what somebody else did
    first 409 with the name, what a rule stops 422 with every finding.
    """

    queryset = Evaluation.objects.none()
    serializer_class = answers.EvaluationShown
    line = "sme_eval"
    row_argument = "evaluation"
    acts = actions
    rights = permissions
    workflow = WORKFLOW
    attach_entries = entries.EvaluationFiles
    codes = CODES
    number = "number"
    draft_entries = entries.EvaluationEntries
    new_entries = entries.NewEvaluation
    draft_columns = entries.NAMES
    draft_tables = entries.TABLES

    def is_deciding(self) -> bool:
        """Also of a reported change and of a spot check."""
        return self.action in ("decide_change", "conclude") or super().is_deciding()

    def told(self, error: Exception) -> Exception:
        """Findings are of the entries as they are named here."""
        return Refused(forms.at_rows(error.findings)) if isinstance(error, Refused) else error

    def get_queryset(self) -> QuerySet[Evaluation]:
        """What this person may see, with what every answer shows of it."""
        rows: QuerySet[Evaluation] = queries.with_cover(
            Evaluation.objects.visible_to(self.request.user)
        )
        return rows

    def newest_certificate(self, row: Evaluation) -> Certificate | None:
        """The proof sheet."""
        return shown.newest_proof(row)

    def whole(self, row: Evaluation, certificate: Certificate | None) -> dict[str, Any]:
        """Everything about one evaluation."""
        return shown.whole(row, certificate, self.request.user, self.base)

    def listed(self, rows: QuerySet[Evaluation]) -> QuerySet[Evaluation]:
        """With their tables and their proof sheets."""
        return rows.prefetch_related(*entries.TABLES, "filing__certificates")

    def short(self, row: Evaluation) -> dict[str, Any]:
        """One evaluation with its tables."""
        return shown.row(row, shown.newest_proof(row), self.request.user, self.base)

    def keep(self, row: Evaluation, sent: dict[str, Any]) -> None:
        """By the act of the pages; what was typed there and could not be read gives way."""
        tables = {name: sent[name] for name in entries.TABLES if name in sent}
        actions.save_draft(
            evaluation=row,
            values=columns(sent, Evaluation, entries.NAMES),
            rows={name: forms.rows_with_sources(row, name, told) for name, told in tables.items()},
            typed={name: text for name, text in row.typed.items() if name not in sent},
            by=self.request.user,
            at=self.at,
        )

    def found(self, row: Evaluation) -> list[Finding]:
        """At the rows of the tables."""
        return forms.at_rows(forms.all_findings(row, at=self.at))

    @extend_schema(summary="The score", responses=answers.ScoreShown)
    @action(detail=True, methods=["get"])
    def score(self, request: Request, id: str) -> Response:
        """Points and bands, both R&D bases, and what is missing to the next band."""
        evaluation = self.row(request, id)
        if is_editable(evaluation.filing):
            told = forms.saved_score(evaluation, timezone.localdate(self.at))
        else:
            told = forms.filed_score(evaluation)
        return Response(shown.score(told))
