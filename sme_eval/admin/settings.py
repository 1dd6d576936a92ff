"""What officials set for S&T-SME evaluation: the window of filings of a year."""

import datetime
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _

from sme_eval import editions
from sme_eval.enums import State
from sme_eval.models import Evaluation, Window
from torch_portal.accounts.changes.desk import RecordedAdmin
from torch_portal.accounts.recorded import Change
from torch_portal.accounts.roles import is_official, is_operator


@admin.register(Window)
class WindowAdmin(RecordedAdmin):
    """When forms of a year are taken, in the whole country; a second person confirms it."""

    recorded = ("year", "opens_on", "closes_on", "source")
    fields = [*recorded, "reason"]
    list_display = ["year", "opens_on", "closes_on", "source"]
    ordering = ["-year"]
    show_full_result_count = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Officials and operators."""
        return is_operator(request.user) or is_official(request.user)

    has_module_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Operators, and officials of the whole country."""
        return self.may_settle(request.user, None)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The same people."""
        return self.may_settle(request.user, None)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: what counted stays on record."""
        return False

    def is_grave(self, before: Any, after: Any) -> bool:
        """Always: it decides who can take part this year."""
        return True

    def get_readonly_fields(self, request: HttpRequest, obj: Window | None = None) -> Any:
        """The year of a window that is there."""
        return ["year"] if obj else []

    def effects(self, change: Change) -> list[str]:
        """What counts without it, and how many drafts wait."""
        year = int(change.after["year"])
        drafts = Evaluation.objects.filter(year=year, filing__state=State.DRAFT).count()
        words = _("%(count)s drafts of %(year)s are not submitted yet.")
        return [words % {"count": drafts, "year": year}, *self._without(year)]

    def _without(self, year: int) -> list[str]:
        try:
            edition = editions.on(datetime.date(year, 12, 31))
        except editions.NoEdition:
            return [_("No rule set is known for %(year)s: it takes no filings.") % {"year": year}]
        words = _(
            "By the notice of the year (%(source)s) forms are taken from %(first)s to %(last)s."
        )
        values = {"source": edition.document_no, "first": edition.opens, "last": edition.closes}
        return [words % values]
