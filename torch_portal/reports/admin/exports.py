"""Who took what out, under which filter, how many rows, with which digest: kept for good."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from torch_portal.accounts.roles import governs, is_operator
from torch_portal.common.desk_admin import CappedPaginator
from torch_portal.reports.models import Export


@admin.register(Export)
class ExportAdmin(ModelAdmin):
    """Operators and officials of the whole country read it; nobody changes it."""

    list_display = [
        "asked_at",
        "person",
        "report",
        "rows_done",
        "personal",
        "state",
        "taken_times",
        "sha256",
    ]
    list_filter = ["state", "personal", "file_format"]
    ordering = ["-asked_at", "-pk"]
    exclude = ["file", "key", "claim", "claimed_until", "due_at"]
    show_full_result_count = False
    paginator = CappedPaginator
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Export]:
        """All of them: no content stands here, and the files are their persons' alone."""
        rows: QuerySet[Export] = super().get_queryset(request).select_related("person")
        return rows if self.has_view_permission(request) else rows.none()

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Operators, and officials of the whole country."""
        return is_operator(request.user) or governs(request.user, None)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """The same."""
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: an export begins at its list."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: what happened happened."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False
