"""What the levels above hear of returns that were sent back: one message a day and person."""

import datetime
from collections import defaultdict

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from stats.models import Return
from stats.workflow import WORKFLOW, ReviewLevel
from torch_portal.accounts.enums import OfficeRole
from torch_portal.accounts.models import Agency, User
from torch_portal.filings.models import Event
from torch_portal.notices import actions as notices

LEVELS = list(ReviewLevel)
Row = tuple[str, int, str]  # name of the unit, returns sent back, name of the level


def tell_levels_above(*, at: datetime.datetime) -> int:
    """Tell city, province and Torch Center what the levels below them sent back yesterday.

    退回 goes straight to the respondent, and the levels above are informed. Written once for each
    day and person, so running twice tells nobody twice. Returns how many messages there are.
    """
    day = timezone.localdate(at) - datetime.timedelta(days=1)
    told: dict[int, list[Row]] = defaultdict(list)
    for unit, level, count in _returned_on(day):
        for person in _above(unit, level):
            told[person].append((unit.name, count, level))
    people = User.objects.in_bulk(list(told))
    with translation.override(settings.LANGUAGE_CODE):
        letters = [_letter(people[pk], rows, day) for pk, rows in told.items()]
        notices.post_many(letters, at=at)
    return len(told)


def _returned_on(day: datetime.date) -> list[tuple[Agency, str, int]]:
    """Unit, level and number of the returns that were sent back on a day."""
    zone = timezone.get_default_timezone()
    first = datetime.datetime.combine(day, datetime.time(), zone)
    rows = (
        Event.objects.filter(
            filing__line=WORKFLOW.line,
            move="return_for_correction",
            at__gte=first,
            at__lt=first + datetime.timedelta(days=1),
        )
        .values("data__unit", "data__level")
        .annotate(count=Count("pk"))
        .values_list("data__unit", "data__level", "count")
    )
    told = list(rows.order_by("data__unit", "data__level"))
    units = Agency.objects.in_bulk([unit for unit, _level, _count in told if unit])
    return [(units[unit], level, count) for unit, level, count in told if unit in units]


def _above(unit: Agency, level: str) -> list[int]:
    """The people of the levels above one, of the chain of a unit."""
    if level not in LEVELS:
        return []
    upper = LEVELS[LEVELS.index(ReviewLevel(level)) + 1 :]
    offices = User.objects.filter(is_active=True)
    found: set[int] = set()
    if ReviewLevel.CITY in upper:
        cities = Return.objects.filter(unit=unit, city_unit__isnull=False)
        in_city = offices.filter(
            appointments__role=OfficeRole.REVIEWER,
            appointments__agency__in=cities.values("city_unit").distinct(),
        )
        found |= set(in_city.values_list("pk", flat=True))
    if ReviewLevel.PROVINCE in upper:
        here = offices.filter(
            appointments__role__in=(OfficeRole.REVIEWER, OfficeRole.OFFICIAL),
            appointments__agency=None,
            appointments__jurisdiction=unit.jurisdiction_id,
        )
        found |= set(here.values_list("pk", flat=True))
    if ReviewLevel.TORCH in upper:
        torch = offices.filter(
            appointments__role=OfficeRole.OFFICIAL,
            appointments__agency=None,
            appointments__jurisdiction=None,
        )
        found |= set(torch.values_list("pk", flat=True))
    return sorted(found)


def _letter(person: User, rows: list[Row], day: datetime.date) -> notices.Letter:
    lines = "\n".join(f"{name}: {count}" for name, count, _level in rows)
    count = sum(count for _name, count, _level in rows)
    names = {"count": count, "day": day.isoformat(), "lines": lines}
    return notices.Letter(
        key=f"stats-returned-{day:%Y%m%d}-{person.pk}",
        user=person,
        subject=_("Returned to respondents on %(day)s: %(count)s") % names,
        body=_("So many returns were sent back for correction, by unit:\n\n%(lines)s") % names,
        link=reverse("admin:stats_return_changelist") + "?queue=returned",
    )
