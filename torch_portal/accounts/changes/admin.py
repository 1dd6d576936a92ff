"""All changes of settings in one list: what waits, what was done, by whom and why."""

from typing import Any

from django.contrib import admin
from django.db.models import Case, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.changes import queries
from torch_portal.accounts.recorded import Change
from torch_portal.accounts.roles import is_official, is_operator
from torch_portal.common.desk_admin import ExportedList


@admin.register(Change)
class ChangeAdmin(ExportedList):
    """Read-only; a row leads to its own page, where a second person settles it."""

    exported = "changes"
    list_display = ["name", "act", "state", "area", "who", "made_at", "second", "reason"]
    list_filter = ["state", "act"]
    search_fields = ["name", "reason"]
    search_help_text = _("Setting or reason")
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Change]:
        """What this person may read, what waits first."""
        waits = Case(When(state="proposed", then=Value(0)), default=Value(1))
        return queries.visible_to(request.user).order_by(waits, "-made_at", "-pk")

    @admin.display(description=_("jurisdiction"))
    def area(self, change: Change) -> Any:
        """Where it counts."""
        return change.jurisdiction or _("The whole country")

    @admin.display(description=_("made by"))
    def who(self, change: Change) -> str:
        """Who changed or proposed it."""
        return change.made_by.get_full_name()

    @admin.display(description=_("settled by"))
    def second(self, change: Change) -> str:
        """The second person, where there was one."""
        two = change.settled_by is not None and change.settled_by_id != change.made_by_id
        return change.settled_by.get_full_name() if two else ""

    def change_view(self, request: HttpRequest, object_id: str, *_args: Any, **_more: Any) -> Any:
        """To the page of the change at the desk of its table."""
        change = self.get_object(request, object_id)
        if change is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        app, _dot, model = change.target.partition(".")
        try:
            return redirect(reverse(f"admin:{app}_{model}_proposal", args=[change.pk]))
        except NoReverseMatch:  # of a table that is gone
            return redirect(reverse("admin:accounts_change_changelist"))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """A change has no history of its own."""
        raise Http404

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Operators and officials; which rows is decided by visible_to."""
        return is_operator(request.user) or is_official(request.user)

    has_module_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: a change is made at the setting."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False

    has_delete_permission = has_change_permission
