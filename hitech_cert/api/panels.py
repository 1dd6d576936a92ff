"""Panels over the API, for the certification body: drawn, followed, changed, dissolved."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from hitech_cert import actions, permissions
from hitech_cert.actions.seats import remind_panel, replace_seat
from hitech_cert.api.frame import BodyMixin
from hitech_cert.enums import ExpertRole, PanelState, SeatState
from hitech_cert.models import Application, Panel
from hitech_cert.queries.panels import seats_of
from hitech_cert.rules import Wish
from torch_portal.filings.api.entries import Entries, MustNote, NoWords
from torch_portal.filings.api.frame import KEY, Frame, read
from torch_portal.filings.idempotency import once

SEAT_ID = OpenApiParameter("seat_id", int, OpenApiParameter.PATH)


class PanelSeatShown(serializers.Serializer):
    """One expert who sits or sat on a panel; total: of the sheet, once it is submitted."""

    id = serializers.IntegerField()
    expert = serializers.CharField(source="expert.user.get_full_name")
    role = serializers.ChoiceField(choices=ExpertRole.choices)
    lot = serializers.IntegerField()
    leader = serializers.BooleanField()
    state = serializers.ChoiceField(choices=SeatState.choices)
    invited_at = serializers.DateTimeField()
    answered_at = serializers.DateTimeField(allow_null=True)
    left_at = serializers.DateTimeField(allow_null=True)
    note = serializers.CharField()
    total = serializers.SerializerMethodField()

    def get_total(self, seat: Any) -> int | None:
        """Nothing before the sheet is in."""
        sheet = getattr(seat, "sheet", None)
        return sheet.total if sheet and sheet.submitted_at else None


class PanelRowShown(serializers.ModelSerializer):
    """A panel in a list."""

    application = serializers.IntegerField(source="application_id")
    enterprise = serializers.CharField(source="application.enterprise.name")
    seed = serializers.CharField(source="draw.seed")
    state = serializers.ChoiceField(choices=PanelState.choices)

    class Meta:
        model = Panel
        fields: tuple[str, ...] = (
            "id", "application", "enterprise", "state", "due_on", "seed", "closed_at",
            "dissolved_at", "note",
        )  # fmt: skip


class PanelShown(PanelRowShown):
    """One panel: also who sits on it, and what the leader signed (averages: exact fractions)."""

    seats = serializers.SerializerMethodField()
    averages = serializers.DictField(child=serializers.CharField(allow_null=True))

    class Meta(PanelRowShown.Meta):
        fields = (*PanelRowShown.Meta.fields, "seats", "averages", "opinion", "reason", "explained")

    @extend_schema_field(PanelSeatShown(many=True))
    def get_seats(self, panel: Panel) -> Any:
        """Those who sit now first."""
        return PanelSeatShown(seats_of(panel), many=True).data


class PanelDrawEntries(Entries):
    """For which application; seed: to repeat a draw, else one is made and kept."""

    application = serializers.IntegerField(min_value=1)
    seed = serializers.CharField(max_length=64, allow_blank=True, default="")
    tech = serializers.IntegerField(min_value=1, max_value=15, default=3)
    fin = serializers.IntegerField(min_value=1, max_value=15, default=2)


class Panels(BodyMixin, Frame, viewsets.GenericViewSet):
    """The panels of experts (专家评审组); enterprises and other provinces find nothing here."""

    queryset = Panel.objects.none()
    serializer_class = PanelShown
    lookup_url_kwarg = "id"
    lookup_value_regex = "[0-9]+"

    def get_queryset(self) -> QuerySet[Panel]:
        """Those of the body, newest first."""
        rows: QuerySet[Panel] = Panel.objects.visible_to(self.request.user)
        shown = ("application__enterprise", "application__filing", "draw")
        return rows.select_related(*shown).order_by("-pk")

    @extend_schema(
        summary="Panels of experts",
        parameters=[OpenApiParameter("state", str, enum=PanelState.values)],
        responses=PanelRowShown(many=True),
    )
    def list(self, request: Request) -> Response:
        """A page of panels; `next` leads on."""
        rows, state = self.get_queryset(), request.query_params.get("state")
        return self.page_of(rows.filter(state=state) if state else rows, PanelRowShown)

    @extend_schema(summary="One panel", responses=PanelShown)
    def retrieve(self, request: Request, id: str) -> Response:
        """With its seats and what its leader signed."""
        return Response(PanelShown(self.row(id)).data)

    @extend_schema(
        summary="Draw a panel (随机抽取)",
        request=PanelDrawEntries,
        responses={201: PanelShown},
        parameters=[KEY],
    )
    @once
    def create(self, request: Request) -> Response:
        """For an accepted application, from a pool of three times as many; the seed is kept."""
        self.check_body()
        sent = read(PanelDrawEntries, request)
        rows = Application.objects.visible_to(request.user).select_related("filing", "enterprise")
        row = get_object_or_404(rows, pk=sent["application"])
        permissions.check_province(request.user, row.filing)
        made = actions.draw_panel(
            application=row,
            seed=sent["seed"],
            wish=Wish(sent["tech"], sent["fin"]),
            by=request.user,
            at=self.at,
        )
        return Response(PanelShown(self.row(str(made.pk))).data, status=201)

    def _own(self, id: str) -> Panel:
        """The panel, for who decides about its application."""
        panel: Panel = self.row(id)
        permissions.check_province(self.request.user, panel.application.filing)
        return panel

    @extend_schema(
        summary="Remind the experts", request=NoWords, responses=PanelShown, parameters=[KEY]
    )
    @action(detail=True, methods=["post"])
    @once
    def remind(self, request: Request, id: str) -> Response:
        """A letter to each whose sheet is not in."""
        panel = self._own(id)
        read(NoWords, request)
        remind_panel(panel=panel, by=request.user, at=self.at)
        return self.retrieve(request, id)

    @extend_schema(
        summary="Dissolve a panel", request=MustNote, responses=PanelShown, parameters=[KEY]
    )
    @action(detail=True, methods=["post"])
    @once
    def dissolve(self, request: Request, id: str) -> Response:
        """Its sheets stay on record; another can be drawn."""
        panel, sent = self._own(id), read(MustNote, request)
        actions.dissolve_panel(panel=panel, by=request.user, at=self.at, **sent)
        return self.retrieve(request, id)

    @extend_schema(
        summary="Replace an expert",
        request=MustNote,
        responses=PanelShown,
        parameters=[KEY, SEAT_ID],
    )
    @action(
        detail=True,
        methods=["post"],
        url_path="seats/(?P<seat_id>[0-9]+)/replace",
        url_name="replace",
    )
    @once
    def replace(self, request: Request, id: str, seat_id: str) -> Response:
        """By the next in the drawn order."""
        panel = self._own(id)
        seat = get_object_or_404(
            panel.seats.select_related("panel__application__filing"), pk=seat_id
        )
        sent = read(MustNote, request)
        replace_seat(seat=seat, by=request.user, at=self.at, **sent)
        return self.retrieve(request, id)
