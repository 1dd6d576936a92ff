"""The leader's page: all sheets side by side, exact averages, the panel's opinion."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from hitech_cert import queries, rules
from hitech_cert.actions import sheets as acts
from hitech_cert.enums import ExpertRole, ScoreItem, SeatState
from hitech_cert.forms.experts import LeaderForm
from hitech_cert.forms.experts.leading import STATED
from hitech_cert.forms.experts.sheets import FIGURES, GROWTHS, QUESTIONS
from hitech_cert.models import Application, Expert, Panel, Seat
from hitech_cert.queries.sheets import decimal, scores_of, submitted
from hitech_cert.rules.experts import outliers
from hitech_cert.rules.leading import FIGURES as ENTERED
from hitech_cert.rules.sheets import FIN_QUESTIONS, GROWTH_ITEMS, TECH_ITEMS, TECH_QUESTIONS
from hitech_cert.views.experts.frame import application_of, experts_only, note, own_seat
from torch_portal.accounts.roles import Denied
from torch_portal.common import clock
from torch_portal.common.findings import Refused
from torch_portal.common.ratios import percent
from torch_portal.filings.drafts import Conflict
from torch_portal.filings.transitions import Stale

RATIOS = {
    "staff_ratio": gettext_lazy("Share of S&T staff"),
    "rd_ratio": gettext_lazy("R&D of sales"),
    "domestic_share": gettext_lazy("R&D in the mainland"),
    "income_share": gettext_lazy("High-tech income of total income"),
}


def _led(request: HttpRequest, pk: int) -> tuple[Seat, Application]:
    """The seat of a leader whose panel has all its sheets; 403 while one is missing."""
    seat = own_seat(request, pk, SeatState.SUBMITTED)
    try:
        acts.check_leads(seat.panel, request.user)
    except Denied as error:
        raise PermissionDenied(str(error)) from error
    return seat, application_of(seat)


@require_http_methods(["GET", "POST"])
@experts_only
def leader(request: HttpRequest, pk: int, *, expert: Expert) -> HttpResponse:
    """The leader's sheet; POST saves it, and closes the review where that button was pressed."""
    seat, application = _led(request, pk)
    note(request, application)
    if request.method == "GET":
        return _page(request, seat, application, _form(seat.panel, application))
    form = _form(seat.panel, application, request.POST)
    readable = form.is_valid()
    try:
        _keep(request, seat.panel, form)
        if request.POST.get("go") == "close" and readable:
            acts.close_review(panel=seat.panel, sheet=form.sheet(), by=request.user, at=clock.now())
            messages.success(request, _("The review is closed. Thank you."))
            return redirect("hitech_cert:expert_reviews")
    except Conflict as conflict:
        form.add_error(None, str(conflict))
    except Refused as refused:
        form.place(refused.findings)
    except Stale as stale:
        messages.error(request, str(stale))
        return redirect("hitech_cert:expert_reviews")
    seat.panel.refresh_from_db()
    if not form.errors:
        messages.success(request, _("Saved."))
        return redirect("hitech_cert:expert_leader", pk)
    return _page(request, seat, application, form)


def _keep(request: HttpRequest, panel: Panel, form: LeaderForm) -> None:
    acts.save_leader(
        panel=panel,
        typed=form.typed(),
        by=request.user,
        at=clock.now(),
        seen=form.cleaned_data.get("seen"),
    )


def _form(panel: Panel, application: Application, data: Any = None) -> LeaderForm:
    case = queries.case_of(application)
    exact = rules.averages(*scores_of(submitted(panel)), case.edition)
    if exact is None:
        raise PermissionDenied(_("A sheet of both kinds of experts is needed."))
    initial = {**panel.typed, "seen": panel.saved_version}
    return LeaderForm(data, initial=initial, exact=exact, case=case)


@require_POST
@experts_only
def leader_autosave(request: HttpRequest, pk: int, *, expert: Expert) -> HttpResponse:
    """Save while typing."""
    seat, application = _led(request, pk)
    form = _form(seat.panel, application, request.POST)
    form.is_valid()
    try:
        _keep(request, seat.panel, form)
    except (Conflict, Stale) as error:
        return render(request, "filings/_saved.html", {"saved_text": str(error)})
    seat.panel.refresh_from_db()
    context = {"saved_text": _("Saved"), "saved_version": seat.panel.saved_version}
    return render(request, "filings/autosaved.html", context)


def _page(
    request: HttpRequest, seat: Seat, application: Application, form: LeaderForm
) -> HttpResponse:
    seats = submitted(seat.panel)
    form_version = seat.panel.saved_version
    context = {
        "seat": seat,
        "application": application,
        "form": form,
        "sides": [_side(seats, role) for role in (ExpertRole.TECHNICAL, ExpertRole.FINANCE)],
        "averages": form.averages(),
        "figures": form.figures(),
        "ratios": _ratios(form),
        "stated_prefix": STATED,
        "saved_text": "",
        "saved_version": form_version,
        "autosave_url": reverse("hitech_cert:expert_leader_autosave", args=[seat.pk]),
    }
    if form.is_bound:
        form.data = {**request.POST.dict(), "seen": str(form_version)}
    status = 422 if form.errors else 200
    return render(request, "hitech_cert/experts/leader.html", context, status=status)


def _ratios(form: LeaderForm) -> list[dict[str, Any]]:
    """The four ratios on the figures as entered, against their limits."""
    if form.is_bound:
        sheet = form.sheet()
    else:
        sheet = rules.LeaderSheet(figures={n: decimal(form.initial.get(n)) for n in ENTERED})
    return [
        {
            "label": RATIOS[m.name],
            "value": percent(m.value),
            "limit": percent(m.limit),
            "holds": m.holds,
            "clause": m.clause,
        }
        for m in rules.ratios(sheet, form.case)
    ]


def _side(seats: list[Seat], role: str) -> dict[str, Any]:
    """The sheets of one kind of experts side by side; experts by number, not by name."""
    sheets = [seat.sheet for seat in seats if seat.role == role]
    far = set(outliers([sheet.total for sheet in sheets]))
    technical = role == ExpertRole.TECHNICAL
    items = TECH_ITEMS if technical else GROWTH_ITEMS
    questions = TECH_QUESTIONS if technical else FIN_QUESTIONS
    names = {**GROWTHS, **{str(i): i.label for i in ScoreItem}}
    answers = {True: _("yes"), False: _("no"), None: "—"}
    rows = [(names[str(n)], [s.entries["points"].get(str(n)) for s in sheets]) for n in items]
    rows.append((_("Total"), [s.total for s in sheets]))
    found = [
        (QUESTIONS[role, n], [answers[s.entries["answers"].get(n)] for s in sheets])
        for n in questions
    ]
    figures = [n for n in FIGURES if any(s.entries["figures"].get(n) for s in sheets)]
    found += [(FIGURES[n], [s.entries["figures"].get(n) or "—" for s in sheets]) for n in figures]
    if technical:
        found += [
            (label, ["、".join(s.entries[name]) or "—" for s in sheets])
            for name, label in (
                ("struck_projects", _("R&D activities struck out")),
                ("struck_products", _("Products struck out")),
            )
        ]
    return {
        "title": ExpertRole(role).label,
        "heads": [{"number": place + 1, "far": place in far} for place in range(len(sheets))],
        "points": rows,
        "found": found,
        "remarks": [
            {
                "number": place + 1,
                "comment": sheet.entries["comment"],
                "findings": sheet.findings,
                "reasons": list(sheet.reasons.values()),
            }
            for place, sheet in enumerate(sheets)
        ],
    }
