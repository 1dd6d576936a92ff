"""Where a return stands, in one sentence and in full; the file to sign and its scan."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stats import actions, queries
from stats.enums import FILED, AttachmentKind, State
from stats.models import Return
from stats.permissions import may_move
from stats.views.frame import field_url, open_corrections, own_return, step_url, steps_of
from stats.workflow import WORKFLOW
from torch_portal.certificates.pages import given
from torch_portal.common import clock
from torch_portal.common.findings import Refused
from torch_portal.filings.actions import note_access, report_infected
from torch_portal.filings.drafts import is_editable
from torch_portal.filings.enums import AccessKind
from torch_portal.filings.pages import status
from torch_portal.filings.pages.rows import file_row
from torch_portal.filings.transitions import Stale
from torch_portal.filings.uploads import BadUpload, Infected
from torch_portal.filings.wording import long_date


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The status page; a draft leads to its form."""
    report = own_return(request, pk)
    filing = report.filing
    if filing.state in (State.DRAFT, State.CHECKED):
        return redirect(step_url(report, _next_step(report)))
    note_access(filing=filing, kind=AccessKind.PAGE, by=request.user, at=clock.now())
    may_correct = is_editable(filing) and _may(request, report, "submit")
    context = {
        "report": report,
        "title": report.round.title,
        **status.status_page(
            request,
            filing,
            act=queries.act_label,
            tone=queries.tone,
            label=partial(queries.entry_label, report),
        ),
        "state_label": WORKFLOW.labels[filing.state],
        "sentence": queries.sentence(report, clock.today()),
        "facts": _facts(report),
        "tables": _tables(report),
        "checks": queries.check_table(report),
        "to_answer": open_corrections(report) if may_correct else [],
        "correct_url": _first_correction(report) if may_correct else "",
        "given": given(filing),
        "attachments": [
            file_row(filing, a, removable=False) for a in filing.attachments.live().order_by("pk")
        ],
        "can_withdraw": _may(request, report, "withdraw"),
        "can_ask_cancelling": _may(request, report, "request_cancellation"),
        "scan": _scan_box(request, report),
    }
    return render(request, "stats/detail.html", context)


def _next_step(report: Return) -> str:
    """The first table without a value, else the check of the whole."""
    done = queries.progress(report)
    empty = next((key for key, counts in done.items() if not counts["filled"]), "")
    return empty or steps_of(report)[-1].key


def _may(request: HttpRequest, report: Return, name: str) -> bool:
    move = WORKFLOW.moves[name]
    return report.filing.state in move.sources and may_move(request.user, report.filing, move)


def _facts(report: Return) -> list[tuple[str, Any]]:
    approval = report.round.version.approval
    return [
        (_("Year of the data"), report.round.year),
        (_("Responsible unit"), report.unit.name),
        (_("Approved survey"), f"{approval.name_zh} {approval.approval_no}"),
        (_("Digest of the values"), report.data_hash),
    ]


def _tables(report: Return) -> list[dict[str, Any]]:
    """What was handed in, table by table; blanks are left out."""
    instrument = queries.version_of(report.round)
    return [
        {
            "title": f"{table.code} {table.title_zh}",
            "rows": [
                (item.code, item.label_zh, queries.entry_text(report, item.code))
                for item in table.items
                if item.code in report.data
            ],
        }
        for table in instrument.tables
    ]


def _first_correction(report: Return) -> str:
    item = report.filing.corrections.filter(answered_at__isnull=True).order_by("pk").first()
    return (field_url(report, item.field) if item else "") or step_url(
        report, steps_of(report)[0].key
    )


def _scan_box(request: HttpRequest, report: Return) -> dict[str, Any] | None:
    """Printing to sign and uploading the scan; None for who does not file."""
    if report.filing.state not in FILED or not may_move(
        request.user, report.filing, WORKFLOW.moves["withdraw"]
    ):
        return None
    return {
        "print_url": reverse("stats:print", args=[report.pk]),
        "upload_url": reverse("stats:scan", args=[report.pk]),
        "due": long_date(report.scan_due_on),
        "there": report.scans.filter(revision=report.revision).exists(),
        "kind": AttachmentKind.SIGNED_SCAN.value,
    }


@require_POST
def print_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the file to sign made, and open it."""
    report = own_return(request, pk)
    try:
        made = actions.print_return(report=report, by=request.user, at=clock.now())
    except Refused as refused:
        _tell(request, refused)
        return redirect("stats:detail", pk)
    return redirect("stats:document", pk, made.pk)


@require_http_methods(["GET", "POST"])
def scan(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the signed scan."""
    report = own_return(request, pk)
    back = redirect(reverse("stats:detail", args=[pk]) + "#scan")
    upload = request.FILES.get("files")
    if request.method == "GET":
        return back
    if upload is None:
        messages.error(request, _("No file arrived. Choose it again."))
        return back
    try:
        actions.upload_scan(report=report, upload=upload, by=request.user, at=clock.now())
    except Infected as error:
        report_infected(filing=report.filing, infected=error, by=request.user, at=clock.now())
        messages.error(request, str(error))
    except BadUpload as error:
        messages.error(request, str(error))
    except Refused as refused:
        _tell(request, refused)
    else:
        messages.success(request, _("The signed scan is kept."))
    return back


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the return back."""
    report = own_return(request, pk)
    try:
        actions.withdraw(
            report=report, by=request.user, at=clock.now(), note=request.POST.get("note", "")[:500]
        )
        messages.success(request, _("The return is a draft again."))
    except Stale as stale:
        messages.error(request, str(stale))
    return redirect("stats:detail", pk)


@require_POST
def request_cancellation(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask that the return is void."""
    report = own_return(request, pk)
    note = request.POST.get("note", "")[:500]
    try:
        actions.request_cancellation(report=report, by=request.user, at=clock.now(), note=note)
        messages.success(request, _("The unit decides about the cancellation."))
    except Refused as refused:
        _tell(request, refused)
    except Stale as stale:
        messages.error(request, str(stale))
    return redirect("stats:detail", pk)


def _tell(request: HttpRequest, refused: Refused) -> None:
    for finding in refused.findings:
        messages.error(request, finding.text())
