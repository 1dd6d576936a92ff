"""The working-day calendar where it differs from the published one; absences beside."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from torch_portal.accounts.enums import OfficeRole
from torch_portal.accounts.roles import is_official, is_operator, standing
from torch_portal.filings.absence_admin import AbsenceAdmin
from torch_portal.filings.models import CalendarDay

__all__ = ["AbsenceAdmin", "CalendarDayAdmin", "may_set"]


def may_set(user: Any, jurisdiction_id: str | None) -> bool:
    """Operators everywhere; officials in their own jurisdiction, None being the whole country."""
    offices = standing(user).jurisdictions
    national = (OfficeRole.OFFICIAL, None) in offices
    return is_operator(user) or national or (OfficeRole.OFFICIAL, jurisdiction_id) in offices


@admin.register(CalendarDay)
class CalendarDayAdmin(ModelAdmin):
    """Days worked or not, by document. A change moves due dates that are set from then on."""

    list_display = ["day", "name", "is_workday", "area", "source"]
    list_select_related = ["jurisdiction"]
    list_filter = ["is_workday", "jurisdiction"]
    ordering = ["-day", "pk"]
    show_full_result_count = False

    @admin.display(description=_("jurisdiction"), ordering="jurisdiction_id")
    def area(self, row: CalendarDay) -> Any:
        """Where it applies."""
        return row.jurisdiction or _("The whole country")

    def get_queryset(self, request: HttpRequest) -> QuerySet[CalendarDay]:
        """National days and those of the person's own areas; operators see all."""
        rows: QuerySet[CalendarDay] = super().get_queryset(request)
        areas = {area for _role, area in standing(request.user).jurisdictions}
        if is_operator(request.user) or None in areas:
            return rows
        return rows.filter(Q(jurisdiction__isnull=True) | Q(jurisdiction_id__in=areas))

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Operators and officials."""
        return is_operator(request.user) or is_official(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Operators and officials."""
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Operators and officials; the form offers their areas only."""
        return self.has_module_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: CalendarDay | None = None) -> bool:
        """Of one's own area."""
        if obj is None:
            return self.has_module_permission(request)
        return may_set(request.user, obj.jurisdiction_id)

    def has_delete_permission(self, request: HttpRequest, obj: CalendarDay | None = None) -> bool:
        """Of one's own area, one at a time."""
        return obj is not None and may_set(request.user, obj.jurisdiction_id)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **more: Any) -> Any:
        """The areas in which this person may set a day."""
        field = super().formfield_for_foreignkey(db_field, request, **more)
        if field is not None and not may_set(request.user, None):
            areas = {area for _role, area in standing(request.user).jurisdictions}
            field.queryset = field.queryset.filter(pk__in=areas)
            field.required = True
        return field
