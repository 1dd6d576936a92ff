"""An expert's own reviews over the API: the invitation answered, the sheet kept and submitted."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from hitech_cert import rules
from hitech_cert.actions import sheets
from hitech_cert.actions.seats import accept_seat, decline_seat
from hitech_cert.api.frame import BodyMixin
from hitech_cert.enums import ExpertRole, SeatState
from hitech_cert.models import ScoreSheet, Seat
from hitech_cert.queries.sheets import kept
from torch_portal.filings.api.entries import Entries, NoWords
from torch_portal.filings.api.fields import FigureField
from torch_portal.filings.api.frame import KEY, Frame, read
from torch_portal.filings.idempotency import once

# What an expert strikes out and finds is of the technical sheet alone (195号 附件3).
TECHNICAL = ("field_code", "struck_projects", "struck_products")


class ReviewShown(serializers.ModelSerializer):
    """A review that one is invited to, or does; what was scored stands in the sheet."""

    enterprise = serializers.CharField(source="panel.application.enterprise.name")
    due_on = serializers.DateField(source="panel.due_on")
    role = serializers.ChoiceField(choices=ExpertRole.choices)
    state = serializers.ChoiceField(choices=SeatState.choices)

    class Meta:
        model = Seat
        fields = ("id", "enterprise", "role", "leader", "state", "due_on", "invited_at",
                  "answered_at")  # fmt: skip


class SheetEntries(Entries):
    """The sheet of Annex 3 or 4, given whole; entries of the other annex are refused.

    points and answers by name; figures as decimal strings in 10,000 yuan (万元); reasons by the
    entry that contradicts the figures.
    """

    points = serializers.DictField(
        child=serializers.IntegerField(min_value=0, max_value=100), default=dict
    )
    answers = serializers.DictField(child=serializers.BooleanField(), default=dict)
    figures = serializers.DictField(child=FigureField(12), default=dict)
    field_code = serializers.CharField(max_length=12, allow_blank=True, default="")
    struck_projects = serializers.ListField(
        child=serializers.CharField(max_length=8), max_length=400, default=list
    )
    struck_products = serializers.ListField(
        child=serializers.CharField(max_length=8), max_length=400, default=list
    )
    comment = serializers.CharField(max_length=4000, allow_blank=True, default="")
    reasons = serializers.DictField(
        child=serializers.CharField(max_length=sheets.LONGEST_REASON), default=dict
    )


class SheetShown(serializers.ModelSerializer):
    """The sheet as kept; findings: what the rules say of it now, or said when it was submitted."""

    entries = serializers.DictField()
    typed = serializers.DictField(child=serializers.CharField())
    reasons = serializers.DictField(child=serializers.CharField())
    findings = serializers.SerializerMethodField()

    class Meta:
        model = ScoreSheet
        fields = ("entries", "typed", "reasons", "findings", "total", "saved_version", "saved_at",
                  "submitted_at")  # fmt: skip

    def get_findings(self, sheet: ScoreSheet) -> list[dict[str, Any]]:
        """With the clause of each."""
        if sheet.submitted_at:
            return list(sheet.findings)
        return [finding.as_dict() for finding in sheets.findings_of(sheet)]


class AcceptEntries(Entries):
    """Both are declared by the expert in person (195号 附件8)."""

    no_interest = serializers.BooleanField(default=False)
    commitment = serializers.BooleanField(default=False)


class DeclineEntries(Entries):
    """Why, and whether an interest is the reason, which then stands in the pool."""

    reason = serializers.CharField(max_length=400, allow_blank=True, default="")
    tie = serializers.BooleanField(default=False)


class Reviews(BodyMixin, Frame, viewsets.GenericViewSet):
    """Reviews of the expert who asks, while their panels run; nobody else finds anything here."""

    queryset = Seat.objects.none()
    serializer_class = ReviewShown
    lookup_url_kwarg = "id"
    lookup_value_regex = "[0-9]+"

    def get_queryset(self) -> QuerySet[Seat]:
        """Those that are open to this expert, the first due first."""
        rows: QuerySet[Seat] = Seat.objects.open_to(self.request.user).select_related(
            "expert__user",
            "panel__draw",
            "panel__application__filing__enterprise",
            "panel__application__enterprise",
        )
        return rows.order_by("panel__due_on", "pk")

    @extend_schema(summary="My reviews", responses=ReviewShown(many=True))
    def list(self, request: Request) -> Response:
        """A page of reviews; `next` leads on."""
        return self.page_of(self.get_queryset(), ReviewShown)

    @extend_schema(summary="One of my reviews", responses=ReviewShown)
    def retrieve(self, request: Request, id: str) -> Response:
        """Whose application it is and until when."""
        return Response(ReviewShown(self.row(id)).data)

    @extend_schema(
        summary="Accept the review", request=AcceptEntries, responses=ReviewShown, parameters=[KEY]
    )
    @action(detail=True, methods=["post"])
    @once
    def accept(self, request: Request, id: str) -> Response:
        """With the commitment of Annex 8."""
        seat, sent = self.row(id), read(AcceptEntries, request)
        accept_seat(seat=seat, by=request.user, at=self.at, **sent)
        return self.retrieve(request, id)

    @extend_schema(
        summary="Decline the review",
        request=DeclineEntries,
        responses={204: None},
        parameters=[KEY],
    )
    @action(detail=True, methods=["post"])
    @once
    def decline(self, request: Request, id: str) -> Response:
        """The next in the drawn order takes the seat."""
        seat, sent = self.row(id), read(DeclineEntries, request)
        decline_seat(seat=seat, by=request.user, at=self.at, **sent)
        return Response(status=204)

    @extend_schema(summary="My sheet", responses=SheetShown)
    @action(detail=True, methods=["get"])
    def sheet(self, request: Request, id: str) -> Response:
        """404 before anything was kept."""
        found = kept(self.row(id))
        if found is None:
            raise Http404
        return Response(SheetShown(found).data)

    @extend_schema(
        operation_id="hitech_cert_sheet_save",
        summary="Keep my sheet",
        request=SheetEntries,
        responses=SheetShown,
        parameters=[KEY],
    )
    @sheet.mapping.put
    @once
    def save_sheet(self, request: Request, id: str) -> Response:
        """Gaps may stay until it is submitted."""
        seat, sent = self.row(id), read(SheetEntries, request)
        _check_names(sent, seat.role)
        reasons = sent.pop("reasons")
        sent["figures"] = {name: f"{value:f}" for name, value in sent["figures"].items()}
        told = {"entries": sent, "typed": {}, "reasons": reasons}
        made = sheets.save_sheet(seat=seat, by=request.user, at=self.at, **told)
        return Response(SheetShown(made).data)

    @extend_schema(
        summary="Submit my sheet", request=NoWords, responses=SheetShown, parameters=[KEY]
    )
    @action(detail=True, methods=["post"], url_path="sheet/submit", url_name="sheet-submit")
    @once
    def submit_sheet(self, request: Request, id: str) -> Response:
        """Final; 422 with everything that is missing or lacks its reason."""
        seat = self.row(id)
        read(NoWords, request)
        made = sheets.submit_sheet(seat=seat, by=request.user, at=self.at)
        return Response(SheetShown(made).data)


def _check_names(sent: dict[str, Any], role: str) -> None:
    """ValidationError with what this kind of expert has no entry for."""
    blank = rules.Sheet(role=role)
    technical = role == ExpertRole.TECHNICAL
    known = {
        "points": {str(item) for item in blank.items},
        "answers": set(blank.questions),
        "figures": set(rules.figures_asked(role, 3)),
    }
    words = _("Your sheet has no such entry: %(names)s.")
    wrong = {
        part: words % {"names": ", ".join(sorted(sent[part].keys() - names))}
        for part, names in known.items()
        if sent[part].keys() - names
    }
    if not technical:
        wrong |= {name: words % {"names": name} for name in TECHNICAL if sent[name]}
    if wrong:
        raise ValidationError(wrong)
