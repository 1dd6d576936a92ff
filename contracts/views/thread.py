"""The enterprise's side of the message thread, and the files that were sent with it."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from contracts import actions, forms
from contracts.models import Contract
from contracts.views.frame import own_contract
from torch_portal.accounts.models import User
from torch_portal.accounts.roles import standing
from torch_portal.common import clock
from torch_portal.common.findings import Refused
from torch_portal.filings import threads
from torch_portal.filings.models import ThreadFile, ThreadMessage


def thread_box(contract: Contract, user: User, typed: str = "") -> dict[str, Any] | None:
    """The thread as the status page shows it; None where there is and can be none."""
    filing = contract.filing
    found = threads.messages_of(filing)
    closed = threads.why_closed(filing, clock.now())
    if closed and not found:
        return None
    box = {
        "messages": [forms.message_row(contract, m) for m in found],
        "closed": closed,
        "may_write": not closed and filing.enterprise_id in standing(user).filer_of,
        "agency": filing.agency.name if filing.agency else "",
        "typed": typed,
        "unread": threads.unread(user, [filing.pk]).get(filing.pk, 0),
        "url": reverse("contracts:thread", args=[contract.pk]),
    }
    threads.read(filing=filing, by=user)
    return box


@require_http_methods(["GET", "POST"])
def thread(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a message; what was typed comes back with the reason when it was not sent."""
    contract = own_contract(request, pk)
    back = reverse("contracts:detail", args=[pk]) + "#thread"
    if request.method == "GET":
        return redirect(back)
    text = request.POST.get("text", "")
    try:
        actions.send_message(
            contract=contract,
            text=text,
            uploads=request.FILES.getlist("files"),
            by=request.user,
            at=clock.now(),
        )
    except Refused as refused:
        for finding in refused.findings:
            messages.error(request, finding.text())
        request.session[f"thread-{pk}"] = text[: threads.LONGEST]
    return redirect(back)


@require_GET
def thread_file(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """A file of a message, to who may see the filing: always a download."""
    visible = ThreadMessage.objects.visible_to(request.user).filter(thread_id=pk)
    found = get_object_or_404(ThreadFile, pk=file_pk, message__in=visible)
    answer = FileResponse(found.file.open("rb"), as_attachment=True, filename=found.name)
    answer["Content-Type"] = found.content_type
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "private, no-store"
    return answer
