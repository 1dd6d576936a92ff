"""Beginning a return and filling it table by table."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stats import actions, forms, queries
from stats.editions import Table
from stats.models import Assignment, Return
from stats.views.frame import (
    as_rows,
    findings_of,
    open_corrections,
    own_return,
    saving_return,
    step_frame,
    step_url,
    steps_of,
)
from torch_portal.common import clock
from torch_portal.common.findings import Refused
from torch_portal.filings.drafts import Conflict, is_editable
from torch_portal.filings.pages import draft as pages


@dataclass(frozen=True)
class Again:
    """A page shown again: what was sent, why some of it was not read, what another window saved."""

    sent: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    met: Mapping[str, Any] = field(default_factory=dict)


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """The rounds that the person's enterprises have to answer, each with a button."""
    waiting = queries.open_assignments(request.user, clock.today())
    if request.method == "GET":
        begun = queries.with_cover(Return.objects.visible_to(request.user))
        mine = begun.filter(enterprise__memberships__user=request.user)
        context = {"waiting": waiting, "begun": mine.order_by("-round__year", "-pk")[:20]}
        return render(request, "stats/start.html", context)
    chosen = request.POST.get("assignment", "")
    own = Assignment.objects.visible_to(request.user).select_related("round")
    assignment = get_object_or_404(own, pk=chosen if chosen.isdecimal() else 0)
    try:
        report = actions.start(assignment=assignment, by=request.user, at=clock.now())
    except Refused as refused:
        for finding in refused.findings:
            messages.error(request, finding.text())
        return redirect("stats:start")
    return redirect("stats:detail", report.pk)


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, pk: int, table: str) -> HttpResponse:
    """One table; what can be read is kept even when something cannot."""
    report = own_return(request, pk)
    found = _table(report, table)
    if not is_editable(report.filing):
        return redirect("stats:detail", pk)
    if request.method != "POST":
        return _page(request, report, found)
    entries = forms.entries_of(found, request.POST)
    errors, conflict = _save(request, report, found, entries)
    if conflict:
        return _conflict(request, report, found, entries, conflict)
    if errors:
        return _page(request, own_return(request, pk), found, Again(entries, errors))
    return _onward(request, report, found)


def _table(report: Return, code: str) -> Table:
    found = forms.table_named(report, code)
    if found is None:
        raise Http404
    return found


def _save(
    request: HttpRequest, report: Return, table: Table, entries: dict[str, str]
) -> tuple[dict[str, str], str]:
    """Keep what was typed; (why some could not be read, words about a conflict or "")."""
    seen = request.POST.get("seen", "")
    try:
        errors = actions.save_table(
            report=report,
            table=table.code,
            entries=entries,
            by=request.user,
            at=clock.now(),
            seen=int(seen) if seen.isdecimal() and len(seen) < 10 else None,
        )
    except Conflict as conflict:
        return {}, str(conflict)
    return errors, ""


def _conflict(
    request: HttpRequest, report: Return, table: Table, entries: dict[str, str], words: str
) -> HttpResponse:
    if not pages.still_open(report.filing):
        messages.error(request, words)
        return redirect("stats:detail", report.pk)
    fresh = own_return(request, report.pk)
    met = pages.met(fresh, lambda: forms.differences(fresh, table, entries))
    return _page(request, own_return(request, report.pk), table, Again(entries, met=met))


def _onward(request: HttpRequest, report: Return, table: Table) -> HttpResponse:
    """To the next table; back to this one after “Save”; to the explanations after “Check”."""
    if request.POST.get("go") == "check":
        actions.check(report=report, by=request.user, at=clock.now())
        return redirect("stats:explanations", report.pk)
    url = partial(step_url, report)
    return pages.onward(request, steps_of(report), table.code, url)


def _page(
    request: HttpRequest,
    report: Return,
    table: Table,
    again: Again | None = None,
) -> HttpResponse:
    again = again or Again()
    checked = queries.run(report)
    findings = findings_of(report, checked)
    here = [f for f in findings if queries.table_of(report, f.field) == table.code]
    shown = [f for f in here if f.code != "unread"] if queries.progress_of(report, table) else []
    frame = step_frame(report, table.code, findings)
    context = {
        "table": table,
        "groups": list(forms.groups(report, table, checked, sent=again.sent, errors=again.errors)),
        "counts": frame["progress"][table.code],
        "seen": report.versions.get(table.code, 0),
        "wrong": _wrong(table, again.errors),
        "findings": as_rows(report, shown),
        "corrections": [c for c in open_corrections(report) if _concerns(report, c, table)],
        "autosave_url": reverse("stats:autosave", args=[report.pk, table.code]),
        "checks_url": reverse("stats:checks", args=[report.pk]),
        "sheet_url": reverse("stats:sheet", args=[report.pk]),
        "unit": report.unit,
    }
    return render(request, "stats/step.html", frame | context | dict(again.met))


def _wrong(table: Table, errors: Mapping[str, str]) -> list[dict[str, str]]:
    labels = {item.code: item.label_zh for item in table.items}
    return [{"name": c, "label": labels[c], "message": why} for c, why in errors.items()]


def _concerns(report: Return, correction: dict[str, Any], table: Table) -> bool:
    return queries.table_of(report, correction["field"]) in ("", table.code)


@require_POST
def autosave(request: HttpRequest, pk: int, table: str) -> HttpResponse:
    """Save while typing; answers with the words beside the buttons and the new save count."""
    report = saving_return(request, pk)
    found = _table(report, table)
    _errors, conflict = _save(request, report, found, forms.entries_of(found, request.POST))
    seen = report.versions.get(found.code, 0)
    return pages.kept(request, report.saved_at, seen, conflict)


@require_GET
def checks(request: HttpRequest, pk: int) -> HttpResponse:
    """Rules and known values, for checking while one types."""
    report = own_return(request, pk)
    sent = forms.for_browser(report, queries.run(report))
    return JsonResponse(sent, json_dumps_params={"ensure_ascii": False}, encoder=json.JSONEncoder)
