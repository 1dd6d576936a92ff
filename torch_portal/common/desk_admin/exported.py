"""The way from a list of the desk to its export."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from unfold.admin import ModelAdmin


def export_url(code: str, request: HttpRequest) -> str:
    """Where a list, filtered as it is, leaves in a table; the reports stand above."""
    return f"{reverse('reports:export', args=[code])}?{request.GET.urlencode()}"


def whole_url(code: str) -> str:
    """Where a list of filings leaves in a table with all of its rows, whatever the desk shows."""
    return f"{reverse('reports:export', args=[code])}?queue=all"


class ExportedList(ModelAdmin):
    """A plain list with the button; `exported` is the code under which the reports know it."""

    exported: ClassVar[str]
    change_list_template = "admin/desk/exported_list.html"

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list and where its export is."""
        more = {"export_url": export_url(self.exported, request)}
        return super().changelist_view(request, more | (extra_context or {}))
