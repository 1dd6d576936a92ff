"""The only place where a filing's state changes: one conditional UPDATE and one event."""

import datetime
import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from torch_portal.accounts.models import Enterprise, User
from torch_portal.filings.models import Event, Filing
from torch_portal.filings.transitions import Move, Stale, Workflow


def _stale(filing: Filing, workflow: Workflow) -> Stale:
    """Why the move cannot be made: who brought the filing where it stands, and when."""
    last = filing.events.order_by("-seq").first()
    label = workflow.labels.get(last.to_state if last else filing.state, filing.state)
    if last is None:
        sentence = _("This is not possible now: the filing is “%(state)s”.") % {"state": label}
        return Stale(sentence)
    sentence = _(
        "%(who)s was faster: since %(when)s the filing is “%(state)s”. "
        "Nothing of yours was changed; look at it again."
    ) % {
        "who": last.by_name or _("The system"),
        "when": f"{timezone.localtime(last.at):%Y-%m-%d %H:%M}",
        "state": label,
    }
    return Stale(sentence, last)


def digest(facts: Any) -> str:
    """SHA-256 over the facts a decision rested on, in canonical JSON."""
    text = json.dumps(facts, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def open_filing(
    workflow: Workflow, *, enterprise: Enterprise, by: User, at: datetime.datetime
) -> Filing:
    """A new cover in the workflow's first state, with its first event."""
    with transaction.atomic():
        filing = _new_cover(workflow, enterprise, by, at)
        filing.save(force_insert=True)
        _write_event(filing, "start", from_state="", by=by, at=at)
    return filing


def open_filings(
    workflow: Workflow, count: int, *, enterprise: Enterprise, by: User, at: datetime.datetime
) -> list[Filing]:
    """So many new covers, each with its first event; two statements for every thousand.

    The caller owns the transaction.
    """
    covers = [_new_cover(workflow, enterprise, by, at) for _n in range(count)]
    Filing.objects.bulk_create(covers, batch_size=1000)
    Event.objects.bulk_create(
        [
            Event(
                filing=filing,
                move="start",
                by=by,
                by_name=by.get_full_name(),
                at=at,
                to_state=filing.state,
                edition=filing.edition,
            )
            for filing in covers
        ],
        batch_size=1000,
    )
    return covers


def _new_cover(
    workflow: Workflow, enterprise: Enterprise, by: User, at: datetime.datetime
) -> Filing:
    return Filing(
        line=workflow.line,
        enterprise=enterprise,
        jurisdiction_id=enterprise.jurisdiction_id,
        state=workflow.start,
        stage=workflow.stages[workflow.start],
        owner=workflow.owners[workflow.start],
        created_at=at,
        created_by=by,
        version=1,
    )


def fire(
    filing: Filing,
    workflow: Workflow,
    name: str,
    *,
    by: User | None,
    at: datetime.datetime,
    note: str = "",
    data: dict[str, Any] | None = None,
    facts_digest: str = "",
    as_seen: bool = False,
    **changes: Any,
) -> Event:
    """Make a move: claim the filing by a conditional UPDATE, then write the event.

    `changes` are further columns of the cover. Raises Stale when the filing is not, or no longer,
    in the state this caller saw; with `as_seen` also when anything else was done to it since the
    caller read it. Two statements; the caller owns the transaction.
    """
    move = workflow.moves[name]
    target = _target(filing, workflow, move)
    unchanged = {"version": filing.version} if as_seen else {}
    claimed = Filing.objects.filter(pk=filing.pk, state=filing.state, **unchanged).update(
        state=target,
        stage=workflow.stages[target],
        owner=workflow.owners[target],
        version=F("version") + 1,
        **changes,
    )
    if not claimed:
        raise _stale(filing, workflow)
    before = filing.state
    _follow(filing, workflow, target, changes)
    return _write_event(
        filing,
        name,
        from_state=before,
        by=by,
        at=at,
        note=note,
        data=data,
        facts_digest=facts_digest,
    )


def fire_many(
    filings: Iterable[Filing],
    workflow: Workflow,
    name: str,
    *,
    by: User | None,
    at: datetime.datetime,
    note: str = "",
    data: Mapping[int, dict[str, Any]] | None = None,
    **changes: Any,
) -> list[Filing]:
    """Make the same move with many filings; returns those that it moved, in the given order.

    Filings that stand in none of the states from which the move starts, because somebody was
    faster, are left alone. `data` by the filing's id. Two statements and one more per thousand
    filings; the caller owns the transaction.
    """
    filings = list(filings)
    move = workflow.moves[name]
    rows = Filing.objects.filter(pk__in=[f.pk for f in filings], state__in=move.sources)
    locked = rows.select_for_update(no_key=True).order_by("pk")
    states = dict(locked.values_list("pk", "state"))
    moved = [f for f in filings if f.pk in states]
    target = _one_target(move)
    Filing.objects.filter(pk__in=list(states)).update(
        state=target,
        stage=workflow.stages[target],
        owner=workflow.owners[target],
        version=F("version") + 1,
        **changes,
    )
    for filing in moved:
        _follow(filing, workflow, target, changes)
    data = data or {}
    Event.objects.bulk_create(
        [
            Event(
                filing=filing,
                move=name,
                by=by,
                by_name=by.get_full_name() if by else "",
                at=at,
                from_state=states[filing.pk],
                to_state=target,
                edition=filing.edition,
                note=note,
                data=data.get(filing.pk, {}),
            )
            for filing in moved
        ],
        batch_size=1000,
    )
    return moved


def record(
    filing: Filing,
    act: str,
    *,
    by: User | None,
    at: datetime.datetime,
    note: str = "",
    data: dict[str, Any] | None = None,
) -> Event:
    """Write an act that leaves the state alone (a file added, paper received)."""
    Filing.objects.filter(pk=filing.pk).update(version=F("version") + 1)
    filing.version += 1
    return _write_event(filing, act, from_state=filing.state, by=by, at=at, note=note, data=data)


def record_many(
    filings: Iterable[Filing],
    act: str,
    *,
    by: User | None,
    at: datetime.datetime,
    data: Mapping[int, dict[str, Any]],
) -> None:
    """The same act on many filings that the caller holds locked, in batches.

    `data` by the filing's id. Two statements and one more per thousand filings.
    """
    filings = list(filings)
    Filing.objects.filter(pk__in=[f.pk for f in filings]).update(version=F("version") + 1)
    Event.objects.bulk_create(
        [
            Event(
                filing=filing,
                move=act,
                by=by,
                by_name=by.get_full_name() if by else "",
                at=at,
                from_state=filing.state,
                to_state=filing.state,
                edition=filing.edition,
                data=data.get(filing.pk, {}),
            )
            for filing in filings
        ],
        batch_size=1000,
    )


def check_possible(filing: Filing, workflow: Workflow, name: str) -> None:
    """Raise Stale when this move does not start from where the caller saw the filing stand."""
    _target(filing, workflow, workflow.moves[name])


def _target(filing: Filing, workflow: Workflow, move: Move) -> str:
    if filing.state not in move.sources:
        raise _stale(filing, workflow)
    return filing.state if move.target is None else move.target


def _one_target(move: Move) -> str:
    if move.target is None:
        raise ValueError(f"{move.name} keeps the state: record_many writes it down")
    return move.target


def _follow(filing: Filing, workflow: Workflow, target: str, changes: dict[str, Any]) -> None:
    filing.state = target
    filing.stage = workflow.stages[target]
    filing.owner = workflow.owners[target]
    filing.version += 1
    for name, value in changes.items():
        setattr(filing, name, value)


def _write_event(
    filing: Filing, move: str, *, by: User | None, at: datetime.datetime, **fields: Any
) -> Event:
    return Event.objects.create(
        filing=filing,
        move=move,
        by=by,
        by_name=by.get_full_name() if by else "",
        at=at,
        to_state=filing.state,
        edition=filing.edition,
        **{**fields, "data": fields.get("data") or {}},
    )
