"""After the decision over the API: record, yearly reports, changes, cancellations, recounts."""

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from hitech_cert import actions
from hitech_cert.api import answers
from hitech_cert.api.after_shapes import (
    CancellationShown,
    CancellationsShown,
    HitechChangeEntries,
    HitechChangeShown,
    HitechChangesShown,
    RedoEntries,
    ReExaminationShown,
    ReExaminationsShown,
    ReportEntries,
    ReportShown,
    ReportsShown,
)
from hitech_cert.enums.after import (
    CaseState,
    ChangeKind,
)
from torch_portal.certificates.api import FILE_OR_MAKING, newest_file
from torch_portal.common.limits import Limit
from torch_portal.filings.api.after import CaseMixin, listing
from torch_portal.filings.api.frame import KEY, read
from torch_portal.filings.idempotency import once

ENTRY_OF = {
    ChangeKind.NAME: "name",
    ChangeKind.MAJOR: "what",
    ChangeKind.RELOCATION: "division",
    ChangeKind.PARTIAL: "division",
}
YEAR = OpenApiParameter("year", int, OpenApiParameter.PATH)


class AfterMixin(CaseMixin):
    """The addresses of what follows the decision; the view is of `records.Filings`."""

    cases = "cancellations"
    case_argument = "case"
    open_state = CaseState.NOTICED
    no_case = _("No cancellation of this certificate is open.")
    case_shown = CancellationShown

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

    reports = listing(
        "annual_reports", "Yearly reports", ReportsShown, name="reports", order="-year"
    )
    changes = listing("changes", "Reported changes", HitechChangesShown)
    cancellations = listing("cancellations", "Announced cancellations", CancellationsShown)
    reexaminations = listing("reexaminations", "Re-examinations", ReExaminationsShown)

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
        row = self.row_to_file(request, id)
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
        row = self.row_to_file(request, id)
        sent = read(HitechChangeEntries, request)
        after = {ENTRY_OF[ChangeKind(sent["kind"])]: sent.pop("after")}
        made = actions.report_change(
            application=row, after=after, **sent, by=request.user, at=self.at
        )
        return Response(HitechChangeShown(made).data, status=201)

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
        row = self.row_to_file(request, id)
        sent = read(RedoEntries, request)
        made = actions.ask_reexamination(application=row, by=request.user, at=self.at, **sent)
        return Response(ReExaminationShown(made).data, status=201)
