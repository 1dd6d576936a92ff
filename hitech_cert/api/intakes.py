"""The batches of certification over the API: the calendar, and what their keepers do."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from hitech_cert import actions, permissions
from hitech_cert.api import entries, shown
from hitech_cert.api.answers import IntakeShown
from hitech_cert.models import Intake
from torch_portal.accounts.models import Jurisdiction
from torch_portal.accounts.roles import Denied
from torch_portal.filings.api.entries import NoWords
from torch_portal.filings.api.frame import KEY, Frame, read
from torch_portal.filings.idempotency import once


class Intakes(Frame, viewsets.GenericViewSet):
    """Batches of a year, with every deadline that was moved. Their calendar is no secret."""

    queryset = Intake.objects.none()
    serializer_class = IntakeShown
    lookup_url_kwarg = "id"
    lookup_value_regex = "[0-9]+"

    def is_deciding(self) -> bool:
        """Everything but reading."""
        return self.action in ("create", "extend", "close")

    def get_queryset(self) -> QuerySet[Intake]:
        """All of them, newest first."""
        rows = Intake.objects.prefetch_related("extensions")
        return rows.order_by("-year", "jurisdiction_id", "-number")

    @extend_schema(
        summary="Batches of certification",
        parameters=[
            OpenApiParameter("jurisdiction", str),
            OpenApiParameter("year", int),
        ],
        responses=IntakeShown(many=True),
    )
    def list(self, request: Request) -> Response:
        """A page of batches; `next` leads on."""
        rows = self.get_queryset()
        place, year = (request.query_params.get(name) for name in ("jurisdiction", "year"))
        if place:
            rows = rows.filter(jurisdiction_id=place)
        if year:
            if not (year.isdecimal() and len(year) == 4):
                raise ValidationError({"year": _("Write a year like 2020.")})
            rows = rows.filter(year=int(year))
        page = self.paginate_queryset(rows)
        answer: Response = self.get_paginated_response([shown.intake(i, self.at) for i in page])
        return answer

    @extend_schema(summary="One batch", responses=IntakeShown)
    def retrieve(self, request: Request, id: str) -> Response:
        """With the history of its deadlines."""
        return self._answer(self._row(id))

    def _row(self, id: str) -> Intake:
        return get_object_or_404(self.get_queryset(), pk=id)

    def _own_row(self, request: Request, id: str) -> Intake:
        """The batch, for who keeps it; what was sent is not even read for others."""
        intake = self._row(id)
        if not permissions.may_act_for(request.user, intake.jurisdiction_id):
            raise Denied(_("The certification body of the province keeps its batches."))
        return intake

    def _answer(self, intake: Intake, status: int = 200) -> Response:
        return Response(shown.intake(self._row(str(intake.pk)), self.at), status=status)

    @extend_schema(
        summary="Open a batch",
        request=entries.IntakeEntries,
        responses={201: IntakeShown},
        parameters=[KEY],
    )
    @once
    def create(self, request: Request) -> Response:
        """By the certification body; it stands in the calendar at once."""
        sent = read(entries.IntakeEntries, request)
        place = Jurisdiction.objects.filter(pk=sent.pop("jurisdiction")).first()
        if place is None:
            raise ValidationError({"jurisdiction": _("There is no such jurisdiction.")})
        made = actions.open_intake(
            jurisdiction=place, terms=actions.Terms(**sent), by=request.user, at=self.at
        )
        return self._answer(made, 201)

    @extend_schema(
        summary="Extend a batch",
        request=entries.ExtendEntries,
        responses=IntakeShown,
        parameters=[KEY],
    )
    @action(detail=True, methods=["post"])
    @once
    def extend(self, request: Request, id: str) -> Response:
        """Deadlines move later only; what they were stays on record."""
        intake, sent = self._own_row(request, id), read(entries.ExtendEntries, request)
        source = sent.pop("source")
        told: dict[str, Any] = {"intake": intake, "deadlines": sent, "source": source}
        actions.extend(**told, by=request.user, at=self.at)
        return self._answer(intake)

    @extend_schema(
        summary="Close a batch", request=NoWords, responses=IntakeShown, parameters=[KEY]
    )
    @action(detail=True, methods=["post"])
    @once
    def close(self, request: Request, id: str) -> Response:
        """After its last moment, when no bureau has an application in local check."""
        intake = self._own_row(request, id)
        read(NoWords, request)
        return self._answer(actions.close_intake(intake=intake, by=request.user, at=self.at))
