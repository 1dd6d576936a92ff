"""How long personal data stays, and what was forgotten when."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Subject(models.TextChoices):
    """What is forgotten."""

    DRAFTS = "drafts", _("Drafts that were never submitted")
    WITHDRAWN = "withdrawn", _("Filings that were withdrawn")
    ACCESS = "access", _("Access log")
    MESSAGES = "messages", _("Messages that were delivered")
    ACCOUNTS = "accounts", _("Accounts that were closed")
    OBJECTORS = "objectors", _("People who objected to a public list, once it is settled")


class RetentionRule(models.Model):
    """After how many months something is forgotten; switched on one by one.

    个人信息保护法 第十九条: as short as the purpose allows. The access log stays for six months
    at least (网络安全法 第二十一条).
    """

    subject = models.CharField(_("what"), max_length=12, choices=Subject, unique=True)
    months = models.PositiveSmallIntegerField(_("months"))
    active = models.BooleanField(_("is forgotten"), default=False)
    source = models.CharField(_("source document"), max_length=160)

    class Meta:
        verbose_name = _("retention rule")
        verbose_name_plural = _("retention rules")
        constraints = [
            models.CheckConstraint(
                condition=Q(months__gte=1, months__lte=600),
                name="retention_months",
                violation_error_message=_("Between 1 and 600 months."),
            ),
            models.CheckConstraint(
                condition=~Q(subject=Subject.ACCESS) | Q(months__gte=6),
                name="retention_access_six_months",
                violation_error_message=_("The access log stays for six months at least."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_subject_display())


class RetentionRun(models.Model):
    """What one rule forgot on one day; a day without work leaves no row."""

    subject = models.CharField(_("what"), max_length=12, choices=Subject)
    day = models.DateField(_("day"))
    months = models.PositiveSmallIntegerField(_("months"))
    forgotten = models.PositiveIntegerField(_("forgotten"))

    class Meta:
        verbose_name = _("retention run")
        verbose_name_plural = _("retention runs")
        constraints = [models.UniqueConstraint(fields=["subject", "day"], name="retention_once")]

    def __str__(self) -> str:
        return f"{self.subject} {self.day:%Y-%m-%d}: {self.forgotten}"
