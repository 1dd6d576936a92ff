"""What each jurisdiction asks for."""

from typing import Any

from django.contrib import admin
from django.db.models import F
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts import roles
from torch_portal.accounts.changes.desk import RecordedAdmin
from torch_portal.papers import permissions
from torch_portal.papers.admin.scope import ScopedAdmin, within_reach
from torch_portal.papers.models import PaperPolicy


@admin.register(PaperPolicy)
class PaperPolicyAdmin(ScopedAdmin, RecordedAdmin):
    """What each jurisdiction asks for. A change counts for filings recognised from then on."""

    recorded = (
        "jurisdiction",
        "mode",
        "source",
        "grace_days",
        "remind_days_before",
        "remind_days_after",
    )
    list_display = ["area", "mode", "grace_days", "source"]
    list_select_related = ["jurisdiction"]
    ordering = [F("jurisdiction_id").asc(nulls_first=True)]

    @admin.display(description=_("jurisdiction"), ordering="jurisdiction__code")
    def area(self, policy: PaperPolicy) -> Any:
        return policy.jurisdiction or _("The whole country")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return roles.is_operator(request.user) or roles.is_official(request.user)

    has_module_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: PaperPolicy | None = None) -> bool:
        if obj is None:
            return self.has_view_permission(request)
        return permissions.may_set_policy(request.user, obj.jurisdiction_id)

    def get_readonly_fields(self, request: HttpRequest, obj: PaperPolicy | None = None) -> Any:
        return ["jurisdiction"] if obj else []

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        return within_reach(field, request, permissions.may_set_policy)

    def write(self, row: Any, wanted: Any, at: Any, by: Any) -> PaperPolicy:
        """The policy keeps who set it last."""
        row.set_at, row.set_by = at, by
        super().write(row, wanted, at, by)
        return row
