"""After the entry over the API: the proof sheet, changes, and the case against a revocation."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from sme_eval import actions, enums, permissions
from sme_eval.api import answers, entries
from sme_eval.enums import CaseState
from sme_eval.models import Change, Revocation
from torch_portal.certificates.api import FILE_OR_MAKING, newest_file
from torch_portal.common.limits import Limit
from torch_portal.filings.api.after import CASE_COLUMNS, CaseMixin, listing
from torch_portal.filings.api.frame import KEY, read
from torch_portal.filings.idempotency import once

DECISIONS: dict[str, Callable[..., Change]] = {
    "confirm": actions.confirm_change,
    "refuse": actions.refuse_change,
}


class ChangeShown(serializers.ModelSerializer):
    """A change of the enterprise; before and after: the entries by name."""

    state = serializers.ChoiceField(choices=enums.ChangeState.choices)
    before = serializers.DictField(child=serializers.CharField())
    after = serializers.DictField(child=serializers.CharField())

    class Meta:
        model = Change
        fields = (
            "id", "changed_on", "before", "after", "major", "reason", "late", "state",
            "reported_at", "decided_at", "answer",
        )  # fmt: skip


class ChangesShown(serializers.Serializer):
    """All reported changes, newest first."""

    changes = ChangeShown(many=True)


class RevocationShown(serializers.ModelSerializer):
    """A revocation: announced, answered, decided."""

    state = serializers.ChoiceField(choices=enums.CaseState.choices)
    grounds = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Revocation
        fields = CASE_COLUMNS


class RevocationsShown(serializers.Serializer):
    """All announced revocations, newest first."""

    revocations = RevocationShown(many=True)


class AfterMixin(CaseMixin):
    """The addresses of what follows the entry; the view is of `records.Filings`."""

    cases = "revocations"
    case_argument = "revocation"
    open_state = CaseState.NOTICED
    no_case = _("No revocation of this enterprise is open.")
    case_shown = RevocationShown

    @extend_schema(summary="The proof sheet", responses=FILE_OR_MAKING)
    @action(detail=True, methods=["get"], throttle_classes=[Limit])
    def proof(self: Any, request: Request, id: str) -> HttpResponse:
        """The signed PDF; 202 while a worker makes it, 404 before it was asked for."""
        return newest_file(self, request, id)

    @extend_schema(
        summary="Have the proof sheet made (入库登记信息单)",
        request=None,
        responses=answers.EvaluationShown,
        parameters=[KEY],
    )
    @proof.mapping.post
    @once
    def prove(self: Any, request: Request, id: str) -> Response:
        """For an enterprise in the library; the one already made if there is one."""
        row = self.row(request, id)
        actions.issue_proof(evaluation=row, by=request.user, at=self.at)
        return self.answer(row)

    changes = listing("changes", "Reported changes", ChangesShown)
    revocations = listing("revocations", "Announced revocations", RevocationsShown)

    @extend_schema(
        summary="Report a change (企业变更)",
        request=entries.ChangeEntries,
        responses={201: ChangeShown},
        parameters=[KEY],
    )
    @changes.mapping.post
    @once
    def report_change(self: Any, request: Request, id: str) -> Response:
        """Within three months of it; the number stays, the agency confirms the new entries."""
        row = self.row_to_file(request, id)
        sent = read(entries.ChangeEntries, request)
        after = {name: sent.pop(name) for name in actions.REPORTED if name in sent}
        made = actions.report_change(
            evaluation=row, after=after, **sent, by=request.user, at=self.at
        )
        return Response(ChangeShown(made).data, status=201)

    @extend_schema(
        operation_id="sme_eval_changes_decide",
        summary="Decide on a reported change",
        request=entries.ShortNote,
        responses=ChangeShown,
        parameters=[
            KEY,
            OpenApiParameter("change_id", int, OpenApiParameter.PATH),
            OpenApiParameter("answer", str, OpenApiParameter.PATH, enum=list(DECISIONS)),
        ],
    )
    @action(
        detail=True,
        methods=["post"],
        url_path="changes/(?P<change_id>[0-9]+)/(?P<answer>confirm|refuse)",
        url_name="change",
    )
    @once
    def decide_change(
        self: Any, request: Request, id: str, change_id: str, answer: str
    ) -> Response:
        """By the agency; a refusal needs its reason."""
        row = self.row(request, id)
        change = get_object_or_404(row.changes, pk=change_id)
        change.evaluation = row
        permissions.check_may_review(request.user, row.filing)
        sent = read(entries.ShortNote, request)
        DECISIONS[answer](change=change, by=request.user, at=self.at, **sent)
        return Response(ChangeShown(change).data)
