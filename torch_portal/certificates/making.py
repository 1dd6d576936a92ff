"""Work that lies in a row: take it for a while, keep the file, or give it back; for every kind of
file that a worker makes from frozen content.
"""

import datetime
import hashlib
import uuid
from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, Q

from torch_portal.certificates.enums import Making

ATTEMPTS = 8
LEASE = datetime.timedelta(minutes=4)
FIRST_RETRY = datetime.timedelta(seconds=45)


def take(model: Any, pk: int, at: datetime.datetime) -> Any:
    """Take the work of making one file, for the length of a lease; None when there is none."""
    free = Q(making=Making.PENDING) | Q(making=Making.RENDERING, claimed_until__lt=at)
    taken = model.objects.filter(free, pk=pk).update(
        making=Making.RENDERING,
        claim=uuid.uuid4(),
        claimed_until=at + LEASE,
        attempts=F("attempts") + 1,
    )
    return model.objects.get(pk=pk) if taken else None


def keep(
    row: Any, pdf: bytes, at: datetime.datetime, then: Callable[[], None] | None = None
) -> bool:
    """Keep the file if the claim still holds, and do what follows with it; once only."""
    row.sha256 = hashlib.sha256(pdf).hexdigest()
    row.pdf.save("made.pdf", ContentFile(pdf), save=False)
    mine = type(row).objects.filter(pk=row.pk, claim=row.claim, making=Making.RENDERING)
    with transaction.atomic():
        kept = mine.update(
            making=Making.READY,
            pdf=row.pdf.name,
            sha256=row.sha256,
            rendered_at=at,
            claim=None,
            claimed_until=None,
            last_error="",
        )
        if kept and then:
            then()
    if not kept:
        row.pdf.storage.delete(str(row.pdf.name))
    return bool(kept)


def put_back(row: Any, error: str, at: datetime.datetime) -> None:
    """Note a failed attempt: due again later, or failed for good after the last attempt."""
    last = row.attempts >= ATTEMPTS
    type(row).objects.filter(pk=row.pk, claim=row.claim).update(
        making=Making.FAILED if last else Making.PENDING,
        last_error=error[:2000],
        due_at=at + FIRST_RETRY * 2**row.attempts,
        claim=None,
        claimed_until=None,
    )


def due(model: Any, at: datetime.datetime) -> list[Any]:
    """Rows without a file whose time has come and whom no worker holds, at most 500."""
    free = Q(making=Making.PENDING, due_at__lte=at)
    dropped = Q(making=Making.RENDERING, claimed_until__lt=at)
    return list(model.objects.filter(free | dropped).order_by("due_at")[:500])


def later(row: Any, at: datetime.datetime) -> None:
    """Beat queued it again: look no sooner than a while from now."""
    type(row).objects.filter(pk=row.pk).update(due_at=at + FIRST_RETRY * 2)


def again(row: Any, at: datetime.datetime) -> bool:
    """Give a failed file a fresh set of attempts; False when it is none."""
    failed = type(row).objects.filter(pk=row.pk, making=Making.FAILED)
    return bool(failed.update(making=Making.PENDING, attempts=0, due_at=at + FIRST_RETRY))
