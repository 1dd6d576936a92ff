"""When paper is due and when to remind: days in, days out. No database here.

国科火字〔2020〕38号 二: the paper text may follow after the epidemic; it names no number of days.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from torch_portal.common.workdays import Calendar, Limit, Unit, foreseen

ON_THE_DAY = "on"


@dataclass(frozen=True)
class Period:
    """An emergency as dates. own: of the jurisdiction itself, not of the country.

    ended_on is None while the end is unknown; it may lie in the future.
    """

    id: int
    own: bool
    declared_on: datetime.date
    ended_on: datetime.date | None = None

    def covers(self, day: datetime.date) -> bool:
        """Whether the day lies in it; the day of the end does not."""
        return self.declared_on <= day and (self.ended_on is None or day < self.ended_on)

    def overlaps(self, other: "Period") -> bool:
        """Whether some day lies in both."""
        return (other.ended_on is None or self.declared_on < other.ended_on) and (
            self.ended_on is None or other.declared_on < self.ended_on
        )


@dataclass(frozen=True)
class Rhythm:
    """Days before and after the due date on which to remind."""

    before: Sequence[int]
    after: Sequence[int]


@dataclass(frozen=True, order=True)
class Occasion:
    """A reminder: its day and its name ("before-15", "on", "after-1")."""

    day: datetime.date
    name: str


def governing(periods: Sequence[Period], day: datetime.date) -> Period | None:
    """The emergency that applies on a day, or None.

    A jurisdiction's own period comes first, and stands in for a national one that it overlaps:
    once the own one has ended, the national one no longer defers there.
    """
    own = [p for p in periods if p.own and p.declared_on <= day]
    for period in own:
        if period.covers(day):
            return period
    for period in periods:
        if not period.own and period.covers(day) and not any(p.overlaps(period) for p in own):
            return period
    return None


def due_date(
    recognised_on: datetime.date,
    ended_on: datetime.date | None,
    grace_days: int,
    calendar: Calendar,
) -> datetime.date:
    """The last day: so many calendar days after the later of both, on to the next working day.

    The first day does not count and a rest day at the end moves on (民法典 第二百零一条 and
    第二百零三条). Where a calendar is not published yet, Monday to Friday count as worked.
    """
    base = max(recognised_on, ended_on) if ended_on else recognised_on
    return foreseen(base, Limit(grace_days, Unit.CALENDAR, ""), calendar=calendar).on


def occasions(due_on: datetime.date, rhythm: Rhythm) -> list[Occasion]:
    """All reminders of one due date, earliest first."""
    day = datetime.timedelta(days=1)
    before = [Occasion(due_on - n * day, f"before-{n}") for n in set(rhythm.before)]
    after = [Occasion(due_on + n * day, f"after-{n}") for n in set(rhythm.after)]
    return sorted([*before, Occasion(due_on, ON_THE_DAY), *after])


def occasion_due(
    due_on: datetime.date,
    rhythm: Rhythm,
    day: datetime.date,
    *,
    since: datetime.date,
    last_sent_on: datetime.date | None = None,
) -> Occasion | None:
    """The one reminder to send on this day, or None.

    Only the latest that has come: earlier ones that were missed stay unsent. Those that lay
    before the due date was set (since), or before the last reminder sent, are past.
    """
    come = [o for o in occasions(due_on, rhythm) if since <= o.day <= day]
    if not come or (last_sent_on is not None and last_sent_on >= come[-1].day):
        return None
    return come[-1]
