"""The application of a filing: what the enterprise states, and what came of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hitech_cert.enums import Channel
from hitech_cert.models.intake import Intake
from hitech_cert.models.stated import Stated, ten_thousand_yuan
from torch_portal.accounts.models import Enterprise
from torch_portal.accounts.roles import Person
from torch_portal.filings.models import Filing, may_see

NUMBER = r"^G[RF]20\d{2}\d{2}\d{6}$"


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Reads of applications; every one that serves a person starts from visible_to."""

    def visible_to(self, user: Person) -> "ApplicationQuerySet":
        """Applications whose filing this person may see."""
        return self.filter(may_see(user, "filing__"))


class OfApplicationQuerySet(models.QuerySet["models.Model"]):
    """Reads of what hangs on an application."""

    def visible_to(self, user: Person) -> "OfApplicationQuerySet":
        """Rows of the filings that this person may see."""
        return self.filter(may_see(user, "application__filing__"))


class Application(Stated):
    """An enterprise's application of one year (高新技术企业认定申请书).

    Money in 万元; figures of three years with the oldest first (`sales_1` to `sales_3`).
    Everything may be empty in a draft; the rules say what is missing. `typed` keeps what could
    not be read, word for word; `saved_version` counts saves. `score_top` / `score_bottom` is the
    panel's average as an exact fraction, set when the review is closed.
    """

    filing = models.OneToOneField(
        Filing,
        models.PROTECT,
        primary_key=True,
        verbose_name=_("filing"),
        related_name="application",
    )
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, verbose_name=_("enterprise"), related_name="applications"
    )
    year = models.PositiveSmallIntegerField(_("year of application"))
    intake = models.ForeignKey(
        Intake,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("batch of certification"),
        related_name="applications",
    )
    channel = models.CharField(_("came in"), max_length=8, choices=Channel, default=Channel.ONLINE)
    received_at = models.DateTimeField(_("e-mail received at"), null=True, blank=True)
    national_number = models.CharField(
        _("number in the national system"), max_length=40, blank=True
    )
    pilot = models.BooleanField(_("under a local pilot"), default=False)
    # 主要情况
    registered_on = models.DateField(_("registered on"), null=True, blank=True)
    core_field_code = models.CharField(_("technology field"), max_length=12, blank=True)
    sales_1 = ten_thousand_yuan(_("sales three years ago"))
    sales_2 = ten_thousand_yuan(_("sales two years ago"))
    sales_3 = ten_thousand_yuan(_("sales of last year"))
    net_assets_1 = ten_thousand_yuan(_("net assets three years ago"))
    net_assets_2 = ten_thousand_yuan(_("net assets two years ago"))
    net_assets_3 = ten_thousand_yuan(_("net assets of last year"))
    profit_1 = ten_thousand_yuan(_("total profit three years ago"))
    profit_2 = ten_thousand_yuan(_("total profit two years ago"))
    profit_3 = ten_thousand_yuan(_("total profit of last year"))
    rd_domestic = ten_thousand_yuan(_("R&D cost of three years in the mainland"))
    rd_basic = ten_thousand_yuan(_("of it basic research"))
    gross_income = ten_thousand_yuan(_("gross income of last year"))
    non_taxable_income = ten_thousand_yuan(_("non-taxable income of last year"))
    accident = models.BooleanField(
        _("major accident of safety or quality or serious pollution in the year before"),
        null=True,
        blank=True,
    )
    no_secrets = models.BooleanField(_("holds no state secret"), default=False)
    # draft
    typed = models.JSONField(_("as typed"), default=dict, blank=True)
    saved_at = models.DateTimeField(_("saved at"), null=True, blank=True)
    saved_version = models.PositiveIntegerField(_("saves of the draft"), default=0)
    filed_at = models.DateTimeField(_("filed at (last complete submission)"), null=True, blank=True)
    # 结果
    score_top = models.PositiveIntegerField(_("average of the panel, numerator"), null=True)
    score_bottom = models.PositiveIntegerField(_("average of the panel, denominator"), null=True)
    score_passes = models.BooleanField(_("average suffices"), null=True)
    certificate_number = models.CharField(
        _("certificate number"), max_length=14, null=True, unique=True
    )
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application for certification")
        verbose_name_plural = _("applications for certification")
        constraints = [
            models.CheckConstraint(
                condition=Q(certificate_number__isnull=True, issued_on__isnull=True)
                | Q(certificate_number__isnull=False, issued_on__isnull=False),
                name="application_certified_pair",
            ),
            models.CheckConstraint(
                condition=Q(certificate_number__isnull=True) | Q(certificate_number__regex=NUMBER),
                name="application_number_shape",
            ),
            models.CheckConstraint(
                condition=Q(score_top__isnull=True, score_bottom__isnull=True)
                | Q(score_top__isnull=False, score_bottom__gt=0),
                name="application_score_pair",
            ),
        ]
        indexes = [
            models.Index(fields=["enterprise", "year"], name="application_enterprise_year"),
            models.Index(fields=["intake"], name="application_intake"),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise.name} {self.year}"
