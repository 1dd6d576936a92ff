"""The counter: originals received one after another with a scanner, then taken in one press."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from torch_portal.accounts import roles
from torch_portal.common import clock
from torch_portal.papers import counter, queries
from torch_portal.papers.admin.scope import REFUSALS, reason
from torch_portal.papers.models import Paper
from torch_portal.papers.workflow import MOVES

PAGE = "admin/papers/paper/counter.html"
ROWS = "admin/papers/paper/_counter_rows.html"


@dataclass(frozen=True)
class Result:
    """What became of one paper."""

    paper: Paper
    done: bool
    words: str


def counter_page(
    request: HttpRequest, desk: Any, acts: dict[str, Callable[..., None]]
) -> HttpResponse:
    """Look texts up, or make one move for all papers that allow it; a line for each.

    A script sends one text at a time and gets its row alone (`row`); without it the list comes
    back as a whole page. Nothing is kept on the server until a move is made.
    """
    if not roles.is_reviewer(request.user):
        raise PermissionDenied
    texts = [t[:200] for t in request.POST.getlist("text") if t.strip()]
    scanned = counter.split(request.POST.get("scanned", ""))
    if "row" in request.POST:
        found = counter.lines(scanned[:1], request.user)
        return TemplateResponse(request, ROWS, {"lines": found})
    lines = counter.lines([*texts, *scanned], request.user)
    move = request.POST.get("move", "")
    results: list[Result] = []
    error = ""
    if request.method == "POST" and move in acts:
        results, error = _make(request, lines, move, acts[move])
        lines = lines if error else []
    context = {
        **desk.admin_site.each_context(request),
        "opts": desk.opts,
        "title": _("Receive paper originals"),
        "lines": lines,
        "results": results,
        "done": sum(r.done for r in results),
        "move": MOVES.get(move),
        "moves": list(MOVES.values()),
        "note": request.POST.get("note", ""),
        "error": error,
        "most": counter.MOST,
        "list_url": reverse("admin:papers_paper_changelist"),
    }
    return TemplateResponse(request, PAGE, context, status=422 if error else 200)


def _make(
    request: HttpRequest, lines: list[counter.Line], name: str, act: Callable[..., None]
) -> tuple[list[Result], str]:
    note = request.POST.get("note", "").strip()
    if MOVES[name].note and not note:
        return [], _("Please say why; the enterprise will read it.")
    papers = [line.paper for line in lines if line.paper is not None]
    if not papers:
        return [], _("Nothing is in the list. Scan or type a number first.")
    return [_one(request, paper, name, act, note) for paper in papers], ""


def _one(
    request: HttpRequest, paper: Paper, name: str, act: Callable[..., None], note: str
) -> Result:
    """One paper, one transaction; a refusal leaves the others alone."""
    try:
        act(paper=paper, by=request.user, at=clock.now(), note=note)
    except (*REFUSALS, ValidationError) as error:
        return Result(paper, done=False, words=reason(error))
    return Result(paper, done=True, words=str(MOVES[name].label))


def summary_page(request: HttpRequest, desk: Any) -> HttpResponse:
    """How the ledger stands: by agency, and the enterprises that owe most."""
    if not desk.has_view_permission(request):
        raise PermissionDenied
    rows = Paper.objects.visible_to(request.user)
    context = {
        **desk.admin_site.each_context(request),
        "opts": desk.opts,
        "title": _("The ledger by agency and enterprise"),
        "agencies": queries.by_agency(rows),
        "enterprises": queries.owing(rows),
        "list_url": reverse("admin:papers_paper_changelist"),
    }
    return TemplateResponse(request, "admin/papers/paper/summary.html", context)
