"""Courseware of a version of an instrument: material with receipts, and quizzes."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.enums import OfficeRole
from torch_portal.accounts.models import Enterprise, Jurisdiction
from torch_portal.accounts.roles import Person, standing
from torch_portal.common.acts import pair, person
from torch_portal.filings.models import KeptFile


class GuidanceQuerySet(models.QuerySet[Any]):
    """Reads of what is published for the whole country or for one jurisdiction."""

    def live(self) -> "GuidanceQuerySet":
        """Not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def visible_to(self, user: Person) -> "GuidanceQuerySet":
        """What the whole country reads, and what the places of the person read."""
        roles = standing(user)
        offices = {area for _role, area in roles.jurisdictions}
        if None in offices:
            return self.all()
        own = Q(enterprises__in=roles.member_of) | Q(pk__in=offices)
        own |= Q(agencies__in=[agency for _role, agency in roles.agencies])
        places = Jurisdiction.objects.filter(own).values("pk")
        return self.filter(Q(jurisdiction__isnull=True) | Q(jurisdiction__in=places))

    def kept_by(self, user: Person) -> "GuidanceQuerySet":
        """What this person publishes and withdraws: officials, each in their places."""
        areas = {a for role, a in standing(user).jurisdictions if role == OfficeRole.OFFICIAL}
        return self.all() if None in areas else self.filter(jurisdiction__in=areas)


class Guidance(models.Model):
    """What an office publishes for respondents; never changed, but withdrawn and written anew.

    jurisdiction: where it is read; None in the whole country.
    """

    version = models.ForeignKey(
        "stats.InstrumentVersion",
        models.PROTECT,
        verbose_name=_("version of an instrument"),
        related_name="+",
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("jurisdiction"),
        related_name="+",
        help_text=_("Empty: the whole country."),
    )
    published_at = models.DateTimeField(_("published at"))
    published_by = person(_("published by"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    withdrawn_by = person(_("withdrawn by"), null=True)

    objects = GuidanceQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=pair("withdrawn"), name="stats_%(class)s_withdrawn_pair"
            ),
        ]


class CourseMaterial(Guidance):
    """One piece of courseware (培训课件) of a version: text, files, or both.

    order: place in the list of the version. required: respondents are asked to confirm that they
    read it. source: the regulation, form or notice it explains.
    """

    order = models.PositiveSmallIntegerField(_("order"), default=1)
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"), blank=True)
    source = models.CharField(_("source document"), max_length=160)
    required = models.BooleanField(_("to be read by every respondent"), default=False)

    class Meta(Guidance.Meta):
        verbose_name = _("course material")
        verbose_name_plural = _("course material")

    def __str__(self) -> str:
        return f"{self.version_id}/{self.order} {self.title}"


def course_file_path(file: "CourseFile", _name: str) -> str:
    """Where the bytes lie: by material and digest, never by the name that was given."""
    return f"courses/{file.material_id}/{file.sha256}{file.suffix}"


class CourseFile(KeptFile):
    """A file of a course material, checked like every attachment."""

    material = models.ForeignKey(
        CourseMaterial, models.PROTECT, verbose_name=_("course material"), related_name="files"
    )
    file = models.FileField(_("file"), upload_to=course_file_path, max_length=200)

    class Meta:
        verbose_name = _("file of a course material")
        verbose_name_plural = _("files of course material")
        constraints = [
            models.UniqueConstraint(fields=["material", "sha256"], name="stats_course_file_once")
        ]


class ReadReceipt(models.Model):
    """A person confirmed for an enterprise to have read a material (阅读回执)."""

    material = models.ForeignKey(
        CourseMaterial, models.PROTECT, verbose_name=_("course material"), related_name="receipts"
    )
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, verbose_name=_("enterprise"), related_name="+"
    )
    read_at = models.DateTimeField(_("read at"))
    read_by = person(_("read by"))

    class Meta:
        verbose_name = _("read receipt")
        verbose_name_plural = _("read receipts")
        constraints = [
            models.UniqueConstraint(
                fields=["material", "enterprise", "read_by"], name="stats_receipt_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.material_id}: {self.enterprise_id} {self.read_by_id}"


class Quiz(Guidance):
    """A short test on a version; passed with `needed` right answers, taken as often as wished."""

    title = models.CharField(_("title"), max_length=120)
    needed = models.PositiveSmallIntegerField(_("right answers to pass"))

    class Meta(Guidance.Meta):
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")

    def __str__(self) -> str:
        return f"{self.version_id} {self.title}"


class QuizQuestion(models.Model):
    """One question of a quiz.

    options: texts in order; right: their places (from 0) that have to be chosen, all and no
    other. why: the explanation shown with the result. item_code: the item it is about, "" for
    none.
    """

    quiz = models.ForeignKey(Quiz, models.PROTECT, verbose_name=_("quiz"), related_name="questions")
    order = models.PositiveSmallIntegerField(_("order"))
    text = models.CharField(_("question"), max_length=400)
    options = models.JSONField(_("answers to choose from"))
    right = models.JSONField(_("right answers"))
    why = models.TextField(_("explanation"), blank=True)
    item_code = models.CharField(_("code of the item"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("question of a quiz")
        verbose_name_plural = _("questions of quizzes")
        constraints = [
            models.UniqueConstraint(fields=["quiz", "order"], name="stats_quiz_question_order")
        ]

    def __str__(self) -> str:
        return f"{self.quiz_id}/{self.order} {self.text}"


class QuizAttempt(models.Model):
    """One try of a person: what was chosen, question by question, and how many were right."""

    quiz = models.ForeignKey(Quiz, models.PROTECT, verbose_name=_("quiz"), related_name="attempts")
    chosen = models.JSONField(_("answers chosen"))
    right = models.PositiveSmallIntegerField(_("right"))
    asked = models.PositiveSmallIntegerField(_("asked"))
    passed = models.BooleanField(_("passed"))
    taken_at = models.DateTimeField(_("taken at"))
    taken_by = person(_("taken by"))

    class Meta:
        verbose_name = _("try of a quiz")
        verbose_name_plural = _("tries of quizzes")
        constraints = [
            models.CheckConstraint(condition=Q(right__lte=F("asked")), name="stats_attempt_right")
        ]
        indexes = [models.Index(fields=["taken_by", "quiz"], name="stats_attempt_person")]

    def __str__(self) -> str:
        return f"{self.quiz_id}: {self.taken_by_id} {self.right}/{self.asked}"
