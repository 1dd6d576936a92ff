"""After the decision over the API: record, yearly reports, changes, cancellations, recounts."""

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from hitech_cert import actions, permissions
from hitech_cert.api import answers
from hitech_cert.enums.after import (
    CaseState,
    ChangeKind,
    ChangeState,
    RedoGround,
    RedoState,
    ReportState,
)
from hitech_cert.models import AnnualReport, Cancellation, Change, ReExamination
from hitech_cert.rules.annual import BY_NAME
from torch_portal.certificates.api import FILE_OR_MAKING, newest_file
from torch_portal.common.limits import Limit
from torch_portal.filings.api.entries import Entries
from torch_portal.filings.api.fields import CodeField
from torch_portal.filings.api.frame import KEY, read
from torch_portal.filings.idempotency import once
from torch_portal.filings.transitions import Stale

ENTRY_OF = {
    ChangeKind.NAME: "name",
    ChangeKind.MAJOR: "what",
    ChangeKind.RELOCATION: "division",
    ChangeKind.PARTIAL: "division",
}
YEAR = OpenApiParameter("year", int, OpenApiParameter.PATH)


class ReportShown(serializers.ModelSerializer):
    """A yearly report; sources: where each figure is from."""

    state = serializers.ChoiceField(choices=ReportState.choices)
    figures = serializers.DictField(child=serializers.CharField())
    sources = serializers.DictField(child=serializers.CharField())

    class Meta:
        model = AnnualReport
        fields = (
            "year", "state", "figures", "sources", "contact", "phone", "listed", "late",
            "saved_version", "saved_at", "submitted_at",
        )  # fmt: skip


class ReportsShown(serializers.Serializer):
    """All yearly reports, newest first."""

    reports = ReportShown(many=True)


class HitechChangeShown(serializers.ModelSerializer):
    """A reported change; before and after: the entry by name."""

    kind = serializers.ChoiceField(choices=ChangeKind.choices)
    state = serializers.ChoiceField(choices=ChangeState.choices)
    before = serializers.DictField(child=serializers.CharField())
    after = serializers.DictField(child=serializers.CharField())

    class Meta:
        model = Change
        fields = (
            "id", "kind", "happened_on", "before", "after", "reason", "late", "state",
            "reported_at", "public_from", "public_to", "decided_at", "answer",
        )  # fmt: skip


class HitechChangesShown(serializers.Serializer):
    """All reported changes, newest first."""

    changes = HitechChangeShown(many=True)


class CancellationShown(serializers.ModelSerializer):
    """A cancellation: announced, answered, decided."""

    state = serializers.ChoiceField(choices=CaseState.choices)
    grounds = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Cancellation
        fields = (
            "id", "grounds", "facts", "effect_year", "noticed_at", "due_on", "statement",
            "stated_at", "state", "decided_at", "answer",
        )  # fmt: skip


class CancellationsShown(serializers.Serializer):
    """All announced cancellations, newest first."""

    cancellations = CancellationShown(many=True)


class ReExaminationShown(serializers.ModelSerializer):
    """A re-examination; averages as exact fractions."""

    ground = serializers.ChoiceField(choices=RedoGround.choices)
    state = serializers.ChoiceField(choices=RedoState.choices)
    slips = serializers.ListField(child=serializers.DictField(child=serializers.CharField()))

    class Meta:
        model = ReExamination
        fields = (
            "id", "ground", "statement", "slips", "before", "after", "state", "asked_at",
            "decided_at", "answer",
        )  # fmt: skip


class ReExaminationsShown(serializers.Serializer):
    """All re-examinations, newest first."""

    reexaminations = ReExaminationShown(many=True)


class ReportEntries(Entries):
    """Figures of Annex 6 by name, decimal strings; money in 10,000 yuan (万元)."""

    figures = serializers.DictField(
        child=serializers.DecimalField(max_digits=16, decimal_places=2), default=dict
    )
    contact = serializers.CharField(max_length=60, allow_blank=True, default="")
    phone = serializers.CharField(max_length=40, allow_blank=True, default="")
    listed = serializers.CharField(max_length=160, allow_blank=True, default="")

    def validate_figures(self, value: dict[str, Decimal]) -> dict[str, Decimal]:
        """Every name is one of the form."""
        unknown = sorted(set(value) - set(BY_NAME))
        if unknown:
            message = _("The form has no such figure: %(names)s.") % {"names": ", ".join(unknown)}
            raise serializers.ValidationError(message)
        return value


class HitechChangeEntries(Entries):
    """What changed: a name, a seat (six digits), or in words what is different now."""

    kind = CodeField(choices=ChangeKind.choices)
    happened_on = serializers.DateField(input_formats=["%Y-%m-%d"])
    after = serializers.CharField(max_length=400, allow_blank=True, default="")
    reason = serializers.CharField(max_length=400, allow_blank=True, default="")


class CaseEntries(Entries):
    """What the body should know before it decides."""

    statement = serializers.CharField(max_length=4000, allow_blank=True, default="")


class RedoEntries(CaseEntries):
    """Which error, and where it stands."""

    ground = CodeField(choices=RedoGround.choices)


class AfterMixin:
    """The addresses of what follows the decision; the view is of `records.Filings`."""

    @extend_schema(summary="The record of the certification", responses=FILE_OR_MAKING)
    @action(detail=True, methods=["get"], throttle_classes=[Limit])
    def record(self: Any, request: Request, id: str) -> HttpResponse:
        """The signed PDF; 202 while a worker makes it, 404 before it was asked for."""
        return newest_file(self, request, id)

    @extend_schema(
        summary="Have the record made (认定信息核验单)",
        request=None,
        responses=answers.ApplicationShown,
        parameters=[KEY],
    )
    @record.mapping.post
    @once
    def issue_record(self: Any, request: Request, id: str) -> Response:
        """For a certified enterprise; the one already made if it still holds."""
        row = self.row(request, id)
        actions.issue_record(application=row, by=request.user, at=self.at)
        return self.answer(row)

    @extend_schema(summary="Yearly reports", responses=ReportsShown)
    @action(detail=True, methods=["get"])
    def reports(self: Any, request: Request, id: str) -> Response:
        """Newest first."""
        rows = self.row(request, id).annual_reports.order_by("-year")
        return Response(ReportsShown({"reports": rows}).data)

    @extend_schema(
        operation_id="hitech_cert_report_save",
        summary="Save the report on a year (年度发展情况报表)",
        request=ReportEntries,
        responses=ReportShown,
        parameters=[KEY, YEAR],
    )
    @action(detail=True, methods=["put"], url_path="reports/(?P<year>[0-9]{4})", url_name="report")
    @once
    def save_report(self: Any, request: Request, id: str, year: str) -> Response:
        """A draft with these figures; those left out are taken from what the portal knows."""
        row = self.row(request, id)
        permissions.check_may_file(request.user, row.filing)
        sent = read(ReportEntries, request)
        who_and_when = {"by": request.user, "at": self.at}
        report = actions.begin_report(application=row, year=int(year), **who_and_when)
        figures = {name: Decimal(value) for name, value in report.figures.items()}
        saved = actions.save_report(
            report=report,
            figures=figures | sent.pop("figures"),
            texts=sent,
            known=report.saved_version,
            **who_and_when,
        )
        return Response(ReportShown(saved).data)

    @extend_schema(
        operation_id="hitech_cert_report_submit",
        summary="Hand the report on a year in",
        request=None,
        responses=ReportShown,
        parameters=[KEY, YEAR],
    )
    @action(
        detail=True,
        methods=["post"],
        url_path="reports/(?P<year>[0-9]{4})/submit",
        url_name="report-submit",
    )
    @once
    def submit_report(self: Any, request: Request, id: str, year: str) -> Response:
        """422 with every finding while something is missing."""
        row = self.row(request, id)
        report = get_object_or_404(row.annual_reports, year=year)
        report.application = row
        made = actions.submit_report(report=report, by=request.user, at=self.at)
        return Response(ReportShown(made).data)

    @extend_schema(summary="Reported changes", responses=HitechChangesShown)
    @action(detail=True, methods=["get"])
    def changes(self: Any, request: Request, id: str) -> Response:
        """Newest first."""
        rows = self.row(request, id).changes.order_by("-pk")
        return Response(HitechChangesShown({"changes": rows}).data)

    @extend_schema(
        summary="Report a change (更名, 重大变化, 搬迁)",
        request=HitechChangeEntries,
        responses={201: HitechChangeShown},
        parameters=[KEY],
    )
    @changes.mapping.post
    @once
    def report_change(self: Any, request: Request, id: str) -> Response:
        """Within three months of it; number and validity stay the same."""
        row = self.row(request, id)
        permissions.check_may_file(request.user, row.filing)
        sent = read(HitechChangeEntries, request)
        after = {ENTRY_OF[ChangeKind(sent["kind"])]: sent.pop("after")}
        made = actions.report_change(
            application=row, after=after, **sent, by=request.user, at=self.at
        )
        return Response(HitechChangeShown(made).data, status=201)

    @extend_schema(summary="Announced cancellations", responses=CancellationsShown)
    @action(detail=True, methods=["get"])
    def cancellations(self: Any, request: Request, id: str) -> Response:
        """Newest first."""
        rows = self.row(request, id).cancellations.order_by("-pk")
        return Response(CancellationsShown({"cancellations": rows}).data)

    @extend_schema(
        summary="State the case (陈述申辩)",
        request=CaseEntries,
        responses=CancellationShown,
        parameters=[KEY],
    )
    @action(detail=True, methods=["post"], url_path="state-case")
    @once
    def state_case(self: Any, request: Request, id: str) -> Response:
        """What the enterprise answers to the announced cancellation, once."""
        row = self.row(request, id)
        permissions.check_may_file(request.user, row.filing)
        case = row.cancellations.filter(state=CaseState.NOTICED).first()
        if case is None:
            raise Stale(_("No cancellation of this certificate is open."))
        case.application = row
        sent = read(CaseEntries, request)
        actions.state_case(case=case, by=request.user, at=self.at, **sent)
        return Response(CancellationShown(case).data)

    @extend_schema(summary="Re-examinations", responses=ReExaminationsShown)
    @action(detail=True, methods=["get"])
    def reexaminations(self: Any, request: Request, id: str) -> Response:
        """Newest first."""
        rows = self.row(request, id).reexaminations.order_by("-pk")
        return Response(ReExaminationsShown({"reexaminations": rows}).data)

    @extend_schema(
        summary="Ask for a re-examination (复议)",
        request=RedoEntries,
        responses={201: ReExaminationShown},
        parameters=[KEY],
    )
    @reexaminations.mapping.post
    @once
    def ask_reexamination(self: Any, request: Request, id: str) -> Response:
        """Of a refusal, limited to errors that counting shows."""
        row = self.row(request, id)
        permissions.check_may_file(request.user, row.filing)
        sent = read(RedoEntries, request)
        made = actions.ask_reexamination(application=row, by=request.user, at=self.at, **sent)
        return Response(ReExaminationShown(made).data, status=201)
