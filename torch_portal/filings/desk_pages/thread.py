"""The agency's side of the message thread, on the filing's page."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from torch_portal.common import clock
from torch_portal.common.desk_admin import DeskAdmin
from torch_portal.common.findings import Refused
from torch_portal.filings import threads
from torch_portal.filings.enums import Side
from torch_portal.filings.models import Filing
from torch_portal.filings.pages.rows import message_row
from torch_portal.filings.permissions import check_may_review, may_review
from torch_portal.filings.talking import settle_thread


class ThreadPages(DeskAdmin):
    """One address more: what the agency writes on the thread of a filing.

    send_message: the line's act, a staticmethod.
    """

    send_message: ClassVar[Callable[..., Any]]

    def get_urls(self) -> list[URLPattern]:
        """The pages of the desk and the thread's button."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_thread"
        view = self.admin_site.admin_view(self.thread_view)
        return [path("<int:pk>/thread/", view, name=name), *super().get_urls()]

    def thread_box(self, request: HttpRequest, filing: Filing) -> dict[str, Any]:
        """The thread as the filing's page shows it; seeing it is reading it."""
        found = threads.messages_of(filing) if hasattr(filing, "thread") else []
        last = found[-1].side if found else ""
        closed = threads.why_closed(filing, clock.now())
        box = {
            "messages": [message_row(filing, m) for m in found],
            "closed": closed,
            "may_write": not closed and may_review(request.user, filing),
            "awaited": last == Side.ENTERPRISE and filing.thread.awaits == Side.AGENCY,
            "unread": threads.unread(request.user, [filing.pk]).get(filing.pk, 0) if found else 0,
            "typed": request.session.pop(f"thread-{filing.pk}", ""),
            "url": self.address("thread", filing.pk),
        }
        if found:
            threads.read(filing=filing, by=request.user, last=found[-1].pk)
        return box

    def thread_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Send a message as the agency, or note that none is needed; back to the filing."""
        row = self.row_or_404(request, pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            self._say(request, row)
        except Refused as refused:
            for finding in refused.findings:
                self.message_user(request, finding.text(), level="error")
            text = request.POST.get("text", "")[: threads.LONGEST]
            request.session[f"thread-{pk}"] = text
        return redirect(self.page_url(request, row) + "#thread")

    def _say(self, request: HttpRequest, row: Any) -> None:
        if "settle" in request.POST:
            settle_thread(filing=row.filing, by=request.user)
            self.message_user(request, _("No answer is awaited any more."), level="success")
            return
        uploads = request.FILES.getlist("files")
        text = request.POST.get("text", "")
        check_may_review(request.user, row.filing)
        told: dict[str, Any] = {self.row_argument: row, "text": text, "uploads": uploads}
        self.send_message(**told, by=request.user, at=clock.now())
        self.message_user(request, _("The message was sent."), level="success")
