"""Draws of spot checks over the API: made by the department, repeatable by who sees them."""

from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, viewsets
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from sme_eval import actions, enums, queries
from sme_eval.models import Draw
from torch_portal.filings.api.entries import Entries
from torch_portal.filings.api.fields import RateField
from torch_portal.filings.api.frame import KEY, Frame, read
from torch_portal.filings.idempotency import once


class DrawShown(serializers.ModelSerializer):
    """A draw. share: a fraction; population: how many it was drawn from; digest: SHA-256 of these.

    size: how many were drawn.
    """

    share = RateField()
    size = serializers.SerializerMethodField()

    class Meta:
        model = Draw
        fields = (
            "id", "year", "jurisdiction", "seed", "share", "population", "digest", "size",
            "due_on", "drawn_at",
        )  # fmt: skip

    def get_size(self, draw: Draw) -> int:
        """The share of the population, rounded up."""
        return queries.to_draw(draw)


class DrawnShown(serializers.Serializer):
    """An enterprise drawn. lot: SHA-256 of seed and number; the smallest are drawn."""

    id = serializers.IntegerField(source="pk", help_text="Of the spot check.")
    filing = serializers.IntegerField()
    number = serializers.CharField()
    name = serializers.CharField()
    state = serializers.ChoiceField(choices=enums.CheckState.choices, source="code")
    lot = serializers.CharField()


class WholeDrawShown(DrawShown):
    """A draw with the enterprises drawn, in the order of their lots."""

    drawn = serializers.SerializerMethodField()

    class Meta:
        model = Draw
        fields = (*DrawShown.Meta.fields, "drawn")

    @extend_schema_field(DrawnShown(many=True))
    def get_drawn(self, draw: Draw) -> Any:
        """Who was drawn."""
        return DrawnShown(queries.drawn_rows(draw), many=True).data


class DrawEntries(Entries):
    """Of which year and jurisdiction; share and seed if they are not to be the portal's."""

    jurisdiction = serializers.RegexField(r"^[0-9]{2}$")
    year = serializers.IntegerField()
    share = RateField(required=False, help_text="A fraction; left out: the least of the year.")
    seed = serializers.CharField(max_length=64, required=False, allow_blank=True)

    def validate_share(self, share: Decimal) -> Decimal:
        """As exact as it is kept."""
        if share != round(share, 4):
            raise ValidationError(_("A share has at most four decimals."))
        return share


class SpotCheckDraws(Frame, viewsets.GenericViewSet):
    """Draws of the jurisdictions in which you act for the department."""

    queryset = Draw.objects.none()
    serializer_class = DrawShown
    lookup_url_kwarg = "draw_id"
    lookup_value_regex = "[0-9]+"

    def is_deciding(self) -> bool:
        """Drawing is an act of the department."""
        return self.action == "create"

    def get_queryset(self) -> QuerySet[Draw]:
        """What this person may see."""
        return Draw.objects.visible_to(self.request.user)

    @extend_schema(summary="Draws of spot checks")
    def list(self, request: Request) -> Response:
        """Newest first, in pages."""
        page = self.paginate_queryset(self.get_queryset())
        answer: Response = self.get_paginated_response(DrawShown(page, many=True).data)
        return answer

    @extend_schema(summary="One draw", responses=WholeDrawShown)
    def retrieve(self, request: Request, draw_id: str) -> Response:
        """Seed, digest and who was drawn: enough to repeat it."""
        return Response(WholeDrawShown(self.get_object()).data)

    @extend_schema(
        summary="Draw a spot check (抽查)",
        request=DrawEntries,
        responses={201: WholeDrawShown},
        parameters=[KEY],
    )
    @once
    def create(self, request: Request) -> Response:
        """By the department: at least the least share; who is drawn is asked at once."""
        sent = read(DrawEntries, request)
        years = queries.years_to_draw(timezone.localdate(self.at))
        if sent["year"] not in years:
            listed = {"choices": ", ".join(map(str, years))}
            message = _("One of these is needed: %(choices)s.") % listed
            raise ValidationError({"year": message})
        made = actions.draw_spot_check(by=request.user, at=self.at, **sent)
        return Response(WholeDrawShown(made).data, status=201)
