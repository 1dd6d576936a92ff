"""What both desks share: who may look, what the lines hand in, what a refusal shows."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from unfold.admin import ModelAdmin

from torch_portal.common.desk_admin import CappedPaginator
from torch_portal.desk.admin.operations import ReadOnly
from torch_portal.desk.lines import LINES
from torch_portal.publicity import permissions
from torch_portal.publicity.models import Batch
from torch_portal.publicity.terms import Publicity


def offers() -> dict[str, Publicity]:
    """The lines that publicise, by their code."""
    known = {code: getattr(line, "PUBLICITY", None) for code, line in LINES.items()}
    return {code: publicity for code, publicity in known.items() if publicity is not None}


def offer_of(batch: Batch) -> Publicity:
    """What the line of this list hands in; 404 when the line does not run here."""
    found = offers().get(batch.line)
    if found is None:
        raise Http404
    return found


class KeptAdmin(ReadOnly, ModelAdmin):
    """Rows of the jurisdictions whose lists the person keeps; buttons instead of fields."""

    show_full_result_count = False
    paginator = CappedPaginator
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Their own."""
        rows: Any = super().get_queryset(request)
        return rows.visible_to(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Reviewers and officials of a jurisdiction or of the country."""
        return permissions.keeps_somewhere(request.user)

    has_module_permission = has_view_permission

    def row_or_404(self, request: HttpRequest, pk: Any) -> Any:
        """The row if this person may see it."""
        found = self.get_object(request, str(pk)) if self.has_view_permission(request) else None
        if found is None:
            raise Http404
        return found

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        """The record of the list tells it."""
        raise Http404

    def frame(self, request: HttpRequest, title: str) -> dict[str, Any]:
        """What the page of the desk needs around it."""
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "is_nav_sidebar_enabled": False,
            "is_fullwidth": "1",
        }
