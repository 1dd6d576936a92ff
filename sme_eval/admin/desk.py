"""The desk on one screen: columns, queues, filters, moves, who may."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sme_eval import actions, forms, permissions, queries
from sme_eval.admin import page
from sme_eval.admin.filters import (
    OnsiteFilter,
    StateFilter,
    WayFilter,
    YearFilter,
)
from sme_eval.enums import State
from sme_eval.models import Evaluation
from sme_eval.workflow import WORKFLOW
from torch_portal.accounts.roles import standing
from torch_portal.common import clock
from torch_portal.common.desk_admin import Decision, MoveForm, Queue, QueueFilter
from torch_portal.filings.actions import note_access
from torch_portal.filings.desk_pages import queues as tabs
from torch_portal.filings.desk_pages.desk import FilingDesk
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


def _forms(request: HttpRequest) -> Q:
    """In form review, and not of an enterprise the person belongs to."""
    return tabs.open_work(request) & Q(filing__state=State.SUBMITTED)


QUEUES = (
    Queue("open", _("Open forms"), _forms, tabs.DUE_FIRST),
    Queue("mine", _("In my hands"), tabs.in_hand, tabs.DUE_FIRST),
    Queue("overdue", _("Past the time limit"), tabs.overdue, tabs.DUE_FIRST, alarm=True),
    Queue("corrected", _("Corrected and back"), tabs.corrected, tabs.DUE_FIRST),
    Queue("asked", _("Messages to answer"), tabs.asked, tabs.DUE_FIRST),
    Queue("returned", _("With the enterprise"), tabs.in_state(State.CORRECTING), tabs.NEWEST_FIRST),
    Queue("passed", _("Waiting for a list"), tabs.in_state(State.PASSED), tabs.NEWEST_FIRST),
    Queue("public", _("In publicity"), tabs.in_state(State.IN_PUBLICITY), tabs.NEWEST_FIRST),
    Queue("entered", _("Entered"), tabs.in_state(State.ENTERED), tabs.DECIDED_FIRST),
    Queue(
        "revocations",
        _("Revocations"),
        tabs.in_state(State.REVOCATION_NOTICED),
        tabs.DECIDED_FIRST,
    ),
    Queue("all", _("All"), tabs.everything, tabs.NEWEST_FIRST),
)
MOVES = {
    "return_for_correction": Decision(actions.return_for_correction, forms.CorrectionForm),
    "pass_form": Decision(actions.pass_form, one_click=True),
    "refuse": Decision(actions.refuse, forms.RefusalForm, grave=True),
    "assign": Decision(actions.assign, AssignForm),
    "send_back": Decision(actions.send_back, forms.SendBackForm),
    "notify_revocation": Decision(actions.notify_revocation, forms.NoticeForm, grave=True),
    "revoke": Decision(actions.revoke, ReasonForm, grave=True),
    "drop_revocation": Decision(actions.drop_revocation, ReasonForm),
}


@admin.register(Evaluation)
class EvaluationAdmin(FilingDesk):
    """The agency reviews forms, the department sends back and revokes; lists move the rest."""

    workflow = WORKFLOW
    moves = MOVES
    queues = QUEUES
    row_argument = "evaluation"
    send_message = staticmethod(actions.send_message)
    in_batches = ("pass_form", "return_for_correction", "assign", "refuse")
    change_form_template = "admin/sme_eval/evaluation.html"
    list_display = (
        "due",
        "filing_number",
        "enterprise_name",
        "year",
        "score",
        "way",
        "state",
        "submitted",
    )
    row_link = "enterprise_name"
    exported = "sme_eval"
    also_exported = (("sme_eval_tax", _("S&T-SMEs for the tax office")),)
    list_filter = (
        QueueFilter, StateFilter, YearFilter, AgencyFilter, DueFilter, WayFilter, OnsiteFilter,
        DivisionFilter, PlaceFilter,
    )  # fmt: skip
    search_fields = ("number",)
    search_help_text = _("Number, enterprise or credit code")
    sortable_by = ("due", "filing_number", "year", "submitted")

    def tone(self, state: str) -> str:
        """The meaning behind a state's colour."""
        return queries.tone(state)

    def check_may_move(self, user: Any, cover: Filing, move: Move) -> None:
        """As everywhere: of this agency or department, and not of this enterprise."""
        permissions.check_may_move(user, cover, move)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With the enterprise, whose name every row shows."""
        return super().get_queryset(request).select_related("enterprise")

    def get_list_display(self, request: HttpRequest) -> Any:
        """Who sees more than one agency sees which, instead of the way."""
        several = bool(standing(request.user).jurisdictions)
        return [("agency" if n == "way" and several else n) for n in self.list_display]

    @admin.display(description=_("Number"), ordering="filing__number")
    def filing_number(self, evaluation: Evaluation) -> str:
        """Of the filing: the row's own number is that in the library."""
        return self.number(evaluation)

    @admin.display(description=_("Enterprise"))
    def enterprise_name(self, evaluation: Evaluation) -> str:
        """Who is evaluated."""
        return evaluation.enterprise.name

    @admin.display(description=_("Year"), ordering="year")
    def year(self, evaluation: Evaluation) -> int:
        """Of evaluation."""
        return evaluation.year

    @admin.display(description=_("Points"))
    def score(self, evaluation: Evaluation) -> str:
        """The total as kept when the form review was passed."""
        return str(evaluation.points.get("total") or "—")

    @admin.display(description=_("Confirmed by"))
    def way(self, evaluation: Evaluation) -> str:
        """Score or a direct route."""
        return str(page.WAYS.get(evaluation.by_route, "—"))

    def page(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """Facts with findings, score, tables, evidence, history."""
        self.prepare(request, [row])
        note_access(filing=row.filing, kind=AccessKind.PAGE, by=request.user, at=clock.now())
        shown = page.filing_page(row, self.workflow)
        return shown | {"thread": self.thread_box(request, row.filing)}

    def events(self, row: Any, *, after: int = 0) -> list[dict[str, Any]]:
        """The history since a version."""
        return page.history(row, after=after)

    def main_move(self, row: Any) -> str:
        """Pass what is in form review."""
        return "pass_form" if row.filing.state == State.SUBMITTED else ""

    def move_page(
        self, request: HttpRequest, row: Any, form: MoveForm, name: str
    ) -> dict[str, Any]:
        """The evaluation in brief."""
        self.prepare(request, [row])
        return page.brief(row)
