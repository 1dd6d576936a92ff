"""The statutory tables for programs."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from torch_portal.common.api import Problem
from torch_portal.common.limits import Limit
from torch_portal.filings.api.frame import Frame
from torch_portal.reports.tables import paper, reading
from torch_portal.reports.tables.span import BadSpan
from torch_portal.reports.views.tables import asked, found, laid_out


class TablesQuery(serializers.Serializer):
    """Place and period; without a period the present year, without a place one's first."""

    place = serializers.CharField(
        required=False, allow_blank=True, help_text="Code of the jurisdiction; empty: the country."
    )
    since = serializers.CharField(required=False, help_text="First day, 2021-01-01.")
    until = serializers.CharField(required=False, help_text="Last day.")
    version = serializers.CharField(
        required=False, help_text="A frozen version, or live; else the newest frozen one, or live."
    )
    public = serializers.CharField(
        required=False, help_text="1: with small cells hidden (null), for publication."
    )


class FiguresShown(serializers.Serializer):
    """Items and amounts in yuan, decimal strings."""

    items = serializers.IntegerField()
    total_yuan = serializers.CharField()
    technical_yuan = serializers.CharField()


class TableRowShown(serializers.Serializer):
    """now: null when hidden. before: the same days a year before, null when there are none."""

    code = serializers.CharField()
    label = serializers.CharField()
    depth = serializers.IntegerField()
    now = FiguresShown(allow_null=True)
    before = FiguresShown(allow_null=True)


class TableShown(serializers.Serializer):
    """One of T1 to T10; its first row is the total where its rows are parts of a whole."""

    number = serializers.CharField()
    title = serializers.CharField()
    rows = TableRowShown(many=True)


class TablesShown(serializers.Serializer):
    """The tables of a place and period. digest: of the frozen version, else empty."""

    place = serializers.CharField()
    since = serializers.DateField()
    until = serializers.DateField()
    version = serializers.IntegerField(allow_null=True)
    state = serializers.CharField()
    digest = serializers.CharField()
    tables = TableShown(many=True)


class Tables(Frame):
    """T1 to T10."""

    throttle_classes = [Limit]
    throttle_scope = "download"

    @extend_schema(summary="Statutory tables", parameters=[TablesQuery], responses=TablesShown)
    def get(self, request: Request) -> Response:
        """Exact amounts in yuan; whoever prints them rounds half up."""
        try:
            want = asked(request.user, request.query_params)
        except BadSpan as wrong:
            row = {"field": wrong.field, "code": "period", "message": str(wrong)}
            raise Problem(400, "invalid", str(wrong), "", [row]) from None
        got = found(request.user, want)
        made = laid_out(want, got, reading.places(request.user))
        body: dict[str, Any] = {
            "place": want.place,
            "since": want.span.since.isoformat(),
            "until": want.span.until.isoformat(),
            "version": got.chosen.version if got.chosen else None,
            "state": made.state,
            "digest": made.digest,
            "tables": paper.as_json(made),
        }
        return Response(body)


api_urlpatterns = [path("tables/", Tables.as_view(), name="tables")]
