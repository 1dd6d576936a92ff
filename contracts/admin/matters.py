"""The desk of the matters after a decision: a list by due date, one page each, two buttons."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import F, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contracts import actions, forms, permissions, queries
from contracts.enums import FollowUpState
from contracts.models import Contract, FollowUp
from contracts.workflow import PROCEDURES
from torch_portal.accounts.roles import Denied, is_official, is_reviewer
from torch_portal.common import clock
from torch_portal.common.desk_admin import ExportedList, due_mark
from torch_portal.common.findings import Refused
from torch_portal.filings.pages.rows import file_row
from torch_portal.filings.queries import calendars_for
from torch_portal.filings.transitions import Stale

ANSWERS = {"grant": actions.grant_request, "refuse": actions.refuse_request}


class WaitingFilter(admin.SimpleListFilter):
    """What waits for an answer unless more is asked for."""

    title = gettext_lazy("State")
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Overdue ones, answered ones, or all."""
        return [
            ("late", gettext_lazy("Overdue")),
            ("no", gettext_lazy("Answered")),
            ("all", gettext_lazy("All")),
        ]

    def choices(self, changelist: Any) -> Any:
        """Django's own “All” stands for what waits."""
        own = list(super().choices(changelist))
        own[0]["display"] = _("Waiting for an answer")
        return own

    def queryset(self, request: HttpRequest, rows: QuerySet[FollowUp]) -> QuerySet[FollowUp]:
        """The rows of the choice."""
        if self.value() == "all":
            return rows
        if self.value() == "late":
            late: Any = rows
            return late.late(clock.today())
        open_ = Q(state=FollowUpState.OPEN)
        return rows.filter(~open_ if self.value() == "no" else open_)


@admin.register(FollowUp)
class FollowUpAdmin(ExportedList):
    """Requests, notices and objections about decided contracts; nothing is edited, only decided."""

    exported = "matters"
    list_display = ("title", "contract_number", "project", "standing", "due", "opened_on")
    list_display_links = ("title",)
    list_filter = (WaitingFilter, "kind")
    search_fields = ("contract__registration_number", "contract__filing__number")
    search_help_text = gettext_lazy("Registration number or filing number")
    ordering = (F("due_on").asc(nulls_last=True), "pk")
    show_full_result_count = False
    actions = None

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_reviewer(request.user) or is_official(request.user)

    has_module_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[FollowUp]:
        rows = FollowUp.objects.visible_to(request.user).filter(
            contract__filing__submitted_at__isnull=False
        )
        return rows.select_related("contract__filing__agency", "opened_by", "decided_by").order_by(
            *self.ordering
        )

    @admin.display(description=gettext_lazy("Matter"), ordering="kind")
    def title(self, followup: FollowUp) -> str:
        """What it is."""
        return followup.get_kind_display()

    @admin.display(description=gettext_lazy("Number"))
    def contract_number(self, followup: FollowUp) -> str:
        """Of the registration, else of the filing."""
        contract = followup.contract
        return contract.registration_number or contract.filing.number or ""

    @admin.display(description=gettext_lazy("Project name"))
    def project(self, followup: FollowUp) -> str:
        """What the contract is about."""
        return followup.contract.project_name

    @admin.display(description=gettext_lazy("State"), ordering="state")
    def standing(self, followup: FollowUp) -> SafeString:
        """Where the matter stands, in words; the colour repeats them."""
        box = queries.followup_box(followup)
        return format_html(
            '<span class="desk"><span class="pill pill--{}">{}</span></span>',
            box["tone"],
            box["state_label"],
        )

    @admin.display(description=gettext_lazy("Decide by"), ordering="due_on")
    def due(self, followup: FollowUp) -> SafeString | str:
        """What is left, coloured only when at risk; of a notice the day of the statement."""
        if followup.due_on is None:
            return "—"
        if followup.state != FollowUpState.OPEN:
            return f"{followup.due_on:%Y-%m-%d}"
        risk, words = followup.due_mark  # type: ignore[attr-defined]  # by _mark
        return format_html(
            '<span class="desk"><span class="due{}">{}</span> <span class="soft">{}</span></span>',
            f" due--{risk}" if risk else "",
            words,
            f"{followup.due_on:%Y-%m-%d}",
        )

    @admin.display(description=gettext_lazy("Begun"), ordering="opened_at")
    def opened_on(self, followup: FollowUp) -> str:
        """The day it was begun."""
        return f"{timezone.localtime(followup.opened_at):%Y-%m-%d}"

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The list with its due dates in words."""
        answer = super().changelist_view(request, extra_context)
        shown = getattr(answer, "context_data", None) or {}
        if "cl" in shown:
            self._mark(shown["cl"].result_list)
        return answer

    def _mark(self, found: Any) -> None:
        """How near each due date is; the calendars of all places in one query."""
        today = clock.today()
        calendars = calendars_for({f.contract.filing.jurisdiction_id for f in found})
        for followup in found:
            calendar = calendars[followup.contract.filing.jurisdiction_id]
            followup.due_mark = due_mark(followup.due_on, today, calendar)

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(
                "<int:object_id>/decide/<slug:answer>/",
                self.admin_site.admin_view(self.decide_view),
                name="contracts_followup_decide",
            ),
            path(
                "objection/<int:contract_pk>/",
                self.admin_site.admin_view(self.objection_view),
                name="contracts_followup_objection",
            ),
        ]
        return [*own, *super().get_urls()]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """The history stands with the filing."""
        raise Http404

    def _row(self, request: HttpRequest, object_id: Any) -> FollowUp:
        if not self.has_view_permission(request):
            raise Http404
        return get_object_or_404(self.get_queryset(request), pk=object_id)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The matter to read, with its two answers where this person may decide."""
        if request.method not in ("GET", "HEAD"):
            self._row(request, object_id)
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return self._page(request, self._row(request, object_id))

    def _page(
        self, request: HttpRequest, followup: FollowUp, *, status: int = 200, **more: Any
    ) -> HttpResponse:
        contract = followup.contract
        procedure = PROCEDURES[followup.kind]
        open_ = followup.state == FollowUpState.OPEN
        files = contract.filing.attachments.live().filter(kind=followup.file_kind)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": followup.get_kind_display(),
            "matter": queries.followup_box(followup),
            "contract": contract,
            "procedure": procedure,
            "can_decide": open_ and permissions.may_decide(request.user, followup),
            "files": [file_row(contract.filing, a, removable=False) for a in files.order_by("pk")],
            "contract_url": reverse("admin:contracts_contract_change", args=[contract.pk]),
            "is_nav_sidebar_enabled": False,
            **more,
        }
        template = "admin/contracts/followup/matter.html"
        return TemplateResponse(request, template, context, status=status)

    def decide_view(self, request: HttpRequest, object_id: int, answer: str) -> HttpResponse:
        """One of the two answers was pressed."""
        followup = self._row(request, object_id)
        if answer not in ANSWERS or request.method != "POST":
            raise Http404
        note = request.POST.get("note", "")[:2000]
        try:
            ANSWERS[answer](followup=followup, by=request.user, at=clock.now(), note=note)
        except Denied as error:
            raise PermissionDenied(str(error)) from error
        except Refused as refused:
            fresh = self._row(request, object_id)
            found = [f.as_dict() for f in refused.findings]
            return self._page(request, fresh, status=422, found=found, note=note)
        except Stale as stale:
            messages.error(request, str(stale))
        else:
            messages.success(request, _("Decided."))
        return redirect("admin:contracts_followup_change", object_id)

    def objection_view(self, request: HttpRequest, contract_pk: int) -> HttpResponse:
        """An official enters the objection of a finance or tax authority."""
        if not self.has_view_permission(request):
            raise Http404
        rows = Contract.objects.visible_to(request.user).select_related("filing__agency")
        contract = get_object_or_404(rows, pk=contract_pk)
        permissions.check_may_hear(request.user, contract.filing)
        form = forms.AuthorityForm(request.POST or None)
        if form.is_bound and form.is_valid():
            try:
                made = actions.record_authority_objection(
                    contract=contract, by=request.user, at=clock.now(), **form.cleaned_data
                )
                return redirect("admin:contracts_followup_change", made.pk)
            except Refused as refused:
                form.place(refused.findings)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Objection of an authority"),
            "contract": contract,
            "form": form,
            "contract_url": reverse("admin:contracts_contract_change", args=[contract.pk]),
            "is_nav_sidebar_enabled": False,
        }
        status = 422 if form.errors else 200
        template = "admin/contracts/followup/objection.html"
        return TemplateResponse(request, template, context, status=status)
