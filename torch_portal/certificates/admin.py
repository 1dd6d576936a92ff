"""Certificates at the desk: what was issued, how far its file is, and making it again."""

import datetime
from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin

from torch_portal.accounts.roles import is_official, is_operator, is_reviewer
from torch_portal.certificates import documents
from torch_portal.certificates.actions import make_again
from torch_portal.certificates.enums import Making
from torch_portal.certificates.models import Certificate, Document
from torch_portal.common import clock
from torch_portal.common.desk_admin import CappedPaginator, ExportedList


@admin.register(Certificate)
class CertificateAdmin(ExportedList):
    """Read-only. Operators see those without a file, and of these no content of the filing."""

    exported = "certificates"
    list_display = ["number", "version", "status", "making", "attempts", "issued_at", "last_error"]
    list_filter = ["making", "status"]
    search_fields = ["number__startswith", "filing__number__startswith"]
    search_help_text = _("Registration number or filing number, from its beginning")
    ordering = ["-issued_at", "-pk"]
    fields = [
        "number", "version", "status", "verify_code", "issued_at", "issued_by", "ended_at",
        "ended_by", "making", "attempts", "due_at", "last_error", "rendered_at", "sha256",
    ]  # fmt: skip
    show_full_result_count = False
    paginator = CappedPaginator
    actions = None
    change_form_outer_after_template = "admin/certificates/certificate/again.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Certificate]:
        """Those of visible filings; for operators those whose file is not ready."""
        rows = super().get_queryset(request).select_related("issued_by", "ended_by")
        if is_operator(request.user):
            seen = Certificate.objects.visible_to(request.user).values("pk")
            return rows.filter(~Q(making=Making.READY) | Q(pk__in=seen))
        return rows.visible_to(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Everybody in office."""
        person = request.user
        return is_reviewer(person) or is_official(person) or is_operator(person)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Everybody in office."""
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: a recognition issues it."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: it is frozen."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody, never."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """The admin's own pages and one button."""
        view = self.admin_site.admin_view(self.again_view)
        again = path("<int:pk>/again/", view, name="certificates_certificate_again")
        return [again, *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The certificate, with a button when its file could not be made."""
        found = self.get_object(request, object_id)
        failed = found is not None and found.making == Making.FAILED
        more = {"may_make_again": failed and is_operator(request.user), "certificate": found}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **more})

    def again_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Give a failed file a fresh set of attempts."""
        found = self.get_object(request, str(pk))
        if found is None or not is_operator(request.user):
            raise Http404
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if make_again(certificate=found, at=clock.now()):
            self.message_user(request, _("It is queued again."), level="success")
        else:
            self.message_user(request, _("It is not a failed one any more."), level="warning")
        return redirect(reverse("admin:certificates_certificate_changelist"))


@admin.action(description=_("Make the failed ones again"))
def make_failed_again(desk: "MadeFileAdmin", request: HttpRequest, chosen: QuerySet[Any]) -> None:
    """Give failed files a fresh set of attempts."""
    count = sum(desk.make_again(row, clock.now()) for row in chosen)
    text = ngettext("%(count)d file is queued again.", "%(count)d files are queued again.", count)
    desk.message_user(request, text % {"count": count})


class MadeFileAdmin(ModelAdmin):
    """Files that a worker makes and that are not there yet, for operators; nothing of their
    content."""

    list_filter = ["making"]
    show_full_result_count = False
    paginator = CappedPaginator
    actions = [make_failed_again]

    # Gives a failed file (row, at) a fresh set of attempts; False when it is none.
    make_again: Callable[[Any, datetime.datetime], bool]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Those whose file is not ready."""
        rows: QuerySet[Any] = super().get_queryset(request)
        return rows.exclude(making=Making.READY)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Operators."""
        return is_operator(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Operators."""
        return is_operator(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: an act gives it."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: it is frozen."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody, never."""
        return False


@admin.register(Document)
class DocumentAdmin(MadeFileAdmin):
    """Receipts and notices."""

    list_display = ["number", "kind", "making", "attempts", "issued_at", "last_error"]
    list_filter = ["making", "kind"]
    search_fields = ["number__startswith"]
    ordering = ["-issued_at", "-pk"]
    fields = ["number", "kind", "issued_at", "making", "attempts", "due_at", "last_error"]

    @staticmethod
    def make_again(row: Document, at: datetime.datetime) -> bool:
        """Queue it again."""
        return documents.make_again(document=row, at=at)
