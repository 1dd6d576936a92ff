"""Registering for an enterprise, and being let in."""

import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.enums import AccountAct, JoinState, MemberRole
from torch_portal.accounts.models import (
    AccountEvent,
    DivisionPrefix,
    Enterprise,
    JoinRequest,
    Membership,
    User,
)
from torch_portal.accounts.roles import Denied, is_operator, standing
from torch_portal.common import codes
from torch_portal.common.findings import Finding, Level, Refused

CLAUSE = "GB/T 22239-2019 8.1.4.2"
OUTSIDE = _("The seat lies in no area of the portal's jurisdictions. Check the six digits.")
DECIDED = _("This request was already decided. Load the page again to see how.")


def jurisdiction_of(division: str) -> str:
    """The authority of a place, by the longest prefix that operators keep ("": none)."""
    prefixes = [division[:n] for n in range(len(division), 1, -1)]
    known = dict(
        DivisionPrefix.objects.filter(prefix__in=prefixes).values_list("prefix", "jurisdiction_id")
    )
    return next((known[p] for p in prefixes if p in known), "")


@transaction.atomic
def ask_to_join(
    *, by: User, credit_code: str, name: str, division: str, at: datetime.datetime
) -> JoinRequest:
    """Note what a person registers for; nothing follows before the address is confirmed.

    credit_code and division: as common.codes accepts them. Raises Refused when the seat lies
    outside all jurisdictions.
    """
    if not jurisdiction_of(division):
        raise Refused([Finding("AC-01", Level.BLOCK, "division", OUTSIDE, codes.DIVISION_CLAUSE)])
    request, _new = JoinRequest.objects.get_or_create(
        user=by,
        credit_code=credit_code,
        state=JoinState.UNVERIFIED,
        defaults={"name": name, "division": division, "asked_at": at},
    )
    return request


@transaction.atomic
def arrive(*, by: User, at: datetime.datetime) -> list[JoinRequest]:
    """The person's address is confirmed: found the enterprise, or wait for its owner.

    Answers the requests that wait now. Safe to repeat.
    """
    rows = JoinRequest.objects.select_for_update().filter(user=by, state=JoinState.UNVERIFIED)
    waiting = []
    for request in rows.order_by("pk"):
        enterprise, new = Enterprise.objects.get_or_create(
            credit_code=request.credit_code,
            defaults={
                "name": request.name,
                "division": request.division,
                "jurisdiction_id": jurisdiction_of(request.division),
            },
        )
        if new:
            _decide(request, JoinState.ACCEPTED, by, at)
            Membership.objects.create(user=by, enterprise=enterprise, role=MemberRole.OWNER)
            _record(AccountAct.FOUNDED, by, by, enterprise, at)
        elif Membership.objects.filter(user=by, enterprise=enterprise).exists():
            _decide(request, JoinState.ACCEPTED, by, at)
        else:
            request.state = JoinState.WAITING
            request.save()
            _record(AccountAct.ASKED, by, by, enterprise, at)
            waiting.append(request)
    return waiting


@transaction.atomic
def let_in(*, request: JoinRequest, by: User, at: datetime.datetime, role: str) -> Membership:
    """An owner (or an operator, where there is no owner) lets the person in."""
    request, enterprise = _open(request, by)
    if not _owners(enterprise).exists():
        role = MemberRole.OWNER
    membership, _new = Membership.objects.get_or_create(
        user=request.user, enterprise=enterprise, defaults={"role": role}
    )
    _decide(request, JoinState.ACCEPTED, by, at)
    _record(AccountAct.LET_IN, by, request.user, enterprise, at, str(MemberRole(role).label))
    return membership


@transaction.atomic
def turn_away(*, request: JoinRequest, by: User, at: datetime.datetime, note: str = "") -> None:
    """The person is not let in; the note is told to them."""
    request, enterprise = _open(request, by)
    request.note = note[:300]
    _decide(request, JoinState.REFUSED, by, at)
    _record(AccountAct.TURNED_AWAY, by, request.user, enterprise, at, request.note)


def _owners(enterprise: Enterprise) -> QuerySet[Membership]:
    return Membership.objects.filter(enterprise=enterprise, role=MemberRole.OWNER)


def _open(request: JoinRequest, by: User) -> tuple[JoinRequest, Enterprise]:
    """The waiting request, locked, and its enterprise; Denied when it is not for this person."""
    row = JoinRequest.objects.select_for_update().get(pk=request.pk)
    enterprise = Enterprise.objects.select_for_update().get(credit_code=row.credit_code)
    if enterprise.pk not in standing(by).owner_of and not (
        is_operator(by) and not _owners(enterprise).exists()
    ):
        raise Denied(str(_("Only an owner of the enterprise may do this.")))
    if row.state != JoinState.WAITING:
        raise Refused([Finding("AC-02", Level.BLOCK, "", DECIDED, CLAUSE)])
    return row, enterprise


def _decide(request: JoinRequest, state: str, by: User, at: datetime.datetime) -> None:
    request.state, request.decided_at, request.decided_by = state, at, by
    request.save()


def _record(
    act: str, by: User, person: User, enterprise: Enterprise, at: datetime.datetime, note: str = ""
) -> None:
    AccountEvent.objects.create(
        at=at, by=by, act=act, person=person, enterprise=enterprise, note=note
    )
