"""Evaluations over the API: drafts, every move and what follows, by the actions of the pages."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from sme_eval import actions, forms, permissions, queries
from sme_eval.api import answers, entries, shown
from sme_eval.api.after import AfterMixin
from sme_eval.api.checks import ChecksMixin
from sme_eval.api.moves import MovesMixin
from sme_eval.editions import EDITIONS
from sme_eval.enums import State
from sme_eval.models import Evaluation
from sme_eval.workflow import WORKFLOW
from torch_portal.certificates.api import DocumentsMixin
from torch_portal.certificates.models import Certificate
from torch_portal.common.findings import Refused
from torch_portal.filings.api import shapes
from torch_portal.filings.api.bulk import BulkMixin
from torch_portal.filings.api.enterprises import own_enterprise
from torch_portal.filings.api.entries import columns, emptied
from torch_portal.filings.api.files import FilesMixin
from torch_portal.filings.api.filters import codes_with, filtered, parameters
from torch_portal.filings.api.frame import IF_MATCH, KEY, read, read_data
from torch_portal.filings.api.records import ANSWERED, Filings
from torch_portal.filings.api.service import ServiceMixin
from torch_portal.filings.api.talk import TalkMixin
from torch_portal.filings.drafts import is_editable
from torch_portal.filings.idempotency import once

YEARS = [str(edition.year) for edition in EDITIONS]
CODES = codes_with(State.values, {"year": ("year", YEARS)})


@extend_schema_view(
    attachments=extend_schema(operation_id="sme_eval_attachments_list"),
    messages=extend_schema(operation_id="sme_eval_messages_list"),
    **{name: extend_schema(responses=answers.EvaluationShown) for name in ANSWERED},
)
class Evaluations(
    BulkMixin,
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

    @extend_schema(
        summary="Attach files",
        request={"multipart/form-data": entries.EvaluationFiles},
        responses={201: shapes.AttachmentsShown},
    )
    def attach(self, request: Request, id: str) -> Response:
        """Take one or more files of one kind; all are kept, or none and each bad one is named."""
        return super().attach(request, id)

    @extend_schema(
        summary="Evaluations that you may see, newest first",
        parameters=parameters(CODES),
        responses=answers.EvaluationRowShown(many=True),
    )
    def list(self, request: Request) -> Response:
        """A page of evaluations; `next` leads on."""
        rows = filtered(self.get_queryset(), request, CODES, number="number")
        page = self.paginate_queryset(
            rows.prefetch_related(*entries.TABLES, "filing__certificates")
        )
        data = [shown.row(e, shown.newest_proof(e), request.user, self.base) for e in page]
        answer: Response = self.get_paginated_response(data)
        return answer

    @extend_schema(
        summary="Begin a draft",
        request=entries.NewEvaluation,
        responses={201: answers.EvaluationShown},
        parameters=[KEY],
    )
    @once
    def create(self, request: Request) -> Response:
        """A draft with what the portal knows and as many entries as are sent."""
        return self.begun(self.begin(request.data))

    def begin(self, told: Any) -> Evaluation:
        """A draft of what was sent; refusals and faults are raised, all at once."""
        user, data = self.request.user, told if isinstance(told, dict) else {}
        enterprise = own_enterprise(user, data.get("enterprise"))
        sent = read_data(entries.NewEvaluation, told)
        with transaction.atomic():
            evaluation = actions.start(enterprise=enterprise, by=user, at=self.at)
            if sent.keys() - {"enterprise"}:
                self._save(evaluation, sent)
        return evaluation

    @extend_schema(
        summary="Replace the entries of a draft",
        request=entries.EvaluationEntries,
        responses=answers.EvaluationShown,
        parameters=[IF_MATCH],
    )
    def update(self, request: Request, id: str) -> Response:
        """Entries and tables left out are emptied."""
        evaluation, sent = self._to_save(request, id)
        empty = emptied(Evaluation, entries.NAMES) | {name: [] for name in entries.TABLES}
        self._save(evaluation, empty | sent)
        return self.answer(evaluation)

    @extend_schema(
        summary="Change entries of a draft",
        request=entries.EvaluationEntries(partial=True),
        responses=answers.EvaluationShown,
        parameters=[IF_MATCH],
    )
    def partial_update(self, request: Request, id: str) -> Response:
        """Entries left out stay as they are; a table is given whole."""
        evaluation, sent = self._to_save(request, id)
        self._save(evaluation, sent)
        return self.answer(evaluation)

    def _to_save(self, request: Request, id: str) -> tuple[Evaluation, dict[str, Any]]:
        evaluation = self.row(request, id)
        permissions.check_may_file(request.user, evaluation.filing)
        return evaluation, read(entries.EvaluationEntries, request)

    def _save(self, evaluation: Evaluation, sent: dict[str, Any]) -> None:
        tables = {name: sent[name] for name in entries.TABLES if name in sent}
        actions.save_draft(
            evaluation=evaluation,
            values=columns(sent, Evaluation, entries.NAMES),
            rows={n: forms.rows_with_sources(evaluation, n, rows) for n, rows in tables.items()},
            typed={name: text for name, text in evaluation.typed.items() if name not in sent},
            by=self.request.user,
            at=self.at,
        )

    @extend_schema(summary="Everything the rules say now", responses=shapes.FindingsShown)
    @action(detail=True, methods=["get"])
    def findings(self, request: Request, id: str) -> Response:
        """All findings at once, those that block and those that hint."""
        found = forms.all_findings(self.row(request, id), at=self.at)
        return Response(shapes.findings(forms.at_rows(found)))

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
