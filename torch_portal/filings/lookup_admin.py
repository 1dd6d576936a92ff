"""Questions to the registry of enterprises, for operators: what waits, what failed and why."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin

from torch_portal.accounts.roles import is_operator
from torch_portal.common import clock
from torch_portal.common.desk_admin import CappedPaginator
from torch_portal.filings import lookups
from torch_portal.filings.enums import LookupState
from torch_portal.filings.models import RegistryLookup


@admin.register(RegistryLookup)
class RegistryLookupAdmin(ModelAdmin):
    """Read-only; those that were given up can be asked again."""

    list_display = ["code", "filing_number", "state", "attempts", "due_at", "last_error"]
    list_filter = ["state"]
    list_select_related = ["filing"]
    list_display_links = None
    ordering = ["-pk"]
    show_full_result_count = False
    paginator = CappedPaginator
    actions = ["ask_again"]

    @admin.display(description=_("filing"))
    def filing_number(self, row: RegistryLookup) -> str:
        """The number."""
        return str(row.filing)

    @admin.action(description=_("Ask the given-up ones again"))
    def ask_again(self, request: HttpRequest, rows: QuerySet[RegistryLookup]) -> None:
        """Beat asks them within a minute."""
        again = list(rows.filter(state=LookupState.FAILED).select_related("filing"))
        for row in again:
            lookups.want(filing=row.filing, codes=[row.code], at=clock.now())
        said = ngettext("%(n)d is asked again.", "%(n)d are asked again.", len(again))
        self.message_user(request, said % {"n": len(again)})

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Operators."""
        return is_operator(request.user)

    has_module_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: filings ask."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False

    has_delete_permission = has_change_permission
