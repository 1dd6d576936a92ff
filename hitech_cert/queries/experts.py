"""The pool of experts as a draw takes it, and the experts of the desk."""

import datetime
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.utils import timezone

from hitech_cert import editions, rules
from hitech_cert.enums import SEATED, PanelState, SeatState, TieKind
from hitech_cert.models import Application, Expert, ExpertQuerySet, Seat, Tie, code_of
from hitech_cert.rules.experts import outliers
from torch_portal.accounts.models import Membership
from torch_portal.accounts.roles import Person
from torch_portal.common.ratios import rounded

# Wait for the expert: to answer the invitation, or to submit the sheet.
OPEN_SEATS = Q(
    seats__state__in=[s.value for s in SEATED if s != "submitted"],
    seats__panel__state=PanelState.RUNNING,
)


def expert_of(user: Person) -> Expert | None:
    """The expert that this person is; None for everybody else and for who left the pool."""
    pk = getattr(user, "pk", None)
    return Expert.objects.filter(user_id=pk, active=True).first() if pk else None


def pool(jurisdiction: str) -> list[rules.Candidate]:
    """Everybody who can be drawn for this body, with all that may stand against it; 3 queries."""
    rows = Expert.objects.filter(jurisdiction=jurisdiction, active=True)
    rows = rows.filter(user__is_active=True).order_by("pk")
    live = Prefetch("ties", Tie.objects.filter(ended_on__isnull=True))
    experts = list(rows.prefetch_related(live))
    firms: dict[int, set[str]] = {}
    members = Membership.objects.filter(user__in=[e.user_id for e in experts])
    for user, *names in members.values_list("user", "enterprise__credit_code", "enterprise__name"):
        firms.setdefault(user, set()).update(names)
    return [_candidate(expert, firms.get(expert.user_id, set())) for expert in experts]


def _candidate(expert: Expert, firms: set[str]) -> rules.Candidate:
    worked: dict[str, datetime.date] = {}
    interests: set[str] = set()
    for tie in expert.ties.all():
        names = named(tie.enterprise_name, tie.credit_code)
        if tie.kind == TieKind.COOPERATION and tie.worked_on:
            for name in names:
                worked[name] = max(worked.get(name, tie.worked_on), tie.worked_on)
        else:
            interests |= names
    return rules.Candidate(
        code=expert.code,
        role=expert.role,
        fields=frozenset(expert.fields),
        ties=named(expert.employer, expert.employer_code) | {plain(name) for name in firms},
        interests=frozenset(interests),
        worked=worked,
    )


def plain(name: str) -> str:
    """A name for comparison: without blanks, in capitals, brackets of one kind."""
    return "".join(name.split()).upper().replace("（", "(").replace("）", ")")


def named(name: str, code: str) -> frozenset[str]:
    """What an enterprise is recognised by: its name, and its code where it is known."""
    return frozenset(plain(word) for word in (name, code) if word.strip())


def subject_of(
    application: Application, at: datetime.datetime, apart: Iterable[int] = ()
) -> rules.Subject:
    """The application as a draw takes it; apart: experts who sat on a dissolved panel of it."""
    firm = application.enterprise
    return rules.Subject(
        number=application.filing.number or "",
        enterprise=named(firm.name, firm.credit_code),
        core_field=application.core_field_code,
        day=timezone.localdate(at),
        years=settings.HITECH_COOPERATION_YEARS,
        apart=frozenset(code_of(pk) for pk in apart),
    )


def roster(user: Person) -> ExpertQuerySet:
    """The experts whom this person keeps, with what waits for each; two tables joined."""
    rows = Expert.objects.visible_to(user).select_related("user", "jurisdiction")
    return rows.annotate(waiting=Count("seats", filter=OPEN_SEATS))


def late(day: datetime.date) -> Q:
    """Experts who have something to do on a panel that is past its day."""
    open_ = (SeatState.INVITED, SeatState.ACCEPTED)
    seats = Seat.objects.filter(
        expert=OuterRef("pk"),
        state__in=open_,
        panel__state=PanelState.RUNNING,
        panel__due_on__lt=day,
    )
    return Q(Exists(seats), active=True)


def apart_of(applications: Iterable[int]) -> dict[int, list[int]]:
    """Experts who scored or left a dissolved panel, by application; one query."""
    found: dict[int, list[int]] = {}
    seats = Seat.objects.filter(
        panel__application__in=list(applications),
        panel__state=PanelState.DISSOLVED,
        state__in=(SeatState.SUBMITTED, SeatState.DECLINED, SeatState.REPLACED),
    )
    for application, expert in seats.values_list("panel__application", "expert"):
        found.setdefault(application, []).append(expert)
    return found


def ties_of(expert: Expert) -> list[Tie]:
    """What the expert declared and did not take back, newest first."""
    return list(expert.ties.filter(ended_on__isnull=True).order_by("-declared_at", "-pk"))


def titles_of(expert: Expert) -> str:
    """The fields of an expert by their names, one a line."""
    known = (editions.FIELDS.get(code) for code in expert.fields)
    return "\n".join(f"{f.code} {' › '.join(f.path)}" for f in known if f is not None)


def sheets_beside(expert: Expert, most: int = 20) -> list[dict[str, Any]]:
    """The newest sheets of closed panels beside the mean of the other experts of the same kind.

    far: as far from the middle as the rules point out. Two queries.
    """
    seats = expert.seats.filter(state=SeatState.SUBMITTED, panel__state=PanelState.CLOSED)
    mine = list(
        seats.select_related("sheet", "panel__application__enterprise").order_by("-pk")[:most]
    )
    same = Seat.objects.filter(
        panel__in=[s.panel_id for s in mine], role=expert.role, state=SeatState.SUBMITTED
    )
    totals: dict[int, list[tuple[int, int]]] = {}
    for panel, pk, total in same.order_by("lot").values_list("panel", "pk", "sheet__total"):
        totals.setdefault(panel, []).append((pk, total or 0))
    return [_beside(seat, totals[seat.panel_id]) for seat in mine]


def _beside(seat: Seat, totals: list[tuple[int, int]]) -> dict[str, Any]:
    place = [pk for pk, _total in totals].index(seat.pk)
    others = [total for pk, total in totals if pk != seat.pk]
    mean = Fraction(sum(others), len(others)) if others else None
    return {
        "panel": seat.panel_id,
        "name": seat.panel.application.enterprise.name,
        "total": seat.sheet.total,
        "others": "—" if mean is None else f"{rounded(mean)}",
        "far": place in outliers([total for _pk, total in totals]),
    }
