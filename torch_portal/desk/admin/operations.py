"""The operations page: what the clock did, what waits, what failed."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from unfold.admin import ModelAdmin

from torch_portal.accounts.roles import is_operator
from torch_portal.common import clock
from torch_portal.desk import operations
from torch_portal.desk.models import TaskRun


class DeskPages:
    """Django's own pages; those that lie under this part's name show filings."""

    change_list_template = "admin/change_list.html"
    change_form_template = "admin/change_form.html"


class ReadOnly(DeskPages):
    """Nothing is added, changed or deleted here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False


@admin.register(TaskRun)
class TaskRunAdmin(ReadOnly, ModelAdmin):
    """One page for operators: each task of beat, the rows that are due, links to what failed."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Operators."""
        return is_operator(request.user)

    has_module_permission = has_view_permission

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Five queries, whatever the size of the tables."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        at = clock.now()
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Operations"),
            "tasks": operations.tasks(at),
            "queues": operations.queues(at),
            "digest": operations.newest_digest(),
        }
        return TemplateResponse(request, "admin/desk/operations.html", context)
