"""Guidance on the items: notes, questions to the responsible unit, FAQ, office hours."""

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from stats.enums import HoursWay, QuestionState
from stats.models.courses import Guidance
from torch_portal.accounts.enums import OfficeRole
from torch_portal.accounts.models import Agency, Enterprise, Jurisdiction
from torch_portal.accounts.roles import Person, standing
from torch_portal.common.acts import pair, person
from torch_portal.filings.enums import Side


class ItemNote(models.Model):
    """What respondents should know of an item of a version beside its definition.

    errors: typical errors. changed: what is new against the year before, "" for nothing.
    """

    version = models.ForeignKey(
        "stats.InstrumentVersion",
        models.PROTECT,
        verbose_name=_("version of an instrument"),
        related_name="+",
    )
    item_code = models.CharField(_("code of the item"), max_length=40)
    errors = models.TextField(_("typical errors"), blank=True)
    changed = models.TextField(_("what changed since last year"), blank=True)
    source = models.CharField(_("source document"), max_length=160)

    class Meta:
        verbose_name = _("note on an item")
        verbose_name_plural = _("notes on items")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "item_code"],
                name="stats_item_note_once",
                violation_error_message=_("There is a note on this item already."),
            ),
            models.CheckConstraint(
                condition=~Q(errors="") | ~Q(changed=""),
                name="stats_item_note_says",
                violation_error_message=_("Write typical errors, what changed, or both."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.item_code}"


class AnswerTarget(models.Model):
    """Within how many working days a question is answered; a place before the whole country."""

    jurisdiction = models.ForeignKey(
        Jurisdiction,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("jurisdiction"),
        related_name="+",
        help_text=_("Empty: the whole country."),
    )
    days = models.PositiveSmallIntegerField(_("working days to answer"))
    source = models.CharField(_("source document"), max_length=160)

    class Meta:
        verbose_name = _("time target for answers")
        verbose_name_plural = _("time targets for answers")
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction"],
                name="stats_answer_target_once",
                nulls_distinct=False,
                violation_error_message=_("This place has a target already."),
            ),
            models.CheckConstraint(
                condition=Q(days__gte=1, days__lte=60),
                name="stats_answer_target_days",
                violation_error_message=_("A target lies between 1 and 60 working days."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jurisdiction_id or '*'}: {self.days}"


class QuestionQuerySet(models.QuerySet["Question"]):
    """Reads of questions; every one that serves a person starts from visible_to."""

    def visible_to(self, user: Person) -> "QuestionQuerySet":
        """Of the own enterprises; for offices those to their units and from their places."""
        roles = standing(user)
        desk = {OfficeRole.REVIEWER, OfficeRole.OFFICIAL}
        areas = {area for role, area in roles.jurisdictions if role in desk}
        if None in areas:
            return self.all()
        units = [unit for role, unit in roles.agencies if role in desk]
        seen = Q(enterprise_id__in=roles.member_of)
        return self.filter(seen | Q(unit_id__in=units) | Q(jurisdiction_id__in=areas))

    def waiting(self) -> "QuestionQuerySet":
        """Those whose answer is awaited."""
        return self.filter(awaits=Side.AGENCY)

    def overdue(self, day: datetime.date) -> "QuestionQuerySet":
        """Those whose answer was due before this day."""
        return self.waiting().filter(due_on__lt=day)


class Question(models.Model):
    """A question of a respondent to the unit responsible for it (答疑).

    item_code: the item it is about, "" for the survey as a whole. unit: None where no unit takes
    the survey at the respondent's place; then the jurisdiction answers. awaits: whose word is
    awaited, "" when it is settled. due_on: last day to answer while the unit's word is awaited.
    """

    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, verbose_name=_("enterprise"), related_name="+"
    )
    version = models.ForeignKey(
        "stats.InstrumentVersion",
        models.PROTECT,
        verbose_name=_("version of an instrument"),
        related_name="+",
    )
    item_code = models.CharField(_("code of the item"), max_length=40, blank=True)
    title = models.CharField(_("in short"), max_length=120)
    unit = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        verbose_name=_("responsible unit"),
        related_name="+",
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, verbose_name=_("jurisdiction"), related_name="+"
    )
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = person(_("asked by"))
    awaits = models.CharField(_("whose answer is awaited"), max_length=10, choices=Side, blank=True)
    last_at = models.DateTimeField(_("last message at"))
    due_on = models.DateField(_("answer due on"))
    due_provisional = models.BooleanField(_("due date is provisional"), default=False)
    answered_at = models.DateTimeField(_("first answered at"), null=True)
    answered_by = person(_("first answered by"), null=True)
    reminded_on = models.DateField(_("last reminded on"), null=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question on the survey")
        verbose_name_plural = _("questions on the survey")
        constraints = [
            models.CheckConstraint(condition=pair("answered"), name="stats_question_answered_pair"),
        ]
        indexes = [
            models.Index(
                fields=["due_on", "id"],
                condition=Q(awaits=Side.AGENCY),
                name="stats_question_due",
            ),
            models.Index(fields=["enterprise", "-asked_at"], name="stats_question_asker"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.title}"

    def state_on(self, day: datetime.date) -> QuestionState:
        """Where it stands on a day."""
        if self.awaits == Side.AGENCY:
            return QuestionState.OVERDUE if self.due_on < day else QuestionState.WAITING
        return QuestionState.ANSWERED if self.awaits else QuestionState.SETTLED


class Answer(models.Model):
    """One message on a question, of either side; never changed.

    The enterprise reads the unit's words under the unit's name, not the officer's.
    """

    question = models.ForeignKey(
        Question,
        models.PROTECT,
        verbose_name=_("question on the survey"),
        related_name="messages",
    )
    side = models.CharField(_("side"), max_length=10, choices=Side)
    text = models.TextField(_("text"))
    sent_at = models.DateTimeField(_("sent at"))
    sent_by = person(_("sent by"))
    sent_by_name = models.CharField(_("name of the sender"), max_length=150)

    class Meta:
        verbose_name = _("message on a question")
        verbose_name_plural = _("messages on questions")

    def __str__(self) -> str:
        return f"{self.question_id}/{self.pk} {self.side}"


class FaqEntry(Guidance):
    """A frequent question with its answer, public and searchable.

    item_code: the item it is about, "" for the survey as a whole. question_asked: the question
    it grew from; what is published names no enterprise.
    """

    item_code = models.CharField(_("code of the item"), max_length=40, blank=True)
    question = models.CharField(_("question"), max_length=300)
    answer = models.TextField(_("answer"))
    source = models.CharField(_("source document"), max_length=160)
    question_asked = models.ForeignKey(
        Question,
        models.PROTECT,
        null=True,
        verbose_name=_("question it grew from"),
        related_name="+",
    )

    class Meta(Guidance.Meta):
        verbose_name = _("frequent question")
        verbose_name_plural = _("frequent questions")
        indexes = [models.Index(fields=["version", "item_code"], name="stats_faq_item")]

    def __str__(self) -> str:
        return self.question


class OfficeHours(models.Model):
    """When a unit answers questions on the survey in person (答疑时间)."""

    unit = models.ForeignKey(
        Agency, models.PROTECT, verbose_name=_("responsible unit"), related_name="+"
    )
    begins_at = models.DateTimeField(_("begins at"))
    ends_at = models.DateTimeField(_("ends at"))
    way = models.CharField(_("way"), max_length=10, choices=HoursWay)
    where = models.CharField(_("telephone, address or link"), max_length=160)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("office hours")
        verbose_name_plural = _("office hours")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begins_at")),
                name="stats_office_hours_order",
                violation_error_message=_("The end has to come after the beginning."),
            )
        ]
        indexes = [models.Index(fields=["unit", "begins_at"], name="stats_office_hours_unit")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.begins_at:%Y-%m-%d %H:%M}"
