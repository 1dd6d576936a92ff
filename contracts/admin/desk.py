"""The desk on one screen: columns, queues, filters, moves, who may."""

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from contracts import actions, forms, permissions, queries
from contracts.admin import page
from contracts.admin.filters import (
    FROM_FIGURES,
    AgencyFilter,
    DueFilter,
    KindFilter,
    StateFilter,
)
from contracts.admin.opinions import OpinionPages
from contracts.admin.thread import ThreadPages
from contracts.enums import State
from contracts.models import Contract
from contracts.queries import tone
from contracts.workflow import WORKFLOW
from torch_portal.accounts.roles import Denied, is_official, is_reviewer, standing
from torch_portal.common import clock, money
from torch_portal.common.desk_admin import (
    Decision,
    MoveForm,
    Queue,
    QueueFilter,
    SavedFilters,
    due_mark,
)
from torch_portal.filings.actions import note_access
from torch_portal.filings.enums import AccessKind, Side, Stage
from torch_portal.filings.models import CorrectionItem, Filing, SavedFilter, search, stands_in_for
from torch_portal.filings.transitions import Move

OPEN = Q(filing__stage__in=[Stage.SUBMITTED, Stage.IN_REVIEW])
DUE_FIRST = ("filing__due_on", "filing_id")
NEWEST_FIRST = ("-filing__submitted_at", "-filing_id")
DECIDED_FIRST = ("-filing__decided_at", "-filing_id")


def _in(state: State) -> Any:
    return lambda _request: Q(filing__state=state)


def _in_hand(request: HttpRequest) -> Q:
    """Open, and in the person's own hands or of somebody whose substitute they are today."""
    people = [request.user.pk, *stands_in_for(request.user.pk, clock.today())]
    return OPEN & Q(filing__assigned_to__in=people)


def _mine(request: HttpRequest) -> Q:
    """Open, and not of an enterprise the person belongs to."""
    return OPEN & ~Q(filing__enterprise_id__in=standing(request.user).member_of)


def _overdue(_request: HttpRequest) -> Q:
    return OPEN & Q(filing__due_on__lt=clock.today())


def _corrected(_request: HttpRequest) -> Q:
    return OPEN & Q(Exists(CorrectionItem.objects.filter(filing=OuterRef("pk"))))


def _asked(_request: HttpRequest) -> Q:
    return Q(filing__thread__awaits=Side.AGENCY)


def _decided(_request: HttpRequest) -> Q:
    decided = Q(filing__stage__in=[Stage.GRANTED, Stage.REFUSED, Stage.ENDED])
    return decided & Q(filing__decided_at__isnull=False)


QUEUES = (
    Queue("open", _("Open work"), _mine, DUE_FIRST),
    Queue("mine", _("In my hands"), _in_hand, DUE_FIRST),
    Queue("waiting", _("Waiting for acceptance"), _in(State.SUBMITTED), DUE_FIRST),
    Queue("examined", _("Being examined"), _in(State.ACCEPTED), DUE_FIRST),
    Queue("second", _("In second review"), _in(State.SECOND_REVIEW), DUE_FIRST),
    Queue("overdue", _("Past the time limit"), _overdue, DUE_FIRST, alarm=True),
    Queue("corrected", _("Corrected and back"), _corrected, DUE_FIRST),
    Queue("asked", _("Messages to answer"), _asked, DUE_FIRST),
    Queue("returned", _("With the enterprise"), _in(State.CORRECTING), NEWEST_FIRST),
    Queue("decided", _("Decided"), _decided, DECIDED_FIRST),
    Queue("all", _("All"), lambda _request: Q(), NEWEST_FIRST),
)
MOVES = {
    "accept": Decision(actions.accept, one_click=True),
    "return_for_correction": Decision(actions.return_for_correction, forms.CorrectionForm),
    "decline": Decision(actions.decline, forms.ReasonForm, grave=True),
    "fix_technical_amount": Decision(actions.fix_technical_amount, forms.AmountForm),
    "propose": Decision(actions.propose, forms.ProposeForm),
    "recognise": Decision(actions.recognise, forms.RecogniseForm),
    "refuse": Decision(actions.refuse, forms.RefusalForm, grave=True),
    "assign": Decision(actions.assign, forms.AssignForm),
    "deregister": Decision(actions.deregister, forms.ReasonForm, grave=True),
    "notify_revocation": Decision(actions.notify_revocation, forms.NoticeForm, grave=True),
    "revoke": Decision(actions.revoke, forms.ReasonForm, grave=True),
    "drop_revocation": Decision(actions.drop_revocation, forms.ReasonForm),
    "request_expert_opinion": Decision(actions.request_expert_opinion, forms.ExpertsForm),
    "record_expert_opinion": Decision(actions.record_expert_opinion, forms.OpinionForm),
    "reopen": Decision(actions.reopen, forms.ReasonForm),
    "reinstate": Decision(actions.reinstate, forms.ReasonForm),
}


@admin.register(Contract)
class ContractAdmin(SavedFilters, OpinionPages, ThreadPages):
    """Reviewers decide here, officials read here; the enterprise's figures are never edited."""

    workflow = WORKFLOW
    moves = MOVES
    kept = SavedFilter
    queues = QUEUES
    row_argument = "contract"
    in_batches = ("accept", "recognise", "return_for_correction", "assign", "decline", "refuse")
    denied = Denied
    stale = actions.Stale
    change_form_template = "admin/contracts/contract/change_form.html"
    list_display = ("due", "number", "project", "seller", "kind", "amount", "state", "submitted")
    row_link = "project"
    exported = "contracts"
    list_filter = (QueueFilter, StateFilter, KindFilter, AgencyFilter, DueFilter, *FROM_FIGURES)
    search_fields = ("project_name",)
    search_help_text = _("Number, project, party or credit code")
    sortable_by = ("due", "number", "amount", "submitted")

    def may_enter(self, user: Any) -> bool:
        """Reviewers and officials; operators keep the house and see no filings."""
        return is_reviewer(user) or is_official(user)

    def whose(self, user: Any) -> dict[str, Any]:
        """The person's, of this line."""
        return {"user_id": user.pk, "line": self.workflow.line}

    def may_decide(self, user: Any) -> bool:
        """Reviewers."""
        return is_reviewer(user)

    def check_may_move(self, user: Any, cover: Filing, move: Move) -> None:
        """As everywhere: of this agency or area, and not of this enterprise."""
        permissions.check_may_move(user, cover, move)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Contract]:
        """What was handed in; a draft of the person's own enterprise is no work."""
        rows = super().get_queryset(request).filter(filing__submitted_at__isnull=False)
        return rows.select_related(
            "filing__agency", "filing__enterprise", "filing__thread", "filing__assigned_to"
        )

    def get_list_display(self, request: HttpRequest) -> Any:
        """Who sees more than one agency sees which, instead of the kind."""
        several = bool(standing(request.user).jurisdictions)
        return [("agency" if n == "kind" and several else n) for n in self.list_display]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Words anywhere in names, numbers and codes: one index of character pairs."""
        if not search_term.strip():
            return queryset, False
        asked = search.query(search_term)
        if not asked:
            return queryset.none(), False
        return queryset.filter(search.condition(asked, "filing__")), False

    def prepare(self, request: HttpRequest, found: list[Any]) -> None:
        """The calendars of all places at once, for the due dates."""
        today = clock.today()
        calendars = queries.calendars_for({c.filing.jurisdiction_id for c in found})
        for c in found:
            cover = c.filing
            open_ = cover.stage in (Stage.SUBMITTED, Stage.IN_REVIEW)
            due_on = cover.due_on if open_ else None
            c.due_mark = due_mark(due_on, today, calendars[cover.jurisdiction_id])

    @admin.display(description=_("Decide by"), ordering="filing__due_on")
    def due(self, contract: Any) -> SafeString | str:
        """The words, coloured only when at risk, and the day."""
        risk, words = contract.due_mark
        if not words:
            return "—"
        day = f"{contract.filing.due_on:%m-%d}"
        return format_html(
            '<span class="due{}">{}</span> <span class="soft">{}</span>',
            f" due--{risk}" if risk else "",
            words,
            day,
        )

    @admin.display(description=_("Number"), ordering="filing__number")
    def number(self, contract: Contract) -> str:
        """The filing number."""
        return contract.filing.number or ""

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

    @admin.display(description=_("State"))
    def state(self, contract: Contract) -> SafeString:
        """Where it stands, in words; the colour repeats them."""
        label = WORKFLOW.labels[contract.filing.state]
        return format_html(
            '<span class="pill pill--{}">{}</span>', tone(contract.filing.state), label
        )

    @admin.display(description=_("Agency"))
    def agency(self, contract: Contract) -> str:
        """Which agency has it."""
        return contract.filing.agency.name if contract.filing.agency else ""

    @admin.display(description=_("Submitted on"), ordering="filing__submitted_at")
    def submitted(self, contract: Contract) -> str:
        """The day of the first submission."""
        when = contract.filing.submitted_at
        return f"{timezone.localtime(when):%Y-%m-%d}" if when else ""

    def page(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """Facts with findings, amounts, evidence, history."""
        self.prepare(request, [row])
        note_access(filing=row.filing, kind=AccessKind.PAGE, by=request.user, at=clock.now())
        shown = page.filing_page(row, self.workflow, by=request.user)
        if is_official(request.user) and row.filing.state == State.RECOGNISED:
            shown["objection_url"] = reverse("admin:contracts_followup_objection", args=[row.pk])
        return shown | {"thread": self.thread_box(request, row)}

    def events(self, row: Any, *, after: int = 0) -> list[dict[str, Any]]:
        """The history since a version."""
        return page.history(row, after=after)

    def buttons(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """Why there is no button is told to reviewers; officials only read anyway."""
        shown = super().buttons(request, row)
        return shown if is_reviewer(request.user) else shown | {"denied_reason": ""}

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
