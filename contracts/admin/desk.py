"""The desk on one screen: columns, queues, filters, moves, who may."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contracts import actions, forms, permissions, queries
from contracts.admin import page
from contracts.admin.filters import FROM_FIGURES, KindFilter, StateFilter
from contracts.admin.opinions import OpinionPages
from contracts.enums import State
from contracts.models import Contract
from contracts.queries import tone
from contracts.workflow import WORKFLOW
from torch_portal.accounts.roles import is_official, standing
from torch_portal.common import clock, money
from torch_portal.common.desk_admin import Decision, MoveForm, Queue, QueueFilter
from torch_portal.filings.actions import note_access
from torch_portal.filings.desk_pages import queues as tabs
from torch_portal.filings.desk_pages.desk import FilingDesk
from torch_portal.filings.desk_pages.filters import AgencyFilter, DueFilter
from torch_portal.filings.desk_pages.forms import AssignForm, ReasonForm
from torch_portal.filings.enums import AccessKind
from torch_portal.filings.models import Filing
from torch_portal.filings.transitions import Move

QUEUES = (
    Queue("open", _("Open work"), tabs.open_work, tabs.DUE_FIRST),
    Queue("mine", _("In my hands"), tabs.in_hand, tabs.DUE_FIRST),
    Queue("waiting", _("Waiting for acceptance"), tabs.in_state(State.SUBMITTED), tabs.DUE_FIRST),
    Queue("examined", _("Being examined"), tabs.in_state(State.ACCEPTED), tabs.DUE_FIRST),
    Queue("second", _("In second review"), tabs.in_state(State.SECOND_REVIEW), tabs.DUE_FIRST),
    Queue("overdue", _("Past the time limit"), tabs.overdue, tabs.DUE_FIRST, alarm=True),
    Queue("corrected", _("Corrected and back"), tabs.corrected, tabs.DUE_FIRST),
    Queue("asked", _("Messages to answer"), tabs.asked, tabs.DUE_FIRST),
    Queue("returned", _("With the enterprise"), tabs.in_state(State.CORRECTING), tabs.NEWEST_FIRST),
    Queue("decided", _("Decided"), tabs.decided, tabs.DECIDED_FIRST),
    Queue("all", _("All"), tabs.everything, tabs.NEWEST_FIRST),
)
MOVES = {
    "accept": Decision(actions.accept, one_click=True),
    "return_for_correction": Decision(actions.return_for_correction, forms.CorrectionForm),
    "decline": Decision(actions.decline, ReasonForm, grave=True),
    "fix_technical_amount": Decision(actions.fix_technical_amount, forms.AmountForm),
    "propose": Decision(actions.propose, forms.ProposeForm),
    "recognise": Decision(actions.recognise, forms.RecogniseForm),
    "refuse": Decision(actions.refuse, forms.RefusalForm, grave=True),
    "assign": Decision(actions.assign, AssignForm),
    "deregister": Decision(actions.deregister, ReasonForm, grave=True),
    "notify_revocation": Decision(actions.notify_revocation, forms.NoticeForm, grave=True),
    "revoke": Decision(actions.revoke, ReasonForm, grave=True),
    "drop_revocation": Decision(actions.drop_revocation, ReasonForm),
    "request_expert_opinion": Decision(actions.request_expert_opinion, forms.ExpertsForm),
    "record_expert_opinion": Decision(actions.record_expert_opinion, forms.OpinionForm),
    "reopen": Decision(actions.reopen, ReasonForm),
    "reinstate": Decision(actions.reinstate, ReasonForm),
}


@admin.register(Contract)
class ContractAdmin(OpinionPages, FilingDesk):
    """The contracts; a reviewer sees the agency's, an official the area's."""

    workflow = WORKFLOW
    moves = MOVES
    queues = QUEUES
    row_argument = "contract"
    in_batches = ("accept", "recognise", "return_for_correction", "assign", "decline", "refuse")
    send_message = staticmethod(actions.send_message)
    change_form_template = "admin/contracts/contract/change_form.html"
    list_display = ("due", "number", "project", "seller", "kind", "amount", "state", "submitted")
    row_link = "project"
    exported = "contracts"
    list_filter = (QueueFilter, StateFilter, KindFilter, AgencyFilter, DueFilter, *FROM_FIGURES)
    search_fields = ("project_name",)
    search_help_text = _("Number, project, party or credit code")
    sortable_by = ("due", "number", "amount", "submitted")

    def tone(self, state: str) -> str:
        """The meaning behind a state's colour."""
        return tone(state)

    def check_may_move(self, user: Any, cover: Filing, move: Move) -> None:
        """As everywhere: of this agency or area, and not of this enterprise."""
        permissions.check_may_move(user, cover, move)

    def get_list_display(self, request: HttpRequest) -> Any:
        """Who sees more than one agency sees which, instead of the kind."""
        several = bool(standing(request.user).jurisdictions)
        return [("agency" if n == "kind" and several else n) for n in self.list_display]

    @admin.display(description=_("Project name"))
    def project(self, contract: Contract) -> str:
        """What it is about."""
        return contract.project_name

    @admin.display(description=_("Seller"))
    def seller(self, contract: Contract) -> str:
        """Who does the work."""
        return contract.seller_name

    @admin.display(description=_("Kind"))
    def kind(self, contract: Contract) -> str:
        """Development, transfer, licence, consulting, service."""
        return contract.get_kind_display()

    @admin.display(description=_("Total (yuan)"), ordering="total_yuan")
    def amount(self, contract: Contract) -> str:
        """The contract's total."""
        return money.display(contract.total_yuan) if contract.total_yuan is not None else ""

    def page(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """Facts with findings, amounts, evidence, history."""
        self.prepare(request, [row])
        note_access(filing=row.filing, kind=AccessKind.PAGE, by=request.user, at=clock.now())
        shown = page.filing_page(row, self.workflow, by=request.user)
        if is_official(request.user) and row.filing.state == State.RECOGNISED:
            shown["objection_url"] = reverse("admin:contracts_followup_objection", args=[row.pk])
        return shown | {"thread": self.thread_box(request, row.filing)}

    def events(self, row: Any, *, after: int = 0) -> list[dict[str, Any]]:
        """The history since a version."""
        return page.history(row, after=after)

    def main_move(self, row: Any) -> str:
        """Accept what waits; then recognise, or pass on where the amount needs a second person."""
        if row.filing.state == State.ACCEPTED and queries.needs_second_review(row):
            return "propose"
        return {
            State.SUBMITTED: "accept",
            State.ACCEPTED: "recognise",
            State.SECOND_REVIEW: "recognise",
        }.get(row.filing.state, "")

    def stays(self, move: Move) -> bool:
        """After acceptance the same person examines."""
        return move.target in (None, State.ACCEPTED)

    def move_page(
        self, request: HttpRequest, row: Any, form: MoveForm, name: str
    ) -> dict[str, Any]:
        """The contract in brief; before a recognition also the certificate and what stops it."""
        self.prepare(request, [row])
        shown = page.brief(row)
        if name == "return_for_correction":
            shown["clock"] = queries.clock_words(row, clock.today())
        if name == "recognise":
            shown |= page.recognition(row, by=request.user, at=clock.now())
        return shown
