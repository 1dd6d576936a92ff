"""Reads over covers and events."""

import datetime
from collections.abc import Collection

from django.db import connection
from django.db.models import F, OuterRef, Q, Subquery

from torch_portal.common.codes import parent_of
from torch_portal.common.workdays import Calendar, published_calendar
from torch_portal.filings.models import (
    Attachment,
    CalendarDay,
    Event,
    Filing,
    LocalRule,
    ReadyText,
    ThreadFile,
    overrides_for,
)

BROKEN_CHAIN = """
SELECT filing_id, seq FROM (
    SELECT e.filing_id, e.seq, e.hash, e.prev_hash, filings_event_hash(e) AS recomputed,
        lag(e.hash) OVER chain AS hash_before, row_number() OVER chain AS position
    FROM filings_event e WINDOW chain AS (PARTITION BY e.filing_id ORDER BY e.seq)
) AS links
WHERE hash <> recomputed OR prev_hash <> COALESCE(hash_before, '') OR seq <> position
ORDER BY filing_id, seq LIMIT 100
"""


def calendar_for(jurisdiction: str) -> Calendar:
    """The published working-day calendar with the days that differ in this jurisdiction."""
    return published_calendar(overrides_for(jurisdiction))


def calendars_for(jurisdictions: Collection[str]) -> dict[str, Calendar]:
    """The working-day calendar of each of these jurisdictions; one query, none for no place."""
    if not jurisdictions:
        return {}
    rows = CalendarDay.objects.filter(
        Q(jurisdiction__isnull=True) | Q(jurisdiction_id__in=jurisdictions)
    )
    known = list(rows.values_list("jurisdiction_id", "day", "is_workday"))
    return {
        place: published_calendar(
            {day: worked for area, day, worked in known if area is None}
            | {day: worked for area, day, worked in known if area == place}
        )
        for place in jurisdictions
    }


def local_rules(
    line: str, jurisdictions: Collection[str], day: datetime.date
) -> dict[str, dict[str, LocalRule]]:
    """What holds on a day in each of these places, by kind; one query.

    A place's own row wins over that of its province (where that binds cities), that over the
    national one, a later row over an earlier one.
    """
    parents = {place: parent_of(place) for place in jurisdictions}
    reach = Q(jurisdiction__isnull=True) | Q(jurisdiction_id__in=[*parents, *parents.values()])
    in_force = Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gt=day))
    rows = list(LocalRule.objects.filter(reach, in_force, line=line).order_by("since", "pk"))
    found: dict[str, dict[str, LocalRule]] = {place: {} for place in parents}
    for place, parent in parents.items():
        national = [r for r in rows if r.jurisdiction_id is None]
        above = [r for r in rows if r.jurisdiction_id == parent != place and r.binds_cities]
        own = [r for r in rows if r.jurisdiction_id == place]
        for rule in (*national, *above, *own):
            found[place][rule.kind] = rule
    return found


def ready_texts(line: str, move: str, jurisdiction: str) -> list[ReadyText]:
    """The ready-made words for a move there, the national ones too, by name."""
    reach = Q(jurisdiction__isnull=True) | Q(jurisdiction_id=jurisdiction)
    rows = ReadyText.objects.filter(reach, line=line, move=move, active=True)
    return list(rows.order_by("title", "pk")[:50])


def live_files(filing: Filing) -> list[Attachment]:
    """The files that were not taken out again, oldest first; no query when they are fetched."""
    live = (file for file in filing.attachments.all() if file.removed_at is None)
    return sorted(live, key=lambda file: file.pk)


def history(filing: Filing) -> list[Event]:
    """All events of a filing, oldest first."""
    return list(filing.events.select_related("by").order_by("seq"))


def overdue(line: str, day: datetime.date) -> list[Filing]:
    """Open filings whose statutory day has passed and which were not flagged for that day yet."""
    return list(
        Filing.objects.filter(line=line, stage__in=["submitted", "in_review"], due_on__lt=day)
        .filter(overdue_flagged_on__isnull=True)
        .select_related("agency", "enterprise")
        .order_by("due_on", "pk")
    )


def problems() -> list[str]:
    """Broken invariants of covers and events, as sentences; empty when all is well."""
    with connection.cursor() as cursor:
        cursor.execute(BROKEN_CHAIN)
        found = [f"event {f}/{s}: the hash chain is broken here" for f, s in cursor.fetchall()]
    return found + _wrong_covers() + _missing_files()


def _wrong_covers() -> list[str]:
    """Covers that do not stand where their last event left them."""
    newest = Event.objects.filter(filing=OuterRef("pk")).order_by("-seq")
    covers = Filing.objects.annotate(
        last=Subquery(newest.values("seq")[:1]), led_to=Subquery(newest.values("to_state")[:1])
    )
    counted = Q(version=F("last"), last__isnull=False)
    found = [
        f"filing {filing.pk}: version {filing.version} but the last event is {filing.last}"
        for filing in covers.exclude(counted).order_by("pk")[:100]
    ]
    moved = covers.filter(counted).exclude(state=F("led_to")).order_by("pk")[:100]
    return found + [
        f"filing {filing.pk}: stands at {filing.state} but its last event led to {filing.led_to}"
        for filing in moved
    ]


def _missing_files() -> list[str]:
    return [
        f"attachment {a.pk}: the file {a.file.name} is gone"
        for a in Attachment.objects.filter(forgotten_on__isnull=True).order_by("pk").iterator(500)
        if not a.file.storage.exists(str(a.file.name))
    ] + [
        f"file {f.pk} of a message: {f.file.name} is gone"
        for f in ThreadFile.objects.order_by("pk").iterator(500)
        if not f.file.storage.exists(str(f.file.name))
    ]
