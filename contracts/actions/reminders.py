"""Reminders to enterprises: drafts left lying, and terms that end before a contract is filed.

Each is written once: its key names the filing, the occasion and what the days were counted from.
"""

import datetime
from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from contracts.actions.letters import LANGUAGE
from contracts.models import Contract
from contracts.queries import long_date
from torch_portal.filings.enums import Stage
from torch_portal.notices import actions as notices

DRAFT_DAYS = (30, 7)
FORGOTTEN_DAYS = 60
TERM_DAYS = (7, 30)
AT_ONCE = 500


def remind(*, at: datetime.datetime) -> int:
    """Write today's reminders; returns how many there are to write, written before or not.

    Drafts: 7 and 30 days after the last save. Terms: 30 and 7 days before the end, while the
    contract is not filed or lies for correction: after its term it can no longer be registered.
    """
    day = timezone.localdate(at)
    return _write(_left_lying(at), at) + _write(_ending(day), at)


def _rows(contracts: QuerySet[Contract]) -> QuerySet[Contract]:
    return contracts.select_related("filing__contact", "filing__created_by").order_by("pk")


def _unwanted(choice: str) -> Q:
    """Filings whose handler does not want this kind of reminder."""
    off = {f"reminder_choice__{choice}": False}
    taken = {f"filing__contact__{name}": value for name, value in off.items()}
    own = {f"filing__created_by__{name}": value for name, value in off.items()}
    return Q(**taken) | Q(filing__contact__isnull=True, **own)


def _left_lying(at: datetime.datetime) -> Iterable[notices.Letter]:
    oldest, newest = (
        at - datetime.timedelta(days=FORGOTTEN_DAYS),
        at - datetime.timedelta(days=min(DRAFT_DAYS)),
    )
    drafts = Contract.objects.filter(
        filing__stage=Stage.DRAFT, saved_at__gt=oldest, saved_at__lte=newest
    )
    for contract in _rows(drafts.exclude(_unwanted("drafts"))).iterator(AT_ONCE):
        if contract.saved_at is not None:
            age = (at - contract.saved_at).days
            yield _draft_letter(contract, next(d for d in DRAFT_DAYS if d <= age))


def _draft_letter(contract: Contract, days: int) -> notices.Letter:
    name = {"project": contract.project_name or _("Untitled contract"), "days": days}
    return notices.Letter(
        key=f"contracts-{contract.pk}-draft-{days}-{contract.saved_version}",
        user=contract.filing.handler,
        subject=_("Your draft waits: %(project)s") % name,
        body=_(
            "You last worked on it %(days)s days ago. Everything is kept; go on where you left "
            "off, or hand it to a colleague. You can turn these reminders off in the portal."
        )
        % name,
        link=reverse("contracts:detail", args=[contract.pk]),
    )


def _ending(day: datetime.date) -> Iterable[notices.Letter]:
    last = day + datetime.timedelta(days=max(TERM_DAYS))
    open_ = Contract.objects.filter(
        filing__stage__in=[Stage.DRAFT, Stage.CORRECTING], ends_on__gte=day, ends_on__lte=last
    )
    for contract in _rows(open_.exclude(_unwanted("terms"))).iterator(AT_ONCE):
        if contract.ends_on is not None:
            left = (contract.ends_on - day).days
            yield _term_letter(contract, next(d for d in TERM_DAYS if left <= d))


def _term_letter(contract: Contract, days: int) -> notices.Letter:
    words = {
        "project": contract.project_name or _("Untitled contract"),
        "day": long_date(contract.ends_on),
    }
    return notices.Letter(
        key=f"contracts-{contract.pk}-term-{days}-{contract.ends_on:%Y%m%d}",
        user=contract.filing.handler,
        subject=_("The term of the contract ends soon: %(project)s") % words,
        body=_(
            "Its term ends on %(day)s. It is not registered yet; after that day it can no longer "
            "be. Please submit it before."
        )
        % words,
        link=reverse("contracts:detail", args=[contract.pk]),
    )


def _write(letters: Iterable[notices.Letter], at: datetime.datetime) -> int:
    with translation.override(LANGUAGE):
        written = list(letters)
        notices.post_many(written, at=at)
    return len(written)
