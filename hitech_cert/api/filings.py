"""Applications over the API: drafts and every move, by the actions of the pages."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from hitech_cert import actions, forms, permissions, queries
from hitech_cert.api import after_shapes, answers, entries, shown
from hitech_cert.api.after import AfterMixin
from hitech_cert.api.moves import MovesMixin
from hitech_cert.editions import FIELDS
from hitech_cert.enums import Channel, State
from hitech_cert.forms.moves import at_entries
from hitech_cert.models import Application
from hitech_cert.workflow import WORKFLOW
from torch_portal.accounts.models import Enterprise
from torch_portal.certificates.api import DocumentsMixin
from torch_portal.certificates.models import Certificate
from torch_portal.common.findings import Finding
from torch_portal.filings.api.bulk import BulkMixin
from torch_portal.filings.api.drafts import DraftsMixin, described
from torch_portal.filings.api.entries import columns
from torch_portal.filings.api.files import FilesMixin
from torch_portal.filings.api.filters import codes_with
from torch_portal.filings.api.frame import KEY, read
from torch_portal.filings.api.records import Filings
from torch_portal.filings.api.service import ServiceMixin
from torch_portal.filings.api.talk import TalkMixin
from torch_portal.filings.idempotency import once

TOP_FIELDS = [code for code in FIELDS if "." not in code]
CODES = codes_with(State.values, {"channel": ("channel", Channel.values)})
MORE = [
    OpenApiParameter("year", int),
    OpenApiParameter("batch", int, description="Number (id) of the batch."),
    OpenApiParameter("field", str, enum=TOP_FIELDS, description="Technology field, first level."),
]


@extend_schema_view(state_case=extend_schema(responses=after_shapes.CancellationShown))
@described(
    "Applications", shown=answers.ApplicationShown, listed=answers.ApplicationRowShown, more=MORE
)
class Applications(
    AfterMixin,
    BulkMixin,
    DraftsMixin,
    FilesMixin,
    DocumentsMixin,
    MovesMixin,
    TalkMixin,
    ServiceMixin,
    Filings,
):
    """Applications for certification as a high-tech enterprise, from the draft to acceptance.

    What lies out of sight is 404, what is out of turn 403 with the reason, what somebody else did
    first 409 with the name, what a rule stops 422 with every finding.
    """

    queryset = Application.objects.none()
    serializer_class = answers.ApplicationShown
    line = "hitech_cert"
    row_argument = "application"
    acts = actions
    rights = permissions
    workflow = WORKFLOW
    attach_entries = entries.ApplicationFiles
    codes = CODES
    number = "certificate_number"
    draft_entries = entries.ApplicationEntries
    new_entries = entries.NewApplication
    draft_columns = entries.NAMES
    draft_tables = entries.TABLES

    def is_deciding(self) -> bool:
        """Also the registration of what came by e-mail."""
        return self.action == "register" or super().is_deciding()

    @property
    def addressed(self) -> list[str]:
        """The moves that have an address here."""
        return [name for name in WORKFLOW.moves if hasattr(self, name)]

    def get_queryset(self) -> QuerySet[Application]:
        """What this person may see, with what every answer shows of it."""
        rows: QuerySet[Application] = queries.with_cover(
            Application.objects.visible_to(self.request.user)
        )
        return rows

    def newest_certificate(self, row: Application) -> Certificate | None:
        """The record of the certificate."""
        if row.certificate_number is None:
            return None
        return row.filing.certificates.order_by("-version").first()

    def whole(self, row: Application, certificate: Certificate | None) -> dict[str, Any]:
        """Everything about one application."""
        return shown.whole(row, certificate, self, self.addressed)

    def listed(self, rows: QuerySet[Application]) -> QuerySet[Application]:
        """Without their tables."""
        return _narrowed(rows, self.request)

    def short(self, row: Application) -> dict[str, Any]:
        """One application without its tables."""
        return shown.row(row, self.request.user, self.base, self.addressed)

    def keep(self, row: Application, sent: dict[str, Any]) -> None:
        """By the act of the pages; what was typed there and could not be read gives way."""
        actions.save_draft(
            application=row,
            values=columns(sent, Application, entries.NAMES),
            rows=_rows(sent),
            typed={name: text for name, text in row.typed.items() if name not in sent},
            by=self.request.user,
            at=self.at,
        )

    def found(self, row: Application) -> list[Finding]:
        """Also what was typed on the pages and could not be read."""
        return at_entries(row, forms.all_findings(row, at=self.at))

    @extend_schema(
        summary="Register an e-mailed application (邮件受理)",
        request=entries.EmailEntries,
        responses={201: answers.ApplicationShown},
        parameters=[KEY],
    )
    @action(detail=False, methods=["post"], url_path="register")
    @once
    def register(self, request: Request) -> Response:
        """By the bureau or the province; what is in the package is kept as a draft of the
        enterprise. Files follow; it is handed in at the desk, with the same checks as online.
        """
        sent = read(entries.EmailEntries, request)
        firm = Enterprise.objects.filter(credit_code=sent.pop("enterprise")).first()
        if firm is None:
            words = _("No enterprise of this code is registered here. Ask it to register.")
            raise ValidationError({"enterprise": words})
        who: dict[str, Any] = {"by": request.user, "at": self.at}
        with transaction.atomic():
            application = actions.open_package(
                enterprise=firm, received_at=sent.pop("received_at"), **who
            )
            values = columns(sent, Application, entries.NAMES)
            actions.keep_package(
                application=application, values=values, typed={}, rows=_rows(sent), **who
            )
        return self.begun(application)

    @extend_schema(summary="The eight conditions", responses=answers.ConditionsShown)
    @action(detail=True, methods=["get"])
    def conditions(self, request: Request, id: str) -> Response:
        """Each with what is measured, as exact fractions."""
        return Response(shown.conditions(queries.case_of(self.row(request, id))))


def _rows(sent: dict[str, Any]) -> dict[str, Any]:
    """The tables that were sent; a cell that was left out or is null stands as a new row has it."""
    return {
        name: [columns(row, entries.MODELS[name], row) for row in sent[name]]
        for name in entries.TABLES
        if name in sent
    }


def _narrowed(rows: QuerySet[Application], request: Request) -> QuerySet[Application]:
    """By year, batch and field; ValidationError names what cannot be read."""
    asked = {name: request.query_params.get(name, "") for name in ("year", "batch", "field")}
    for name in ("year", "batch"):
        text = asked[name]
        if text and not (text.isdecimal() and len(text) < 10):
            raise ValidationError({name: _("Write a number.")})
    if asked["field"] and asked["field"] not in TOP_FIELDS:
        message = _("One of these is needed: %(choices)s.") % {"choices": ", ".join(TOP_FIELDS)}
        raise ValidationError({"field": message})
    if asked["year"]:
        rows = rows.filter(year=int(asked["year"]))
    if asked["batch"]:
        rows = rows.filter(intake_id=int(asked["batch"]))
    if asked["field"]:
        rows = rows.filter(core_field_code__startswith=f"{asked['field']}.")
    return rows
