"""The operators' desk for the notice, the hotline and the messages."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin, TabularInline

from torch_portal.accounts import roles
from torch_portal.common.desk_admin import ExportedList
from torch_portal.notices import actions
from torch_portal.notices.models import HotlineEntry, Message, Notice, NoticeSection


class OperatorsOnly:
    """Operators see and change; nobody else does, whatever permissions Django knows of."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return roles.is_operator(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return roles.is_operator(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return roles.is_operator(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return roles.is_operator(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class NoticeSectionInline(OperatorsOnly, TabularInline):
    model = NoticeSection
    extra = 0


@admin.register(Notice)
class NoticeAdmin(OperatorsOnly, ModelAdmin):
    """The notice and its items."""

    list_display = ["document_number", "title", "issued_on"]
    ordering = ["-issued_on", "-pk"]
    inlines = [NoticeSectionInline]


@admin.register(HotlineEntry)
class HotlineEntryAdmin(OperatorsOnly, ExportedList):
    """The hotline table. An entry in the table is closed and followed by a new one."""

    exported = "hotline"
    list_display = ["order", "label_zh", "kind", "value", "valid_from", "valid_to"]
    list_filter = ["kind", "service_code"]
    ordering = ["order", "valid_from"]

    def get_readonly_fields(self, request: HttpRequest, obj: HotlineEntry | None = None) -> Any:
        """Of an entry that exists only its last day and hours can be set."""
        open_ = {"id", "valid_to", "hours"}
        return [f.name for f in HotlineEntry._meta.fields if f.name not in open_] if obj else []


@admin.action(description=_("Send the failed ones again"))
def send_again(modeladmin: "MessageAdmin", request: HttpRequest, chosen: QuerySet[Message]) -> None:
    """Queue failed messages once more."""
    count = actions.send_again(messages=chosen, at=timezone.now())
    text = ngettext(
        "%(count)d message is queued again.", "%(count)d messages are queued again.", count
    )
    messages.info(request, text % {"count": count})


@admin.register(Message)
class MessageAdmin(OperatorsOnly, ModelAdmin):
    """What went out and what did not; read only."""

    list_display = ["created_at", "subject", "to_email", "state", "attempts", "due_at"]
    list_filter = ["state"]
    search_fields = ["key", "to_email", "subject"]
    ordering = ["-created_at", "-id"]
    actions = [send_again]
    show_full_result_count = False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
