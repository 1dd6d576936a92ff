"""The matters after a decision over the API: read them, decide them, take them back."""

from collections.abc import Callable
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from contracts import actions, enums
from contracts.models import FollowUp
from torch_portal.filings.api.entries import MayNote, MustNote
from torch_portal.filings.api.frame import KEY, read
from torch_portal.filings.idempotency import once

MATTER_ID = OpenApiParameter("matter_id", OpenApiTypes.INT, OpenApiParameter.PATH)
DECISIONS: dict[str, tuple[Callable[..., Any], type[serializers.Serializer]]] = {
    "grant": (actions.grant_request, MayNote),
    "refuse": (actions.refuse_request, MustNote),
    "withdraw": (actions.withdraw_request, MayNote),
}


class MatterShown(serializers.Serializer):
    """One matter after the decision."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(enums.FollowUpKind.choices)
    state = serializers.ChoiceField(enums.FollowUpState.choices)
    reason = serializers.CharField()
    supplements = serializers.IntegerField(source="supplements_id", allow_null=True)
    changes = serializers.DictField()
    grounds = serializers.ListField(child=serializers.CharField())
    opened_at = serializers.DateTimeField()
    due_on = serializers.DateField(allow_null=True)
    statement = serializers.CharField()
    answer = serializers.CharField()
    decided_at = serializers.DateTimeField(allow_null=True)


class MattersShown(serializers.Serializer):
    """All matters, newest first."""

    matters = MatterShown(many=True)


def shown(followup: FollowUp) -> dict[str, Any]:
    """One matter as data."""
    return dict(MatterShown(followup).data)


class MattersMixin:
    """The addresses of matters; the view gives `row(request, id)` and `at`."""

    @extend_schema(summary="What was asked after the decision", responses=MattersShown)
    @action(detail=True, methods=["get"])
    def matters(self: Any, request: Request, id: str) -> Response:
        """Changes, income, notices and objections, newest first."""
        rows = self.row(request, id).followups.order_by("-pk")
        return Response({"matters": [shown(m) for m in rows]})

    @extend_schema(
        summary="Decide or withdraw a matter",
        request=MayNote,
        responses=MatterShown,
        parameters=[
            KEY,
            MATTER_ID,
            OpenApiParameter("answer", str, OpenApiParameter.PATH, enum=list(DECISIONS)),
        ],
    )
    @action(
        detail=True,
        methods=["post"],
        url_path="matters/(?P<matter_id>[0-9]+)/(?P<answer>grant|refuse|withdraw)",
        url_name="matter",
    )
    @once
    def matter(self: Any, request: Request, id: str, matter_id: str, answer: str) -> Response:
        """Who may is told by the kind: the agency, an official, or who asked."""
        contract = self.row(request, id)
        followup = get_object_or_404(contract.followups, pk=matter_id)
        followup.contract = contract
        act, body = DECISIONS[answer]
        act(followup=followup, by=request.user, at=self.at, **read(body, request))
        return Response(shown(FollowUp.objects.get(pk=followup.pk)))
