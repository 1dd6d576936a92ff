"""The contract of a filing: what the enterprise states and what the agency fixes."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contracts.enums import (
    Applicant,
    DeductionKind,
    Field,
    Form,
    IpKind,
    Kind,
    Objective,
    PartyNature,
    PaymentMethod,
    PlanSource,
    RoyaltyBase,
    Subkind,
)
from torch_portal.accounts.roles import Person
from torch_portal.filings.models import Filing, may_see

ZERO = Decimal(0)


class ContractQuerySet(models.QuerySet["Contract"]):
    """Reads of contracts; every one that serves a person starts from visible_to."""

    def visible_to(self, user: Person) -> "ContractQuerySet":
        """Contracts whose filing this person may see."""
        return self.filter(may_see(user, "filing__"))


class Contract(models.Model):
    """A technology contract. Everything may be empty in a draft; the rules say what is missing.

    Amounts in yuan. `typed` keeps what was entered word for word, so that nothing typed is lost
    when it cannot be read; `saved_version` counts saves of the draft.
    """

    filing = models.OneToOneField(
        Filing,
        models.PROTECT,
        primary_key=True,
        verbose_name=_("filing"),
        related_name="contract",
    )
    # 合同
    project_name = models.CharField(_("project name"), max_length=200, blank=True)
    form = models.CharField(_("form of the contract"), max_length=16, choices=Form, blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, blank=True)
    subkind = models.CharField(_("sub-kind"), max_length=32, choices=Subkind, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    starts_on = models.DateField(_("term begins on"), null=True, blank=True)
    ends_on = models.DateField(_("term ends on"), null=True, blank=True)
    classified = models.BooleanField(_("classified contract"), default=False)
    foreign_language = models.BooleanField(_("text in a foreign language"), null=True, blank=True)
    contains = models.JSONField(_("also contains"), default=list, blank=True)
    goal_clear = models.BooleanField(_("clear and concrete goal"), null=True, blank=True)
    mastered_before = models.BooleanField(
        _("solution mastered before signing"), null=True, blank=True
    )
    innovative = models.BooleanField(_("work and result are innovative"), null=True, blank=True)
    buyer_only_pays = models.BooleanField(
        _("one party gives only money, equipment or material"), null=True, blank=True
    )
    seals_complete = models.BooleanField(
        _("seals complete and equal to the written names"), null=True, blank=True
    )
    # 当事人
    applicant = models.CharField(
        _("the applicant is"), max_length=16, choices=Applicant, default=Applicant.SELLER
    )
    is_import = models.BooleanField(_("technology import"), null=True, blank=True)
    intermediary_name = models.CharField(_("intermediary"), max_length=120, blank=True)
    intermediary_division = models.CharField(_("intermediary's division"), max_length=6, blank=True)
    seller_name = models.CharField(_("seller"), max_length=120, blank=True)
    seller_code = models.CharField(_("seller's credit code"), max_length=18, blank=True)
    seller_division = models.CharField(_("seller's division"), max_length=6, blank=True)
    buyer_name = models.CharField(_("buyer"), max_length=120, blank=True)
    buyer_code = models.CharField(_("buyer's credit code"), max_length=18, blank=True)
    buyer_division = models.CharField(_("buyer's division"), max_length=6, blank=True)
    buyer_country = models.CharField(_("buyer's country"), max_length=60, blank=True)
    buyer_nature = models.CharField(
        _("buyer's nature"), max_length=8, choices=PartyNature, blank=True
    )
    related = models.BooleanField(_("related parties"), null=True, blank=True)
    # 金额
    total_yuan = models.DecimalField(
        _("total amount (yuan)"), max_digits=18, decimal_places=2, null=True, blank=True
    )
    technical_yuan = models.DecimalField(
        _("technical transaction amount (yuan)"),
        max_digits=18,
        decimal_places=2,
        null=True,
        blank=True,
    )
    payment = models.CharField(_("payment"), max_length=16, choices=PaymentMethod, blank=True)
    royalty_base = models.CharField(
        _("royalty base"), max_length=16, choices=RoyaltyBase, blank=True
    )
    royalty_rate = models.DecimalField(
        _("royalty rate (fraction)"), max_digits=7, decimal_places=6, null=True, blank=True
    )
    carrier_sets = models.PositiveIntegerField(
        _("sets of equipment delivered as carrier"), null=True, blank=True
    )
    # 技术
    ip_kind = models.CharField(
        _("intellectual property"), max_length=24, choices=IpKind, blank=True
    )
    patent_name = models.CharField(_("name of the invention"), max_length=200, blank=True)
    patent_applicant = models.CharField(_("patent applicant"), max_length=120, blank=True)
    patentee = models.CharField(_("patentee"), max_length=120, blank=True)
    patent_filed_on = models.DateField(_("patent filed on"), null=True, blank=True)
    patent_number = models.CharField(_("patent or application number"), max_length=40, blank=True)
    patent_expires_on = models.DateField(_("patent expires on"), null=True, blank=True)
    tech_field = models.CharField(_("technology field"), max_length=16, choices=Field, blank=True)
    objective = models.CharField(
        _("socio-economic objective"), max_length=16, choices=Objective, blank=True
    )
    plan_source = models.CharField(_("plan source"), max_length=16, choices=PlanSource, blank=True)
    # 认定
    fixed_technical_yuan = models.DecimalField(
        _("technical amount fixed by the agency (yuan)"),
        max_digits=18,
        decimal_places=2,
        null=True,
        blank=True,
    )
    registration_number = models.CharField(
        _("registration number"), max_length=16, null=True, blank=True, unique=True
    )
    recognised_on = models.DateField(_("recognised on"), null=True, blank=True)
    refusal_grounds = models.JSONField(_("grounds of refusal"), default=list, blank=True)
    # draft
    typed = models.JSONField(_("as typed"), default=dict, blank=True)
    saved_at = models.DateTimeField(_("saved at"), null=True, blank=True)
    saved_version = models.PositiveIntegerField(_("saves of the draft"), default=0)

    objects = ContractQuerySet.as_manager()

    class Meta:
        verbose_name = _("technology contract")
        verbose_name_plural = _("technology contracts")
        constraints = [
            models.CheckConstraint(
                condition=Q(fixed_technical_yuan__isnull=True)
                | (
                    Q(fixed_technical_yuan__gt=0)
                    & Q(fixed_technical_yuan__lte=models.F("total_yuan"))
                ),
                name="contract_fixed_amount_in_total",
                violation_error_message=_(
                    "The technical amount lies above zero and not above the total."
                ),
            ),
            models.CheckConstraint(
                condition=Q(registration_number__isnull=True, recognised_on__isnull=True)
                | Q(registration_number__isnull=False, recognised_on__isnull=False),
                name="contract_registered_pair",
            ),
            models.CheckConstraint(
                condition=Q(registration_number__isnull=True)
                | Q(registration_number__regex=r"^\d{16}$"),
                name="contract_number_sixteen_digits",
            ),
        ]
        indexes = [
            models.Index(
                fields=["seller_code", "buyer_name", "signed_on", "total_yuan"],
                name="contract_same",
            ),
            models.Index(
                fields=["recognised_on"],
                condition=Q(recognised_on__isnull=False),
                name="contract_recognised_on",
            ),
        ]

    def __str__(self) -> str:
        return self.project_name or f"#{self.pk}"


class Deduction(models.Model):
    """One line of non-technical cost (非技术性费用), in yuan."""

    contract = models.ForeignKey(
        Contract, models.CASCADE, verbose_name=_("contract"), related_name="deductions"
    )
    kind = models.CharField(_("kind of cost"), max_length=16, choices=DeductionKind)
    amount_yuan = models.DecimalField(_("amount (yuan)"), max_digits=18, decimal_places=2)
    note = models.CharField(_("note"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("non-technical cost")
        verbose_name_plural = _("non-technical costs")
        constraints = [
            models.CheckConstraint(condition=Q(amount_yuan__gte=0), name="deduction_not_negative")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount_yuan}"


class Submission(models.Model):
    """The entries as they were handed in with the event `seq`, so that changes can be shown."""

    contract = models.ForeignKey(
        Contract, models.PROTECT, verbose_name=_("contract"), related_name="submissions"
    )
    seq = models.PositiveIntegerField(_("event"))
    at = models.DateTimeField(_("at"))
    data = models.JSONField(_("entries"))

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        constraints = [models.UniqueConstraint(fields=["contract", "seq"], name="submission_once")]

    def __str__(self) -> str:
        return f"{self.contract_id}/{self.seq}"
