"""What officials set for guidance: notes on items, office hours, time targets."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from stats.models import AnswerTarget, Item, ItemNote, OfficeHours
from torch_portal.accounts.changes.desk import ReasonedForm, RecordedAdmin
from torch_portal.accounts.roles import governs, is_official, is_operator, is_reviewer


class GuidanceSettings(RecordedAdmin):
    """Kept by officials where they govern, and by operators; each change stays on record."""

    show_full_result_count = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever works at the desk of the survey."""
        user = request.user
        return is_operator(user) or is_official(user) or is_reviewer(user)

    has_module_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Officials and operators."""
        return is_operator(request.user) or is_official(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Officials where they govern, and operators."""
        if obj is None:
            return self.has_add_permission(request)
        return self.may_settle(request.user, self.place_of(obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: what was said stays on record."""
        return False


class NoteForm(ReasonedForm):
    """A note belongs to an item that the version has."""

    def clean(self) -> Any:
        """The code is one of the version's."""
        said = super().clean() or {}
        version, code = said.get("version"), said.get("item_code")
        if version and code and not Item.objects.filter(version=version, code=code).exists():
            words = _("The version %(version)s has no item “%(code)s”. Choose it from the form.")
            self.add_error("item_code", ValidationError(words % {"version": version, "code": code}))
        return said


@admin.register(ItemNote)
class ItemNoteAdmin(GuidanceSettings):
    """Typical errors and what changed, item by item, for the whole country."""

    form = NoteForm
    recorded = ("version", "item_code", "errors", "changed", "source")
    fields = [*recorded, "reason"]
    list_display = ["item_code", "version", "source"]
    list_filter = ["version"]
    list_select_related = ["version"]
    search_fields = ["item_code", "errors", "changed"]
    ordering = ["version", "item_code"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """The Torch Center and operators: a note counts in the whole country."""
        return self.may_settle(request.user, None)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Version and code of a note that is there."""
        return ["version", "item_code"] if obj else []


@admin.register(OfficeHours)
class OfficeHoursAdmin(GuidanceSettings):
    """When a unit answers in person."""

    recorded = ("unit", "begins_at", "ends_at", "way", "where", "note")
    fields = [*recorded, "reason"]
    list_display = ["unit", "begins_at", "ends_at", "way", "where"]
    list_select_related = ["unit"]
    search_fields = ["unit__name", "where"]
    ordering = ["-begins_at", "pk"]

    def place_of(self, row: Any) -> str | None:
        """Where the unit is."""
        return str(row.unit.jurisdiction_id) if row.unit_id else None

    def formfield_for_foreignkey(self, field: Any, request: HttpRequest, **options: Any) -> Any:
        """Units where the person governs."""
        if field.name == "unit" and not is_operator(request.user):
            rows = field.related_model.objects.filter(active=True).order_by("name")
            if not governs(request.user, None):
                rows = rows.filter(jurisdiction__in=_places(request))
            options["queryset"] = rows
        return super().formfield_for_foreignkey(field, request, **options)


def _places(request: HttpRequest) -> Any:
    from_user = {a.jurisdiction_id for a in request.user.appointments.all()}
    return from_user - {None}


@admin.register(AnswerTarget)
class AnswerTargetAdmin(GuidanceSettings):
    """Within how many working days questions are answered."""

    recorded = ("jurisdiction", "days", "source")
    fields = [*recorded, "reason"]
    list_display = ["jurisdiction", "days", "source"]
    list_select_related = ["jurisdiction"]
    ordering = ["pk"]

    def formfield_for_foreignkey(self, field: Any, request: HttpRequest, **options: Any) -> Any:
        """Places where the person governs."""
        whole = is_operator(request.user) or governs(request.user, None)
        if field.name == "jurisdiction" and not whole:
            options["queryset"] = field.related_model.objects.filter(pk__in=_places(request))
            options["required"] = True
        return super().formfield_for_foreignkey(field, request, **options)
