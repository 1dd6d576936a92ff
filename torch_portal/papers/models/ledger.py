"""Paper originals and the reminders that went out."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.roles import Person
from torch_portal.common.acts import pair, person
from torch_portal.filings.models import Filing, may_see
from torch_portal.papers.enums import PaperKind, PaperState
from torch_portal.papers.models.emergencies import Emergency

OPEN = (PaperState.DUE, PaperState.OVERDUE)
WITHOUT_DUE_DATE = (PaperState.NOT_REQUIRED, PaperState.DEFERRED)
HANDED_IN = (PaperState.RECEIVED, PaperState.VERIFIED, PaperState.MISMATCH)
DECIDED = (PaperState.VERIFIED, PaperState.MISMATCH, PaperState.WAIVED)


class PaperQuerySet(models.QuerySet["Paper"]):
    """Reads of papers; every one that serves a person starts from visible_to."""

    def visible_to(self, user: Person) -> "PaperQuerySet":
        """Papers of the filings that this person may see."""
        return self.filter(may_see(user, "filing__"))

    def open(self) -> "PaperQuerySet":
        """Those that the enterprise still has to hand in by a day."""
        return self.filter(state__in=OPEN)


class Paper(models.Model):
    """One paper original of a filing: asked for or not, until when, and whether it came.

    `recognised_on` is the day of the decision; `due_set_on` the day on which due_on was set.
    """

    filing = models.ForeignKey(
        Filing, models.PROTECT, verbose_name=_("filing"), related_name="papers"
    )
    kind = models.CharField(_("kind"), max_length=16, choices=PaperKind)
    state = models.CharField(_("state"), max_length=12, choices=PaperState)
    source = models.CharField(_("source document"), max_length=160)
    emergency = models.ForeignKey(
        Emergency,
        models.PROTECT,
        null=True,
        verbose_name=_("emergency"),
        related_name="papers",
    )
    recognised_on = models.DateField(_("recognised on"))
    due_on = models.DateField(_("due on"), null=True)
    due_set_on = models.DateField(_("due date set on"), null=True)
    created_at = models.DateTimeField(_("created at"))
    created_by = person(_("created by"))
    received_at = models.DateTimeField(_("received at"), null=True)
    received_by = person(_("received by"), null=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = person(_("decided by"), null=True)
    note = models.TextField(_("note"), blank=True)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper original")
        verbose_name_plural = _("paper originals")
        indexes = [
            models.Index(fields=["due_on"], condition=Q(state__in=OPEN), name="paper_open_due"),
            models.Index(
                fields=["emergency"],
                condition=Q(state=PaperState.DEFERRED),
                name="paper_deferred",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["filing", "kind"], name="paper_once"),
            models.CheckConstraint(condition=pair("created"), name="paper_created_pair"),
            models.CheckConstraint(condition=pair("received"), name="paper_received_pair"),
            models.CheckConstraint(condition=pair("decided"), name="paper_decided_pair"),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True, due_set_on__isnull=True)
                | Q(due_on__isnull=False, due_set_on__isnull=False),
                name="paper_due_set_pair",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, due_on__isnull=False)
                | Q(state__in=WITHOUT_DUE_DATE, due_on__isnull=True)
                | ~Q(state__in=(*OPEN, *WITHOUT_DUE_DATE)),
                name="paper_due_date_fits",
            ),
            models.CheckConstraint(
                condition=Q(state__in=HANDED_IN, received_at__isnull=False)
                | Q(state__in=(*OPEN, *WITHOUT_DUE_DATE), received_at__isnull=True)
                | Q(state=PaperState.WAIVED),
                name="paper_receipt_fits",
            ),
            models.CheckConstraint(
                condition=Q(state__in=DECIDED, decided_at__isnull=False)
                | ~Q(state__in=DECIDED) & Q(decided_at__isnull=True),
                name="paper_decision_fits",
            ),
            models.CheckConstraint(
                condition=~Q(state=PaperState.DEFERRED) | Q(emergency__isnull=False),
                name="paper_deferred_by_emergency",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(PaperState.MISMATCH, PaperState.WAIVED)) | ~Q(note=""),
                name="paper_note_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.filing} {self.get_kind_display()}"


class Reminder(models.Model):
    """A reminder that went out: one per paper, occasion and due date, never twice."""

    paper = models.ForeignKey(
        Paper, models.PROTECT, verbose_name=_("paper original"), related_name="reminders"
    )
    occasion = models.CharField(_("occasion"), max_length=12)
    due_on = models.DateField(_("due on"))
    day = models.DateField(_("sent on"))

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.UniqueConstraint(fields=["paper", "occasion", "due_on"], name="reminder_once")
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.occasion} {self.due_on:%Y-%m-%d}"
