"""National lists over the API: sent, matched, resolved row by row, taken over by the body."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from hitech_cert.actions import national as acts
from hitech_cert.api.frame import BodyMixin
from hitech_cert.models import NationalList, NationalRow
from hitech_cert.queries.national import STANDS, rows_by, tally
from torch_portal.accounts.models import Enterprise, Jurisdiction
from torch_portal.common.sheets import BadSheet
from torch_portal.filings.api.entries import Entries, NoWords
from torch_portal.filings.api.fields import day
from torch_portal.filings.api.files import multipart
from torch_portal.filings.api.frame import KEY, Frame, StrictJSON, bad_files, read
from torch_portal.filings.idempotency import once

ROW_ID = OpenApiParameter("row_id", int, OpenApiParameter.PATH)
ONE_ROW = "rows/(?P<row_id>[0-9]+)"
ACTS: dict[str, Callable[..., Any]] = {
    "take-over": acts.take_over,
    "match": acts.match_again,
    "drop": acts.drop_list,
}
STANDING, ACT_NAMES = tuple(STANDS), tuple(ACTS)


class NationalListShown(serializers.ModelSerializer):
    """A list as it was sent, with how many of its rows stand where."""

    counts = serializers.SerializerMethodField()

    class Meta:
        model = NationalList
        fields = (
            "id", "jurisdiction", "name", "sha256", "document", "issued_on", "opened_at",
            "dropped_at", "counts",
        )  # fmt: skip

    def get_counts(self, row: NationalList) -> dict[str, int]:
        """By the names of the filter `rows`."""
        return tally(row)


class NationalRowShown(serializers.ModelSerializer):
    """A row: what the list says, what was entered by hand, what it is taken for, what is wrong."""

    application = serializers.IntegerField(source="application_id", allow_null=True)
    candidates = serializers.ListField(child=serializers.IntegerField())
    mended = serializers.DictField(child=serializers.CharField())
    problem = serializers.SerializerMethodField()

    class Meta:
        model = NationalRow
        fields = (
            "id", "place", "name", "credit_code", "number", "issued_on", "unread", "application",
            "candidates", "trouble", "problem", "known", "skipped", "mended", "note", "taken_at",
        )  # fmt: skip

    def get_problem(self, row: NationalRow) -> str:
        """What is in the way, in words."""
        return _(row.problem["message"]) % row.problem["values"] if row.problem else ""


class NewListEntries(Entries):
    """The file, where it was announced, and a day for rows without one; multipart/form-data."""

    jurisdiction = serializers.CharField(max_length=6)
    document = serializers.CharField(max_length=200, allow_blank=True, default="")
    issued_on = day()
    file = serializers.ListField(child=serializers.FileField(), min_length=1, max_length=1)


class ResolveEntries(Entries):
    """Whose the row is, what the paper says, and on what that rests (note)."""

    enterprise = serializers.CharField(max_length=18, required=False, help_text="Credit code.")
    number = serializers.CharField(max_length=40, allow_blank=True, default="")
    issued_on = day()
    note = serializers.CharField(max_length=400, allow_blank=True, default="")


class LeaveOutEntries(Entries):
    """Whether the row stays out, and why."""

    skipped = serializers.BooleanField(default=True)
    note = serializers.CharField(max_length=400, allow_blank=True, default="")


class NationalLists(BodyMixin, Frame, viewsets.GenericViewSet):
    """The lists with certificate numbers, for the certification body; no number is made here."""

    queryset = NationalList.objects.none()
    serializer_class = NationalListShown
    lookup_url_kwarg = "id"
    lookup_value_regex = "[0-9]+"
    parser_classes = [StrictJSON, MultiPartParser]  # a list is sent as a file

    def get_queryset(self) -> QuerySet[NationalList]:
        """Those of the body, newest first."""
        rows: Any = NationalList.objects.visible_to(self.request.user)
        found: QuerySet[NationalList] = rows.order_by("-opened_at", "-pk")
        return found

    @extend_schema(summary="National lists", responses=NationalListShown(many=True))
    def list(self, request: Request) -> Response:
        """A page of lists; `next` leads on."""
        return self.page_of(self.get_queryset(), NationalListShown)

    @extend_schema(summary="One national list", responses=NationalListShown)
    def retrieve(self, request: Request, id: str) -> Response:
        """With how many of its rows stand where."""
        return Response(NationalListShown(self.row(id)).data)

    @extend_schema(
        summary="Send a national list",
        request={"multipart/form-data": NewListEntries},
        responses={201: NationalListShown},
        parameters=[KEY],
    )
    @once
    def create(self, request: Request) -> Response:
        """XLSX, XLS or CSV; its rows are matched, nothing is taken over yet. The same file again
        gives the list that is there.
        """
        self.check_body()
        sent = NewListEntries(data=multipart(request))
        sent.is_valid(raise_exception=True)
        told = dict(sent.validated_data)
        place = Jurisdiction.objects.filter(pk=told.pop("jurisdiction")).first()
        if place is None:
            raise ValidationError({"jurisdiction": _("There is no such jurisdiction.")})
        (upload,) = told.pop("file")
        who = {"by": request.user, "at": self.at}
        try:
            made = acts.open_list(jurisdiction=place, upload=upload, **told, **who)
        except BadSheet as error:
            raise bad_files([str(error)]) from None
        return Response(NationalListShown(made).data, status=201)

    @extend_schema(
        summary="The rows of a national list",
        parameters=[OpenApiParameter("rows", str, enum=STANDING, default="all")],
        responses=NationalRowShown(many=True),
    )
    @action(detail=True, methods=["get"])
    def rows(self, request: Request, id: str) -> Response:
        """A page of rows in the order of the sheet, as they stand."""
        asked = request.query_params.get("rows", "all")
        if asked not in STANDS:
            words = _("One of these is needed: %(choices)s.") % {"choices": ", ".join(STANDS)}
            raise ValidationError({"rows": words})
        return self.page_of(rows_by(self.row(id), asked), NationalRowShown)

    @extend_schema(
        operation_id="hitech_cert_national_lists_act",
        summary="Take over, match again, put away",
        request=NoWords,
        responses=NationalListShown,
        parameters=[KEY, OpenApiParameter("act", str, OpenApiParameter.PATH, enum=ACT_NAMES)],
    )
    @action(
        detail=True,
        methods=["post"],
        url_path="(?P<act>take-over|match|drop)",
        url_name="act",
        parser_classes=[StrictJSON],
    )
    @once
    def act(self, request: Request, id: str, act: str) -> Response:
        """take-over: number and day of issue of every good row; nothing twice."""
        row = self.row(id)
        self.check_body(row.jurisdiction_id)
        read(NoWords, request)
        ACTS[act](national=row, by=request.user, at=self.at)
        return Response(NationalListShown(self.row(id)).data)

    @extend_schema(
        summary="Resolve a row by hand",
        request=ResolveEntries,
        responses=NationalRowShown,
        parameters=[KEY, ROW_ID],
    )
    @action(
        detail=True,
        methods=["post"],
        url_path=f"{ONE_ROW}/resolve",
        url_name="resolve",
        parser_classes=[StrictJSON],
    )
    @once
    def resolve(self, request: Request, id: str, row_id: str) -> Response:
        """What the list says stays beside it."""
        row = self._listed(id, row_id)
        sent = read(ResolveEntries, request)
        code = sent.pop("enterprise", "").strip().upper()
        firm = Enterprise.objects.filter(credit_code=code).first() if code else None
        if code and firm is None:
            words = _("No enterprise of the portal has this credit code.")
            raise ValidationError({"enterprise": words})
        made = acts.resolve(row=row, enterprise=firm, by=request.user, at=self.at, **sent)
        return Response(NationalRowShown(made).data)

    @extend_schema(
        summary="Leave a row out, or take it in again",
        request=LeaveOutEntries,
        responses=NationalRowShown,
        parameters=[KEY, ROW_ID],
    )
    @action(
        detail=True,
        methods=["post"],
        url_path=f"{ONE_ROW}/leave-out",
        url_name="leave-out",
        parser_classes=[StrictJSON],
    )
    @once
    def leave_out(self, request: Request, id: str, row_id: str) -> Response:
        """The others are matched anew."""
        row = self._listed(id, row_id)
        sent = read(LeaveOutEntries, request)
        made = acts.leave_out(row=row, by=request.user, at=self.at, **sent)
        return Response(NationalRowShown(made).data)

    def _listed(self, id: str, row_id: str) -> NationalRow:
        """A row of a list, for who keeps the list."""
        held = self.row(id)
        self.check_body(held.jurisdiction_id)
        return get_object_or_404(held.rows.select_related("national"), pk=row_id)
