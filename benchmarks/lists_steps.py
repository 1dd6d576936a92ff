"""The steps of benchmarks.lists, imported once Django knows its database."""

import datetime

from django.utils import timezone

from sme_eval.line import CODE, PUBLICITY
from sme_eval.queries import consistency
from torch_portal.accounts.models import Jurisdiction, User
from torch_portal.filings.queries import problems
from torch_portal.publicity import actions
from torch_portal.publicity.models import Batch
from torch_portal.publicity.work import carry


def _official() -> User:
    return User.objects.get(username="official")


def begun(at: datetime.datetime, place: str) -> Batch:
    """A list of everything that waits in a jurisdiction."""
    by = _official()
    batch = actions.open_batch(
        line=CODE,
        publicity=PUBLICITY,
        jurisdiction=Jurisdiction.objects.get(pk=place),
        contact="0571-80000000",
        by=by,
        at=at,
    )
    actions.add(batch=batch, rows=PUBLICITY.pool(place), by=by, at=at)
    return batch


def publicise(batch: Batch) -> None:
    """Public from the day on which it was opened."""
    at = batch.created_at
    day = timezone.localdate(at)
    actions.publicise(batch=batch, opens_on=day, by=_official(), at=at)
    _carry(at)


def announce(batch: Batch) -> None:
    """Announced and numbered after the period."""
    at = batch.created_at + datetime.timedelta(days=25)
    actions.announce(batch=batch, by=_official(), at=at)
    _carry(at)


def _carry(at: datetime.datetime) -> None:
    """As the worker's task does it, called again until nothing is left."""
    while carry(line=CODE, steps=PUBLICITY.steps, at=at):
        pass


def check(batch: Batch, count: int) -> None:
    """Every entry is announced under a number of its own, from 1 without gap; chains hold."""
    batch.refresh_from_db()
    numbers = batch.entries.filter(state="announced").values_list("number", flat=True)
    serials = sorted(int(number[-6:]) for number in numbers)
    if serials != list(range(1, count + 1)):
        raise RuntimeError(f"{len(serials)} of {count} entries are numbered")
    if found := [*consistency(), *problems()]:
        raise RuntimeError("; ".join(found))
