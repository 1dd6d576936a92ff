"""Questions to the responsible unit: the list, asking, the thread."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stats.actions import guidance as actions
from stats.enums import QuestionState
from stats.forms.guidance import AskForm, ReplyForm
from stats.models import Question
from stats.queries import guidance as queries
from stats.views.guidance.frame import hours_rows, version_asked
from torch_portal.accounts.roles import standing
from torch_portal.common import clock
from torch_portal.common.findings import Refused
from torch_portal.filings.enums import Side
from torch_portal.filings.pages.draft import own_enterprises

PER_PAGE = 20
TONES = {
    QuestionState.WAITING: "waiting",
    QuestionState.OVERDUE: "needs-you",
    QuestionState.ANSWERED: "done",
    QuestionState.SETTLED: "plain",
}


def _shown(question: Question) -> dict[str, Any]:
    state = question.state_on(clock.today())
    return {"row": question, "state": state.label, "tone": TONES[state]}


@require_GET
def questions(request: HttpRequest) -> HttpResponse:
    """The questions of the person's enterprises, the newest first."""
    page = Paginator(queries.questions(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "questions": [_shown(row) for row in page],
        "hours": hours_rows(request),
        "may_ask": bool(standing(request.user).filer_of),
    }
    return render(request, "stats/guidance/questions.html", context)


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask the responsible unit; FAQ on the same item stand beside."""
    version = version_asked(request)
    own = list(own_enterprises(request))
    code = request.GET.get("code", "")[:40]
    form = AskForm(request.POST or None, own=own, initial={"item_code": code})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = actions.ask(
                enterprise=said["enterprise"],
                about=actions.About(version, said["item_code"]),
                title=said["title"],
                text=said["text"],
                by=request.user,
                at=clock.now(),
            )
        except Refused as refused:
            form.place(refused.findings)
        else:
            messages.success(request, _("Your question is with the responsible unit."))
            return redirect("stats:question", made.pk)
    context = {
        "form": form,
        "own": own,
        "version": version,
        "entries": list(queries.faq(code=code)[:5]) if code else [],
        "code": code,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "stats/guidance/ask.html", context, status=status)


def _own(request: HttpRequest, pk: int) -> Question:
    found: Question = get_object_or_404(queries.questions(request.user), pk=pk)
    return found


@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """A question with everything that was said; POST adds a word."""
    row = _own(request, pk)
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.reply(
                question=row, text=form.cleaned_data["text"], by=request.user, at=clock.now()
            )
        except Refused as refused:
            form.place(refused.findings)
        else:
            messages.success(request, _("Sent."))
            return redirect("stats:question", pk)
    mine = row.enterprise_id in standing(request.user).filer_of
    context = {
        **_shown(row),
        "question": row,
        "thread": [_message(row, message) for message in row.messages.order_by("pk")],
        "form": form,
        "may_write": mine,
        "may_settle": mine and row.awaits == Side.ENTERPRISE,
        "item": queries.item_of(row.version, row.item_code) if row.item_code else None,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "stats/guidance/question.html", context, status=status)


def _message(row: Question, message: Any) -> dict[str, Any]:
    """The unit speaks under its own name, the enterprise under the sender's."""
    unit = row.unit.name if row.unit else str(row.jurisdiction.name)
    own = message.side == Side.ENTERPRISE
    return {
        "side": message.side,
        "who": message.sent_by_name if own else unit,
        "when": message.sent_at,
        "text": message.text,
    }


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """The question has its answer."""
    try:
        actions.settle(question=_own(request, pk), by=request.user, at=clock.now())
    except Refused as refused:
        for finding in refused.findings:
            messages.error(request, finding.text())
    else:
        messages.success(request, _("Settled. You can still write if something is open."))
    return redirect("stats:question", pk)
