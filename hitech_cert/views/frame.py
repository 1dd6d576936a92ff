"""What the pages of a draft share: the application, the list of steps, findings as rows."""

import datetime
import functools
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from hitech_cert import forms, queries
from hitech_cert.models import Application
from torch_portal.common import clock
from torch_portal.common.findings import Finding, Level
from torch_portal.filings.guided import frame
from torch_portal.filings.pages import rows

FORM_STEPS = ("rights", "staff", "projects", "costs", "products", "standards", *forms.PAGES)


def own_application(request: HttpRequest, pk: int) -> Application:
    """The application if this person may see it, else 404; without its tables."""
    visible = queries.with_cover(Application.objects.visible_to(request.user))
    found: Application = get_object_or_404(visible, pk=pk)
    return found


def application_to_save(request: HttpRequest, pk: int) -> Application:
    """The same with nothing but its cover, for what is saved while one types."""
    visible = Application.objects.visible_to(request.user).select_related("filing")
    found: Application = get_object_or_404(visible, pk=pk)
    return found


def whole_application(request: HttpRequest, pk: int) -> Application:
    """The same with the rows of all its tables, for a page."""
    return queries.fetch_tables(own_application(request, pk))


def step_url(application: Application, key: str) -> str:
    """The page of a step."""
    if key in FORM_STEPS:
        return reverse("hitech_cert:step", args=[application.pk, key])
    return reverse(f"hitech_cert:{key}", args=[application.pk])


def all_findings(application: Application) -> list[Finding]:
    """What the rules say if it were filed now, and what could not be read."""
    return forms.all_findings(application, at=clock.now())


def as_rows(application: Application, findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings as the pages show them: with the entry's label and the way to it."""
    shown = []
    for finding in findings:
        place = forms.place_of(application, finding.field)
        row = {**finding.as_dict(), "label": place.label, "url": place_url(application, place)}
        named = "" if place.step == "files" else place.anchor  # a kind may be called like a table
        shown.append(row | {"field": named, "place": place})
    return shown


def place_url(application: Application, place: forms.Place) -> str:
    """The address of a place: the page of its row, of its year, or of its step."""
    if not place.step:
        return ""
    if place.row is not None:
        url = reverse("hitech_cert:row", args=[application.pk, place.table, place.row])
    else:
        url = step_url(application, place.step)
    year = f"?year={place.year}" if place.year else ""
    return f"{url}{year}#field-{place.anchor}"


def entry_url(application: Application, name: str) -> str:
    """The address of an entry or table that a correction list names."""
    step = forms.step_of(name)
    return f"{step_url(application, step)}#field-{name}" if step else ""


def open_corrections(application: Application) -> list[dict[str, Any]]:
    """The items of the present correction list, with what already settles each."""
    return rows.open_corrections(
        application.filing,
        label=forms.field_label,
        mark=functools.partial(queries.entry_mark, application),
        url=functools.partial(entry_url, application),
    )


def corrections_at(application: Application, step: str) -> list[dict[str, Any]]:
    """Those of them that are about a page."""
    return [c for c in open_corrections(application) if forms.step_of(c["field"]) == step]


def started(application: Application, key: str) -> bool:
    """Whether anything was entered on that page."""
    signs = {
        "innovation": application.text_rights or application.text_results,
        "main": application.gross_income is not None,
        "report": application.agency_name,
        "standards": True,
    }
    if key in signs:
        return bool(signs[key])
    return key in queries.TABLES and len(getattr(application, key).all()) > 0


def step_frame(application: Application, key: str, findings: list[Finding]) -> dict[str, Any]:
    """The context that every page of the guided form has."""
    url = functools.partial(step_url, application)
    blocks = (f.field for f in findings if f.level is Level.BLOCK)
    steps = frame.step_rows(
        forms.STEPS,
        key,
        blocked={forms.place_of(application, field).step for field in blocks},
        started=functools.partial(started, application),
        url=url,
    )
    return {
        "application": application,
        "filing": application.filing,
        "steps": steps,
        "saved_text": frame.saved_text(application.saved_at),
        "answers_url": reverse("hitech_cert:answers", args=[application.pk]),
        "panel_url": reverse("hitech_cert:panel", args=[application.pk]),
        "panel": panel_of(application, clock.today()),
    } | frame.step_frame(forms.STEPS, key, url)


def panel_of(application: Application, day: datetime.date) -> dict[str, Any]:
    """The eight conditions with values, limits and margins, as the tables stand, on a day."""
    case = queries.case_of(application, day)
    conditions = list(forms.shown_conditions(case))
    return {
        "conditions": conditions,
        "met": sum(row["condition"].ok is True for row in conditions),
        "failing": sum(row["condition"].ok is False for row in conditions),
        "computed": list(forms.computed(application, case)),
    }
