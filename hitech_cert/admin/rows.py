"""The tables of all applications, row by row: to search in, and to export."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from hitech_cert.models import Cost, Product, Project, Right
from torch_portal.common.desk_admin import ExportedList
from torch_portal.filings.matter_admin import MatterAdmin


class RowAdmin(ExportedList, MatterAdmin):
    """A list to read; a row leads to its application."""

    list_display_links = None
    list_select_related = ("application__filing", "application__enterprise")
    ordering = ("-application_id", "pk")
    search_fields: tuple[str, ...] = (
        "name",
        "application__enterprise__name",
        "application__filing__number",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Rows of what was handed in."""
        rows = super().get_queryset(request)
        return rows.filter(application__filing__submitted_at__isnull=False)

    @admin.display(description=_("Application"))
    def of(self, row: Any) -> SafeString:
        """The way to the application."""
        application = row.application
        url = reverse("admin:hitech_cert_application_change", args=[application.pk])
        words = f"{application.filing.number} {application.enterprise.name}"
        return format_html('<a href="{}">{}</a>', url, words)


@admin.register(Right)
class RightAdmin(RowAdmin):
    """Who else states the same right?"""

    exported = "hitech_rights"
    list_display = ("of", "code", "name", "kind", "number", "granted_on", "gained")
    list_filter = ("kind",)
    search_fields = ("number", "name", "application__enterprise__name")
    search_help_text = _("Number or name of the right, or enterprise")


@admin.register(Project)
class ProjectAdmin(RowAdmin):
    """R&D activities."""

    exported = "hitech_projects"

    list_display = ("of", "code", "name", "starts_on", "ends_on", "spent_3")


@admin.register(Cost)
class CostAdmin(RowAdmin):
    """Costs by year and activity."""

    exported = "hitech_costs"

    list_display = ("of", "year", "project", "personnel", "direct", "other", "external")
    search_fields = ("application__enterprise__name", "application__filing__number")


@admin.register(Product)
class ProductAdmin(RowAdmin):
    """Products and services."""

    exported = "hitech_products"

    list_display = ("of", "code", "name", "income", "main")
