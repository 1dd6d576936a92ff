"""Answering the correction list item by item."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from torch_portal.filings.correcting import open_items
from torch_portal.filings.drafts import Conflict
from torch_portal.filings.models import Filing
from torch_portal.filings.pages.frame import url_of

LONGEST = 400


def answer(request: HttpRequest, filing: Filing, act: Callable[..., Any]) -> HttpResponse:
    """Keep what was written below the items; back to the page on which it was written.

    act: the line's, called with item, answer and by.
    """
    problem = ""
    try:
        with transaction.atomic():
            for item in open_items(filing):
                text = request.POST.get(f"answer-{item.pk}")
                if text is not None:
                    act(item=item, answer=text.strip()[:LONGEST], by=request.user)
    except Conflict as conflict:
        problem = str(conflict)
    if request.headers.get("HX-Request"):
        return render(request, "filings/answers_saved.html", {"problem": problem, "kept": True})
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return redirect(back if safe else url_of(filing, "detail"))
