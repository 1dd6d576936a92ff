"""What every page of an expert stands on: being one, the own seat, the second factor."""

import functools
from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from hitech_cert import queries
from hitech_cert.enums import SeatState
from hitech_cert.models import Application, Seat
from hitech_cert.queries.experts import expert_of
from torch_portal.accounts.factors import factor_shown
from torch_portal.common import clock
from torch_portal.filings.actions import note_access
from torch_portal.filings.enums import AccessKind

View = Callable[..., HttpResponse]
# The application is open to who accepted; before that an expert sees only whose it is.
READING = (SeatState.ACCEPTED, SeatState.SUBMITTED)


def experts_only(view: View) -> View:
    """For experts; nobody else finds anything here. They show a second factor as reviewers do."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        expert = expert_of(request.user)
        if expert is None:
            raise Http404
        return _without_factor(request) or view(request, *args, expert=expert, **named)

    return guarded


def _without_factor(request: HttpRequest) -> HttpResponse | None:
    """GB/T 22239-2019 8.1.4.1 d: the way to the second factor for who did not show one."""
    if settings.SECOND_FACTOR == "optional" or factor_shown(request):
        return None
    if not Authenticator.objects.filter(user=request.user).exists():
        return redirect("mfa_activate_totp")
    logout(request)
    messages.info(request, _("Sign in again with your second factor."))
    return redirect("accounts:login")


def own_seat(request: HttpRequest, pk: int, *states: str) -> Seat:
    """The seat of this expert on a running panel, in one of these states; 404 otherwise."""
    seats = Seat.objects.open_to(request.user).filter(state__in=states or READING)
    return get_object_or_404(
        seats.select_related(
            "expert__user",
            "panel__draw",
            "panel__application__filing__enterprise",
            "panel__application__enterprise",
        ),
        pk=pk,
    )


def application_of(seat: Seat) -> Application:
    """The application of a seat with the rows of all its tables."""
    rows = queries.with_tables(Application.objects.select_related("filing", "enterprise"))
    found: Application = rows.get(pk=seat.panel.application_id)
    return found


def note(request: HttpRequest, application: Application) -> None:
    """Whoever looks at an application through a seat stands in the access log."""
    note_access(filing=application.filing, kind=AccessKind.PAGE, by=request.user, at=clock.now())
