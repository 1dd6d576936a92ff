"""Acts on changes of settings: record one, propose, confirm, reject, let expire.

This ground does not know what a setting means: who calls hands in how it is written.
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from torch_portal.accounts.enums import ChangeAct, ChangeState
from torch_portal.accounts.models import User
from torch_portal.accounts.recorded import Change
from torch_portal.accounts.roles import Denied

PROPOSAL_LIVES = datetime.timedelta(days=7)
Values = Mapping[str, Any]


class Settled(Exception):
    """The proposal is settled, has expired, or the setting was changed since; str() tells which."""


@dataclass(frozen=True)
class Draft:
    """What shall change and why. `row` is None for one that is to be added."""

    model: type[Model]
    row: Model | None
    name: str
    before: Values
    after: Values
    reason: str
    jurisdiction_id: str | None = None

    @property
    def act(self) -> ChangeAct:
        """Added, changed or removed."""
        if self.row is None:
            return ChangeAct.ADD
        return ChangeAct.CHANGE if self.after else ChangeAct.REMOVE


def _change(draft: Draft, by: User, at: datetime.datetime, **fields: Any) -> Change:
    if not draft.reason.strip() and draft.act != ChangeAct.REMOVE:
        raise ValidationError({"reason": _("Say why: the reason stands in the history.")})
    return Change(
        target=draft.model._meta.label_lower,
        target_pk=str(draft.row.pk) if draft.row is not None else "",
        name=draft.name[:200],
        act=draft.act,
        jurisdiction_id=draft.jurisdiction_id,
        before=dict(draft.before),
        after=dict(draft.after),
        reason=draft.reason.strip(),
        made_at=at,
        made_by=by,
        **fields,
    )


@transaction.atomic
def record(
    *, draft: Draft, write: Callable[[], Model | None], by: User, at: datetime.datetime
) -> Change:
    """Make a change and note it, in one transaction. `write` makes it and answers the row.

    Raises ValidationError without a reason.
    """
    change = _change(draft, by, at, state=ChangeState.APPLIED, settled_at=at, settled_by=by)
    row = write()
    if row is not None:
        change.target_pk = str(row.pk)
    change.save()
    return change


def propose(*, draft: Draft, by: User, at: datetime.datetime) -> Change:
    """Ask a second person for a grave change; nothing changes yet. It expires after seven days.

    Raises ValidationError without a reason, Settled when the same setting has an open proposal.
    """
    change = _change(
        draft, by, at, state=ChangeState.PROPOSED, grave=True, expires_at=at + PROPOSAL_LIVES
    )
    with transaction.atomic():
        if draft.row is not None:  # of two who propose at once the second waits here
            draft.model._base_manager.select_for_update().get(pk=draft.row.pk)
            expire(at=at)
            same = Change.objects.filter(target=change.target, target_pk=change.target_pk)
            if same.filter(state=ChangeState.PROPOSED).exists():
                raise Settled(_("A change of this setting waits already. Settle that one first."))
        change.save()
    return change


@transaction.atomic
def confirm(
    *,
    change: Change,
    current: Callable[[Change], Values],
    write: Callable[[Change], Model | None],
    by: User,
    at: datetime.datetime,
) -> Change:
    """The second person agrees: the change is made and stands as applied, all or nothing.

    `current` reads the setting as it stands, `write` changes it. Raises Denied for the one who
    proposed, Settled when it was settled, has expired, or the setting is not what was seen.
    """
    held = _open(change, at)
    if held.made_by_id == by.pk:
        raise Denied(_("You proposed this change. Somebody else has to confirm it."))
    if current(held) != held.before:
        raise Settled(_("The setting was changed since this was proposed. Propose it again."))
    row = write(held)
    if row is not None:
        held.target_pk = str(row.pk)
    return _settle(held, ChangeState.APPLIED, by=by, at=at)


@transaction.atomic
def reject(*, change: Change, by: User, at: datetime.datetime, note: str = "") -> Change:
    """Turn a proposal down with a reason, or take back one's own. Raises Settled."""
    held = _open(change, at)
    own = held.made_by_id == by.pk
    if not own and not note.strip():
        raise ValidationError({"note": _("Say why you reject it; the other person reads it.")})
    held.answer = note.strip()
    return _settle(held, ChangeState.WITHDRAWN if own else ChangeState.REJECTED, by=by, at=at)


def _open(change: Change, at: datetime.datetime) -> Change:
    held: Change = Change.objects.select_for_update().get(pk=change.pk)
    if held.state != ChangeState.PROPOSED:
        words = {"state": held.get_state_display()}
        raise Settled(_("This change is settled already: %(state)s.") % words)
    if held.expires_at is not None and held.expires_at <= at:
        raise Settled(_("This proposal has expired. Propose it again."))
    return held


def _settle(change: Change, state: ChangeState, *, by: User, at: datetime.datetime) -> Change:
    change.state, change.settled_by, change.settled_at = state, by, at
    change.save()
    return change


def expire(*, at: datetime.datetime) -> int:
    """Close proposals that nobody settled in time; answers how many. Twice is once."""
    late = Change.objects.filter(state=ChangeState.PROPOSED, expires_at__lte=at)
    return late.update(state=ChangeState.EXPIRED)
