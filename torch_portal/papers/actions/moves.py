"""Acts on one paper original; each leaves an event on its filing."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from torch_portal.accounts.models import User
from torch_portal.filings import engine
from torch_portal.filings.models import Event, Filing
from torch_portal.notices import actions as notices
from torch_portal.papers import letters, permissions, queries
from torch_portal.papers.actions.emergencies import hold_emergencies
from torch_portal.papers.enums import PaperState
from torch_portal.papers.models import Paper
from torch_portal.papers.workflow import MOVES


class TooLate(Exception):
    """Somebody was faster, or the paper is not in a state for this; str() tells who and what."""

    def __init__(self, paper: Paper) -> None:
        current = Paper.objects.get(pk=paper.pk)
        self.last = paper.filing.events.filter(move__startswith="paper_").order_by("-seq").first()
        state = PaperState(current.state).label
        if self.last is None:
            text = _("This is not possible now: the paper is “%(state)s”.") % {"state": state}
        else:
            text = _(
                "%(who)s was faster: since %(when)s the paper is “%(state)s”. Nothing of yours "
                "was changed; look at it again."
            ) % {
                "who": self.last.by_name or _("The system"),
                "when": f"{timezone.localtime(self.last.at):%Y-%m-%d %H:%M}",
                "state": state,
            }
        super().__init__(text)


def defer(
    *,
    filing: Filing,
    kind: str,
    by: User,
    at: datetime.datetime,
    named: queries.Named | None = None,
) -> Paper:
    """Open the account of one paper original, in the transaction that recognises the filing.

    Not required, deferred or due, as the jurisdiction and the day have it; `named`: a last day
    that the line's own notice names. Twice is once.
    """
    with transaction.atomic(savepoint=False):
        known = Paper.objects.filter(filing=filing, kind=kind).first()
        if known is not None:
            return known
        hold_emergencies(shared=True)
        day = timezone.localdate(at)
        terms = queries.terms_for(filing, day, named)
        return Paper.objects.create(
            filing=filing,
            kind=kind,
            state=terms.state,
            source=terms.source,
            emergency_id=terms.emergency_id,
            recognised_on=day,
            due_on=terms.due_on,
            due_set_on=day if terms.due_on else None,
            created_at=at,
            created_by=by,
        )


def put_off(
    *, filings: Iterable[Filing], kind: str, named: queries.Named, by: User, at: datetime.datetime
) -> int:
    """Move the last day of papers that are awaited to a later one; answers how many moved.

    For a notice of the line's own that extends a deadline; papers with a later day, and those
    that came, stay as they are. A paper that was overdue is due again.
    """
    with transaction.atomic():
        rows = Paper.objects.select_for_update(no_key=True, of=("self",)).open()
        rows = rows.filter(filing__in=list(filings), kind=kind, due_on__lt=named.due_on)
        papers = list(rows.select_related("filing").order_by("pk"))
        day = timezone.localdate(at)
        Paper.objects.filter(pk__in=[p.pk for p in papers]).update(
            state=PaperState.DUE, due_on=named.due_on, due_set_on=day, source=named.source
        )
        data = {p.filing_id: {"kind": kind, "due_on": f"{named.due_on}"} for p in papers}
        engine.record_many([p.filing for p in papers], "paper_due", by=by, at=at, data=data)
    return len(papers)


def receive(*, paper: Paper, by: User, at: datetime.datetime, note: str = "") -> None:
    """The paper has arrived. Raises Denied or TooLate."""
    _move(
        paper,
        "receive",
        by=by,
        at=at,
        note=note,
        received_at=at,
        received_by=by,
        decided_at=None,
        decided_by=None,
    )


def verify(*, paper: Paper, by: User, at: datetime.datetime, note: str = "") -> None:
    """The paper agrees with the filing. Raises Denied or TooLate."""
    _move(paper, "verify", by=by, at=at, note=note, decided_at=at, decided_by=by)


def report_mismatch(*, paper: Paper, by: User, at: datetime.datetime, note: str) -> None:
    """The paper differs from the filing; the enterprise gets the note.

    Raises Denied, TooLate, or ValidationError without a note.
    """
    with transaction.atomic():
        event = _move(
            paper, "report_mismatch", by=by, at=at, note=note, decided_at=at, decided_by=by
        )
        enterprise = paper.filing.enterprise_id
        people = queries.recipients_of([enterprise]).get(enterprise, [])
        key = f"paper-mismatch:{paper.pk}:{event.pk}"
        notices.post_many(letters.mismatch(paper, note, people, key), at=at)


def waive(*, paper: Paper, by: User, at: datetime.datetime, note: str) -> None:
    """The paper is no longer asked for. Raises Denied, TooLate, or ValidationError without note."""
    _move(paper, "waive", by=by, at=at, note=note, decided_at=at, decided_by=by)


def _move(
    paper: Paper, name: str, *, by: User, at: datetime.datetime, note: str, **changes: Any
) -> Event:
    """Claim the paper in the state the caller saw, then write the event on the locked filing."""
    move = MOVES[name]
    permissions.check_handler(by, paper.filing)
    if move.note and not note.strip():
        raise ValidationError({"note": _("Please say why; the enterprise will read it.")})
    with transaction.atomic():
        filing = Filing.objects.select_for_update(no_key=True).get(pk=paper.filing_id)
        changes |= {"state": move.target, "note": note.strip()}
        claim = Paper.objects.filter(pk=paper.pk, state=paper.state)
        if paper.state not in move.sources or not claim.update(**changes):
            raise TooLate(paper)
        event = engine.record(
            filing, f"paper_{name}", by=by, at=at, note=note.strip(), data={"kind": paper.kind}
        )
    for field, value in changes.items():
        setattr(paper, field, value)
    return event
