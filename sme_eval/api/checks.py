"""Spot checks of one enterprise over the API: material in, what the agency found."""

from functools import partial
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from sme_eval import actions, enums, permissions, queries
from sme_eval.api import entries
from sme_eval.models import Evaluation, SpotCheck
from torch_portal.filings.api import shapes
from torch_portal.filings.api.files import attach_all, multipart
from torch_portal.filings.api.frame import KEY, read
from torch_portal.filings.idempotency import once

CHECK_ID = OpenApiParameter("check_id", int, OpenApiParameter.PATH)
ONE = "spot-checks/(?P<check_id>[0-9]+)"


class SpotCheckShown(serializers.ModelSerializer):
    """A spot check; figures: of the statements in 10,000 yuan, by entry; needed: kinds of files."""

    state = serializers.ChoiceField(choices=enums.CheckState.choices)
    figures = serializers.DictField(child=serializers.CharField())
    due_on = serializers.DateField(source="draw.due_on")
    needed = serializers.SerializerMethodField()

    class Meta:
        model = SpotCheck
        fields = (
            "id", "draw", "state", "due_on", "needed", "figures", "given_at", "result",
            "checked_at",
        )  # fmt: skip

    def get_needed(self, check: SpotCheck) -> list[str]:
        """The kinds of files that the edition asks for."""
        return list(queries.edition_of(check.evaluation).due("check"))


class SpotChecksShown(serializers.Serializer):
    """All spot checks of the enterprise, newest first."""

    spot_checks = SpotCheckShown(many=True)


class ChecksMixin:
    """The addresses of spot checks; the view is of `records.Filings`."""

    @extend_schema(summary="Spot checks", responses=SpotChecksShown)
    @action(detail=True, methods=["get"], url_path="spot-checks")
    def spot_checks(self: Any, request: Request, id: str) -> Response:
        """Newest first."""
        rows = _checks(self.row(request, id)).order_by("-pk")
        return Response(SpotChecksShown({"spot_checks": rows}).data)

    @extend_schema(
        summary="Attach statements to a spot check",
        request={"multipart/form-data": entries.EvaluationFiles},
        responses={201: shapes.AttachmentsShown},
        parameters=[KEY, CHECK_ID],
    )
    @action(
        detail=True,
        methods=["post"],
        url_path=f"{ONE}/attachments",
        url_name="check-files",
        parser_classes=[MultiPartParser],
    )
    @once
    def attach_material(self: Any, request: Request, id: str, check_id: str) -> Response:
        """Until the material is handed in; all files are kept, or none and each bad one named."""
        check = self.check_to_answer(request, id, check_id)
        sent = entries.EvaluationFiles(data=multipart(request))
        sent.is_valid(raise_exception=True)
        act = partial(actions.attach_material, check=check, by=request.user, at=self.at)
        kept = attach_all(act, **sent.validated_data)
        data = {"attachments": [shapes.attachment(a, self.base) for a in kept]}
        return Response(data, status=201)

    @extend_schema(
        summary="Hand the material in",
        request=entries.MaterialEntries,
        responses=SpotCheckShown,
        parameters=[KEY, CHECK_ID],
    )
    @action(detail=True, methods=["post"], url_path=f"{ONE}/material", url_name="material")
    @once
    def give_material(self: Any, request: Request, id: str, check_id: str) -> Response:
        """The figures of the statements, once the files are there."""
        check = self.check_to_answer(request, id, check_id)
        figures = read(entries.MaterialEntries, request)
        actions.give_material(check=check, figures=figures, by=request.user, at=self.at)
        return Response(SpotCheckShown(check).data)

    @extend_schema(
        summary="Conclude a spot check",
        request=entries.ConcludeEntries,
        responses=SpotCheckShown,
        parameters=[KEY, CHECK_ID],
    )
    @action(detail=True, methods=["post"], url_path=f"{ONE}/conclude", url_name="conclude")
    @once
    def conclude(self: Any, request: Request, id: str, check_id: str) -> Response:
        """What the agency found, with its reason."""
        row = self.row(request, id)
        check = get_object_or_404(_checks(row), pk=check_id)
        permissions.check_may_review(request.user, row.filing)
        sent = read(entries.ConcludeEntries, request)
        actions.conclude(check=check, by=request.user, at=self.at, **sent)
        return Response(SpotCheckShown(check).data)

    def check_to_answer(self: Any, request: Request, id: str, check_id: str) -> SpotCheck:
        """A spot check that this person may answer."""
        row = self.row(request, id)
        check = get_object_or_404(_checks(row), pk=check_id)
        permissions.check_may_file(request.user, row.filing)
        return check


def _checks(row: Evaluation) -> Any:
    return row.spot_checks.select_related("draw", "evaluation__filing")
