"""Requests to join that no owner can decide, and the record of accounts."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from torch_portal.accounts import letters
from torch_portal.accounts.actions import let_in, turn_away
from torch_portal.accounts.admin.frame import OperatorsOnly
from torch_portal.accounts.enums import MemberRole
from torch_portal.accounts.models import AccountEvent, JoinRequest
from torch_portal.accounts.roles import Denied
from torch_portal.common import clock
from torch_portal.common.findings import Refused


class ReadOnly(OperatorsOnly):
    """Operators read; rows come from acts alone."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False

    has_add_permission = has_change_permission


@admin.register(JoinRequest)
class JoinRequestAdmin(ReadOnly, ModelAdmin):
    """Owners decide on their own page; where an enterprise has no owner, operators do, here."""

    list_display = ["name", "credit_code", "user", "state", "asked_at", "decided_by"]
    list_select_related = ["user", "decided_by"]
    list_filter = ["state"]
    search_fields = ["credit_code__startswith", "name", "user__username"]
    ordering = ["-pk"]
    actions = ["let_them_in", "turn_them_away"]
    show_full_result_count = False

    @admin.action(description=_("Let in as owner, where there is no owner"))
    def let_them_in(self, request: HttpRequest, queryset: QuerySet[JoinRequest]) -> None:
        """One by one; a row that is not for the operator says so."""
        for row in queryset:
            try:
                let_in(request=row, by=request.user, at=clock.now(), role=MemberRole.OWNER)
            except (Denied, Refused) as error:
                self._told(request, row, error)
            else:
                row.refresh_from_db()
                letters.tell_applicant(row)
                messages.success(request, _("%(name)s is let in.") % {"name": row.user})

    @admin.action(description=_("Do not let in, where there is no owner"))
    def turn_them_away(self, request: HttpRequest, queryset: QuerySet[JoinRequest]) -> None:
        """One by one; a row that is not for the operator says so."""
        for row in queryset:
            try:
                turn_away(request=row, by=request.user, at=clock.now())
            except (Denied, Refused) as error:
                self._told(request, row, error)
            else:
                row.refresh_from_db()
                letters.tell_applicant(row)
                messages.success(request, _("%(name)s is not let in.") % {"name": row.user})

    def _told(self, request: HttpRequest, row: JoinRequest, error: Denied | Refused) -> None:
        why = error.findings[0].text() if isinstance(error, Refused) else str(error)
        messages.error(request, f"{row.name}: {why}")


@admin.register(AccountEvent)
class AccountEventAdmin(ReadOnly, ModelAdmin):
    """Who did what with accounts, and when."""

    list_display = ["at", "by", "act", "person", "enterprise", "note"]
    list_select_related = ["by", "person", "enterprise"]
    list_filter = ["act"]
    search_fields = ["by__username", "person__username", "enterprise__credit_code"]
    ordering = ["-at", "-id"]
    show_full_result_count = False
