"""Beginning an application, and its pages that are no tables."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hitech_cert import actions, forms, queries
from hitech_cert.models import Application
from hitech_cert.views import grids, tables
from hitech_cert.views.frame import (
    all_findings,
    application_to_save,
    as_rows,
    corrections_at,
    own_application,
    panel_of,
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


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Choose the enterprise; with one alone a button is enough."""
    own = pages.own_enterprises(request)
    if request.method == "GET":
        rows = [_before(enterprise) for enterprise in own[:50]]
        return render(request, "hitech_cert/start.html", {"rows": rows})
    chosen = request.POST.get("enterprise", "")
    enterprise = get_object_or_404(own, pk=chosen if chosen.isdecimal() else 0)
    application = actions.start(enterprise=enterprise, by=request.user, at=clock.now())
    return redirect(step_url(application, forms.STEPS[0].key))


def _before(enterprise: Any) -> dict[str, Any]:
    """An enterprise with what the portal knows of it: its certificate, its last application."""
    return {
        "enterprise": enterprise,
        "certificate": queries.certificate_on(enterprise, clock.today()),
        "last": queries.last_filed(enterprise),
    }


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """One page of the guided form; what can be read is kept even when something cannot."""
    posted = request.method == "POST"
    application = own_application(request, pk) if posted else whole_application(request, pk)
    if not is_editable(application.filing):
        return redirect("hitech_cert:detail", pk)
    if step in ("staff", "costs"):
        return grids.grid(request, application, step)
    if step in forms.PAGES:
        return _column_page(request, application, step)
    if step in forms.TABLES and forms.TABLES[step].step == step:
        return tables.listed(request, application, step)
    return redirect("hitech_cert:detail", pk)


def _column_page(request: HttpRequest, application: Application, step: str) -> HttpResponse:
    if request.method != "POST":
        seen = application.versions.get(step, 0)
        return _page(request, application, step, form_for(application, forms.PAGES[step], seen))
    form = forms.PAGES[step](request.POST)
    ok, conflict = _save(request, application, step, form)
    if ok:
        return pages.onward(request, forms.STEPS, step, partial(step_url, application))
    if conflict and not pages.still_open(application.filing):
        messages.error(request, conflict)
        return redirect("hitech_cert:detail", application.pk)
    fresh = whole_application(request, application.pk)
    form.continue_from(fresh.versions.get(step, 0))
    met = pages.met(fresh, partial(_differences, fresh, form)) if conflict else {}
    return _page(request, fresh, step, form, met)


def _differences(application: Application, form: StepForm) -> Any:
    return differences(application, form, text=queries.as_text, label=forms.field_label)


def _save(
    request: HttpRequest, application: Application, step: str, form: StepForm
) -> tuple[bool, str]:
    """Keep what was typed; (everything was readable, words about a conflict or "")."""
    clean = form.is_valid()
    try:
        actions.save_page(
            application=application,
            page=step,
            values=form.readable(),
            unread=form.unread(),
            by=request.user,
            at=clock.now(),
            seen=form.cleaned_data.get("seen"),
        )
    except Conflict as conflict:
        return False, str(conflict)
    return clean, ""


def _page(
    request: HttpRequest,
    application: Application,
    step: str,
    form: StepForm,
    met: dict[str, Any] | None = None,
) -> HttpResponse:
    findings = all_findings(application)
    forms.tell_sources(form, *queries.as_before(application))
    rows = [r for r in as_rows(application, findings) if r["place"].step == step]
    here = [r for r in rows if r["code"] != "unread" and not r["place"].table]
    table = forms.TABLES["results"] if step == "innovation" else None
    context = {
        "form": form,
        "findings": here if pages.was_visited(application.filing) else [],
        "corrections": corrections_at(application, step),
        "autosave_url": request.path.removesuffix("/") + "/autosave/",
        "years": queries.years_of(application),
        **(tables.list_context(application, table, rows) if table else {}),
    }
    frame = step_frame(application, step, findings)
    return render(request, "hitech_cert/step.html", frame | context | (met or {}))


@require_POST
def autosave(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Save while typing; answers with the words beside the buttons and the new save count."""
    application = application_to_save(request, pk)
    if step in ("staff", "costs"):
        return grids.autosave(request, application, step)
    if step not in forms.PAGES:
        raise Http404
    _ok, conflict = _save(request, application, step, forms.PAGES[step](request.POST))
    return told(request, application, application.versions.get(step, 0), conflict)


def told(request: HttpRequest, application: Application, seen: int, conflict: str) -> HttpResponse:
    """The answer while one types; the panel of conditions hears that something was saved."""
    answer = pages.kept(request, application.saved_at, seen, conflict)
    answer["HX-Trigger"] = "saved"
    return answer


@require_GET
def panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The eight conditions as the tables now stand, for the pages to show again after a save."""
    application = whole_application(request, pk)
    context = {"panel": panel_of(application, clock.today()), "application": application}
    return render(request, "hitech_cert/_panel.html", context)
