"""The tabs that every desk has, and their order."""

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest

from torch_portal.accounts.roles import standing
from torch_portal.common import clock
from torch_portal.filings.enums import Side, Stage
from torch_portal.filings.models import CorrectionItem, stands_in_for

OPEN = Q(filing__stage__in=[Stage.SUBMITTED, Stage.IN_REVIEW])
DUE_FIRST = ("filing__due_on", "filing_id")
NEWEST_FIRST = ("-filing__submitted_at", "-filing_id")
DECIDED_FIRST = ("-filing__decided_at", "-filing_id")


def in_state(state: str) -> Any:
    """Filings in one state."""
    return lambda _request: Q(filing__state=state)


def in_hand(request: HttpRequest) -> Q:
    """Open, and in the person's own hands or of somebody whose substitute they are today."""
    people = [request.user.pk, *stands_in_for(request.user.pk, clock.today())]
    return OPEN & Q(filing__assigned_to__in=people)


def open_work(request: HttpRequest) -> Q:
    """Open, and not of an enterprise the person belongs to."""
    return OPEN & ~Q(filing__enterprise_id__in=standing(request.user).member_of)


def overdue(_request: HttpRequest) -> Q:
    """Open, and past the day by which it had to be decided."""
    return OPEN & Q(filing__due_on__lt=clock.today())


def corrected(_request: HttpRequest) -> Q:
    """Open, and back from a correction."""
    return OPEN & Q(Exists(CorrectionItem.objects.filter(filing=OuterRef("pk"))))


def asked(_request: HttpRequest) -> Q:
    """The enterprise waits for an answer on the thread."""
    return Q(filing__thread__awaits=Side.AGENCY)


def decided(_request: HttpRequest) -> Q:
    """Decided by an agency."""
    ended = Q(filing__stage__in=[Stage.GRANTED, Stage.REFUSED, Stage.ENDED])
    return ended & Q(filing__decided_at__isnull=False)


def everything(_request: HttpRequest) -> Q:
    """Every filing that was handed in."""
    return Q()
