"""The files of a draft, in the eight groups of material."""

from functools import partial

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hitech_cert import actions, queries, rules
from hitech_cert.enums import FILE_GROUPS, AttachmentKind
from hitech_cert.models import Application
from hitech_cert.views.frame import (
    all_findings,
    as_rows,
    corrections_at,
    own_application,
    step_frame,
    whole_application,
)
from torch_portal.common import clock
from torch_portal.filings.drafts import is_editable
from torch_portal.filings.pages import files as pages


@require_GET
def files(request: HttpRequest, pk: int) -> HttpResponse:
    """What has to be handed in, and what is there."""
    application = own_application(request, pk)
    if not is_editable(application.filing):
        return redirect("hitech_cert:detail", pk)
    return _page(request, pk, [])


@require_http_methods(["GET", "POST"])
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one or more files."""
    application = own_application(request, pk)
    return pages.attach(
        request,
        application.filing,
        AttachmentKind.values,
        partial(actions.attach, application=application),
        partial(_page, request, pk),
    )


@require_http_methods(["GET", "POST"])
def detach(request: HttpRequest, pk: int, attachment_pk: int) -> HttpResponse:
    """Take a file out again."""
    application = own_application(request, pk)
    return pages.detach(
        request,
        application.filing,
        attachment_pk,
        partial(actions.detach, application=application),
        partial(_page, request, pk),
    )


def _limits() -> str:
    """What a file may be and how large; 195号 says nothing of it."""
    limits = {
        "one": settings.ATTACHMENT_MAX_BYTES // 1024**2,
        "all": settings.ATTACHMENTS_MAX_BYTES // 1024**2,
        "most": settings.ATTACHMENTS_MAX_COUNT,
    }
    words = _(
        "PDF, PNG or JPEG; each at most %(one)s MB, of one kind at most %(most)s files with "
        "%(all)s MB. No regulation limits them: these are the bounds of the portal."
    )
    return words % limits


def _page(request: HttpRequest, pk: int, errors: list[str]) -> HttpResponse:
    application: Application = whole_application(request, pk)
    findings = all_findings(application)
    tables, _case = queries.examined(application, clock.today())
    needed = list(rules.needed(tables))
    kinds = pages.kind_rows(application.filing, AttachmentKind, needed)
    groups = {kind.value: number for number, listed in FILE_GROUPS.items() for kind in listed}
    for kind in kinds:
        kind["label"] = f"{groups.get(kind['value'], '')} {kind['label']}".strip()
    rows = [r for r in as_rows(application, findings) if r["place"].step == "files"]
    context = {
        "kinds": kinds,
        "corrections": corrections_at(application, "files"),
        "limits_text": _limits(),
        "errors": errors,
        "findings": rows if application.filing.submitted_at else [],
        "attach_url": reverse("hitech_cert:attach", args=[application.pk]),
    }
    frame = step_frame(application, "files", findings)
    return render(request, "hitech_cert/files.html", frame | context)
