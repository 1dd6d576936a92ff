"""Approvals of the survey and the names of its questionnaires: changed by two, kept in history."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _

from stats.actions.authoring import may_author
from stats.models import Instrument, SurveyProgramme
from torch_portal.accounts.changes.desk import RecordedAdmin
from torch_portal.accounts.recorded import Change
from torch_portal.accounts.roles import is_official, is_operator


class SettledByTwo(RecordedAdmin):
    """Read by officials and operators; officials of the whole country ask for a change."""

    show_full_result_count = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Officials and operators."""
        return is_operator(request.user) or is_official(request.user)

    has_module_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Officials of the whole country."""
        return may_author(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The same people."""
        return may_author(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: what counted stays on record."""
        return False

    def may_settle(self, user: Any, jurisdiction_id: str | None) -> bool:
        """Who asks for it, or another of them."""
        return may_author(user)

    def is_grave(self, before: Any, after: Any) -> bool:
        """Always: rounds open within it."""
        return True


@admin.register(SurveyProgramme)
class SurveyProgrammeAdmin(SettledByTwo):
    """A survey as approved; a later approval is a row of its own."""

    recorded = (
        "code", "name_zh", "authority", "approver", "approval_no", "valid_from", "valid_to",
        "unconfirmed",
    )  # fmt: skip
    fields = [*recorded, "reason"]
    list_display = ["approval_no", "code", "name_zh", "approver", "valid_from", "valid_to"]
    ordering = ["code", "-valid_to"]

    def effects(self, change: Change) -> list[str]:
        """How many versions are asked under it."""
        if not change.target_pk:
            return [_("Versions can be asked under it once it is confirmed.")]
        count = SurveyProgramme.objects.get(pk=change.target_pk).versions.count()
        words = _("%(count)s versions are asked under it; no round opens past its last day.")
        return [words % {"count": count}]


@admin.register(Instrument)
class InstrumentAdmin(SettledByTwo):
    """A questionnaire through the years: its code, title and period."""

    recorded = ("code", "title_zh", "respondents", "period")
    fields = [*recorded, "reason"]
    list_display = ["code", "title_zh", "respondents", "period"]
    ordering = ["code"]

    def get_readonly_fields(self, request: HttpRequest, obj: Instrument | None = None) -> Any:
        """The code of one that is there."""
        return ["code"] if obj else []
