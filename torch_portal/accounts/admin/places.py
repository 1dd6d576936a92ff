"""Regions and agencies."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from torch_portal.accounts import agencies
from torch_portal.accounts.admin.frame import KeyOnce, OperatorsOnly
from torch_portal.accounts.agency_form import AgencyForm
from torch_portal.accounts.changes.desk import RecordedAdmin
from torch_portal.accounts.models import (
    Agency,
    Division,
    DivisionPrefix,
    Jurisdiction,
)
from torch_portal.accounts.recorded import Change
from torch_portal.accounts.roles import is_operator


@admin.register(Jurisdiction)
class JurisdictionAdmin(KeyOnce, OperatorsOnly, ModelAdmin):
    """The 37 authorities of the notice. None is added here."""

    key = "code"
    list_display = ["code", "name_zh", "name_en", "kind"]
    list_filter = ["kind"]
    search_fields = ["code", "name_zh", "name_en"]
    ordering = ["code"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: the list is the notice's."""
        return False


@admin.register(DivisionPrefix)
class DivisionPrefixAdmin(KeyOnce, OperatorsOnly, ModelAdmin):
    """Which authority a place belongs to: the longest prefix wins."""

    key = "prefix"
    list_display = ["prefix", "jurisdiction"]
    list_select_related = ["jurisdiction"]
    list_filter = ["jurisdiction__kind"]
    search_fields = ["prefix", "jurisdiction__name_zh"]
    ordering = ["prefix"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Operators: a prefix that was wrong."""
        return is_operator(request.user)


@admin.register(Agency)
class AgencyAdmin(KeyOnce, OperatorsOnly, RecordedAdmin):
    """The registration agencies; the code leads every number already given.

    Who examines whom is grave: areas, jurisdiction and taking filings need a second person.
    """

    key = "code"
    form = AgencyForm
    recorded = ("name", "code", "jurisdiction", "address", "phone", "review_body", "active")
    fields = [*recorded, "areas", "reason"]
    list_display = ["code", "name", "jurisdiction", "phone", "active"]
    list_select_related = ["jurisdiction"]
    list_filter = ["active", "jurisdiction"]
    search_fields = ["code", "name"]
    ordering = ["code"]

    def read(self, row: Any) -> dict[str, Any]:
        """The columns and the parts of the area."""
        return {**super().read(row), "areas": agencies.areas_of(row)}

    def wanted(self, row: Any, form: Any) -> dict[str, Any]:
        """The columns and the parts of the area as typed."""
        return {**super().read(row), "areas": form.cleaned_data["areas"]}

    def is_grave(self, before: Any, after: Any) -> bool:
        """Whether it moves enterprises from one agency to another."""
        return agencies.moves_enterprises(before, after)

    def effects(self, change: Change) -> list[str]:
        """How many enterprises come to the agency or leave it."""
        return agencies.effects(change.before, change.after)

    def write(self, row: Any, wanted: Any, at: Any, by: Any) -> Agency:
        """Agency and areas together."""
        agency = super().write(row, wanted, at, by)
        agencies.set_areas(agency, wanted["areas"])
        return agency


@admin.register(Division)
class DivisionAdmin(OperatorsOnly, ModelAdmin):
    """Administrative divisions, to look up; they come from the table of GB/T 2260."""

    list_display = ["code", "path", "level", "valid_to"]
    list_filter = ["level"]
    search_fields = ["code", "path"]
    ordering = ["code"]
    show_full_result_count = False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: the loaded table is the source."""
        return False

    has_add_permission = has_change_permission
