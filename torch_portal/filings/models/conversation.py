"""What enterprise and agency say to each other about a filing, and how the matter was rated."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.roles import Person, standing
from torch_portal.filings.enums import Grade, Side
from torch_portal.filings.models.covers import Filing, may_see


class Thread(models.Model):
    """The conversation on one filing: whose answer is awaited, and since when.

    `awaits` is empty while nobody waits for an answer.
    """

    filing = models.OneToOneField(
        Filing, models.PROTECT, primary_key=True, verbose_name=_("filing"), related_name="thread"
    )
    awaits = models.CharField(_("whose answer is awaited"), max_length=10, choices=Side, blank=True)
    last_at = models.DateTimeField(_("last message at"))

    class Meta:
        verbose_name = _("message thread")
        verbose_name_plural = _("message threads")
        indexes = [
            models.Index(
                fields=["last_at"], condition=Q(awaits=Side.AGENCY), name="thread_awaits_agency"
            )
        ]

    def __str__(self) -> str:
        return f"{self.filing_id}: {self.awaits}"


class ThreadMessageQuerySet(models.QuerySet["ThreadMessage"]):
    """Reads of the messages of threads."""

    def visible_to(self, user: Person) -> "ThreadMessageQuerySet":
        """Messages on the filings that this person may see."""
        return self.filter(may_see(user, "thread__filing__"))


class ThreadMessage(models.Model):
    """One message of a thread; append-only, kept so by the database.

    The enterprise sees the agency's messages under the agency's name, not the reviewer's.
    """

    thread = models.ForeignKey(
        Thread, models.PROTECT, verbose_name=_("message thread"), related_name="messages"
    )
    side = models.CharField(_("side"), max_length=10, choices=Side)
    text = models.TextField(_("text"), blank=True)
    sent_at = models.DateTimeField(_("sent at"))
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("sent by"), related_name="+"
    )
    sent_by_name = models.CharField(_("name of the sender"), max_length=150)

    objects = ThreadMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message of a thread")
        verbose_name_plural = _("messages of threads")
        indexes = [models.Index(fields=["sent_by", "sent_at"], name="thread_message_sender")]

    def __str__(self) -> str:
        return f"{self.thread_id}/{self.pk} {self.side}"


class KeptFile(models.Model):
    """What is known of a file that was checked like an attachment and is never taken back."""

    name = models.CharField(_("file name"), max_length=160)
    suffix = models.CharField(_("suffix"), max_length=8)
    content_type = models.CharField(_("content type"), max_length=40)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    pages = models.PositiveIntegerField(_("pages"), default=1)
    sha256 = models.CharField(_("SHA-256"), max_length=64)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


def thread_file_path(file: "ThreadFile", _name: str) -> str:
    """Where the bytes lie: by message and digest, never by the name the user gave."""
    return f"threads/{file.message_id}/{file.sha256}{file.suffix}"


class ThreadFile(KeptFile):
    """A file sent with a message; checked like every attachment, and never taken back."""

    message = models.ForeignKey(
        ThreadMessage, models.PROTECT, verbose_name=_("message of a thread"), related_name="files"
    )
    file = models.FileField(_("file"), upload_to=thread_file_path, max_length=200)

    class Meta:
        verbose_name = _("file of a message")
        verbose_name_plural = _("files of messages")
        constraints = [
            models.UniqueConstraint(fields=["message", "sha256"], name="thread_file_once")
        ]


class ThreadReading(models.Model):
    """How far a person has read a thread: the last message that was shown."""

    thread = models.ForeignKey(
        Thread, models.PROTECT, verbose_name=_("message thread"), related_name="readings"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("user"), related_name="+"
    )
    last_id = models.PositiveBigIntegerField(_("last message read"), default=0)

    class Meta:
        verbose_name = _("reading of a thread")
        verbose_name_plural = _("readings of threads")
        constraints = [
            models.UniqueConstraint(fields=["thread", "user"], name="thread_reading_once")
        ]

    def __str__(self) -> str:
        return f"{self.thread_id}: {self.user_id} {self.last_id}"


class RatingQuerySet(models.QuerySet["Rating"]):
    """Reads of ratings."""

    def visible_to(self, user: Person) -> "RatingQuerySet":
        """Ratings of visible filings, but never those of filings that the person decided."""
        rows: Any = self.filter(may_see(user, "filing__"))
        own = Q(filing__enterprise_id__in=standing(user).member_of)
        return rows.filter(own | ~Q(filing__decided_by_id=user.pk))


class Rating(models.Model):
    """The good or bad rating (好差评) of one finished matter: 国办发〔2019〕51号.

    One for each filing. The last two grades need a reason and get a reply until `reply_due_on`.
    """

    filing = models.OneToOneField(
        Filing, models.PROTECT, primary_key=True, verbose_name=_("filing"), related_name="rating"
    )
    grade = models.PositiveSmallIntegerField(_("grade"), choices=Grade)
    reason = models.TextField(_("reason"), blank=True)
    rated_at = models.DateTimeField(_("rated at"))
    rated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("rated by"), related_name="+"
    )
    reply_due_on = models.DateField(_("reply due on"), null=True, blank=True)
    reply = models.TextField(_("reply"), blank=True)
    replied_at = models.DateTimeField(_("replied at"), null=True, blank=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("replied by"),
        related_name="+",
    )
    overdue_flagged_on = models.DateField(_("flagged as overdue on"), null=True, blank=True)

    objects = RatingQuerySet.as_manager()

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        constraints = [
            models.CheckConstraint(
                condition=Q(grade__gte=Grade.BASICALLY_SATISFIED)
                | (~Q(reason="") & Q(reply_due_on__isnull=False)),
                name="rating_bad_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(replied_at__isnull=True, replied_by__isnull=True)
                | Q(replied_at__isnull=False, replied_by__isnull=False),
                name="rating_replied_pair",
            ),
        ]
        indexes = [
            models.Index(
                fields=["reply_due_on"],
                condition=Q(replied_at__isnull=True, reply_due_on__isnull=False),
                name="rating_to_reply",
            )
        ]

    def __str__(self) -> str:
        return f"{self.filing}: {self.get_grade_display()}"
