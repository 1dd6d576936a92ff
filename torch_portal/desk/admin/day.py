"""The reviewer's day: who has what in hand, what is at risk, how long each step takes."""

import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from torch_portal.accounts.roles import is_reviewer, reviewers_beside
from torch_portal.common import clock
from torch_portal.desk.lines import LINES
from torch_portal.filings.enums import Turn
from torch_portal.filings.workload import steps, workload

HOURS = 48  # below so many the time is told in hours
NOBODY = "nobody"
# What a number counts, as the lists of the lines filter it.
COUNTED = {"open": {}, "risk": {"due": "soon"}, "late": {"queue": "overdue"}}


def day_page(request: HttpRequest, desk: Any) -> HttpResponse:
    """Every number leads to its list, and every row can be given to others in one batch."""
    if not is_reviewer(request.user):
        raise Http404
    today = clock.today()
    people = workload(request.user, reviewers_beside(request.user), today)
    context = {
        **desk.admin_site.each_context(request),
        "opts": desk.opts,
        "title": _("Workload"),
        "rows": [_in_hand(row) for row in people],
        "steps": _steps(request.user, today),
        "is_fullwidth": "1",
    }
    return TemplateResponse(request, "admin/desk/day.html", context)


def _in_hand(row: dict[str, Any]) -> dict[str, Any]:
    """A row with the list behind each number, and what of it can be given to others."""
    who = str(row["person"].pk) if row["person"] else NOBODY
    asked = {name: urlencode({"queue": "open", "hands": who} | more)
             for name, more in COUNTED.items()}  # fmt: skip
    gives = [
        {"line": code, "label": line.LABEL, "filter": asked["open"], "risk": asked["risk"]}
        for code, line in LINES.items()
        if "assign" in line.BATCHES
    ]
    urls = {name: f"{_list()}?{query}" for name, query in asked.items()}
    return row | {"urls": urls, "gives": gives if row["open"] else []}


def _list() -> str:
    """The list of the line; every number is over all lines, of which there is one."""
    return reverse(next(iter(LINES.values())).QUEUE_URL)


def _steps(user: Any, today: datetime.date) -> list[dict[str, Any]]:
    """The steps that are the agency's, in the order of the work."""
    known = {(step.line, step.state): step for step in steps(user, today)}
    found = []
    for code, line in LINES.items():
        for state, owner in line.workflow.owners.items():
            step = known.get((code, state))
            if owner == Turn.REVIEWER and step is not None:
                label = line.workflow.labels[state]
                found.append({"label": label, "times": step.times, "took": took(step.took)})
    return found


def took(time: datetime.timedelta) -> str:
    """A time in hours or days, with one decimal."""
    hours = round(time.total_seconds() / 3600)
    if hours < HOURS:
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    return _("%(n)s days") % {"n": f"{time.total_seconds() / 86_400:.1f}"}
