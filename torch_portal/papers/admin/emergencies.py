"""Emergencies, and the page on which their end is set."""

import datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts import roles
from torch_portal.accounts.changes.actions import Draft, Settled, propose
from torch_portal.accounts.changes.desk import RecordedAdmin
from torch_portal.accounts.recorded import Change
from torch_portal.common import clock
from torch_portal.papers import actions, permissions, queries
from torch_portal.papers.admin.scope import ScopedAdmin, within_reach
from torch_portal.papers.forms import EmergencyForm, EndForm
from torch_portal.papers.models import Emergency


@admin.register(Emergency)
class EmergencyAdmin(ScopedAdmin, RecordedAdmin):
    """Times in which paper may wait.

    The end is proposed on a page that shows what it does first; a second person sets it.
    """

    recorded = ("jurisdiction", "source", "declared_on", "ended_on")

    list_display = ["source", "area", "declared_on", "ended_on"]
    list_select_related = ["jurisdiction"]
    ordering = [F("ended_on").desc(nulls_first=True), "-declared_on", "pk"]
    form = EmergencyForm
    fields = ["jurisdiction", "source", "declared_on", "ended_on", "reason"]
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

    def write(self, row: Any, wanted: Any, at: Any, by: Any) -> Emergency:
        """A new one is declared; one that is there can only end."""
        if row.pk:
            end = datetime.date.fromisoformat(wanted["ended_on"])
            actions.end_emergency(emergency=row, ended_on=end, by=by, at=at)
            return row
        declared = actions.declare_emergency(
            jurisdiction=row.jurisdiction,
            source=row.source,
            declared_on=row.declared_on,
            by=by,
            at=at,
        )
        row.pk = declared.pk
        return row

    def effects(self, change: Change) -> list[str]:
        """How many papers fall due on which day."""
        emergency = Emergency.objects.get(pk=change.target_pk)
        end = datetime.date.fromisoformat(change.after["ended_on"])
        groups = queries.due_groups(emergency, end)
        if not groups:
            return [str(_("No paper original waits for this end."))]
        words = str(_("%(area)s: %(papers)s paper originals fall due on %(due)s."))
        return [
            words % {"area": g.jurisdiction, "papers": g.papers, "due": f"{g.due_on:%Y-%m-%d}"}
            for g in groups
        ]

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
        if request.method == "POST" and form.is_valid() and form.cleaned_data["reason"]:
            return self._propose_end(request, emergency, **form.cleaned_data)
        groups = None
        if form.is_bound and form.is_valid():
            groups = queries.due_groups(emergency, form.cleaned_data["ended_on"])
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("End of the emergency"),
            "unreasoned": request.method == "POST" and form.is_valid(),
            "emergency": emergency,
            "area": self.area(emergency),
            "form": form,
            "groups": groups,
            "papers": sum(group.papers for group in groups or ()),
            "back": self.change_url(object_id),
        }
        return TemplateResponse(request, "admin/papers/emergency/end.html", context)

    def _propose_end(
        self, request: HttpRequest, emergency: Emergency, ended_on: datetime.date, reason: str
    ) -> HttpResponse:
        """Nothing is set yet: the page of the proposal is where a second person does it."""
        before = self.read(emergency)
        draft = Draft(
            Emergency,
            emergency,
            str(emergency),
            before,
            {**before, "ended_on": ended_on.isoformat()},
            reason,
            emergency.jurisdiction_id,
        )
        try:
            proposed = propose(draft=draft, by=request.user, at=clock.now())
            request.proposed = proposed  # type: ignore[attr-defined]
        except Settled as error:
            messages.error(request, str(error))
            return redirect(self.change_url(emergency.pk))
        return self.response_change(request, emergency)
