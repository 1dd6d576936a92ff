"""What waits for an expert; the answer to an invitation; ties to enterprises."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hitech_cert import editions
from hitech_cert.actions import experts as acts
from hitech_cert.actions import seats as answers
from hitech_cert.enums import SEATED, SeatState
from hitech_cert.forms.experts import AcceptForm, DeclineForm, TieForm
from hitech_cert.models import Expert, Seat, Tie
from hitech_cert.queries import panels as reads
from hitech_cert.queries.experts import ties_of
from hitech_cert.views.experts.frame import experts_only, own_seat
from torch_portal.common import clock
from torch_portal.common.findings import Refused
from torch_portal.filings.transitions import Stale

TONES = {
    SeatState.INVITED: "needs-you",
    SeatState.ACCEPTED: "needs-you",
    SeatState.SUBMITTED: "done",
}


@require_GET
@experts_only
def reviews(request: HttpRequest, *, expert: Expert) -> HttpResponse:
    """What waits, what is submitted, what is over."""
    day, found = clock.today(), reads.own_seats(request.user)
    leads = {seat.pk for seat in found["submitted"] if seat.leader and reads.all_in(seat.panel)}
    groups = [
        (_("Waits for you"), [s for s in found["submitted"] if s.pk in leads] + found["open"]),
        (_("Submitted"), [s for s in found["submitted"] if s.pk not in leads]),
        (_("Over"), found["over"][:50]),
    ]
    context = {
        "expert": expert,
        "groups": [
            (title, [_row(s, day, s.pk in leads) for s in seats]) for title, seats in groups
        ],
        "waiting": len(groups[0][1]),
    }
    return render(request, "hitech_cert/experts/reviews.html", context)


def _row(seat: Seat, day: Any, leads: bool) -> dict[str, Any]:
    application, running = seat.panel.application, seat.panel.state == "running"
    here = running and seat.state in SEATED
    field = editions.FIELDS.get(application.core_field_code)
    return {
        "pk": seat.pk,
        "open": here,
        "leads": leads,
        "name": application.enterprise.name,
        "field": " › ".join(field.path) if field else "",
        "role": seat.get_role_display(),
        "leader": seat.leader,
        "state": _("Leader's sheet") if leads else seat.get_state_display(),
        "tone": "needs-you" if leads else TONES.get(SeatState(seat.state), "plain"),
        "due": seat.panel.due_on,
        "late": here and seat.state != SeatState.SUBMITTED and seat.panel.due_on < day,
    }


@require_http_methods(["GET", "POST"])
@experts_only
def invitation(request: HttpRequest, pk: int, *, expert: Expert) -> HttpResponse:
    """Whose application it is, and the two answers; POST accepts."""
    seat = own_seat(request, pk, *SEATED)
    if seat.state != SeatState.INVITED:
        return redirect("hitech_cert:expert_review", pk)
    form = AcceptForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            answers.accept_seat(seat=seat, by=request.user, at=clock.now(), **form.cleaned_data)
        except Refused as refused:
            form.place(refused.findings)
        except Stale as stale:
            messages.error(request, str(stale))
            return redirect("hitech_cert:expert_reviews")
        else:
            messages.success(request, _("Accepted: the application is open to you."))
            return redirect("hitech_cert:expert_review", pk)
    return _invitation(request, seat, form, DeclineForm())


@require_POST
@experts_only
def decline(request: HttpRequest, pk: int, *, expert: Expert) -> HttpResponse:
    """Leave the seat with a reason; somebody else takes it."""
    seat = own_seat(request, pk, SeatState.INVITED, SeatState.ACCEPTED)
    form = DeclineForm(request.POST)
    if form.is_valid():
        try:
            answers.decline_seat(seat=seat, by=request.user, at=clock.now(), **form.cleaned_data)
        except Refused as refused:
            form.place(refused.findings)
        except Stale as stale:
            messages.error(request, str(stale))
            return redirect("hitech_cert:expert_reviews")
        else:
            messages.success(request, _("You do not review this application. Thank you."))
            return redirect("hitech_cert:expert_reviews")
    return _invitation(request, seat, AcceptForm(), form)


def _invitation(
    request: HttpRequest, seat: Seat, form: AcceptForm, declining: DeclineForm
) -> HttpResponse:
    application = seat.panel.application
    field = editions.FIELDS.get(application.core_field_code)
    context = {
        "seat": seat,
        "application": application,
        "field": " › ".join(field.path) if field else "",
        "commitment": editions.commitment(timezone.localdate(clock.now())),
        "form": form,
        "declining": declining,
        "asks": seat.state == SeatState.INVITED,
    }
    status = 422 if form.errors or declining.errors else 200
    return render(request, "hitech_cert/experts/invitation.html", context, status=status)


@require_http_methods(["GET", "POST"])
@experts_only
def ties(request: HttpRequest, *, expert: Expert) -> HttpResponse:
    """Enterprises that the expert does not review: those declared, and one more."""
    form = TieForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            acts.declare_tie(expert=expert, tie=form.tie(), by=request.user, at=clock.now())
        except Refused as refused:
            form.place(refused.findings)
        else:
            messages.success(request, _("Declared: you are not drawn for this enterprise."))
            return redirect("hitech_cert:expert_ties")
    context = {"form": form, "expert": expert, "rows": ties_of(expert)}
    status = 422 if form.errors else 200
    return render(request, "hitech_cert/experts/ties.html", context, status=status)


@require_POST
@experts_only
def end_tie(request: HttpRequest, tie_pk: int, *, expert: Expert) -> HttpResponse:
    """Take a declaration of one's own back."""
    tie = get_object_or_404(Tie.objects.filter(expert=expert), pk=tie_pk)
    acts.end_tie(tie=tie, by=request.user, at=clock.now())
    return redirect("hitech_cert:expert_ties")
