"""The tables of an application: the list of rows, and a page for each row."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hitech_cert import actions, forms, queries
from hitech_cert.models import Application, Row
from hitech_cert.views.frame import (
    all_findings,
    application_to_save,
    as_rows,
    corrections_at,
    own_application,
    step_frame,
    step_url,
    whole_application,
)
from torch_portal.common import clock
from torch_portal.filings.drafts import Conflict, is_editable
from torch_portal.filings.guided.conflict import differences
from torch_portal.filings.guided.saved import form_for
from torch_portal.filings.guided.steps import StepForm
from torch_portal.filings.pages import draft as pages

UNREAD = {"application"}


def listed(request: HttpRequest, application: Application, step: str) -> HttpResponse:
    """The rows of a table with what is to be said of each."""
    if request.method == "POST":
        return pages.onward(request, forms.STEPS, step, lambda key: step_url(application, key))
    findings = all_findings(application)
    rows = as_rows(application, findings)
    context = list_context(application, forms.TABLES[step], rows)
    context["corrections"] = corrections_at(application, step)
    frame = step_frame(application, step, findings)
    return render(request, "hitech_cert/table.html", frame | context)


def list_context(
    application: Application, table: forms.Table, rows: list[dict[str, Any]]
) -> dict[str, Any]:
    """A list of rows as the pages show it; rows: findings as shown."""
    about: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        if row["place"].table == table.name and row["place"].row:
            about.setdefault(row["place"].row, []).append(row)
    base = reverse("hitech_cert:step", args=[application.pk, table.name])
    lines = [
        {
            "code": row.code,
            "url": f"{base}{row.pk}/",
            "remove_url": f"{base}{row.pk}/remove/",
            "cells": [queries.as_text(row, name) for name in table.columns],
            "remarks": about.get(row.pk, []),
        }
        for row in queries.in_order(getattr(application, table.name))
    ]
    return {
        "table": table,
        "heads": [forms.label_in(table.name, name) for name in table.columns],
        "lines": lines,
        "whole": [r for r in rows if r["place"].table == table.name and not r["place"].row],
        "add_url": reverse("hitech_cert:add_row", args=[application.pk, table.name]),
        "sheet_url": reverse("hitech_cert:sheet", args=[application.pk, table.name]),
    }


@require_POST
def add_row(request: HttpRequest, pk: int, table: str) -> HttpResponse:
    """A new row, on its own page."""
    application = own_application(request, pk)
    kind = _table(table)
    if getattr(application, table).count() >= kind.most:
        messages.error(request, _("At most %(most)s rows are kept here.") % {"most": kind.most})
        return redirect(step_url(application, kind.step))
    try:
        made = actions.add_row(
            application=application, table=table, by=request.user, at=clock.now()
        )
    except Conflict as conflict:
        messages.error(request, str(conflict))
        return redirect("hitech_cert:detail", pk)
    return redirect("hitech_cert:row", pk, table, made.pk)


@require_http_methods(["GET", "POST"])
def row(request: HttpRequest, pk: int, table: str, row_pk: int) -> HttpResponse:
    """One row of a table; what can be read is kept even when something cannot."""
    kind, posted = _table(table), request.method == "POST"
    application = own_application(request, pk) if posted else whole_application(request, pk)
    if not is_editable(application.filing):
        return redirect("hitech_cert:detail", pk)
    found = own_row(application, table, row_pk)
    if not posted:
        return _page(request, application, found, form_for(found, kind.form))
    form = kind.form(request.POST)
    ok, conflict = _save(request, found, table, form)
    if ok:
        return _onward(request, application, kind, found)
    if conflict and not pages.still_open(application.filing):
        messages.error(request, conflict)
        return redirect("hitech_cert:detail", pk)
    fresh = whole_application(request, pk)
    found = own_row(fresh, table, row_pk)
    form.continue_from(found.saved_version)
    met = {"conflict": True, "differences": _differences(found, table, form)} if conflict else {}
    return _page(request, fresh, found, form, met)


def own_row(application: Application, table: str, row_pk: int) -> Any:
    """A row of this application, else 404; no query when its tables are fetched."""
    rows = getattr(application, table)
    if table in getattr(application, "_prefetched_objects_cache", {}):
        found = next((one for one in rows.all() if one.pk == row_pk), None)
        if found is None:
            raise Http404
    else:
        found = get_object_or_404(rows, pk=row_pk)
    found.application = application
    return found


def _table(name: str) -> forms.Table:
    if name not in forms.TABLES:
        raise Http404
    return forms.TABLES[name]


def _differences(found: Row, table: str, form: StepForm) -> Any:
    def label(name: str) -> str:
        return forms.label_in(table, name)

    return differences(found, form, text=queries.as_text, label=label)


def _save(request: HttpRequest, found: Row, table: str, form: StepForm) -> tuple[bool, str]:
    """Keep what was typed; (everything was readable, words about a conflict or "")."""
    clean = form.is_valid()
    try:
        actions.save_row(
            row=found,
            table=table,
            values=form.readable(),
            unread=form.unread(),
            by=request.user,
            at=clock.now(),
            seen=form.cleaned_data.get("seen"),
        )
    except Conflict as conflict:
        return False, str(conflict)
    return clean, ""


def _onward(
    request: HttpRequest, application: Application, table: forms.Table, found: Any
) -> HttpResponse:
    """Back to the list, or to this row when “Save” was pressed."""
    if request.POST.get("go", "next") != "next":
        return redirect("hitech_cert:row", application.pk, table.name, found.pk)
    return redirect(step_url(application, table.step) + f"#field-{table.name}")


def _page(
    request: HttpRequest,
    application: Application,
    found: Any,
    form: StepForm,
    met: dict[str, Any] | None = None,
) -> HttpResponse:
    table = next(t for t in forms.TABLES.values() if isinstance(found, _model(t)))
    findings = all_findings(application)
    rows = as_rows(application, findings)
    context = {
        "form": form,
        "row": found,
        "table": table,
        "findings": [
            r
            for r in rows
            if r["place"].row == found.pk
            and r["place"].table == table.name
            and r["code"] != "unread"
            and (found.saved_version or r["code"] != "missing")
        ],
        "years": queries.years_of(application),
        "autosave_url": request.path.removesuffix("/") + "/autosave/",
        "list_url": step_url(application, table.step),
    }
    frame = step_frame(application, table.step, findings) | {"back_url": context["list_url"]}
    return render(request, "hitech_cert/row.html", frame | context | (met or {}))


def _model(table: forms.Table) -> Any:
    return getattr(Application, table.name).rel.related_model


@require_POST
def row_autosave(request: HttpRequest, pk: int, table: str, row_pk: int) -> HttpResponse:
    """Save a row while typing; answers with the words beside the buttons and its save count."""
    application = application_to_save(request, pk)
    kind = _table(table)
    found = own_row(application, table, row_pk)
    _ok, conflict = _save(request, found, table, kind.form(request.POST))
    answer = pages.kept(request, application.saved_at, found.saved_version, conflict)
    answer["HX-Trigger"] = "saved"
    return answer


@require_POST
def remove_row(request: HttpRequest, pk: int, table: str, row_pk: int) -> HttpResponse:
    """Take a row out; its number is free again."""
    application = own_application(request, pk)
    kind = _table(table)
    found = own_row(application, table, row_pk)
    try:
        actions.remove_row(row=found, table=table, by=request.user, at=clock.now())
    except Conflict as conflict:
        messages.error(request, str(conflict))
        return redirect("hitech_cert:detail", pk)
    messages.success(request, _("%(code)s was taken out.") % {"code": found.code})
    return redirect(step_url(application, kind.step) + f"#field-{table}")
