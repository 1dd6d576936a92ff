"""The desk of lists: put one together, publicise, announce, look how far the worker is."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from torch_portal.accounts.roles import Denied
from torch_portal.common import clock
from torch_portal.common.findings import Finding, Level, Refused
from torch_portal.desk.admin.publicity.forms import OpenForm, PubliciseForm
from torch_portal.desk.admin.publicity.frame import KeptAdmin, offer_of, offers
from torch_portal.filings.transitions import Stale
from torch_portal.publicity import actions, permissions, queries
from torch_portal.publicity.enums import BatchState
from torch_portal.publicity.models import Batch, BatchEvent
from torch_portal.publicity.workflow import moves_from

PER_PAGE = 50


@admin.register(Batch)
class BatchAdmin(KeptAdmin):
    """Lists that are publicised, the newest first; nothing is edited, acts are buttons."""

    list_display = ["title", "jurisdiction", "state", "opens_on", "ends_on", "so_far"]
    list_filter = ["state", "line"]
    list_select_related = ["jurisdiction"]
    search_fields = ["title"]
    ordering = ["-pk"]
    fields = readonly_fields = ["title"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whoever keeps lists opens them, on a page of their own."""
        return permissions.keeps_somewhere(request.user)

    @admin.display(description=gettext_lazy("Entries"))
    def so_far(self, batch: Batch) -> str:
        """How far the running step is, else how many were publicised."""
        if batch.step:
            return _("%(done)s of %(of)s") % {"done": batch.settled, "of": batch.expected}
        return str(batch.size or "")

    def get_urls(self) -> list[URLPattern]:
        """Django's pages and the buttons."""
        view = self.admin_site.admin_view(self.act_view)
        act = path("<int:pk>/act/<slug:act>/", view, name="publicity_batch_act")
        return [act, *super().get_urls()]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Open a list."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        lines = offers()
        form = OpenForm(request.POST or None, by=request.user, lines=lines)
        if request.method == "POST" and form.is_valid():
            asked = form.cleaned_data
            try:
                batch = actions.open_batch(
                    line=asked["line"],
                    publicity=lines[asked["line"]],
                    jurisdiction=asked["jurisdiction"],
                    contact=asked["contact"],
                    by=request.user,
                    at=clock.now(),
                )
            except Refused as refused:
                form.add_error("contact", refused.findings[0].text())
            else:
                return redirect("admin:publicity_batch_change", batch.pk)
        context = {**self.frame(request, _("Open a list")), "form": form}
        return TemplateResponse(request, "admin/publicity/open.html", context)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The one page of a list."""
        batch = self.row_or_404(request, object_id)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return self.page(request, batch)

    def act_view(self, request: HttpRequest, pk: int, act: str) -> HttpResponse:
        """A button was pressed: one act, then back to the page, or what stands against it."""
        batch = self.row_or_404(request, pk)
        if act not in ACTS:
            raise Http404
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            told = ACTS[act](request, batch)
        except Denied as error:
            raise PermissionDenied(str(error)) from error
        except Stale as error:
            messages.error(request, str(error))
        except Refused as refused:
            return self.page(request, self.row_or_404(request, pk), refused.findings)
        else:
            messages.success(request, told)
        return redirect("admin:publicity_batch_change", pk)

    def page(
        self, request: HttpRequest, batch: Batch, found: list[Finding] | None = None
    ) -> HttpResponse:
        """Facts, progress, buttons, entries, record."""
        words = request.GET.get("q", "").strip()
        entries = batch.entries.all()
        entries = queries.matching(entries, words) if words else entries
        pages = Paginator(entries.order_by("ordinal", "pk"), PER_PAGE)
        over = batch.ends_on is not None and clock.today() > batch.ends_on
        asked = {"opens_on": request.POST.get("opens_on") or clock.today()}
        context = {
            **self.frame(request, batch.title),
            "batch": batch,
            "found": found or [],
            "state_label": batch.get_state_display(),
            "preparing": batch.state == BatchState.PREPARING,
            "takes": batch.state == BatchState.PREPARING and batch.line in offers(),
            "moves": [m for m in moves_from(batch.state) if m.name != "announce" or over],
            "waits": batch.state == BatchState.OPEN and not over,
            "form": PubliciseForm(initial=asked),
            "note": request.POST.get("note", ""),
            "running": bool(batch.step) and not batch.gave_up,
            "words": words,
            "page": pages.get_page(request.GET.get("page")),
            "open_objections": batch.objections.open().count(),
            "events": [_told(event) for event in batch.events.order_by("-pk")[:100]],
        }
        status = 422 if found else 200
        return TemplateResponse(request, "admin/publicity/batch.html", context, status=status)


def _told(event: BatchEvent) -> dict[str, Any]:
    """An act on a list as the history shows it."""
    return {
        "tone": "office",
        "what": event.get_act_display(),
        "detail": event.note,
        "when": f"{timezone.localtime(event.at):%Y-%m-%d %H:%M}",
        "who": event.by_name or _("The system"),
    }


def _take_in(request: HttpRequest, batch: Batch) -> str:
    rows = offer_of(batch).pool(batch.jurisdiction_id)
    added = actions.add(batch=batch, rows=rows, by=request.user, at=clock.now())
    return _("%(n)d filings were taken in.") % {"n": added}


def _take_out(request: HttpRequest, batch: Batch) -> str:
    picked = [int(n) for n in request.POST.getlist("pick") if n.isdecimal() and len(n) < 16]
    removed = actions.remove(batch=batch, entries=picked, by=request.user, at=clock.now())
    return _("%(n)d filings were taken out.") % {"n": removed}


def _publicise(request: HttpRequest, batch: Batch) -> str:
    form = PubliciseForm(request.POST)
    if not form.is_valid():
        words = _("Choose the first day of publicity.")
        raise Refused([_block("opens_on", words, batch)])
    _check_sure(request, batch)
    day = form.cleaned_data["opens_on"]
    actions.publicise(batch=batch, opens_on=day, by=request.user, at=clock.now())
    return _("The worker publicises the list until %(day)s.") % {"day": batch.ends_on}


def _announce(request: HttpRequest, batch: Batch) -> str:
    _check_sure(request, batch)
    actions.announce(batch=batch, by=request.user, at=clock.now())
    return _("The worker numbers and announces the list.")


def _cancel(request: HttpRequest, batch: Batch) -> str:
    note = request.POST.get("note", "")
    actions.cancel(batch=batch, by=request.user, at=clock.now(), note=note)
    return _("The list is cancelled.")


def _try_again(request: HttpRequest, batch: Batch) -> str:
    actions.try_again(batch=batch, by=request.user, at=clock.now())
    return _("The worker tries again.")


def _check_sure(request: HttpRequest, batch: Batch) -> None:
    """An act in public needs a second confirmation."""
    if request.POST.get("sure") != "1":
        words = _("Tick first that you have looked at the list.")
        raise Refused([_block("sure", words, batch)])


def _block(field: str, words: str, batch: Batch) -> Finding:
    return Finding("PUB-00", Level.BLOCK, field, words, batch.clause)


ACTS: dict[str, Callable[[HttpRequest, Batch], str]] = {
    "take_in": _take_in,
    "take_out": _take_out,
    "publicise": _publicise,
    "announce": _announce,
    "cancel": _cancel,
    "try_again": _try_again,
}
