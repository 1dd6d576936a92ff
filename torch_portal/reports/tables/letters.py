"""Regular reports: the figures of a week or month by e-mail, to officials who asked for them."""

import datetime
import urllib.parse

from django.db import transaction
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from torch_portal.accounts.models import User
from torch_portal.accounts.roles import Denied, Person
from torch_portal.common.counting import Figures
from torch_portal.filings.models import Filing
from torch_portal.filings.models.covers import OPEN
from torch_portal.notices import actions as notices
from torch_portal.notices.models import Message
from torch_portal.reports.enums import Rhythm
from torch_portal.reports.models import Subscription
from torch_portal.reports.tables import printing, reading
from torch_portal.reports.tables.span import Span, named

ONE_DAY = datetime.timedelta(days=1)
Choice = tuple[str, str]


def last_period(rhythm: str, today: datetime.date) -> Span:
    """The last whole week (Monday to Sunday) or month before this day."""
    if rhythm == Rhythm.MONTHLY:
        return named(today)["last_month"]
    sunday = today - (today.weekday() + 1) * ONE_DAY
    return Span(sunday - 6 * ONE_DAY, sunday)


@transaction.atomic
def choose(*, by: User, wanted: set[Choice], at: datetime.datetime) -> None:
    """Keep exactly these reports, as (place, rhythm); Denied for a place of others."""
    if not {place for place, _rhythm in wanted} <= set(reading.places(by)):
        raise Denied(_("The figures are read by officials, each those of their jurisdiction."))
    kept = {(row.place, row.rhythm): row for row in Subscription.objects.visible_to(by)}
    dropped = [row.pk for choice, row in kept.items() if choice not in wanted]
    Subscription.objects.filter(pk__in=dropped).delete()
    language, day = translation.get_language() or "", timezone.localdate(at)
    Subscription.objects.bulk_create(
        Subscription(
            person=by, jurisdiction_id=place or None, rhythm=rhythm, language=language, since=day
        )
        for place, rhythm in sorted(wanted - set(kept))
    )


def send(*, at: datetime.datetime) -> int:
    """Write the reports of the last whole periods that were not written yet; how many.

    Who is no official of the place any more gets none. Safe to run twice: the key of a letter
    names person, place and period.
    """
    today = timezone.localdate(at)
    count = 0
    for row in Subscription.objects.select_related("person").order_by("pk").iterator(200):
        span = last_period(row.rhythm, today)
        key = f"report-{row.rhythm}-{row.person_id}-{row.place or 'all'}-{span.since}"
        if span.until < row.since or not reading.may_read(row.person, row.place):
            continue
        if not Message.objects.filter(key=key).exists():
            with translation.override(row.language):
                notices.post_many([_letter(key, row, span, at)], at=at)
            count += 1
    return count


def _letter(key: str, row: Subscription, span: Span, at: datetime.datetime) -> notices.Letter:
    names = {"place": reading.places(row.person)[row.place], "period": reading.period_words(span)}
    query = {"place": row.place, "since": str(span.since), "until": str(span.until)}
    return notices.Letter(
        key=key,
        user=row.person,
        subject=_("Technology contracts of %(place)s, %(period)s") % names,
        body="\n".join(body(row.person, row.place, span, at)),
        link=f"{reverse('reports:tables')}?{urllib.parse.urlencode(query)}",
    )


def body(person: Person, place: str, span: Span, at: datetime.datetime) -> list[str]:
    """The report as lines of plain text, which print as they are."""
    counted = reading.counts(person, place, span)
    none = Figures()
    now = counted.now.get("all", {}).get((), none)
    before = counted.before.get("all", {}).get((), none)
    desk = _desk(person, place, span, timezone.localdate(at))
    figures = [
        (_("Submitted"), f"{desk['sent']:,}"),
        (_("Decided"), f"{desk['decided']:,}"),
        (_("Registered, in force"), f"{now.items:,}"),
        (_("Contract amount (yuan)"), f"{now.total:,.2f}"),
        (_("Technical amount (yuan)"), f"{now.technical:,.2f}"),
        (_("Contract amount, year on year"), _grown(now, before)),
        (_("Open now"), f"{desk['open']:,}"),
        (_("Of these past the time limit"), f"{desk['late']:,}"),
    ]
    foot = _("As of %(moment)s. The statutory tables of the period are in the portal, as PDF too.")
    moment = f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
    return [
        _("From %(since)s to %(until)s") % {"since": span.since, "until": span.until},
        "",
        *(f"{label}: {figure}" for label, figure in figures),
        "",
        foot % {"moment": moment},
        _("You chose this report yourself; you can stop it under “Regular reports”."),
    ]


def _grown(now: Figures, before: Figures) -> str:
    growth = printing.growth_of(now.total, before.total)
    return growth if growth == printing.NONE else f"{growth}%"


def _desk(person: Person, place: str, span: Span, today: datetime.date) -> dict[str, int]:
    """What came in and went out in the period, and what is open now."""
    since, until = (
        timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))
        for day in (span.since, span.until + ONE_DAY)
    )
    rows = Filing.objects.visible_to(person).filter(submitted_at__isnull=False)
    if place:
        rows = rows.filter(jurisdiction_id=place)
    return rows.aggregate(
        sent=Count("pk", filter=Q(submitted_at__gte=since, submitted_at__lt=until)),
        decided=Count("pk", filter=Q(decided_at__gte=since, decided_at__lt=until)),
        open=Count("pk", filter=OPEN),
        late=Count("pk", filter=OPEN & Q(due_on__lt=today)),
    )
