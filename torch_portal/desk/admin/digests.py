"""The daily digests, to look at and to take along."""

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from torch_portal.accounts.roles import governs, is_operator
from torch_portal.common.downloads import download
from torch_portal.desk.admin.operations import ReadOnly
from torch_portal.desk.models import DayDigest

FILES = {"statement": "payload_file", "signature": "signature_file"}


@admin.register(DayDigest)
class DayDigestAdmin(ReadOnly, ModelAdmin):
    """What was signed of each day; anybody outside can check the files with OpenSSL."""

    list_display = ["day", "events", "stamped", "made_at", "sha256", "files"]
    ordering = ["-day"]
    fields = ["day", "events", "payload", "sha256", "stamped", "made_at", "files"]
    readonly_fields = fields
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> Any:
        """Without the signature's bytes."""
        return super().get_queryset(request).defer("signature")

    @admin.display(description=_("files"))
    def files(self, digest: DayDigest) -> SafeString:
        """Both files."""
        name = "admin:desk_daydigest_file"
        return format_html(
            '<a class="text-link underline" href="{}">{}</a> '
            '<a class="text-link underline" href="{}">{}</a>',
            reverse(name, args=[digest.pk, "statement"]),
            _("statement"),
            reverse(name, args=[digest.pk, "signature"]),
            _("signature"),
        )

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Operators and officials of the whole country."""
        return is_operator(request.user) or governs(request.user, None)

    has_module_permission = has_view_permission

    def get_urls(self) -> list[URLPattern]:
        """Django's pages and the files."""
        view = self.admin_site.admin_view(self.file_view)
        files = path("<int:pk>/file/<slug:which>/", view, name="desk_daydigest_file")
        return [files, *super().get_urls()]

    def file_view(self, request: HttpRequest, pk: int, which: str) -> HttpResponse:
        """The statement or its detached signature, as it was made."""
        found = self.get_object(request, str(pk)) if self.has_view_permission(request) else None
        if found is None or which not in FILES:
            raise Http404
        file = getattr(found, FILES[which])
        name = str(file.name).rpartition("/")[2]
        kind = "application/json" if which == "statement" else "application/pkcs7-signature"
        return download(file, name=name, content_type=kind)
