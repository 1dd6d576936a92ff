"""Tables whose rows are given: staff, and the R&D cost of each year."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from hitech_cert import actions, forms, queries
from hitech_cert.models import Application
from hitech_cert.views.frame import (
    all_findings,
    as_rows,
    corrections_at,
    step_frame,
    step_url,
    whole_application,
)
from torch_portal.common import clock
from torch_portal.filings.drafts import Conflict
from torch_portal.filings.pages import draft as pages

TEMPLATES = {"staff": "hitech_cert/staff.html", "costs": "hitech_cert/costs.html"}


def year_of(request: HttpRequest, application: Application) -> int:
    """The year that is looked at: the last one unless another of the three is asked for."""
    asked = request.GET.get("year", "")
    years = queries.years_of(application)
    return next((year for year in years if str(year) == asked), years[-1])


def part_of(request: HttpRequest, application: Application, step: str) -> str:
    """The name under which the saves of this page are counted."""
    return step if step == "staff" else f"costs-{year_of(request, application)}"


def grid(request: HttpRequest, application: Application, step: str) -> HttpResponse:
    """The table with its sums; what can be read is kept even when something cannot."""
    if request.method != "POST":
        return _page(request, application, step, _saved(request, application, step))
    sent = _posted(request, application, step)
    conflict = _save(request, application, step, sent)
    if not conflict and not sent.errors:
        return _onward(request, application, step)
    if conflict and not pages.still_open(application.filing):
        messages.error(request, conflict)
        return redirect("hitech_cert:detail", application.pk)
    fresh = whole_application(request, application.pk)
    met = _differences(sent, _saved(request, fresh, step)) if conflict else {}
    return _page(request, fresh, step, sent, met)


def _saved(request: HttpRequest, application: Application, step: str) -> Any:
    if step == "staff":
        return forms.staff_grid(application)
    return forms.cost_grid(application, year_of(request, application))


def _posted(request: HttpRequest, application: Application, step: str) -> Any:
    data = request.POST.dict()
    if step == "staff":
        return forms.posted_staff(data)
    return forms.posted_costs(data, _posted_keys(application, data))


def _posted_keys(application: Application, data: dict[str, Any]) -> list[str]:
    """The activities that were sent, as far as there are such."""
    sent = dict.fromkeys(name.split("-")[0] for name in data)
    listed = application.projects.values_list("code")
    known = {code for (code,) in listed.union(application.costs.values_list("project"))}
    return [code for code in sent if code in known]


def _save(request: HttpRequest, application: Application, step: str, sent: Any) -> str:
    """Keep what was typed; words about a conflict, or ""."""
    seen = request.POST.get("seen", "")
    common = {
        "application": application,
        "cells": sent.values,
        "unread": sent.unread,
        "by": request.user,
        "at": clock.now(),
        "seen": int(seen) if seen.isdecimal() else None,
    }
    try:
        if step == "staff":
            actions.save_staff(**common)
        else:
            actions.save_costs(year=year_of(request, application), **common)
    except Conflict as conflict:
        return str(conflict)
    return ""


def _onward(request: HttpRequest, application: Application, step: str) -> HttpResponse:
    """To the next year of the costs, then to the next page."""
    years = queries.years_of(application)
    if step == "costs":
        year = year_of(request, application)
        stay = request.POST.get("go", "next") != "next"
        if stay or year != years[0]:
            ahead = year if stay else year - 1
            return redirect(step_url(application, step) + f"?year={ahead}")
    return pages.onward(request, forms.STEPS, step, partial(step_url, application))


def _differences(sent: Any, saved: Any) -> dict[str, Any]:
    """Cells that differ from those saved meanwhile."""
    found = [
        {"name": mine.name, "label": mine.label, "mine": mine.shown, "theirs": theirs.shown}
        for key in sent.keys
        for mine, theirs in zip(sent.shown(key, key), saved.shown(key, key), strict=True)
        if mine.shown != theirs.shown
    ]
    return {"conflict": True, "differences": found}


def _page(
    request: HttpRequest,
    application: Application,
    step: str,
    shown: Any,
    met: dict[str, Any] | None = None,
) -> HttpResponse:
    findings = all_findings(application)
    rows = [r for r in as_rows(application, findings) if r["place"].step == step]
    year = year_of(request, application)
    context = {
        "grid": shown,
        "seen": application.versions.get(part_of(request, application, step), 0),
        "findings": [r for r in rows if r["code"] != "unread" and r["place"].year in (None, year)]
        if _filled(application, step)
        else [],
        "corrections": corrections_at(application, step),
        "autosave_url": _autosave_url(application, step, year),
        "sheet_url": reverse("hitech_cert:sheet", args=[application.pk, step]),
        "years": queries.years_of(application),
    }
    if step == "staff":
        context["groups"] = list(forms.staff_rows(shown))
    else:
        context |= {
            "year": year,
            "rows": list(forms.cost_rows(application, shown, year)),
            "totals": forms.cost_totals(shown),
        }
    frame = step_frame(application, step, findings)
    return render(request, TEMPLATES[step], frame | context | (met or {}))


def _filled(application: Application, step: str) -> bool:
    return len(getattr(application, step).all()) > 0 or pages.was_visited(application.filing)


def _autosave_url(application: Application, step: str, year: int) -> str:
    url = reverse("hitech_cert:autosave", args=[application.pk, step])
    return url if step == "staff" else f"{url}?year={year}"


def autosave(request: HttpRequest, application: Application, step: str) -> HttpResponse:
    """Save while typing; answers with the words beside the buttons and the new save count."""
    conflict = _save(request, application, step, _posted(request, application, step))
    seen = application.versions.get(part_of(request, application, step), 0)
    answer = pages.kept(request, application.saved_at, seen, conflict)
    answer["HX-Trigger"] = "saved"
    return answer
