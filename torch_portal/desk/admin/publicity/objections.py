"""The desk of objections: what is said, what proves it, and the three outcomes."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from torch_portal.accounts.models import User
from torch_portal.accounts.roles import Denied
from torch_portal.common import clock, codes
from torch_portal.common.downloads import download
from torch_portal.common.findings import Finding, Refused
from torch_portal.desk.admin.publicity.frame import KeptAdmin, offer_of
from torch_portal.filings.transitions import Stale
from torch_portal.publicity import actions
from torch_portal.publicity.enums import ObjectionState
from torch_portal.publicity.models import Objection


@transaction.atomic
def _uphold(*, objection: Objection, by: User, at: Any, note: str) -> None:
    """Strike the entry off and let its line move the filing, together or not at all."""
    entry = actions.uphold(objection=objection, by=by, at=at, note=note)
    if entry is not None:
        offer_of(objection.batch).uphold(entry, by, at, note)


OUTCOMES = {
    "decline": actions.decline_objection,
    "reject": actions.reject_objection,
    "uphold": _uphold,
}


@admin.register(Objection)
class ObjectionAdmin(KeptAdmin):
    """Objections, the oldest open ones first."""

    list_display = ["reference", "batch", "against", "kind", "received_at", "state"]
    list_filter = ["state", "kind"]
    list_select_related = ["batch", "entry"]
    search_fields = ["reference", "entry__name", "entry__credit_code"]
    search_help_text = gettext_lazy("Reference number, name or credit code of the enterprise")
    ordering = ["handled_at", "pk"]
    fields = readonly_fields = ["reference"]

    @admin.display(description=gettext_lazy("Against"))
    def against(self, objection: Objection) -> str:
        """The enterprise, or the list."""
        return objection.entry.name if objection.entry else _("The list as a whole")

    def get_urls(self) -> list[URLPattern]:
        """Django's pages, the outcomes and the files."""
        view = self.admin_site.admin_view
        return [
            path(
                "<int:pk>/settle/<slug:outcome>/",
                view(self.settle_view),
                name="publicity_objection_settle",
            ),
            path("<int:pk>/reveal/", view(self.reveal_view), name="publicity_objection_reveal"),
            path(
                "<int:pk>/file/<int:proof_pk>/",
                view(self.file_view),
                name="publicity_objection_file",
            ),
            *super().get_urls(),
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The one page of an objection."""
        objection = self.row_or_404(request, object_id)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return self.page(request, objection)

    def settle_view(self, request: HttpRequest, pk: int, outcome: str) -> HttpResponse:
        """A button was pressed: the outcome with its words."""
        objection = self.row_or_404(request, pk)
        if outcome not in OUTCOMES:
            raise Http404
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        note = request.POST.get("note", "")
        try:
            OUTCOMES[outcome](objection=objection, by=request.user, at=clock.now(), note=note)
        except Denied as error:
            raise PermissionDenied(str(error)) from error
        except Stale as error:
            messages.error(request, str(error))
        except Refused as refused:
            return self.page(request, objection, refused.findings)
        else:
            messages.success(request, _("The outcome is recorded; the objector can read it."))
        return redirect("admin:publicity_objection_change", pk)

    def reveal_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The mobile number in full; who looked stands in the record."""
        objection = self.row_or_404(request, pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        actions.reveal(objection=objection, by=request.user, at=clock.now())
        return self.page(request, objection, revealed=True)

    def file_view(self, request: HttpRequest, pk: int, proof_pk: int) -> HttpResponse:
        """The letter or a piece of evidence."""
        objection = self.row_or_404(request, pk)
        file = get_object_or_404(objection.files, pk=proof_pk)
        return download(file.file, name=file.name, content_type=file.content_type, inline=True)

    def page(
        self,
        request: HttpRequest,
        objection: Objection,
        found: list[Finding] | None = None,
        *,
        revealed: bool = False,
    ) -> HttpResponse:
        """What was said, by whom, with what; the outcome or the buttons."""
        context = {
            **self.frame(request, objection.reference),
            "objection": objection,
            "mobile": objection.mobile if revealed else codes.mask(objection.mobile),
            "revealed": revealed,
            "files": objection.files.order_by("-kind", "pk"),
            "open": objection.state == ObjectionState.RECEIVED,
            "found": found or [],
            "note": request.POST.get("note", ""),
        }
        status = 422 if found else 200
        return TemplateResponse(request, "admin/publicity/objection.html", context, status=status)
