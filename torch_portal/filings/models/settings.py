"""Settings of a line that a jurisdiction makes for itself: limits, thresholds, ready-made words."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.models import Jurisdiction
from torch_portal.filings.enums import Amount, DayCount, LocalKind


class LocalRule(models.Model):
    """What a jurisdiction decrees beside the national edition, from one day to another.

    A row lies over the dated edition of the line: its own place before the province, the
    province before the whole country. `expert_days` counts when experts review.
    """

    line = models.CharField(_("service line"), max_length=16)
    kind = models.CharField(_("kind"), max_length=16, choices=LocalKind)
    jurisdiction = models.ForeignKey(
        Jurisdiction,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("jurisdiction"),
        related_name="+",
        help_text=_("Empty: the whole country."),
    )
    binds_cities = models.BooleanField(
        _("also in cities with separate planning status"),
        default=False,
        help_text=_("A provincial regulation binds them; an office's own rule does not."),
    )
    since = models.DateField(
        _("counts from"), help_text=_("First day of acceptance it counts for.")
    )
    until = models.DateField(
        _("until"), null=True, blank=True, help_text=_("First day no more; empty while in force.")
    )
    days = models.PositiveSmallIntegerField(_("days to decide"), null=True, blank=True)
    expert_days = models.PositiveSmallIntegerField(
        _("days to decide with experts"), null=True, blank=True
    )
    unit = models.CharField(_("days are"), max_length=8, choices=DayCount, blank=True)
    amount = models.CharField(_("amount looked at"), max_length=10, choices=Amount, blank=True)
    threshold_yuan = models.DecimalField(
        _("threshold (yuan)"), max_digits=18, decimal_places=2, null=True, blank=True
    )
    source = models.CharField(_("source document"), max_length=160)

    class Meta:
        verbose_name = _("local limit or threshold")
        verbose_name_plural = _("local limits and thresholds")
        constraints = [
            models.UniqueConstraint(
                fields=["line", "kind", "jurisdiction", "since"],
                name="local_rule_once",
                nulls_distinct=False,
                violation_error_message=_("There is a row for this place and day already."),
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
                name="local_rule_period",
                violation_error_message=_("The end has to come after the beginning."),
            ),
            models.CheckConstraint(
                condition=Q(kind=LocalKind.REVIEW_LIMIT)
                & Q(days__isnull=False, days__gt=0, threshold_yuan__isnull=True)
                & ~Q(unit="")
                | Q(kind=LocalKind.SECOND_REVIEW)
                & Q(days__isnull=True, threshold_yuan__isnull=False, threshold_yuan__gt=0)
                & ~Q(amount=""),
                name="local_rule_complete",
                violation_error_message=_(
                    "A review limit needs days and what they are; a threshold needs the amount "
                    "looked at and yuan. Leave the entries of the other kind empty."
                ),
            ),
        ]

    def __str__(self) -> str:
        place = self.jurisdiction_id or "*"
        return f"{self.get_kind_display()} {place} {self.since:%Y-%m-%d}"


class ReadyText(models.Model):
    """Words that reviewers use again and again, offered on the page of a move."""

    line = models.CharField(_("service line"), max_length=16)
    move = models.CharField(_("offered with"), max_length=32)
    jurisdiction = models.ForeignKey(
        Jurisdiction,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("jurisdiction"),
        related_name="+",
        help_text=_("Empty: the whole country."),
    )
    title = models.CharField(_("short name"), max_length=40)
    text = models.CharField(_("text"), max_length=400)
    field = models.CharField(_("entry"), max_length=40, blank=True)
    clause = models.CharField(_("clause"), max_length=120, blank=True)
    active = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("ready-made reason")
        verbose_name_plural = _("ready-made reasons")
        constraints = [
            models.UniqueConstraint(
                fields=["line", "move", "jurisdiction", "title"],
                name="ready_text_once",
                nulls_distinct=False,
                violation_error_message=_("There is a reason of this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.title
