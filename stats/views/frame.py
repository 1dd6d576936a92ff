"""What the pages of a return share: the return, the list of tables, findings as rows."""

import functools
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stats import queries
from stats.models import Return
from stats.queries.checking import Run
from torch_portal.common.findings import Finding, Level
from torch_portal.filings.guided import frame
from torch_portal.filings.guided.steps import Step
from torch_portal.filings.pages import rows

EXPLANATIONS, REVIEW = "explanations", "review"
LAST_STEPS = (
    Step(
        EXPLANATIONS,
        gettext_lazy("Explanations"),
        gettext_lazy(
            "Errors and warnings either go away when you correct a value, or you explain why the "
            "values are right. An explanation is void when one of its values changes."
        ),
    ),
    Step(REVIEW, gettext_lazy("Check and submit")),
)


def own_return(request: HttpRequest, pk: int) -> Return:
    """The return if this person may see it, else 404."""
    visible = queries.with_cover(Return.objects.visible_to(request.user))
    found: Return = get_object_or_404(visible, pk=pk)
    return found


def saving_return(request: HttpRequest, pk: int) -> Return:
    """The return with what a save needs and no more; its values are read once it is held."""
    visible = Return.objects.visible_to(request.user)
    lean = visible.select_related("filing", "round__version__instrument")
    found: Return = get_object_or_404(lean.defer("data", "typed", *queries.FROZEN), pk=pk)
    return found


def steps_of(report: Return) -> tuple[Step, ...]:
    """The pages of the guided form: tables that have items, explanations, the check."""
    instrument = queries.version_of(report.round)
    tables = [
        Step(table.code, f"{table.code} {table.title_zh}", table.unconfirmed)
        for table in instrument.tables
        if table.items
    ]
    return (*tables, *LAST_STEPS)


def step_url(report: Return, key: str) -> str:
    """The page of a table, of the explanations or of the check."""
    if key in (EXPLANATIONS, REVIEW):
        return reverse(f"stats:{key}", args=[report.pk])
    return reverse("stats:step", args=[report.pk, key])


def field_url(report: Return, name: str) -> str:
    """The address of one entry on its page; "" for the return as a whole."""
    table = queries.table_of(report, name)
    return f"{step_url(report, table)}#field-{name}" if table else ""


def as_rows(report: Return, findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings as the pages show them: with the entry's label and the way to it."""
    return [
        {
            **finding.as_dict(),
            "label": queries.entry_label(report, finding.field),
            "url": field_url(report, finding.field),
        }
        for finding in findings
    ]


def findings_of(report: Return, checked: Run) -> list[Finding]:
    """What the rules say if it were handed in now, and what could not be read."""
    return queries.findings(report, checked, queries.explained(report, checked.found))


def open_corrections(report: Return) -> list[dict[str, Any]]:
    """The reasons with which it was sent back, with what already settles each."""
    return rows.open_corrections(
        report.filing,
        label=functools.partial(queries.entry_label, report),
        mark=functools.partial(queries.entry_mark, report),
        url=functools.partial(field_url, report),
    )


def step_frame(report: Return, key: str, findings: Iterable[Finding]) -> dict[str, Any]:
    """The context that every page of the guided form has."""
    url = functools.partial(step_url, report)
    done = queries.progress(report)
    blocking = [f for f in findings if f.level is Level.BLOCK]
    blocked = {queries.table_of(report, f.field) for f in blocking}
    blocked |= {EXPLANATIONS for f in blocking if "least" in f.values}
    steps = steps_of(report)
    listed = frame.step_rows(
        steps,
        key,
        blocked=blocked,
        started=lambda name: name == EXPLANATIONS or bool(done.get(name, {}).get("filled")),
        url=url,
    )
    for step in listed:
        counts = done.get(step["key"])
        if counts and step["state"] == "done" and not counts["filled"]:
            step["state"] = "todo"
    return {
        "report": report,
        "filing": report.filing,
        "steps": listed,
        "progress": done,
        "filled_text": _filled(done),
        "saved_text": frame.saved_text(report.saved_at),
        "answers_url": reverse("stats:answers", args=[report.pk]),
    } | frame.step_frame(steps, key, url)


def _filled(done: dict[str, dict[str, Any]]) -> str:
    counts = {
        "filled": sum(each["filled"] for each in done.values()),
        "total": sum(each["total"] for each in done.values()),
    }
    return _("%(filled)s of %(total)s items have a value") % counts
