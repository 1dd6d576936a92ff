"""The desk for paper originals: the ledger, the emergencies, the policies."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin

from torch_portal.accounts import roles
from torch_portal.common import clock
from torch_portal.papers import actions, permissions, queries
from torch_portal.papers.forms import EmergencyForm, EndForm, NoteForm
from torch_portal.papers.models import Emergency, Paper, PaperPolicy
from torch_portal.papers.workflow import MOVES, moves_from

ACTIONS: dict[str, Callable[..., None]] = {
    "receive": actions.receive,
    "verify": actions.verify,
    "report_mismatch": actions.report_mismatch,
    "waive": actions.waive,
}
May = Callable[[Any, str | None], bool]
REFUSALS = (actions.TooLate, actions.AlreadyEnded, roles.Denied)


def _within_reach(field: Any, request: HttpRequest, may: May) -> Any:
    """Offer the jurisdictions where this person may; the whole country if they may there."""
    if field is not None and not may(request.user, None):
        areas = {area for _role, area in roles.standing(request.user).jurisdictions}
        reach = [area for area in areas if area is not None and may(request.user, area)]
        field.queryset = field.queryset.filter(pk__in=reach)
        field.required = True
    return field


def _reason(error: Exception) -> str:
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)


class ScopedAdmin(ModelAdmin):
    """Rows of the person's own area only; nothing is deleted."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: Any = super().get_queryset(request)
        return rows.visible_to(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_object_or_404(self, request: HttpRequest, object_id: str) -> Any:
        """The row if this person may see it."""
        found = self.get_object(request, object_id)
        if found is None:
            raise Http404
        return found

    def change_url(self, object_id: object) -> str:
        """The address of one row."""
        return reverse(
            f"{self.admin_site.name}:papers_{self.opts.model_name}_change", args=[object_id]
        )


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


@admin.register(Paper)
class PaperAdmin(ScopedAdmin):
    """The ledger of paper originals, the earliest due date first. No field is edited here."""

    list_display = ["filing_number", "enterprise", "kind", "state", "due_on", "received_at"]
    list_display_links = ["filing_number"]
    list_filter = ["state", "kind", "filing__jurisdiction"]
    list_select_related = ["filing__enterprise"]
    search_fields = ["filing__number", "filing__enterprise__name"]
    search_help_text = _("Filing number or name of the enterprise")
    ordering = [F("due_on").asc(nulls_last=True), "pk"]
    date_hierarchy = None
    show_full_result_count = False
    actions = [confirm_receipt]
    change_form_outer_after_template = "admin/papers/paper/decide.html"

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
        return [act, *super().get_urls()]

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
            messages.error(request, _reason(error))
        return redirect(self.change_url(object_id))


@admin.register(Emergency)
class EmergencyAdmin(ScopedAdmin):
    """Times in which paper may wait. The end is set on a page that shows what it does first."""

    list_display = ["source", "area", "declared_on", "ended_on"]
    list_select_related = ["jurisdiction"]
    ordering = [F("ended_on").desc(nulls_first=True), "-declared_on", "pk"]
    form = EmergencyForm
    fields = ["jurisdiction", "source", "declared_on", "ended_on"]
    readonly_fields = ["ended_on"]
    change_form_outer_after_template = "admin/papers/emergency/end_link.html"

    @admin.display(description=_("jurisdiction"), ordering="jurisdiction__code")
    def area(self, emergency: Emergency) -> Any:
        return emergency.jurisdiction or _("The whole country")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return roles.is_official(request.user)

    has_module_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        return roles.is_official(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        return _within_reach(field, request, permissions.governs)

    def save_model(self, request: HttpRequest, obj: Emergency, form: Any, change: bool) -> None:
        declared = actions.declare_emergency(
            jurisdiction=obj.jurisdiction,
            source=obj.source,
            declared_on=obj.declared_on,
            by=request.user,
            at=clock.now(),
        )
        obj.pk = declared.pk

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        emergency = self.get_object(request, object_id)
        context: dict[str, Any] = {"end_url": "", **(extra_context or {})}
        if emergency and emergency.ended_on is None:
            context["deferred"] = queries.deferred_under(emergency).count()
            if permissions.governs(request.user, emergency.jurisdiction_id):
                context["end_url"] = reverse(
                    f"{self.admin_site.name}:papers_emergency_end", args=[object_id]
                )
        return super().change_view(request, object_id, form_url, context)

    def get_urls(self) -> list[URLPattern]:
        end = path(
            "<int:object_id>/end/",
            self.admin_site.admin_view(self.end_view),
            name="papers_emergency_end",
        )
        return [end, *super().get_urls()]

    def end_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Ask for the day, show how many papers get which due date, then set the end."""
        emergency = self.get_object_or_404(request, str(object_id))
        if not permissions.governs(request.user, emergency.jurisdiction_id):
            raise PermissionDenied
        if emergency.ended_on is not None:
            messages.info(request, _("This emergency has ended already."))
            return redirect(self.change_url(object_id))
        asked = request.POST if request.method == "POST" else request.GET
        form = EndForm(asked if "ended_on" in asked else None, emergency=emergency)
        if request.method == "POST" and form.is_valid():
            return self._end(request, emergency, form.cleaned_data["ended_on"])
        groups = None
        if form.is_bound and form.is_valid():
            groups = queries.due_groups(emergency, form.cleaned_data["ended_on"])
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("End of the emergency"),
            "emergency": emergency,
            "area": self.area(emergency),
            "form": form,
            "groups": groups,
            "papers": sum(group.papers for group in groups or ()),
            "back": self.change_url(object_id),
        }
        return TemplateResponse(request, "admin/papers/emergency/end.html", context)

    def _end(self, request: HttpRequest, emergency: Emergency, ended_on: Any) -> HttpResponse:
        try:
            count = actions.end_emergency(
                emergency=emergency, ended_on=ended_on, by=request.user, at=clock.now()
            )
            text = ngettext(
                "The end is set. %(count)d paper has a due date now.",
                "The end is set. %(count)d papers have a due date now.",
                count,
            )
            messages.success(request, text % {"count": count})
        except (*REFUSALS, ValidationError) as error:
            messages.error(request, _reason(error))
        return redirect(self.change_url(emergency.pk))


@admin.register(PaperPolicy)
class PaperPolicyAdmin(ScopedAdmin):
    """What each jurisdiction asks for. A change counts for filings recognised from then on."""

    list_display = ["area", "mode", "grace_days", "source"]
    list_select_related = ["jurisdiction"]
    ordering = [F("jurisdiction_id").asc(nulls_first=True)]

    @admin.display(description=_("jurisdiction"), ordering="jurisdiction__code")
    def area(self, policy: PaperPolicy) -> Any:
        return policy.jurisdiction or _("The whole country")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return roles.is_operator(request.user) or roles.is_official(request.user)

    has_module_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: PaperPolicy | None = None) -> bool:
        if obj is None:
            return self.has_view_permission(request)
        return permissions.may_set_policy(request.user, obj.jurisdiction_id)

    def get_readonly_fields(self, request: HttpRequest, obj: PaperPolicy | None = None) -> Any:
        return ["jurisdiction"] if obj else []

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        return _within_reach(field, request, permissions.may_set_policy)

    def save_model(self, request: HttpRequest, obj: PaperPolicy, form: Any, change: bool) -> None:
        obj.set_at, obj.set_by = clock.now(), request.user
        super().save_model(request, obj, form, change)
