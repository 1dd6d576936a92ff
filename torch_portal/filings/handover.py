"""Handing a filing, or all that a colleague handles, to another account of the enterprise."""

import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from torch_portal.accounts.enums import MemberRole
from torch_portal.accounts.models import Enterprise, User
from torch_portal.accounts.roles import Denied, check_filer
from torch_portal.common.findings import Finding, Level, Refused
from torch_portal.filings import engine
from torch_portal.filings.models import Filing, FilingQuerySet

CLAUSE = "国务院令第716号"


def takers(filing: Filing) -> list[User]:
    """Who could take a filing over: other owners and filers of its enterprise."""
    people = colleagues(filing.enterprise_id)
    return [person for person in people if person.pk != filing.handler.pk]


def colleagues(enterprise_id: int) -> list[User]:
    """Owners and filers of an enterprise whose accounts are open."""
    may_file = Q(
        memberships__enterprise_id=enterprise_id,
        memberships__role__in=[MemberRole.OWNER, MemberRole.FILER],
    )
    return list(User.objects.filter(may_file, is_active=True).order_by("last_name", "pk"))


@transaction.atomic
def hand_over(
    *, filing: Filing, to: User, by: User, at: datetime.datetime, note: str = ""
) -> Filing:
    """From now on this colleague gets the messages and is named as the contact.

    Owners and filers may; the state is untouched and an event says who gave it to whom. Raises
    Denied, or Refused when the colleague may not file; to who has it already is nothing.
    """
    check_filer(by, filing.enterprise_id)
    _check_taker(filing.enterprise_id, to)
    held = Filing.objects.select_for_update(no_key=True).get(pk=filing.pk)
    before = held.handler
    if before.pk != to.pk:
        Filing.objects.filter(pk=filing.pk).update(contact=to)
        engine.record(held, "hand_over", by=by, at=at, note=note, data=_trace(before, to))
    filing.contact, filing.version = to, held.version
    return filing


@transaction.atomic
def hand_over_all(
    *, enterprise: Enterprise, leaver: User, to: User, by: User, at: datetime.datetime
) -> int:
    """Everything that a colleague handles goes to another, when the colleague leaves; how many.

    The leaver, or an owner of the enterprise, may.
    """
    check_filer(by, enterprise.pk)
    if by.pk != leaver.pk and not _owns(by, enterprise):
        raise Denied(_("Only an owner of the enterprise can hand over a colleague's filings."))
    _check_taker(enterprise.pk, to)
    if leaver.pk == to.pk:
        return 0
    theirs = list(handled_by(enterprise, leaver).select_for_update(no_key=True, of=["self"]))
    Filing.objects.filter(pk__in=[f.pk for f in theirs]).update(contact=to)
    data = {f.pk: _trace(leaver, to) for f in theirs}
    engine.record_many(theirs, "hand_over", by=by, at=at, data=data)
    return len(theirs)


def handled_by(enterprise: Enterprise, person: User) -> FilingQuerySet:
    """The filings of an enterprise that this person handles."""
    began = Q(contact__isnull=True, created_by=person)
    return Filing.objects.filter(began | Q(contact=person), enterprise=enterprise).order_by("pk")


def may_give(enterprise: Enterprise, by: User) -> list[User]:
    """Whose filings this person can hand over: an owner everybody's, those of people who have left
    included; others their own.
    """
    rows = Filing.objects.filter(enterprise=enterprise)
    began = rows.filter(contact__isnull=True).values("created_by")
    took = rows.filter(contact__isnull=False).values("contact")
    people = User.objects.filter(Q(pk__in=began) | Q(pk__in=took))
    if not _owns(by, enterprise):
        people = people.filter(pk=by.pk)
    return list(people.order_by("last_name", "pk"))


def _owns(person: User, enterprise: Enterprise) -> bool:
    return person.memberships.filter(enterprise=enterprise, role=MemberRole.OWNER).exists()


def _check_taker(enterprise_id: int, to: User) -> None:
    if to.pk not in {person.pk for person in colleagues(enterprise_id)}:
        message = _("Choose a colleague who may file for this enterprise.")
        raise Refused([Finding("HAND-01", Level.BLOCK, "to", message, CLAUSE)])


def _trace(before: User, to: User) -> dict[str, str]:
    return {"handed_from": before.get_full_name(), "handed_to": to.get_full_name()}
