"""The desk on one screen: returns by risk, queues by level, moves, who may. No value is edited."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from stats import actions, permissions, queries
from stats.admin import levels, page
from stats.admin.filters import FindingFilter, RoundFilter, StateFilter
from stats.enums import State
from stats.forms import moves as forms
from stats.models import Return
from stats.queries.reports import VERSION
from stats.workflow import APPROVALS, WORKFLOW
from torch_portal.accounts.roles import is_official, is_reviewer
from torch_portal.common import clock
from torch_portal.common.desk_admin import Decision, MoveForm, Queue, QueueFilter
from torch_portal.filings.actions import note_access
from torch_portal.filings.desk_pages import queues as tabs
from torch_portal.filings.desk_pages.desk import FilingDesk
from torch_portal.filings.desk_pages.filters import AgencyFilter, DivisionFilter, PlaceFilter
from torch_portal.filings.desk_pages.forms import AssignForm, ReasonForm
from torch_portal.filings.enums import AccessKind
from torch_portal.filings.models import Filing
from torch_portal.filings.transitions import Move

RISK_FIRST = ("-risk", "filing_id")


def _mine(request: HttpRequest) -> Q:
    return levels.waiting_for(request.user)


def _sample(request: HttpRequest) -> Q:
    return levels.sampled(request.user)


def _outlying(_request: HttpRequest) -> Q:
    return levels.with_outliers()


def _elsewhere(request: HttpRequest) -> Q:
    return levels.passed_on(request.user)


QUEUES = (
    Queue("open", _("Waiting for you"), _mine, RISK_FIRST),
    Queue("mine", _("In my hands"), tabs.in_hand, RISK_FIRST),
    Queue("sample", _("Small ones to sample"), _sample, RISK_FIRST),
    Queue("outliers", _("With outliers"), _outlying, RISK_FIRST),
    Queue(
        "cancellations",
        _("Cancellation asked for"),
        tabs.in_state(State.CANCEL_REQUESTED),
        RISK_FIRST,
        alarm=True,
    ),
    Queue("asked", _("Messages to answer"), tabs.asked, RISK_FIRST),
    Queue("returned", _("With the respondent"), tabs.in_state(State.RETURNED), tabs.NEWEST_FIRST),
    Queue("elsewhere", _("With another level"), _elsewhere, RISK_FIRST),
    Queue(
        "accepted",
        _("Accepted by the Torch Center"),
        tabs.in_state(State.ACCEPTED),
        tabs.DECIDED_FIRST,
    ),
    Queue("all", _("All"), tabs.everything, tabs.NEWEST_FIRST),
)
MOVES = {
    "approve_local": Decision(actions.approve_local, one_click=True),
    "approve_city": Decision(actions.approve_city, one_click=True),
    "approve_province": Decision(actions.approve_province, one_click=True),
    "accept": Decision(actions.accept, one_click=True),
    "return_for_correction": Decision(actions.return_for_correction, forms.CorrectionForm),
    "assign": Decision(actions.assign, AssignForm),
    "refuse_cancellation": Decision(actions.refuse_cancellation, ReasonForm),
    "cancel": Decision(actions.cancel, ReasonForm, grave=True),
}


@admin.register(Return)
class ReturnAdmin(FilingDesk):
    """Each level approves or returns; the respondent alone changes values (统计法 第六条)."""

    workflow = WORKFLOW
    moves = MOVES
    queues = QUEUES
    row_argument = "report"
    send_message = staticmethod(actions.send_message)
    in_batches = (*APPROVALS, "return_for_correction", "assign")
    change_form_template = "admin/stats/return.html"
    list_display = (
        "points",
        "number",
        "enterprise_name",
        "round_title",
        "found",
        "unit_name",
        "state",
        "submitted",
    )
    row_link = "enterprise_name"
    exported = "stats"
    list_filter = (
        QueueFilter, StateFilter, RoundFilter, FindingFilter, AgencyFilter, DivisionFilter,
        PlaceFilter,
    )  # fmt: skip
    search_fields = ("enterprise__name",)
    search_help_text = _("Number, enterprise or credit code")
    sortable_by = ("points", "number", "submitted")

    def tone(self, state: str) -> str:
        """The meaning behind a state's colour."""
        return queries.tone(state)

    def may_decide(self, user: Any) -> bool:
        """Reviewers of units; officials act for the province and the Torch Center."""
        return is_reviewer(user) or is_official(user)

    def check_may_move(self, user: Any, cover: Filing, move: Move) -> None:
        """Of the level with which it lies, and not of this enterprise."""
        permissions.check_may_move(user, cover, move)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With what every row shows; the document of values is read on the page alone."""
        rows = super().get_queryset(request).select_related("enterprise", "unit", "round")
        listing = request.resolver_match and (request.resolver_match.url_name or "").endswith(
            "changelist"
        )
        return rows.defer("data", "typed") if listing else rows.select_related(*VERSION)

    @admin.display(description=_("Risk"), ordering="risk")
    def points(self, report: Return) -> SafeString:
        """The order of the worklist; the page says of what it is made."""
        tone = "needs-you" if report.risk >= forms.HIGH_RISK else "plain"
        return format_html('<span class="pill pill--{}">{}</span>', tone, report.risk)

    @admin.display(description=_("Respondent"))
    def enterprise_name(self, report: Return) -> str:
        """Who answered."""
        return report.enterprise.name

    @admin.display(description=_("Round"))
    def round_title(self, report: Return) -> str:
        """In which round."""
        return report.round.title

    @admin.display(description=_("Errors, warnings"))
    def found(self, report: Return) -> str:
        """How many rules it violates, each with an explanation."""
        return f"{report.errors} / {report.warnings}"

    @admin.display(description=_("Responsible unit"))
    def unit_name(self, report: Return) -> str:
        """Whose respondent it is."""
        return report.unit.name

    def page(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """Values with last year beside, violated rules with explanations, outliers, history."""
        self.prepare(request, [row])
        note_access(filing=row.filing, kind=AccessKind.PAGE, by=request.user, at=clock.now())
        shown = page.return_page(row, self.workflow)
        return shown | {"thread": self.thread_box(request, row.filing)}

    def events(self, row: Any, *, after: int = 0) -> list[dict[str, Any]]:
        """The history since a version."""
        return page.history(row, after=after)

    def main_move(self, row: Any) -> str:
        """The approval of the level with which it lies."""
        return levels.approval_here(row)

    def move_page(
        self, request: HttpRequest, row: Any, form: MoveForm, name: str
    ) -> dict[str, Any]:
        """The return in brief."""
        self.prepare(request, [row])
        return page.brief(row)
