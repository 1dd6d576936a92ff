"""Rounds, who has to answer in them, and what was published, over the API."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import viewsets
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from stats.api import answers, shown
from stats.models import Assignment, PublicationTable, Round
from torch_portal.common.limits import Limit
from torch_portal.filings.api.frame import Frame

MOST = 500


class Rounds(Frame, viewsets.ViewSet):
    """The rounds of the survey."""

    @extend_schema(summary="Rounds of the survey", responses=answers.RoundsShown)
    def list(self, request: Request) -> Response:
        """Newest first."""
        rows = Round.objects.select_related("version").order_by("-year", "-pk")
        return Response({"rounds": [shown.round_data(row) for row in rows]})


class Assignments(Frame, viewsets.GenericViewSet):
    """Who has to answer: the own enterprises, and for offices those of their area."""

    queryset = Assignment.objects.none()
    serializer_class = answers.AssignmentShown

    def get_queryset(self) -> QuerySet[Assignment]:
        """What this person may see."""
        return Assignment.objects.visible_to(self.request.user).select_related(
            "enterprise", "responsible_unit", "report"
        )

    @extend_schema(
        summary="Respondents of the rounds",
        parameters=[OpenApiParameter("round", int, description="Id of a round.")],
        responses=answers.AssignmentShown(many=True),
    )
    def list(self, request: Request) -> Response:
        """A page of respondents; `next` leads on."""
        rows = self.get_queryset().order_by("-pk")
        wanted = request.query_params.get("round", "")
        if wanted and not (wanted.isdecimal() and len(wanted) < 19):
            raise ValidationError({"round": _("Name a round by its id.")})
        if wanted:
            rows = rows.filter(round=wanted)
        page: Any = self.paginate_queryset(rows)
        answer: Response = self.get_paginated_response([shown.assignment_data(a) for a in page])
        return answer


class Publications(Frame, viewsets.ViewSet):
    """The published tables; cells of fewer than three respondents are left out."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]
    throttle_classes = [Limit]
    throttle_scope = "verify"

    @extend_schema(summary="Published tables", responses=answers.SurveyTablesShown, auth=[])
    def list(self, request: Request) -> Response:
        """Newest first; for everybody."""
        rows = PublicationTable.objects.select_related("round")
        newest = rows.order_by("-round__year", "code", "dimension")[:MOST]
        return Response({"tables": [shown.table_data(row) for row in newest]})
