"""The public lists: what is open for objections, what was announced, and how to object."""

import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from torch_portal.common import clock
from torch_portal.common.findings import Refused
from torch_portal.common.limits import caller, limited, seconds_to_wait, too_many
from torch_portal.publicity import actions, queries, sheets
from torch_portal.publicity.enums import BatchState, ObjectionState
from torch_portal.publicity.forms import ObjectionForm, ReceiptForm
from torch_portal.publicity.models import Batch, Entry, Objection

PER_PAGE = 50
LISTS_PER_PAGE = 20
TONES = {
    ObjectionState.RECEIVED: "office",
    ObjectionState.UPHELD: "done",
    ObjectionState.REJECTED: "plain",
    ObjectionState.NOT_ACCEPTED: "plain",
}


@login_not_required
@require_safe
@limited("publicity")
def index(request: HttpRequest) -> HttpResponse:
    """Every public list, those open for objections first; or what a search finds in them."""
    day = clock.today()
    words = request.GET.get("q", "").strip()
    closed = Paginator(queries.closed_lists(day), LISTS_PER_PAGE)
    context = {
        "words": words,
        "hits": queries.hits(words, day) if words else [],
        "open": [_shown(b, day) for b in queries.open_lists(day)],
        "page": closed.get_page(request.GET.get("page")),
    }
    context["closed"] = [_shown(b, day) for b in context["page"]]
    return render(request, "publicity/index.html", context)


@login_not_required
@require_safe
@limited("publicity")
def detail(request: HttpRequest, batch_pk: int) -> HttpResponse:
    """One list with its entries, how long objections are taken, and where."""
    day = clock.today()
    batch = _public_list(batch_pk, day)
    words = request.GET.get("q", "").strip()
    page = Paginator(queries.public_entries(batch, words), PER_PAGE)
    context = {
        **_shown(batch, day),
        "words": words,
        "page": page.get_page(request.GET.get("page")),
        "takes": batch.is_open(clock.now()),
    }
    return render(request, "publicity/detail.html", context)


@login_not_required
@require_safe
@limited("download")
def download(request: HttpRequest, batch_pk: int, suffix: str) -> HttpResponse:
    """The public columns of a list as XLSX or CSV."""
    batch = _public_list(batch_pk, clock.today())
    if suffix not in sheets.KINDS:
        raise Http404
    content_type, write = sheets.KINDS[suffix]
    answer = HttpResponse(write(batch), content_type=content_type)
    name = f"publicity-{batch.line}-{batch.jurisdiction_id}-{batch.year}-{batch.number}.{suffix}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@login_not_required
@require_http_methods(["GET", "POST"])
@limited("publicity")
def object_(request: HttpRequest, batch_pk: int) -> HttpResponse:
    """Choose the enterprise (or the list as a whole), then say what is wrong and prove it."""
    if request.method == "POST" and (wait := seconds_to_wait("objection", caller(request))):
        return too_many(request, wait)
    batch = _public_list(batch_pk, clock.today())
    asked = request.POST if request.method == "POST" else request.GET
    whole = asked.get("whole") == "1"
    entry = None if whole else _entry(batch, asked.get("entry", ""))
    if not batch.is_open(clock.now()) or (entry is None and not whole):
        return _choose(request, batch)
    form = ObjectionForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        made = _made(request, batch, entry, form)
        if made is not None:
            return redirect(_receipt_url(made))
    context = {"batch": batch, "entry": entry, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "publicity/object.html", context, status=status)


def _made(
    request: HttpRequest, batch: Batch, entry: Entry | None, form: ObjectionForm
) -> Objection | None:
    """The objection, unless something is missing; the form then says what."""
    try:
        return actions.object_(
            batch=batch,
            entry=entry,
            said=form.said(),
            letter=request.FILES.getlist("letter"),
            evidence=request.FILES.getlist("evidence"),
            at=clock.now(),
        )
    except Refused as refused:
        form.take(refused.findings)
        return None


def _choose(request: HttpRequest, batch: Batch) -> HttpResponse:
    """The page before the form: which enterprise is meant."""
    words = request.GET.get("q", "").strip()
    found = queries.public_entries(batch, words)[: queries.HITS] if words else []
    context = _shown(batch, clock.today()) | {"words": words, "found": list(found)}
    context["takes"] = batch.is_open(clock.now())
    return render(request, "publicity/choose.html", context)


def _receipt_url(made: Objection) -> str:
    asked = urlencode({"reference": made.reference, "code": made.code})
    return f"{reverse('publicity:outcome')}?{asked}"


@login_not_required
@require_safe
@limited("verify")
def outcome(request: HttpRequest) -> HttpResponse:
    """How an objection stands, for whoever has its reference and code; also its receipt."""
    asked = request.GET if "reference" in request.GET or "code" in request.GET else None
    form = ReceiptForm(asked)
    found = None
    if form.is_valid():
        found = queries.by_receipt(**form.cleaned_data)
        if found is None:
            form.add_error(None, _("No objection has this number and code. Compare both."))
    tone = TONES[ObjectionState(found.state)] if found else ""
    return render(
        request, "publicity/outcome.html", {"form": form, "objection": found, "tone": tone}
    )


def _public_list(pk: int, day: datetime.date) -> Batch:
    rows = Batch.objects.public(day).select_related("jurisdiction")
    return get_object_or_404(rows, pk=pk)


def _entry(batch: Batch, typed: str) -> Entry | None:
    if not (typed.isdecimal() and len(typed) < 16):
        return None
    return queries.public_entries(batch).filter(pk=int(typed)).first()


def _shown(batch: Batch, day: datetime.date) -> dict[str, Any]:
    """A list with where it stands, in words."""
    label, tone = _standing(batch, day)
    return {"batch": batch, "label": label, "tone": tone, "left": _left(batch, day)}


def _standing(batch: Batch, day: datetime.date) -> tuple[str, str]:
    if batch.state == BatchState.ANNOUNCED:
        return _("Announced"), "done"
    if batch.ends_on is not None and day > batch.ends_on:
        return _("Period over, to be announced"), "office"
    return _("Open for objections"), "waiting"


def _left(batch: Batch, day: datetime.date) -> str:
    """How many days are left to object, today included; "" when none."""
    days = (batch.ends_on - day).days + 1 if batch.ends_on else 0
    if batch.state != BatchState.OPEN or days < 1:
        return ""
    if days == 1:
        return _("today is the last day")
    return ngettext("%(n)d day left", "%(n)d days left", days) % {"n": days}
