"""The days and the people of the demonstration: two batches, the first of them over."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from hitech_cert import actions
from hitech_cert.enums import AttachmentKind
from hitech_cert.models import Application, Intake
from torch_portal.accounts.enums import OfficeRole
from torch_portal.accounts.models import Agency, Enterprise, User
from torch_portal.filings.management.invented import scan

AGENCY, PLACE = "330103", "33"
SOURCE = "浙高企认〔{year}〕{number}号"
# The last hour of the year at which enterprises can still file (reported by 30 November).
LAST = (11, 28, 18)
# Before March no batch of the year can be over: the story is then that of the year before.
FIRST_MONTH = 3


@dataclass(frozen=True)
class Story:
    """When it happens, who acts, and the two batches."""

    now: datetime.datetime
    agency: Agency
    examiner: User
    official: User
    first: Intake
    second: Intake

    def during_first(self, days: int, hour: int = 10) -> datetime.datetime:
        """So many days before the first batch closed."""
        return at_hour(self.first.closes_at - datetime.timedelta(days=days), hour)

    def ago(self, days: int, hour: int = 9) -> datetime.datetime:
        """So many days before now, never later than now."""
        return min(at_hour(self.now - datetime.timedelta(days=days), hour), self.now)


def at_hour(moment: datetime.datetime, hour: int) -> datetime.datetime:
    """An hour of the same day in the portal's time zone."""
    local = timezone.localtime(moment)
    return local.replace(hour=hour, minute=0, second=0, microsecond=0)


def moment_of(at: datetime.datetime) -> datetime.datetime:
    """When the story stands: now, or the last days of the season of filing before."""
    local = timezone.localtime(at)
    last = local.replace(month=11, day=LAST[1] - 1, hour=12, minute=0, second=0, microsecond=0)
    if local.month < FIRST_MONTH:
        return last.replace(year=local.year - 1)
    return min(local, last)


def story_of(at: datetime.datetime) -> Story:
    """People whom torch_portal.accounts.demo brings in, and the batches, opened once."""
    now = moment_of(at)
    agency = Agency.objects.get(code=AGENCY)
    official = User.objects.get(username="official")
    examiner = User.objects.filter(
        username="examiner", appointments__role=OfficeRole.REVIEWER, appointments__agency=agency
    ).get()
    return Story(now, agency, examiner, official, *_batches(now, official))


def _batches(now: datetime.datetime, by: User) -> tuple[Intake, Intake]:
    """One that closed four weeks ago and was extended, one that takes applications."""
    day = datetime.timedelta(days=1)
    begins = at_hour(now - 26 * day, 9)
    last = now.replace(month=LAST[0], day=LAST[1], hour=LAST[2], minute=0)
    closes = min(at_hour(now + 12 * day, 18), last)
    return (
        _opened(1, at_hour(now - 58 * day, 9), at_hour(now - 33 * day, 18), by, extended=5),
        _opened(2, begins, closes, by),
    )


def _opened(
    number: int,
    opens: datetime.datetime,
    closes: datetime.datetime,
    by: User,
    *,
    extended: int = 0,
) -> Intake:
    year = closes.year
    known = Intake.objects.filter(jurisdiction_id=PLACE, year=year, number=number).first()
    if known is not None:
        return known
    source = SOURCE.format(year=year, number=number)
    days = datetime.timedelta(days=2)
    terms = actions.Terms(
        year=year,
        number=number,
        title=f"浙江省{year}年第{'一二三'[number - 1]}批高新技术企业认定",
        opens_at=opens,
        closes_at=closes,
        recommend_by=(closes + days).date(),
        source=source,
    )
    intake = actions.open_intake(
        jurisdiction=Agency.objects.get(code=AGENCY).jurisdiction, terms=terms, by=by, at=opens
    )
    if extended:
        later = closes + datetime.timedelta(days=extended)
        moved = {"closes_at": later, "recommend_by": (later + days).date()}
        source = SOURCE.format(year=year, number=number + 6)
        actions.extend(intake=intake, deadlines=moved, source=source, by=by, at=closes - days)
        intake.refresh_from_db()
    return intake


def filer_of(enterprise: Enterprise) -> User:
    """Who files for an enterprise."""
    return User.objects.filter(memberships__enterprise=enterprise).order_by("pk")[0]


def attach(application: Application, kind: AttachmentKind, at: datetime.datetime) -> None:
    """A file of this kind, sent by the enterprise with its draft."""
    upload = scan(f"{kind.value}-{application.pk}")
    by = filer_of(application.enterprise)
    actions.attach(application=application, kind=kind.value, upload=upload, by=by, at=at)
