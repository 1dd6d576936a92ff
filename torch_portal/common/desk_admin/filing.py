"""The page of one filing: who enters, what they see, nothing to edit."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse

from torch_portal.common.desk_admin.queue import QUEUE, QueuePages

if TYPE_CHECKING:
    from torch_portal.filings.transitions import Workflow


class FilingPages(QueuePages):
    """Everything read-only, for those who work here, and only the rows they may see."""

    workflow: ClassVar["Workflow"]
    change_form_template = "admin/desk/change_form.html"

    def may_enter(self, user: Any) -> bool:
        """Whether this person works at this desk at all."""
        raise TypeError(f"{type(self).__name__} does not say who may enter")

    def page(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """What the filing's page shows of this line."""
        return {}

    def buttons(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """The moves that this person may make now."""
        return {}

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """By role alone; which rows is decided by visible_to."""
        return self.may_enter(request.user)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """By role alone."""
        return self.may_enter(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: the enterprise files."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: the enterprise corrects."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody, never."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """What this person may see."""
        rows: Any = super().get_queryset(request)
        return rows.visible_to(request.user)

    def row_or_404(self, request: HttpRequest, pk: Any) -> Any:
        """The row if this person may see it; who does not work here learns nothing of it."""
        row = self.get_object(request, str(pk)) if self.may_enter(request.user) else None
        if row is None:
            raise Http404
        return row

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """A filing's history are its events, shown on its page."""
        raise Http404

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The filing to read, with a button for each move; nothing can be posted here."""
        row = self.row_or_404(request, object_id)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        context = self.frame(request, row) | self.buttons(request, row) | self.page(request, row)
        return TemplateResponse(request, self.change_form_template, context)

    def links(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """The way through the queue: this filing, its neighbours, back to the list; one query."""
        place = self.beside(request, row.pk)
        suffix = f"?{QUEUE}={place['queue'].name}"
        around = {
            f"{name}_url": self.address("change", place[name]) + suffix if place[name] else ""
            for name in ("previous", "next")
        }
        return {
            **around,
            "place": place,
            "list_url": self.address("changelist") + suffix,
            "page_url": self.page_url(request, row),
        }

    def page_url(self, request: HttpRequest, row: Any) -> str:
        """The address of a filing, within the queue that the person works through."""
        return f"{self.address('change', row.pk)}?{QUEUE}={self.current_queue(request).name}"

    def frame(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """What the filing's page and the pages of its moves share."""
        return {
            **self.admin_site.each_context(request),
            **self.links(request, row),
            "opts": self.opts,
            "title": str(row.filing),
            "row": row,
            "cover": row.filing,
            "state_label": self.workflow.labels[row.filing.state],
            "is_nav_sidebar_enabled": False,
            "is_fullwidth": "1",
        }
