"""Checking everything at once, and submitting."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hitech_cert import actions, forms, queries
from hitech_cert.models import Application
from hitech_cert.views.frame import (
    FORM_STEPS,
    all_findings,
    as_rows,
    open_corrections,
    own_application,
    step_frame,
    step_url,
    whole_application,
)
from hitech_cert.workflow import WORKFLOW
from torch_portal.common import clock
from torch_portal.common.findings import Finding
from torch_portal.filings.drafts import is_editable
from torch_portal.filings.pages import review as pages

SUBMIT = WORKFLOW.moves["submit"]


@require_GET
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Every finding at once, the whole form to read, and the button to submit."""
    application = whole_application(request, pk)
    if not is_editable(application.filing):
        return redirect("hitech_cert:detail", pk)
    return _page(request, application, [])


@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand it to the bureau; every obstacle is shown at once. By GET it is the page to check."""
    application = own_application(request, pk)
    return pages.submit(
        request,
        application.filing,
        partial(actions.submit, application=application),
        lambda found: _page(request, application, [f for f in found if f.field == "agency"]),
    )


def _page(request: HttpRequest, application: Application, extra: list[Finding]) -> HttpResponse:
    findings = extra + all_findings(application)
    rows = as_rows(application, findings)
    agencies = queries.agencies_for(application)
    context = pages.review_page(application.filing, SUBMIT, rows, agencies)
    context |= {
        "groups": pages.entry_groups(
            forms.STEPS,
            [row for row in rows if not row["place"].table],
            partial(_entries, application),
            partial(step_url, application),
        ),
        "corrections": open_corrections(application),
        "due_text": _due_text(application) if not context["blocks"] else "",
    }
    frame = step_frame(application, "review", findings)
    return render(request, "hitech_cert/review.html", frame | context)


def _entries(application: Application, step: str) -> list[tuple[str, str, str]] | None:
    return forms.shown_entries(application, step) if step in FORM_STEPS else None


def _due_text(application: Application) -> str:
    intake = queries.intake_at(application, clock.now())
    if intake is None:
        return ""
    words = {
        "batch": intake.title,
        "closes": f"{timezone.localtime(intake.closes_at):%Y-%m-%d %H:%M}",
        "due": intake.recommend_by,
    }
    text = _("It goes into “%(batch)s”, open until %(closes)s; the bureau recommends by %(due)s.")
    return text % words
