"""Where a filing stands: the parts of the status page that every line shows; withdrawing."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from torch_portal.common import clock
from torch_portal.filings.models import Filing
from torch_portal.filings.pages.frame import url_of
from torch_portal.filings.pages.rows import correction_rounds, event_rows
from torch_portal.filings.pages.service import handover_box, rating_box
from torch_portal.filings.pages.talk import thread_box
from torch_portal.filings.transitions import Stale


def status_page(
    request: HttpRequest,
    filing: Filing,
    *,
    act: Callable[[str], str],
    tone: Callable[[str], str],
    label: Callable[[str], str],
) -> dict[str, Any]:
    """Tone, timeline, correction lists, talk, hand-over and rating, for `filings/detail.html`.

    The line adds title, words of the state, sentence and facts. act: a move in the past tense.
    tone: the meaning behind a state's colour. label: the name of an entry.
    """
    return {
        "filing": filing,
        "number": filing.number,
        "tone": tone(filing.state),
        "timeline": event_rows(filing, act=act, tone=tone),
        "corrections": correction_rounds(filing, label),
        "answers_url": url_of(filing, "answers"),
        "handover": handover_box(filing, request.user),
        "rating": rating_box(filing, request.user),
        "thread": thread_box(request, filing),
        "withdraw_url": url_of(filing, "withdraw"),
    }


def withdraw(request: HttpRequest, filing: Filing, act: Callable[..., Any]) -> HttpResponse:
    """End the filing without a decision. act: the line's, called with by, at and note."""
    try:
        act(by=request.user, at=clock.now(), note=request.POST.get("note", "")[:500])
        messages.success(request, _("The filing was withdrawn."))
    except Stale as stale:
        messages.error(request, str(stale))
    return redirect(url_of(filing, "detail") if filing.submitted_at else "desk:mine")
