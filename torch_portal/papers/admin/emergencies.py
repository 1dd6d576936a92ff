"""Emergencies, and the page on which their end is set."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from torch_portal.accounts import roles
from torch_portal.common import clock
from torch_portal.papers import actions, permissions, queries
from torch_portal.papers.admin.scope import REFUSALS, ScopedAdmin, reason, within_reach
from torch_portal.papers.forms import EmergencyForm, EndForm
from torch_portal.papers.models import Emergency


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
        return within_reach(field, request, permissions.governs)

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
            messages.error(request, reason(error))
        return redirect(self.change_url(emergency.pk))
