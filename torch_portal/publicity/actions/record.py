"""Holding a list, and the record of what was done to it."""

import datetime
from typing import Any

from django.utils.translation import gettext as _

from torch_portal.accounts.models import User
from torch_portal.common.findings import Finding, Level
from torch_portal.filings.transitions import Stale
from torch_portal.publicity import permissions
from torch_portal.publicity.enums import BatchAct, BatchState
from torch_portal.publicity.models import Batch, BatchEvent


def hold(batch_id: int) -> Batch:
    """The list as it is now, locked until the transaction ends."""
    rows = Batch.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("jurisdiction").get(pk=batch_id)


def hold_for(batch_id: int, *sources: str, by: User) -> Batch:
    """The list, locked, for somebody who keeps it and in one of these states.

    Raises Denied, or Stale when the list stands elsewhere.
    """
    batch = hold(batch_id)
    permissions.check_keeper(by, batch.jurisdiction_id)
    if batch.state not in sources:
        state = BatchState(batch.state).label
        raise Stale(_("This is not possible now: the list is “%(state)s”.") % {"state": state})
    return batch


def record(
    batch: Batch, act: BatchAct, *, by: User | None, at: datetime.datetime, note: str = ""
) -> None:
    """Write one act down."""
    name = by.get_full_name() if by else ""
    BatchEvent.objects.create(batch=batch, act=act, at=at, by=by, by_name=name, note=note)


def block(code: str, field: str, message: Any, clause: str, **values: object) -> Finding:
    """A finding that stops the act."""
    return Finding(code, Level.BLOCK, field, message, clause, values)
