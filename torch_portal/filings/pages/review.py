"""The page that checks everything at once, and handing the filing in."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from torch_portal.accounts.models import Agency
from torch_portal.common import clock
from torch_portal.common.findings import Finding, Level, Refused
from torch_portal.filings.guided.agency import AgencyForm
from torch_portal.filings.guided.steps import Step
from torch_portal.filings.models import Filing
from torch_portal.filings.pages.frame import url_of
from torch_portal.filings.transitions import Move, Stale

Entry = tuple[str, str, str]
Shown = dict[str, Any]


def submit(
    request: HttpRequest,
    filing: Filing,
    act: Callable[..., Any],
    page: Callable[[list[Finding]], HttpResponse],
) -> HttpResponse:
    """Hand it in; every obstacle is shown at once. By GET it is the page to check.

    act: the line's, called with by, at and agency. page: the page to check, with what the act
    found.
    """
    if request.method == "GET":
        return redirect(url_of(filing, "review"))
    chosen = request.POST.get("agency", "")
    agency = Agency.objects.filter(pk=chosen).first() if chosen.isdecimal() else None
    try:
        act(by=request.user, at=clock.now(), agency=agency)
    except Refused as refused:
        return page(refused.findings)
    except Stale as stale:
        messages.error(request, str(stale))
        return redirect(url_of(filing, "detail"))
    words = {"number": filing.number}
    messages.success(request, _("Submitted. Quote number %(number)s.") % words)
    return redirect(url_of(filing, "detail"))


def review_page(
    filing: Filing, move: Move, rows: list[Shown], agencies: list[Agency]
) -> dict[str, Any]:
    """What the page to check shows of findings, agencies and the move; rows: findings as shown."""
    blocks = [row for row in rows if row["level"] == Level.BLOCK]
    return {
        "blocks": blocks,
        "warnings": [row for row in rows if row["level"] == Level.WARN],
        "infos": [row for row in rows if row["level"] == Level.INFO],
        "can_submit": not blocks and bool(agencies),
        "agency_form": AgencyForm(agencies=agencies),
        "submit_url": url_of(filing, "submit"),
        "submit_label": move.label,
        "consequence": move.consequence,
    }


def entry_groups(
    steps: Sequence[Step],
    rows: Iterable[Shown],
    entries: Callable[[str], Iterable[Entry] | None],
    url: Callable[[str], str],
) -> list[dict[str, Any]]:
    """What was entered, page by page, with the finding beside the entry.

    entries: name, label and words of the entries of a page; None for one that has none.
    """
    by_field = {row["field"]: row for row in reversed(list(rows))}
    listed = ((step, entries(step.key)) for step in steps)
    return [
        {
            "title": step.label,
            "step_url": url(step.key),
            "rows": [
                (label, value, by_field.get(name))
                for name, label, value in shown
                if value or name in by_field
            ],
        }
        for step, shown in listed
        if shown is not None
    ]
