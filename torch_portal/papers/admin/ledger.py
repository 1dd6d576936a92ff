"""The ledger of paper originals."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from torch_portal.accounts import roles
from torch_portal.common import clock
from torch_portal.common.desk_admin import ExportedList
from torch_portal.papers import actions, permissions
from torch_portal.papers.admin.counter import counter_page, summary_page
from torch_portal.papers.admin.scope import REFUSALS, ScopedAdmin, reason
from torch_portal.papers.forms import NoteForm
from torch_portal.papers.models import Paper
from torch_portal.papers.workflow import MOVES, moves_from

ACTIONS: dict[str, Callable[..., None]] = {
    "receive": actions.receive,
    "verify": actions.verify,
    "report_mismatch": actions.report_mismatch,
    "waive": actions.waive,
}


@admin.action(description=_("Confirm receipt"), permissions=["receive"])
def confirm_receipt(desk: "PaperAdmin", request: HttpRequest, chosen: QuerySet[Paper]) -> None:
    """Confirm receipt of each; those that cannot be confirmed are named with the reason."""
    count, refused = 0, []
    for paper in chosen.select_related("filing"):
        try:
            actions.receive(paper=paper, by=request.user, at=clock.now())
            count += 1
        except REFUSALS as error:
            refused.append(f"{paper.filing}: {error}")
    text = ngettext(
        "Receipt of %(count)d paper is confirmed.",
        "Receipt of %(count)d papers is confirmed.",
        count,
    )
    messages.success(request, text % {"count": count})
    for line in refused[:10]:
        messages.warning(request, line)
    if len(refused) > 10:
        messages.warning(request, _("and %(count)d more") % {"count": len(refused) - 10})


class AgencyFilter(admin.SimpleListFilter):
    """The agencies that have papers here."""

    title = _("Agency")
    parameter_name = "agency"

    def lookups(self, request: HttpRequest, _desk: Any) -> list[tuple[str, str]]:
        """Those within the person's reach."""
        rows = Paper.objects.visible_to(request.user).order_by("filing__agency__name")
        pairs = rows.values_list("filing__agency_id", "filing__agency__name").distinct()
        return [(str(pk), name) for pk, name in pairs]

    def queryset(self, _request: HttpRequest, rows: QuerySet[Paper]) -> QuerySet[Paper]:
        """Papers at this agency."""
        chosen = self.value() or ""
        return rows.filter(filing__agency_id=chosen) if chosen.isdecimal() else rows


@admin.register(Paper)
class PaperAdmin(ExportedList, ScopedAdmin):
    """The ledger of paper originals, the earliest due date first. No field is edited here."""

    exported = "papers"
    list_display = ["filing_number", "enterprise", "kind", "state", "due_on", "received_at"]
    list_display_links = ["filing_number"]
    search_fields = ["filing__number", "filing__enterprise__name"]
    search_help_text = _("Filing number or name of the enterprise")
    ordering = [F("due_on").asc(nulls_last=True), "pk"]
    show_full_result_count = False
    actions = [confirm_receipt]
    list_before_template = "admin/papers/paper/ways.html"
    change_form_outer_before_template = "admin/papers/paper/decide.html"
    fields = [
        "filing_number",
        "enterprise",
        "kind",
        "state",
        "source",
        "recognised_on",
        "due_on",
        "received_at",
        "received_by",
        "decided_at",
        "decided_by",
        "note",
    ]
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Paper]:
        return super().get_queryset(request).select_related("filing__enterprise")

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        """Jurisdiction and agency are filters only for people who see more than one."""
        everywhere = permissions.governs(request.user, None)
        several = bool(roles.standing(request.user).jurisdictions)
        places = ["filing__jurisdiction"] if everywhere else []
        return ["state", "kind", *places, *([AgencyFilter] if several else [])]

    @admin.display(description=_("filing"), ordering="filing__number")
    def filing_number(self, paper: Paper) -> str:
        return str(paper.filing)

    @admin.display(description=_("enterprise"), ordering="filing__enterprise__name")
    def enterprise(self, paper: Paper) -> str:
        return paper.filing.enterprise.name

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return roles.is_reviewer(request.user) or roles.is_official(request.user)

    has_module_permission = has_view_permission

    def has_receive_permission(self, request: HttpRequest) -> bool:
        return roles.is_reviewer(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        act = path(
            "<int:object_id>/act/<slug:move>/",
            self.admin_site.admin_view(self.act_view),
            name="papers_paper_act",
        )
        counter = path(
            "counter/", self.admin_site.admin_view(self.counter_view), name="papers_paper_counter"
        )
        summary = path(
            "summary/", self.admin_site.admin_view(self.summary_view), name="papers_paper_summary"
        )
        return [act, counter, summary, *super().get_urls()]

    def counter_view(self, request: HttpRequest) -> HttpResponse:
        """Many originals at once, by scanner or typed."""
        return counter_page(request, self, ACTIONS)

    def summary_view(self, request: HttpRequest) -> HttpResponse:
        """How the ledger stands."""
        return summary_page(request, self)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        paper = self.get_object(request, object_id)
        handled = paper is not None and permissions.may_handle(request.user, paper.filing)
        context = {
            "moves": moves_from(paper.state) if paper and handled else [],
            "paper": paper,
            "note_form": NoteForm(auto_id="%s"),
            **(extra_context or {}),
        }
        return super().change_view(request, object_id, form_url, context)

    def act_view(self, request: HttpRequest, object_id: int, move: str) -> HttpResponse:
        """A button of the change page was pressed: one move, then back to the page."""
        paper = self.get_object_or_404(request, str(object_id))
        if move not in ACTIONS or request.method != "POST":
            raise Http404
        paper.state = request.POST.get("seen", paper.state)
        note = request.POST.get("note", "")
        try:
            ACTIONS[move](paper=paper, by=request.user, at=clock.now(), note=note)
            messages.success(request, _("Done: %(move)s.") % {"move": MOVES[move].label})
        except roles.Denied as error:
            raise PermissionDenied(str(error)) from error
        except (*REFUSALS, ValidationError) as error:
            messages.error(request, reason(error))
        return redirect(self.change_url(object_id))
