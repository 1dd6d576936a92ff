"""Reads of the batches of a year: which is open, what the public calendar shows."""

import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from hitech_cert.enums import Channel, State
from hitech_cert.models import Application, Intake
from torch_portal.filings.enums import Stage
from torch_portal.filings.models import Filing

# Deadlines that can be moved later, in the order in which they pass.
DEADLINES = ("closes_at", "recommend_by", "paper_by")


def open_intakes(jurisdiction: str, at: datetime.datetime) -> QuerySet[Intake]:
    """The batches of a certification body that take applications now, the next to close first."""
    rows = Intake.objects.filter(jurisdiction_id=jurisdiction, closed_at=None)
    return rows.filter(opens_at__lte=at, closes_at__gte=at).order_by("closes_at", "pk")


def intake_for(jurisdiction: str, at: datetime.datetime) -> Intake | None:
    """The batch into which an application handed in at this moment falls; None when none is open.

    The moment of closing itself is still in time.
    """
    return open_intakes(jurisdiction, at).first()


def next_intake(jurisdiction: str, at: datetime.datetime) -> Intake | None:
    """The next batch that is announced but not open yet."""
    rows = Intake.objects.filter(jurisdiction_id=jurisdiction, opens_at__gt=at, closed_at=None)
    return rows.order_by("opens_at", "pk").first()


def deadlines(intake: Intake) -> dict[str, str]:
    """The deadlines as they are kept in the history of extensions: ISO, "" for none."""
    values = {name: getattr(intake, name) for name in DEADLINES}
    moment = timezone.localtime(intake.closes_at)
    texts = {name: value.isoformat() if value else "" for name, value in values.items()}
    return texts | {"closes_at": moment.isoformat(timespec="minutes")}


def in_local_check(intake: Intake) -> QuerySet[Application]:
    """Applications of the batch that the bureaus have not recommended yet."""
    rows = Application.objects.filter(intake=intake, filing__state=State.SUBMITTED)
    return rows.select_related("filing", "enterprise").order_by("pk")


def covers_of(intake: Intake) -> QuerySet[Filing]:
    """The filings of the batch."""
    return Filing.objects.filter(application__intake=intake)


def with_the_enterprise(intake: Intake) -> QuerySet[Application]:
    """Drafts and returned applications that the batch could still take."""
    rows = Application.objects.filter(
        filing__jurisdiction_id=intake.jurisdiction_id,
        filing__stage__in=[Stage.DRAFT, Stage.CORRECTING],
        year=intake.year,
    )
    return rows.select_related("filing__contact", "filing__created_by").order_by("pk")


def calendar(at: datetime.datetime) -> list[dict[str, Any]]:
    """The public calendar: batches of this year and later by place, newest extension beside."""
    year = timezone.localdate(at).year
    rows = Intake.objects.filter(year__gte=year).select_related("jurisdiction")
    rows = rows.prefetch_related("extensions").order_by("jurisdiction_id", "year", "number")
    places: dict[str, dict[str, Any]] = {}
    for intake in rows:
        place = places.setdefault(
            intake.jurisdiction_id, {"name": intake.jurisdiction.name, "batches": []}
        )
        place["batches"].append(shown(intake, at))
    return list(places.values())


def shown(intake: Intake, at: datetime.datetime) -> dict[str, Any]:
    """A batch as its calendar shows it; status: planned, open, closed."""
    extensions = sorted(intake.extensions.all(), key=lambda row: row.pk)
    return {
        "intake": intake,
        "status": status(intake, at),
        "moved": [
            {"row": row, "changes": changes(row.before, row.after), "source": row.source}
            for row in extensions
        ],
    }


def status(intake: Intake, at: datetime.datetime) -> str:
    """planned, open or closed at this moment."""
    if intake.closed_at is not None or intake.closes_at < at:
        return "closed"
    return "open" if intake.opens_at <= at else "planned"


def changes(before: dict[str, str], after: dict[str, str]) -> list[tuple[str, str, str]]:
    """Which deadlines an extension moved: name, what it was, what it became; for people."""
    return [
        (name, _plain(before[name]), _plain(after[name]))
        for name in DEADLINES
        if before[name] != after[name]
    ]


def _plain(moment: str) -> str:
    """2020-09-20T18:00+08:00 as 2020-09-20 18:00; a day stays as it is."""
    return moment[:16].replace("T", " ") if moment else "—"


def counted(rows: Any) -> Any:
    """Batches with `handed_in`, and `waiting`: those still in local check."""
    handed_in = Q(applications__filing__submitted_at__isnull=False)
    local = Q(applications__filing__state=State.SUBMITTED)
    return rows.annotate(
        handed_in=Count("applications", filter=handed_in),
        waiting=Count("applications", filter=local),
    )


def states_of(intake: Intake) -> list[tuple[Any, int]]:
    """How many applications of the batch stand in each state, in the order of the course."""
    rows = Application.objects.filter(intake=intake).values_list("filing__state")
    counts = dict(rows.annotate(count=Count("pk")).order_by())
    return [(state.label, counts[state]) for state in State if counts.get(state)]


def label_of_deadline(name: str) -> str:
    """What a deadline is called."""
    column: Any = Intake._meta.get_field(name)
    return str(column.verbose_name)


def open_packages(year: int) -> QuerySet[Application]:
    """Applications of a year that came in by e-mail and are not handed in yet."""
    rows = Application.objects.filter(
        channel=Channel.EMAIL,
        year=year,
        filing__stage=Stage.DRAFT,
    )
    return rows.select_related("filing", "enterprise", "intake").order_by("-received_at", "pk")
