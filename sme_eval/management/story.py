"""The days and the people of the demonstration, and what all its parts do."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from sme_eval import actions
from sme_eval.editions import EDITIONS, SHANGHAI, Edition
from sme_eval.enums import AttachmentKind
from sme_eval.models import Evaluation
from torch_portal.accounts.enums import OfficeRole
from torch_portal.accounts.models import Agency, Enterprise, User
from torch_portal.filings.management.invented import scan

SETTLED_AFTER = 60  # days from the first day of the window until a list of it is surely announced


@dataclass(frozen=True)
class Days:
    """The days of the story: first and last of the filings, and now."""

    edition: Edition
    opens: datetime.date
    closes: datetime.date
    now: datetime.datetime

    def after_opening(self, days: int, hour: int = 10) -> datetime.datetime:
        """So many days after the first day of the window."""
        return moment(self.opens + datetime.timedelta(days=days), hour)

    def before_closing(self, days: int, hour: int = 10) -> datetime.datetime:
        """So many days before the last day on which a form could come so far."""
        return moment(self.closes - datetime.timedelta(days=days), hour)

    def ago(self, days: int) -> datetime.datetime:
        """So many days before now."""
        return self.now - datetime.timedelta(days=days)


@dataclass(frozen=True)
class People:
    """Who acts: agency and examiner, and two officials of the province."""

    agency: Agency
    examiner: User
    official: User
    second: User


def moment(day: datetime.date, hour: int) -> datetime.datetime:
    """An hour of a day in Shanghai."""
    return datetime.datetime.combine(day, datetime.time(hour), tzinfo=SHANGHAI)


def settled_editions(today: datetime.date) -> list[Edition]:
    """The years whose window had opened SETTLED_AFTER days before, the newest last."""
    settled = today - datetime.timedelta(days=SETTLED_AFTER)
    return sorted((e for e in EDITIONS if e.opens <= settled), key=lambda e: e.year)


def days_of(at: datetime.datetime) -> Days:
    """The days within the newest year of which a list can have been announced."""
    today = timezone.localdate(at)
    edition = settled_editions(today)[-1]
    closes = min(edition.closes, today - datetime.timedelta(days=1))
    return Days(edition, edition.opens, closes, at)


def people_of() -> People:
    """Those whom torch_portal.accounts.demo brings in."""
    agency = Agency.objects.get(code="330100")
    province = User.objects.filter(
        appointments__role=OfficeRole.OFFICIAL, appointments__jurisdiction=agency.jurisdiction_id
    )
    official = province.get(username="official")
    second = province.exclude(pk=official.pk).order_by("pk")[0]
    return People(agency, User.objects.get(username="examiner"), official, second)


def filer_of(enterprise: Enterprise) -> User:
    """Who files for an enterprise."""
    return User.objects.filter(memberships__enterprise=enterprise).order_by("pk")[0]


def attach(evaluation: Evaluation, kind: str, at: datetime.datetime) -> None:
    """A file of this kind, sent by the enterprise with its draft."""
    upload = scan(f"{AttachmentKind(kind).value}-{evaluation.pk}")
    by = filer_of(evaluation.enterprise)
    actions.attach(evaluation=evaluation, kind=kind, upload=upload, by=by, at=at)
