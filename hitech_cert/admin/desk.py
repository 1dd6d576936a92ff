"""The desk on one screen: columns, queues, filters, moves, who may."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hitech_cert import actions, permissions, queries
from hitech_cert.admin import filters, page
from hitech_cert.admin.packages import PackagePages
from hitech_cert.enums import State
from hitech_cert.forms import moves as forms
from hitech_cert.models import Application
from hitech_cert.workflow import WORKFLOW
from torch_portal.accounts.enums import OfficeRole
from torch_portal.accounts.roles import standing
from torch_portal.common import clock
from torch_portal.common.desk_admin import Decision, MoveForm, Queue, QueueFilter
from torch_portal.filings.actions import note_access
from torch_portal.filings.desk_pages import queues as tabs
from torch_portal.filings.desk_pages.filters import (
    AgencyFilter,
    DivisionFilter,
    DueFilter,
    PlaceFilter,
)
from torch_portal.filings.desk_pages.forms import AssignForm, ReasonForm
from torch_portal.filings.enums import AccessKind
from torch_portal.filings.models import Filing
from torch_portal.filings.transitions import Move


def _open(request: HttpRequest) -> Q:
    """What lies before this person: a bureau's local check, a province's acceptance."""
    roles = standing(request.user)
    bureau = [a for role, a in roles.agencies if role == OfficeRole.REVIEWER]
    whole = [area for role, area in roles.jurisdictions if role == OfficeRole.REVIEWER]
    province = [area for _role, area in roles.jurisdictions if area]
    local = Q(filing__agency_id__in=bureau) | Q(filing__jurisdiction_id__in=whole)
    mine = Q(filing__state=State.SUBMITTED) & local
    mine |= Q(filing__state=State.RECOMMENDED, filing__jurisdiction_id__in=province)
    return tabs.open_work(request) & mine


def _among(*states: State) -> Any:
    return lambda _request: Q(filing__state__in=states)


QUEUES = (
    Queue("open", _("To be decided here"), _open, tabs.DUE_FIRST),
    Queue("mine", _("In my hands"), tabs.in_hand, tabs.DUE_FIRST),
    Queue("overdue", _("Past the time limit"), tabs.overdue, tabs.DUE_FIRST, alarm=True),
    Queue("corrected", _("Corrected and back"), tabs.corrected, tabs.DUE_FIRST),
    Queue("asked", _("Messages to answer"), tabs.asked, tabs.DUE_FIRST),
    Queue("local", _("In local check"), tabs.in_state(State.SUBMITTED), tabs.DUE_FIRST),
    Queue("returned", _("With the enterprise"), tabs.in_state(State.CORRECTING), tabs.NEWEST_FIRST),
    Queue("recommended", _("Recommended"), tabs.in_state(State.RECOMMENDED), tabs.DUE_FIRST),
    Queue("accepted", _("Waiting for a panel"), tabs.in_state(State.ACCEPTED), tabs.DUE_FIRST),
    Queue("review", _("In expert review"), tabs.in_state(State.IN_REVIEW), tabs.DUE_FIRST),
    Queue("scored", _("To be decided by three"), tabs.in_state(State.SCORED), tabs.DUE_FIRST),
    Queue("listed", _("Proposed and listed"), _among(*filters.LISTED), tabs.DUE_FIRST),
    Queue("certified", _("Certified"), tabs.in_state(State.CERTIFIED), tabs.DECIDED_FIRST),
    Queue("refused", _("Not accepted or recognised"), _among(*filters.REFUSED), tabs.DECIDED_FIRST),
    Queue("ended", _("Ended or about to"), _among(*filters.ENDED), tabs.DECIDED_FIRST),
    Queue("all", _("All"), tabs.everything, tabs.NEWEST_FIRST),
)
MOVES = {
    "return_for_correction": Decision(actions.return_for_correction, forms.CorrectionForm),
    "recommend": Decision(actions.recommend, one_click=True),
    "accept": Decision(actions.accept, one_click=True),
    "reject": Decision(actions.reject, forms.RejectionForm, grave=True),
    "assign": Decision(actions.assign, AssignForm),
    "send_back": Decision(actions.send_back, forms.SendBackForm),
    "propose": Decision(actions.propose, one_click=True),
    "not_recognise": Decision(actions.not_recognise, ReasonForm, grave=True),
    "reopen": Decision(actions.reopen, ReasonForm),
    "notify_cancellation": Decision(actions.notify_cancellation, forms.NoticeForm, grave=True),
    "cancel": Decision(actions.cancel, ReasonForm, grave=True),
    "drop_cancellation": Decision(actions.drop_cancellation, ReasonForm),
}
# The tables that leave row by row, by the code under which the reports know them.
ROW_TABLES = (
    ("hitech_rights", _("Rights of the applications")),
    ("hitech_projects", _("R&D activities of the applications")),
    ("hitech_costs", _("R&D costs of the applications")),
    ("hitech_products", _("Products of the applications")),
    ("hitech_reports", _("Yearly reports of high-tech enterprises")),
    ("hitech_changes", _("Reported changes of high-tech enterprises")),
)
MAIN_MOVES = {State.SUBMITTED: "recommend", State.RECOMMENDED: "accept", State.SCORED: "propose"}


@admin.register(Application)
class ApplicationAdmin(PackagePages):
    """The bureau checks and recommends, the certification body accepts and decides."""

    workflow = WORKFLOW
    moves = MOVES
    queues = QUEUES
    row_argument = "application"
    send_message = staticmethod(actions.send_message)
    in_batches = ("recommend", "accept", "return_for_correction", "assign", "reject")
    change_list_template = "admin/hitech_cert/queue.html"
    change_form_template = "admin/hitech_cert/application.html"
    list_display = (
        "due",
        "filing_number",
        "enterprise_name",
        "batch",
        "tech_field",
        "state",
        "submitted",
    )
    row_link = "enterprise_name"
    exported = "hitech_cert"
    list_filter = (
        QueueFilter,
        filters.StateFilter,
        filters.YearFilter,
        filters.BatchFilter,
        filters.FieldFilter,
        AgencyFilter,
        DueFilter,
        filters.ChannelFilter,
        DivisionFilter,
        PlaceFilter,
    )
    search_fields = ("certificate_number",)
    search_help_text = _("Number, enterprise or credit code")
    sortable_by = ("due", "filing_number", "submitted")

    def tone(self, state: str) -> str:
        """The meaning behind a state's colour."""
        return queries.tone(state)

    def may_decide(self, user: Any) -> bool:
        """Reviewers, and officials of a province: they accept."""
        return super().may_decide(user) or bool(
            {area for role, area in standing(user).jurisdictions if area and role != "operator"}
        )

    def check_may_move(self, user: Any, cover: Filing, move: Move) -> None:
        """As everywhere: of this bureau or province, and not of this enterprise."""
        permissions.check_may_move(user, cover, move)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With the enterprise and the batch, which every row shows."""
        return super().get_queryset(request).select_related("enterprise", "intake")

    def get_list_display(self, request: HttpRequest) -> Any:
        """Who sees more than one bureau sees which, instead of the field."""
        several = bool(standing(request.user).jurisdictions)
        return [("agency" if n == "tech_field" and several else n) for n in self.list_display]

    def list_page(self, request: HttpRequest, changes: Any) -> dict[str, Any]:
        """With the tables of the applications, which leave row by row."""
        tables = [(text, reverse("reports:export", args=[code])) for code, text in ROW_TABLES]
        return super().list_page(request, changes) | {"more_exports": tables}

    @admin.display(description=_("Number"), ordering="filing__number")
    def filing_number(self, application: Application) -> str:
        """Of the filing."""
        return self.number(application)

    @admin.display(description=_("Enterprise"))
    def enterprise_name(self, application: Application) -> str:
        """Who applies."""
        return application.enterprise.name

    @admin.display(description=_("Batch"))
    def batch(self, application: Application) -> str:
        """The batch that took it."""
        return application.intake.title if application.intake else "—"

    @admin.display(description=_("Technology field"))
    def tech_field(self, application: Application) -> str:
        """The field of the first level."""
        return filters.field_name(application) or "—"

    def page(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """Conditions, facts with findings, tables, evidence, history."""
        self.prepare(request, [row])
        note_access(filing=row.filing, kind=AccessKind.PAGE, by=request.user, at=clock.now())
        shown = page.filing_page(row, self.workflow)
        return shown | {"thread": self.thread_box(request, row.filing)}

    def events(self, row: Any, *, after: int = 0) -> list[dict[str, Any]]:
        """The history since a version."""
        return page.history(row, after=after)

    def main_move(self, row: Any) -> str:
        """What is usually done next."""
        return MAIN_MOVES.get(row.filing.state, "")

    def move_page(
        self, request: HttpRequest, row: Any, form: MoveForm, name: str
    ) -> dict[str, Any]:
        """The application in brief."""
        self.prepare(request, [row])
        return page.brief(row)
