"""Reminders to enterprises: drafts left lying, contracts signed long ago, last days to file.

Each is written once: its key names the filing, the occasion and what the days were counted from.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts import editions, queries
from contracts.enums import Kind
from contracts.models import Contract
from torch_portal.filings import reminding
from torch_portal.filings.enums import Stage
from torch_portal.filings.wording import long_date
from torch_portal.notices import actions as notices

SIGNED_DAYS = (90, 30)
SIGNED_AND_OVER = 365
TERM_DAYS = (1, 7, 30)


def remind(*, at: datetime.datetime) -> int:
    """Write today's reminders; returns how many there are to write, written before or not.

    Drafts: 7 and 30 days after the last save. Signed contracts: 30 and 90 days after the day of
    signing, while they are drafts. Last days to file (the end of the term, or of a licensed
    patent): 30, 7 and 1 days before, while the contract is not filed or lies for correction.
    """
    day = timezone.localdate(at)
    drafts = reminding.left_lying(Contract.objects.all(), at, _title)
    return sum(reminding.write(x, at) for x in (drafts, _signed(day), _ending(day)))


def _signed(day: datetime.date) -> Iterable[notices.Letter]:
    """Signed long ago and still a draft; not once its last day has passed."""
    oldest, newest = (
        day - datetime.timedelta(days=SIGNED_AND_OVER),
        day - datetime.timedelta(days=min(SIGNED_DAYS)),
    )
    drafts = Contract.objects.filter(
        filing__stage=Stage.DRAFT, signed_on__gt=oldest, signed_on__lte=newest
    )
    for contract in reminding.wanted(drafts, "signings").iterator(reminding.AT_ONCE):
        last = queries.last_day(contract)
        if contract.signed_on is not None and (last is None or last >= day):
            age = (day - contract.signed_on).days
            yield _signed_letter(contract, last, next(d for d in SIGNED_DAYS if d <= age))


def _signed_letter(contract: Contract, last: datetime.date | None, days: int) -> notices.Letter:
    signed: Any = contract.signed_on
    words = _words(contract) | {"day": long_date(signed), "days": days, "last": long_date(last)}
    until = _("It can be filed until %(last)s.") % words if last else ""
    body = _(
        "It was signed on %(day)s, at least %(days)s days ago, and is not registered yet. "
        "Preferential treatment begins with the registration."
    )
    return notices.Letter(
        key=f"contracts-{contract.pk}-signed-{days}-{signed:%Y%m%d}",
        user=contract.filing.handler,
        subject=_("Signed and not registered yet: %(project)s") % words,
        body=f"{body % words} {until}".rstrip(),
        link=reverse("contracts:detail", args=[contract.pk]),
    )


def _ending(day: datetime.date) -> Iterable[notices.Letter]:
    until = day + datetime.timedelta(days=max(TERM_DAYS))
    near = Q(ends_on__gte=day, ends_on__lte=until)
    near |= Q(patent_expires_on__gte=day, patent_expires_on__lte=until, kind=Kind.LICENCE)
    open_ = Contract.objects.filter(near, filing__stage__in=[Stage.DRAFT, Stage.CORRECTING])
    for contract in reminding.wanted(open_, "terms").iterator(reminding.AT_ONCE):
        last = queries.last_day(contract)
        if last is not None and day <= last <= until:
            left = (last - day).days
            yield _last_letter(contract, last, next(d for d in TERM_DAYS if left <= d))


def _last_letter(contract: Contract, last: datetime.date, days: int) -> notices.Letter:
    """The last day is that of the term, or of the patent that is licensed."""
    words = _words(contract) | {"day": long_date(last)}
    of_term = last == contract.ends_on
    subject = (
        _("The term of the contract ends soon: %(project)s")
        if of_term
        else _("The licensed patent expires soon: %(project)s")
    )
    body = (
        _consequence(contract, last)
        if of_term
        else _(
            "The patent expires on %(day)s; a licence is valid while the patent is in force (Civil "
            "Code, article 865). Please submit it before."
        )
    )
    occasion = "term" if of_term else "patent"
    return notices.Letter(
        key=f"contracts-{contract.pk}-{occasion}-{days}-{last:%Y%m%d}",
        user=contract.filing.handler,
        subject=subject % words,
        body=body % words,
        link=reverse("contracts:detail", args=[contract.pk]),
    )


def _consequence(contract: Contract, last: datetime.date) -> str:
    """What the end of the term means under the edition of that day."""
    if editions.on(last, contract.filing.jurisdiction_id).term_check:
        return _(
            "Its term ends on %(day)s. It is not registered yet; after that day it can no longer "
            "be. Please submit it before."
        )
    return _(
        "Its term ends on %(day)s. It is not registered yet, and agencies may decline a contract "
        "whose term is over. Please submit it before."
    )


def _words(contract: Contract) -> dict[str, Any]:
    return {"project": _title(contract)}


def _title(contract: Contract) -> str:
    return contract.project_name or _("Untitled contract")
