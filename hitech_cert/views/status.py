"""Where an application stands, in one sentence and in full."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hitech_cert import actions, forms, queries
from hitech_cert.enums import State
from hitech_cert.models import Application
from hitech_cert.permissions import may_move
from hitech_cert.views.after import DECIDED
from hitech_cert.views.frame import (
    FORM_STEPS,
    entry_url,
    open_corrections,
    own_application,
    panel_of,
    started,
    step_url,
    whole_application,
)
from hitech_cert.workflow import WORKFLOW
from torch_portal.certificates.pages import given
from torch_portal.common import clock
from torch_portal.filings.actions import note_access
from torch_portal.filings.correcting import open_items
from torch_portal.filings.drafts import is_editable
from torch_portal.filings.enums import AccessKind
from torch_portal.filings.pages import status
from torch_portal.filings.pages.frame import url_of
from torch_portal.filings.pages.rows import file_row


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The status page; a draft leads to its form."""
    application = whole_application(request, pk)
    filing = application.filing
    if filing.state == State.DRAFT:
        return redirect(step_url(application, next_step(application)))
    note_access(filing=filing, kind=AccessKind.PAGE, by=request.user, at=clock.now())
    may_correct = is_editable(filing) and _may(request, application, "submit")
    context = {
        "application": application,
        "title": _("Application for certification %(year)s") % {"year": application.year},
        **status.status_page(
            request,
            filing,
            act=queries.act_label,
            tone=queries.tone,
            label=forms.field_label,
        ),
        "state_label": WORKFLOW.labels[filing.state],
        "sentence": queries.sentence(application, clock.today()),
        "facts": _facts(application),
        "panel": panel_of(application, queries.day_of(application)),
        "to_answer": open_corrections(application) if may_correct else [],
        "correct_url": _first_correction_url(application) if may_correct else "",
        "given": given(filing),
        "after_url": url_of(filing, "after") if filing.state in DECIDED else "",
        "attachments": [
            file_row(filing, a, removable=False) for a in filing.attachments.live().order_by("pk")
        ],
        "can_withdraw": _may(request, application, "withdraw"),
    }
    return render(request, "hitech_cert/detail.html", context)


def next_step(application: Application) -> str:
    """The page to go on with: the first on which nothing stands yet, at last the files."""
    keys = (step.key for step in forms.STEPS if step.key in FORM_STEPS)
    return next((key for key in keys if not started(application, key)), "files")


def _may(request: HttpRequest, application: Application, name: str) -> bool:
    move, filing = WORKFLOW.moves[name], application.filing
    return filing.state in move.sources and may_move(request.user, filing, move)


def _facts(application: Application) -> list[tuple[str, Any]]:
    return [
        (label, value)
        for step in FORM_STEPS
        for _name, label, value in forms.shown_entries(application, step)
        if value
    ]


def _first_correction_url(application: Application) -> str:
    items = open_items(application.filing)
    url = entry_url(application, items[0].field) if items else ""
    return url or step_url(application, "review")


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """End the application before the expert review."""
    application = own_application(request, pk)
    act = partial(actions.withdraw, application=application)
    return status.withdraw(request, application.filing, act)
