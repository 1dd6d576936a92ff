"""Panels as the desk and their experts see them."""

import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from hitech_cert import rules
from hitech_cert.enums import SEATED, Exclusion, ExpertRole, PanelState, SeatState, State
from hitech_cert.models import Expert, Panel, PanelDraw, Seat, code_of
from torch_portal.accounts.roles import Person

TO_DO = (SeatState.INVITED, SeatState.ACCEPTED)


def leader_of(panel: Panel) -> Seat | None:
    """The seat that leads a panel; None while no technical expert sits on it."""
    seats = panel.seats.filter(leader=True, state__in=SEATED)
    return seats.select_related("expert__user", "panel").first()


def all_in(panel: Panel) -> bool:
    """Whether every expert who sits on the panel has submitted."""
    states = list(panel.seats.filter(state__in=SEATED).values_list("state", flat=True))
    return bool(states) and all(state == SeatState.SUBMITTED for state in states)


def composition_of(panel: Panel) -> rules.Composition:
    """Who sits on a panel now, for its rule (V18); the pool was looked at when it was drawn."""
    roles = list(panel.seats.filter(state__in=SEATED).values_list("role", "leader"))
    tech = sum(role == ExpertRole.TECHNICAL for role, _leads in roles)
    leader = next((role for role, leads in roles if leads), "")
    return rules.Composition(tech, len(roles) - tech, leader)


def waiting_seats() -> QuerySet[Seat]:
    """Seats of running panels whose expert has something to do."""
    return Seat.objects.filter(
        panel__state=PanelState.RUNNING, state__in=TO_DO, expert__active=True
    ).order_by("pk")


def with_progress(panels: Any) -> Any:
    """Panels with how many sit and how many submitted, and what the list shows; one query.

    Both are counted for the rows that are fetched, not for the whole table.
    """
    rows = panels.select_related("application__enterprise", "application__filing", "draw")
    return rows.annotate(
        seated=_count(state__in=SEATED), submitted=_count(state=SeatState.SUBMITTED)
    )


def _count(**states: Any) -> Coalesce:
    seats = Seat.objects.filter(panel=OuterRef("pk"), **states).order_by().values("panel")
    return Coalesce(Subquery(seats.annotate(n=Count("pk")).values("n")), 0)


def late(day: datetime.date) -> Q:
    """Panels that run past their day."""
    return Q(state=PanelState.RUNNING, due_on__lt=day)


def short() -> Q:
    """Panels on which a seat is empty: nobody was left in the drawn order."""
    left = Seat.objects.filter(panel=OuterRef("pk")).exclude(state__in=SEATED)
    return Q(Exists(left), state=PanelState.RUNNING)


def ready() -> Q:
    """Panels whose sheets are all in and whose leader has to sign."""
    open_ = Seat.objects.filter(panel=OuterRef("pk"), state__in=TO_DO)
    return Q(~Exists(open_), state=PanelState.RUNNING)


def seats_of(panel: Panel) -> list[Seat]:
    """Everybody who sat on a panel, those who sit now first, technical experts first."""
    rows = panel.seats.select_related("expert__user", "sheet", "left_by")
    return sorted(rows, key=lambda s: (s.state not in SEATED, s.role == "fin", s.lot))


def own_seats(user: Person) -> dict[str, list[Seat]]:
    """What an expert has to do, has done, and what is over; two queries at most."""
    rows = list(
        Seat.objects.of(user)
        .select_related("panel__application__enterprise", "panel__application__filing", "expert")
        .order_by("panel__due_on", "pk")
    )
    running = [seat for seat in rows if seat.panel.state == PanelState.RUNNING]
    return {
        "open": [s for s in running if s.state in TO_DO],
        "submitted": [s for s in running if s.state == SeatState.SUBMITTED],
        "over": [s for s in rows if s not in running or s.state not in SEATED],
    }


def draw_rows(draw: PanelDraw, most: int = 50) -> list[Panel]:
    """The first panels of a draw, for its page."""
    rows = with_progress(draw.panels).order_by("pk")
    return list(rows[:most])


def excluded_of(panel: Panel) -> list[tuple[str, str, str]]:
    """Who could not be drawn: code, name, reason; one query."""
    experts = Expert.objects.select_related("user").in_bulk([int(pk) for pk in panel.excluded])
    return [
        (code_of(pk), expert.user.get_full_name(), str(Exclusion(panel.excluded[str(pk)]).label))
        for pk, expert in sorted(experts.items())
    ]


def consistency() -> list[str]:
    """Panels that contradict where their application stands, or the score it keeps."""
    running = Q(state=PanelState.RUNNING) & ~Q(application__filing__state=State.IN_REVIEW)
    found = [
        f"panel {pk}: runs, yet its application is not in review"
        for pk in Panel.objects.filter(running).values_list("pk", flat=True)[:100]
    ]
    closed = Panel.objects.filter(state=PanelState.CLOSED, application__score_top__isnull=True)
    return found + [
        f"panel {pk}: closed, yet its application has no score"
        for pk in closed.values_list("pk", flat=True)[:100]
    ]
