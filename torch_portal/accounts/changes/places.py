"""The ground of settings that count in a place: who sees them, and who sets them where."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.changes.desk import RecordedAdmin
from torch_portal.accounts.roles import governs, is_official, is_operator, standing


class PlacedAdmin(RecordedAdmin):
    """Officials set where they govern, operators everywhere; nothing is deleted, it ends."""

    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """National rows and those of the person's own areas; operators see all."""
        rows: QuerySet[Any] = super().get_queryset(request).select_related("jurisdiction")
        if is_operator(request.user) or governs(request.user, None):
            return rows
        areas = [a for _role, a in standing(request.user).jurisdictions]
        return rows.filter(Q(jurisdiction__isnull=True) | Q(jurisdiction_id__in=areas))

    @admin.display(description=_("jurisdiction"), ordering="jurisdiction_id")
    def area(self, row: Any) -> Any:
        """Where it counts."""
        return row.jurisdiction or _("The whole country")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Officials and operators."""
        return is_operator(request.user) or is_official(request.user)

    has_module_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Officials and operators; the form offers their areas only."""
        return self.has_view_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Where the person governs."""
        if obj is None:
            return self.has_view_permission(request)
        return self.may_settle(request.user, obj.jurisdiction_id)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: what counted stays on record."""
        return False

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **more: Any) -> Any:
        """The areas in which this person may set something."""
        field = super().formfield_for_foreignkey(db_field, request, **more)
        if field is not None and not self.may_settle(request.user, None):
            areas = [a for _role, a in standing(request.user).jurisdictions if a]
            field.queryset = field.queryset.filter(pk__in=areas)
            field.required = True
            field.help_text = ""
            if len(set(areas)) == 1:
                field.initial = areas[0]
        return field
