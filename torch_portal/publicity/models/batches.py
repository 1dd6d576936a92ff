"""A list that is publicised as one, its entries, and the record of what was done to it."""

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.enums import OfficeRole
from torch_portal.accounts.models import Jurisdiction
from torch_portal.accounts.roles import Person, standing
from torch_portal.common.acts import pair, person
from torch_portal.filings.models import Filing
from torch_portal.publicity.enums import BatchAct, BatchState, EntryState, Step
from torch_portal.publicity.workflow import LIVE, PUBLIC_BATCHES, PUBLIC_ENTRIES

ATTEMPTS = 5  # of a step; then a person looks at it and has it tried again
NEVER_PUBLIC = (BatchState.PREPARING, BatchState.CANCELLED)


def in_charge(user: Person, prefix: str = "") -> Q:
    """The lists that this person keeps: those of the jurisdictions of their office.

    Reviewers and officials of the jurisdiction itself, or of the whole country; an agency does
    not publicise.
    """
    desk = {OfficeRole.REVIEWER, OfficeRole.OFFICIAL}
    areas = [area for role, area in standing(user).jurisdictions if role in desk]
    return Q() if None in areas else Q(**{f"{prefix}jurisdiction_id__in": areas})


class BatchQuerySet(models.QuerySet["Batch"]):
    """Reads of lists; those for the desk start from visible_to, those for everybody from public."""

    def visible_to(self, user: Person) -> "BatchQuerySet":
        """The lists that this person keeps."""
        return self.filter(in_charge(user))

    def public(self, day: datetime.date) -> "BatchQuerySet":
        """What everybody may read: from the first day of the period on."""
        return self.filter(state__in=PUBLIC_BATCHES, opens_on__lte=day)


class Batch(models.Model):
    """One list: its period of publicity, and the work that a worker does on it.

    number: serial within line, jurisdiction and year. opens_on and ends_on: first and last day of
    the period, both included; days: its length in working days. contact: where to ask and object
    besides the portal. size: entries that were publicised. step: what a worker does now ("" when
    nothing), begun by step_by; done, left_out and expected count entries of the last step; due_at
    is when it is tried again.
    """

    line = models.CharField(_("service line"), max_length=16)
    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, verbose_name=_("jurisdiction"), related_name="+"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number of the list in its year"))
    title = models.CharField(_("title"), max_length=160)
    state = models.CharField(
        _("state"), max_length=12, choices=BatchState, default=BatchState.PREPARING
    )
    clause = models.CharField(_("clause"), max_length=160)
    contact = models.CharField(_("where to object"), max_length=200)
    days = models.PositiveSmallIntegerField(_("working days of publicity"), null=True)
    opens_on = models.DateField(_("first day of publicity"), null=True)
    ends_on = models.DateField(_("last day of publicity"), null=True)
    announced_on = models.DateField(_("announced on"), null=True)
    size = models.PositiveIntegerField(_("entries publicised"), default=0)
    created_at = models.DateTimeField(_("created at"))
    created_by = person(_("created by"))
    step = models.CharField(_("running step"), max_length=12, choices=Step, blank=True)
    step_at = models.DateTimeField(_("step begun at"), null=True)
    step_by = person(_("step begun by"), null=True)
    done = models.PositiveIntegerField(_("entries done"), default=0)
    left_out = models.PositiveIntegerField(_("entries left out"), default=0)
    expected = models.PositiveIntegerField(_("entries to do"), default=0)
    attempts = models.PositiveSmallIntegerField(_("failed attempts"), default=0)
    due_at = models.DateTimeField(_("due at"), null=True)
    last_error = models.TextField(_("last error"), blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("publicity list")
        verbose_name_plural = _("publicity lists")
        indexes = [
            models.Index(fields=["line", "due_at"], condition=~Q(step=""), name="publicity_due"),
            models.Index(fields=["state", "-opens_on", "-id"], name="publicity_public"),
            models.Index(fields=["jurisdiction", "-id"], name="publicity_area"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["line", "jurisdiction", "year", "number"], name="publicity_number_once"
            ),
            models.CheckConstraint(condition=pair("step"), name="publicity_step_pair"),
            models.CheckConstraint(
                condition=Q(step="", step_at__isnull=True) | ~Q(step="") & Q(step_at__isnull=False),
                name="publicity_step_begun",
            ),
            models.CheckConstraint(
                condition=Q(
                    days__isnull=False,
                    opens_on__isnull=False,
                    ends_on__isnull=False,
                    ends_on__gte=F("opens_on"),
                )
                | Q(state__in=NEVER_PUBLIC),
                name="publicity_period",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def settled(self) -> int:
        """Entries of the running or last step that are through."""
        return self.done + self.left_out

    @property
    def gave_up(self) -> bool:
        """Whether the worker tried so often that a person has to look at it."""
        return bool(self.step) and self.attempts >= ATTEMPTS

    def is_open(self, at: datetime.datetime) -> bool:
        """Whether objections are taken at this moment: until the end of the last day."""
        if self.state != BatchState.OPEN or self.opens_on is None or self.ends_on is None:
            return False
        return self.opens_on <= timezone.localdate(at) <= self.ends_on


class BatchEvent(models.Model):
    """One act on a list; append-only, kept so by the database."""

    batch = models.ForeignKey(
        Batch, models.PROTECT, verbose_name=_("publicity list"), related_name="events"
    )
    at = models.DateTimeField(_("at"))
    by = person(_("by"), null=True)
    by_name = models.CharField(_("name of the person"), max_length=150, blank=True)
    act = models.CharField(_("act"), max_length=20, choices=BatchAct)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("event of a publicity list")
        verbose_name_plural = _("events of publicity lists")

    def __str__(self) -> str:
        return f"{self.batch_id} {self.act} {self.at:%Y-%m-%d %H:%M}"


class EntryQuerySet(models.QuerySet["Entry"]):
    """Reads of entries."""

    def visible_to(self, user: Person) -> "EntryQuerySet":
        """Entries of the lists that this person keeps."""
        return self.filter(in_charge(user, "batch__"))

    def public(self) -> "EntryQuerySet":
        """Those of a public list that everybody may read."""
        return self.filter(state__in=PUBLIC_ENTRIES)


class Entry(models.Model):
    """One filing on a list, with the content that is public, frozen when it was taken in.

    A filing stands in at most one list that still counts. `ordinal` is its place, given when the
    list is publicised; `number` what the announcement gave it.
    """

    batch = models.ForeignKey(
        Batch, models.PROTECT, verbose_name=_("publicity list"), related_name="entries"
    )
    filing = models.ForeignKey(
        Filing, models.PROTECT, verbose_name=_("filing"), related_name="publicity_entries"
    )
    ordinal = models.PositiveIntegerField(_("place on the list"), null=True)
    state = models.CharField(
        _("state"), max_length=12, choices=EntryState, default=EntryState.LISTED
    )
    reason = models.CharField(_("why it was left out"), max_length=240, blank=True)
    name = models.CharField(_("registered name"), max_length=120)
    credit_code = models.CharField(_("unified social credit code"), max_length=18)
    division = models.CharField(_("division of the seat"), max_length=6)
    note = models.CharField(_("note"), max_length=200, blank=True)
    number = models.CharField(_("number given"), max_length=32, blank=True)
    announced_on = models.DateField(_("announced on"), null=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of a publicity list")
        verbose_name_plural = _("entries of publicity lists")
        indexes = [
            models.Index(fields=["batch", "state", "ordinal"], name="publicity_entry_state"),
            models.Index(fields=["credit_code"], name="publicity_entry_code"),
            models.Index(fields=["number"], condition=~Q(number=""), name="publicity_entry_number"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["filing"], condition=Q(state__in=LIVE), name="publicity_filing_once"
            ),
            models.UniqueConstraint(fields=["batch", "ordinal"], name="publicity_ordinal_once"),
            models.CheckConstraint(
                condition=~Q(state=EntryState.LEFT_OUT) | ~Q(reason=""),
                name="publicity_left_out_why",
            ),
            models.CheckConstraint(
                condition=Q(state=EntryState.ANNOUNCED, announced_on__isnull=False)
                | ~Q(state=EntryState.ANNOUNCED) & Q(announced_on__isnull=True),
                name="publicity_entry_announced",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ordinal or '-'} {self.name}"
