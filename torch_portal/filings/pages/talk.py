"""The enterprise's side of the message thread, and the files that were sent with it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET

from torch_portal.accounts.roles import standing
from torch_portal.common import clock
from torch_portal.common.findings import Refused
from torch_portal.filings import threads
from torch_portal.filings.models import Filing, ThreadFile, ThreadMessage
from torch_portal.filings.pages.frame import url_of
from torch_portal.filings.pages.rows import message_row


def thread_box(request: HttpRequest, filing: Filing) -> dict[str, Any] | None:
    """The thread as the status page shows it; None where there is and can be none."""
    user = request.user
    typed = request.session.pop(_kept(filing), "")
    found = threads.messages_of(filing)
    closed = threads.why_closed(filing, clock.now())
    if closed and not found:
        return None
    box = {
        "messages": [message_row(filing, m) for m in found],
        "closed": closed,
        "may_write": not closed and filing.enterprise_id in standing(user).filer_of,
        "agency": filing.agency.name if filing.agency else "",
        "typed": typed,
        "unread": threads.unread(user, [filing.pk]).get(filing.pk, 0),
        "url": url_of(filing, "thread"),
    }
    if found:
        threads.read(filing=filing, by=user, last=found[-1].pk)
    return box


def _kept(filing: Filing) -> str:
    """Where the session keeps a message that was not sent."""
    return f"thread-{filing.pk}"


def write(request: HttpRequest, filing: Filing, send: Callable[..., Any]) -> HttpResponse:
    """Send a message; what was typed comes back with the reason when it was not sent.

    send: the line's act, called with text, uploads, by and at.
    """
    back = url_of(filing, "detail") + "#thread"
    if request.method == "GET":
        return redirect(back)
    text = request.POST.get("text", "")
    try:
        send(
            text=text,
            uploads=request.FILES.getlist("files"),
            by=request.user,
            at=clock.now(),
        )
    except Refused as refused:
        for finding in refused.findings:
            messages.error(request, finding.text())
        request.session[_kept(filing)] = text[: threads.LONGEST]
    return redirect(back)


@require_GET
def thread_file(request: HttpRequest, line: str, pk: int, file_pk: int) -> HttpResponse:
    """A file of a message, to who may see the filing: always a download."""
    visible = ThreadMessage.objects.visible_to(request.user)
    visible = visible.filter(thread_id=pk, thread__filing__line=line)
    found = get_object_or_404(ThreadFile, pk=file_pk, message__in=visible)
    answer = FileResponse(found.file.open("rb"), as_attachment=True, filename=found.name)
    answer["Content-Type"] = found.content_type
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "private, no-store"
    return answer
