"""How long data stays: set by one person, confirmed by another, with what it would do today."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.changes.desk import RecordedAdmin
from torch_portal.accounts.recorded import Change
from torch_portal.accounts.roles import governs, is_operator
from torch_portal.common import clock
from torch_portal.desk import retention
from torch_portal.desk.admin.operations import DeskPages
from torch_portal.desk.models import RetentionRule, RetentionRun


@admin.register(RetentionRule)
class RetentionRuleAdmin(DeskPages, RecordedAdmin):
    """What is forgotten after how many months, what waits today, what was forgotten last."""

    recorded = ("subject", "months", "active", "source")
    fields = [*recorded, "reason"]
    readonly_fields = ["subject"]
    list_display = ["subject", "months", "active", "due_now", "last_run", "source"]
    ordering = ["subject"]

    def is_grave(self, before: Any, after: Any) -> bool:
        """Always: what is forgotten does not come back."""
        return True

    def effects(self, change: Change) -> list[str]:
        """The dry run: how many it would forget today."""
        if not change.after.get("active"):
            return [str(_("Nothing is forgotten by this rule from then on."))]
        before = retention.cutoff(clock.today(), int(change.after["months"]))
        words = str(_("%(count)s would be forgotten the next night: all before %(day)s."))
        count = retention.due(change.after["subject"], before)
        return [words % {"count": count, "day": before.isoformat()}]

    @admin.display(description=_("past their time today"))
    def due_now(self, rule: RetentionRule) -> int:
        """How many are past their time, whether the rule is on or off."""
        return retention.due(rule.subject, retention.cutoff(clock.today(), rule.months))

    @admin.display(description=_("forgotten last"))
    def last_run(self, rule: RetentionRule) -> str:
        """Day and number."""
        run = RetentionRun.objects.filter(subject=rule.subject).order_by("-day").first()
        return f"{run.day:%Y-%m-%d}: {run.forgotten}" if run else ""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Operators and officials of the whole country."""
        return is_operator(request.user) or governs(request.user, None)

    has_module_permission = has_view_permission
    has_change_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: the subjects are the portal's."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: a rule is switched off."""
        return False
