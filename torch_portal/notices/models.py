"""The notice as published, the hotline table, and the messages that go out."""

import datetime
import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.models import Jurisdiction
from torch_portal.notices.enums import HotlineKind, MessageState, ServiceCode

TELEPHONE = r"^(0\d{2,3}-)?\d{7,8}(-\d{1,6})?$"
TELEPHONE_BEIJING = r"^010-\d{8}(-\d{1,6})?$"
EMAIL = r"^[^@\s]+@[^@\s]+\.[^@\s.]+$"


class Notice(models.Model):
    """A document that the portal puts into practice."""

    document_number = models.CharField(_("document number"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=160)
    title_en = models.CharField(_("English title"), max_length=240, blank=True)
    issued_on = models.DateField(_("issued on"))
    issuer = models.CharField(_("issuer"), max_length=80)
    issuer_en = models.CharField(_("English name of the issuer"), max_length=120, blank=True)
    intro = models.TextField(_("introduction"))
    intro_en = models.TextField(_("English introduction"), blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")

    def __str__(self) -> str:
        return self.document_number


class NoticeSection(models.Model):
    """One item of a notice, in the words of a summary."""

    notice = models.ForeignKey(
        Notice, models.CASCADE, verbose_name=_("notice"), related_name="sections"
    )
    order = models.PositiveSmallIntegerField(_("order"))
    service_code = models.CharField(_("service"), max_length=16, choices=ServiceCode)
    title = models.CharField(_("title"), max_length=80)
    title_en = models.CharField(_("English title"), max_length=120, blank=True)
    text = models.TextField(_("text"))
    text_en = models.TextField(_("English text"), blank=True)
    anchor = models.SlugField(_("anchor"), max_length=40)

    class Meta:
        verbose_name = _("section of a notice")
        verbose_name_plural = _("sections of notices")
        constraints = [
            models.UniqueConstraint(fields=["notice", "order"], name="notice_section_order_once"),
            models.UniqueConstraint(fields=["notice", "anchor"], name="notice_section_anchor_once"),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id}/{self.order} {self.title}"


class HotlineQuerySet(models.QuerySet["HotlineEntry"]):
    """Reads of the hotline table."""

    def in_force(self, day: datetime.date) -> "HotlineQuerySet":
        """The entries valid on this day; the last day counts."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)

    def overlapping(self, entry: "HotlineEntry") -> "HotlineQuerySet":
        """Other entries that are valid on some day on which this one is."""
        others = self.exclude(pk=entry.pk).filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=entry.valid_from)
        )
        return others if entry.valid_to is None else others.filter(valid_from__lte=entry.valid_to)


class HotlineEntry(models.Model):
    """Where to turn with questions on one service, from one day to another.

    A change closes the old row and adds a new one, so old answers can be explained. A trigger
    refuses two rows of one service, or with one order, on the same day.
    """

    order = models.PositiveSmallIntegerField(_("order"))
    service_code = models.CharField(_("service"), max_length=16, choices=ServiceCode)
    label_zh = models.CharField(_("Chinese name"), max_length=60)
    label_en = models.CharField(_("English name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=10, choices=HotlineKind)
    value = models.CharField(_("number, address or text"), max_length=120)
    value_en = models.CharField(_("English text of a referral"), max_length=160, blank=True)
    hours = models.CharField(_("hours"), max_length=80, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(
        _("valid to"), null=True, blank=True, help_text=_("The last day; empty while in force.")
    )
    source = models.CharField(_("source document"), max_length=120)

    objects = HotlineQuerySet.as_manager()

    class Meta:
        verbose_name = _("hotline entry")
        verbose_name_plural = _("hotline entries")
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=HotlineKind.TELEPHONE)
                | Q(value__regex=TELEPHONE) & ~Q(value__startswith="010-")
                | Q(value__regex=TELEPHONE_BEIJING),
                name="hotline_telephone",
                violation_error_message=_(
                    "This is not a telephone number. Write it like 010-88656337; a number in "
                    "Beijing (010) has eight digits after the area code."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(kind=HotlineKind.EMAIL) | Q(value__regex=EMAIL),
                name="hotline_email",
                violation_error_message=_("This is not an e-mail address."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                name="hotline_period",
                violation_error_message=_("The last day cannot be before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.label_zh} {self.value}"

    def clean(self) -> None:
        """HOT-02, HOT-03, HOT-04: a real address; one row per service and order on any day."""
        if self.kind == HotlineKind.EMAIL and self.value:
            _refuse_bad_email(self.value)
        if self.valid_from is None:
            return
        problems = {
            field: ValidationError(message % {"entry": other}, code="overlap")
            for other in HotlineEntry.objects.overlapping(self)
            for field, message in TAKEN.items()
            if getattr(other, field) == getattr(self, field)
        }
        if problems:
            raise ValidationError(problems)

    @property
    def href(self) -> str:
        """What a click opens: a call, a letter, or nothing for a referral."""
        if self.kind == HotlineKind.TELEPHONE:
            return "tel:" + re.sub(r"^0(\d{2,3})-", r"+86-\1-", self.value)
        return f"mailto:{self.value}" if self.kind == HotlineKind.EMAIL else ""


TAKEN = {
    "service_code": _(
        "The service already has an entry in this period: %(entry)s. Close that one first."
    ),
    "order": _("The order is taken in this period by: %(entry)s."),
}


def _refuse_bad_email(value: str) -> None:
    try:
        validate_email(value)
    except ValidationError as error:
        raise ValidationError({"value": error}) from error


class Message(models.Model):
    """An outgoing message: the row is the work, the queue only makes it soon.

    `key` names the occasion, so a message is written once however often it is asked for. While
    pending, `claimed_until` says that the queue has it; while sending, that a worker has it.
    """

    key = models.CharField(_("occasion"), max_length=160, unique=True)
    to_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("recipient"),
        related_name="notices",
    )
    to_email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=8)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    link = models.CharField(_("link"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=MessageState)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("due at"))
    claimed_until = models.DateTimeField(_("claimed until"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created at"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [
            models.Index(fields=["to_user", "-created_at", "-id"], name="message_inbox"),
            models.Index(
                fields=["due_at"],
                condition=Q(state__in=[MessageState.PENDING, MessageState.SENDING]),
                name="message_open",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=MessageState.SENT, sent_at__isnull=False)
                | ~Q(state=MessageState.SENT) & Q(sent_at__isnull=True),
                name="message_sent_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(to_email="") | Q(state=MessageState.IN_PORTAL, to_user__isnull=False),
                name="message_has_recipient",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.subject}"


class LetterTemplate(models.Model):
    """The words of one kind of letter in one jurisdiction; the default stands in the code.

    `kind` names line and letter ("contracts.received"); placeholders stand in braces.
    """

    kind = models.CharField(_("letter"), max_length=48)
    jurisdiction = models.ForeignKey(
        Jurisdiction,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("jurisdiction"),
        related_name="+",
        help_text=_("Empty: the whole country."),
    )
    subject = models.CharField(_("subject"), max_length=160)
    body = models.TextField(_("text"), max_length=4000)
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("letter template")
        verbose_name_plural = _("letter templates")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "jurisdiction"],
                name="letter_template_once",
                nulls_distinct=False,
                violation_error_message=_("This jurisdiction has words for this letter already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.jurisdiction_id or '*'}"


class ReminderChoice(models.Model):
    """Which reminders a person wants; without a row all of them."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        primary_key=True,
        verbose_name=_("user"),
        related_name="reminder_choice",
    )
    drafts = models.BooleanField(_("of drafts that were left lying"), default=True)
    signings = models.BooleanField(_("of contracts signed long ago"), default=True)
    terms = models.BooleanField(_("before the term of a contract ends"), default=True)

    class Meta:
        verbose_name = _("choice of reminders")
        verbose_name_plural = _("choices of reminders")

    def __str__(self) -> str:
        return f"{self.user_id}: {self.drafts} {self.signings} {self.terms}"
