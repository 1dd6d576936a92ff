"""The registry's word on the parties of a filing: asked now, or later when it does not answer.

Leases and retries run on the real clock, which all workers share, like those of messages.
"""

import datetime
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import F, Q

from torch_portal.accounts import registry
from torch_portal.common.queueing import queue_on_commit
from torch_portal.filings.enums import LookupState
from torch_portal.filings.models import Filing, RegistryLookup

ASK = "torch_portal.filings.tasks.ask_registry"
ATTEMPTS = 10
LEASE = datetime.timedelta(minutes=1)
REQUEUE = datetime.timedelta(minutes=10)
FIRST_DELAY = datetime.timedelta(minutes=1)
LONGEST_DELAY = datetime.timedelta(hours=12)
AT_ONCE = 200
ANSWERED = (LookupState.FOUND, LookupState.UNKNOWN)


def of(filing: Filing) -> dict[str, RegistryLookup]:
    """What was asked for a filing, by credit code; one query."""
    return {row.code: row for row in filing.registry_lookups.all()}


def want(*, filing: Filing, codes: Iterable[str], at: datetime.datetime) -> None:
    """See that the registry is asked about these codes, once each; nothing without a registry.

    Codes that were given up are asked anew.
    """
    if not registry.switched_on():
        return
    with transaction.atomic():
        rows = RegistryLookup.objects.filter(filing=filing)
        known = dict(rows.values_list("code", "state"))
        new = [code for code in dict.fromkeys(codes) if code not in known]
        RegistryLookup.objects.bulk_create(
            [_row(filing, code, at) for code in new], ignore_conflicts=True
        )
        again = [code for code in codes if known.get(code) == LookupState.FAILED]
        rows.filter(code__in=again, state=LookupState.FAILED).update(
            state=LookupState.WAITING, attempts=0, due_at=at, claimed_until=None
        )
        for pk in rows.filter(code__in=[*new, *again]).values_list("pk", flat=True):
            queue_on_commit(ASK, lookup_id=pk)


def ask_now(*, filing: Filing, code: str, at: datetime.datetime) -> RegistryLookup:
    """Ask while a person waits, two seconds at most; without an answer the row stays to be asked.

    What was answered before is answered from the row. Call it outside a transaction.
    """
    row = RegistryLookup.objects.filter(filing=filing, code=code).first()
    if row is not None and row.state in ANSWERED:
        return row
    answer = registry.look_up(code)
    if row is None:
        row, _made = RegistryLookup.objects.get_or_create(
            filing=filing, code=code, defaults=_columns(at)
        )
    if not isinstance(answer, registry.Unavailable):
        _keep(row.pk, answer, at)
        row.refresh_from_db()
    return row


def ask(lookup_id: int, at: datetime.datetime) -> bool:
    """Ask one question unless it is answered, not due, or in other hands; True with an answer."""
    if registry.resting() or not _claim(lookup_id, at):
        return False
    row = RegistryLookup.objects.get(pk=lookup_id)
    answer = registry.look_up(row.code)
    if isinstance(answer, registry.Unavailable):
        _put_back(row, answer.why, at)
        return False
    return _keep(row.pk, answer, at)


def take_waiting(at: datetime.datetime) -> list[int]:
    """Questions to queue now, at most 200: due and in nobody's hands; none while it rests.

    They are marked as queued for ten minutes, so that a stopped worker finds no heap of copies.
    """
    if not registry.switched_on() or registry.resting():
        return []
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=at)
    abandoned = Q(state=LookupState.ASKING, attempts__lt=ATTEMPTS)
    waiting = RegistryLookup.objects.filter(free, _ready(at) | abandoned)
    ids = list(waiting.order_by("due_at", "pk").values_list("pk", flat=True)[:AT_ONCE])
    marked = RegistryLookup.objects.filter(free, pk__in=ids, state=LookupState.WAITING)
    marked.update(claimed_until=at + REQUEUE)
    return ids


def release(ids: Sequence[int]) -> None:
    """Take back the mark of questions that could not be queued after all."""
    rows = RegistryLookup.objects.filter(pk__in=ids, state=LookupState.WAITING)
    rows.update(claimed_until=None)


def give_up_lost(at: datetime.datetime) -> int:
    """Close questions whose worker died on the last attempt; answers how many."""
    lost = RegistryLookup.objects.filter(
        state=LookupState.ASKING, claimed_until__lt=at, attempts__gte=ATTEMPTS
    )
    return lost.update(
        state=LookupState.FAILED, claimed_until=None, last_error="the worker stopped while asking"
    )


def delay_after(attempts: int) -> datetime.timedelta:
    """The wait after so many attempts: 1, 3, 9 minutes and so on, twelve hours at most; together
    about two days and a half.
    """
    return min(FIRST_DELAY * 3 ** (attempts - 1), LONGEST_DELAY)


def _columns(at: datetime.datetime) -> dict[str, object]:
    return {"state": LookupState.WAITING, "due_at": at, "created_at": at}


def _row(filing: Filing, code: str, at: datetime.datetime) -> RegistryLookup:
    return RegistryLookup(filing=filing, code=code, **_columns(at))


def _ready(at: datetime.datetime) -> Q:
    """Never tried, or tried and due again (the moment of writing may come from a set clock)."""
    return Q(state=LookupState.WAITING) & (Q(attempts=0) | Q(due_at__lte=at))


def _claim(lookup_id: int, at: datetime.datetime) -> bool:
    abandoned = Q(state=LookupState.ASKING, claimed_until__lt=at)
    rows = RegistryLookup.objects.filter(
        _ready(at) | abandoned, pk=lookup_id, attempts__lt=ATTEMPTS
    )
    return bool(
        rows.update(state=LookupState.ASKING, claimed_until=at + LEASE, attempts=F("attempts") + 1)
    )


def _keep(pk: int, answer: registry.Found | registry.Unknown, at: datetime.datetime) -> bool:
    """Write the answer once; the first one stays."""
    columns = {"state": LookupState.UNKNOWN.value}
    if isinstance(answer, registry.Found):
        columns = {
            "state": LookupState.FOUND.value,
            "name": answer.name,
            "address": answer.address,
            "division": answer.division,
        }
    rows = RegistryLookup.objects.filter(pk=pk).exclude(state__in=ANSWERED)
    return bool(rows.update(answered_at=at, claimed_until=None, last_error="", **columns))


def _put_back(row: RegistryLookup, why: str, at: datetime.datetime) -> None:
    last = row.attempts >= ATTEMPTS
    RegistryLookup.objects.filter(pk=row.pk, state=LookupState.ASKING).update(
        state=LookupState.FAILED if last else LookupState.WAITING,
        due_at=at + delay_after(row.attempts),
        claimed_until=None,
        last_error=why[:300],
    )
