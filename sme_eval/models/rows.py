"""The evaluation of a filing: what the enterprise states, and what came of it."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sme_eval.enums import IpGained, IpKind, RdBasis, RdForm, Route, TechField
from torch_portal.accounts.models import Enterprise
from torch_portal.accounts.roles import Person
from torch_portal.filings.models import Filing, may_see

NUMBER = r"^20\d{8}[0AB][0-9A-Z]\d{6}$"


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    """Reads of evaluations; every one that serves a person starts from visible_to."""

    def visible_to(self, user: Person) -> "EvaluationQuerySet":
        """Evaluations whose filing this person may see."""
        return self.filter(may_see(user, "filing__"))


def _persons(label: Any) -> models.DecimalField:
    """Persons as a full-year average of quarters: two decimals."""
    return models.DecimalField(label, max_digits=9, decimal_places=2, null=True, blank=True)


def _ten_thousand_yuan(label: Any) -> models.DecimalField:
    """Money in 万元 with two decimals, as on the form."""
    return models.DecimalField(label, max_digits=14, decimal_places=2, null=True, blank=True)


class Evaluation(models.Model):
    """An enterprise's evaluation of one year (科技型中小企业信息表).

    Money in 万元, persons with two decimals. Everything may be empty in a draft; the rules say
    what is missing. `typed` keeps what could not be read, word for word; `saved_version` counts
    saves. `points`, `by_route` and `passed_edition` are frozen when the form review is passed.
    """

    filing = models.OneToOneField(
        Filing,
        models.PROTECT,
        primary_key=True,
        verbose_name=_("filing"),
        related_name="evaluation",
    )
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, verbose_name=_("enterprise"), related_name="evaluations"
    )
    year = models.PositiveSmallIntegerField(_("year of evaluation"))
    # 企业
    established_on = models.DateField(_("established on"), null=True, blank=True)
    registration_type = models.CharField(_("type of registration"), max_length=60, blank=True)
    industry = models.CharField(_("industry (GB/T 4754)"), max_length=60, blank=True)
    legal_representative = models.CharField(_("legal representative"), max_length=60, blank=True)
    address = models.CharField(_("registered address"), max_length=160, blank=True)
    business_scope = models.CharField(_("scope of business"), max_length=600, blank=True)
    # 条件
    restricted_industry = models.BooleanField(
        _("products or services of a prohibited, restricted or eliminated class"),
        null=True,
        blank=True,
    )
    audited_tax = models.BooleanField(_("tax by audit of accounts"), null=True, blank=True)
    misconduct = models.BooleanField(
        _("major accident, serious pollution or research dishonesty last year or this year"),
        null=True,
        blank=True,
    )
    abnormal_list = models.BooleanField(
        _("on the list of abnormal operations"), null=True, blank=True
    )
    serious_dishonesty = models.BooleanField(
        _("on the list of serious dishonesty"), null=True, blank=True
    )
    # 人员
    staff_total = _persons(_("total staff"))
    staff_st = _persons(_("science and technology staff"))
    quarters = models.JSONField(_("quarter ends that the averages come from"), default=dict)
    senior_titles = models.PositiveIntegerField(_("staff with a senior title"), null=True)
    middle_titles = models.PositiveIntegerField(_("staff with a middle title"), null=True)
    # 财务
    revenue = _ten_thousand_yuan(_("sales revenue of last year"))
    cost_total = _ten_thousand_yuan(_("total cost and expense of last year"))
    assets_total = _ten_thousand_yuan(_("total assets at the end of last year"))
    rd_cost = _ten_thousand_yuan(_("R&D cost of last year"))
    rd_basis = models.CharField(
        _("R&D indicator chosen"), max_length=8, choices=RdBasis, blank=True
    )
    rd_ledger = models.BooleanField(_("keeps an auxiliary R&D ledger"), null=True, blank=True)
    # 成果
    main_products = models.CharField(_("main products or services"), max_length=400, blank=True)
    tech_field = models.CharField(
        _("technology field"), max_length=16, choices=TechField, blank=True
    )
    no_ip = models.BooleanField(_("has no intellectual property"), default=False)
    no_projects = models.BooleanField(_("has no R&D project"), default=False)
    # draft
    typed = models.JSONField(_("as typed"), default=dict, blank=True)
    saved_at = models.DateTimeField(_("saved at"), null=True, blank=True)
    saved_version = models.PositiveIntegerField(_("saves of the draft"), default=0)
    filed_at = models.DateTimeField(_("filed at (last complete submission)"), null=True, blank=True)
    # 结果
    points = models.JSONField(_("points when passed"), default=dict, blank=True)
    by_route = models.CharField(_("confirmed by"), max_length=8, blank=True)
    direct_routes = models.JSONField(_("routes that held"), default=list, blank=True)
    number = models.CharField(_("number in the library"), max_length=18, null=True, unique=True)
    entered_on = models.DateField(_("entered on"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = _("S&T-SME evaluation")
        verbose_name_plural = _("S&T-SME evaluations")
        constraints = [
            models.CheckConstraint(
                condition=Q(number__isnull=True, entered_on__isnull=True)
                | Q(number__isnull=False, entered_on__isnull=False),
                name="evaluation_entered_pair",
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=True) | Q(number__regex=NUMBER),
                name="evaluation_number_eighteen",
            ),
        ]
        indexes = [
            models.Index(fields=["enterprise", "year"], name="evaluation_enterprise_year"),
            models.Index(fields=["year", "entered_on"], name="evaluation_year_entered"),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise.name} {self.year}"


class Project(models.Model):
    """One R&D project of last year (企业研发项目汇总表); cost in 万元."""

    evaluation = models.ForeignKey(
        Evaluation, models.CASCADE, verbose_name=_("evaluation"), related_name="projects"
    )
    name = models.CharField(_("project name"), max_length=200)
    form = models.CharField(_("form of R&D"), max_length=16, choices=RdForm)
    cost = models.DecimalField(_("R&D cost collected (万元)"), max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = _("R&D project")
        verbose_name_plural = _("R&D projects")
        constraints = [
            models.CheckConstraint(condition=Q(cost__gte=0), name="project_cost_not_negative")
        ]

    def __str__(self) -> str:
        return self.name


class IpRight(models.Model):
    """One right of intellectual property, tied to a main product."""

    evaluation = models.ForeignKey(
        Evaluation, models.CASCADE, verbose_name=_("evaluation"), related_name="ip_rights"
    )
    name = models.CharField(_("name of the right"), max_length=200)
    kind = models.CharField(_("kind of right"), max_length=24, choices=IpKind)
    number = models.CharField(_("number of the right"), max_length=60)
    granted_on = models.DateField(_("granted on"))
    expires_on = models.DateField(_("expires on"), null=True, blank=True)
    gained = models.CharField(_("way it was obtained"), max_length=16, choices=IpGained)
    product = models.CharField(_("linked main product"), max_length=200)
    disputed = models.BooleanField(_("ownership disputed"), default=False)

    class Meta:
        verbose_name = _("intellectual property right")
        verbose_name_plural = _("intellectual property rights")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gt=F("granted_on")),
                name="ip_expires_after_grant",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class RouteProof(models.Model):
    """One way of direct confirmation that is claimed (国科发政〔2017〕115号 第八条)."""

    evaluation = models.ForeignKey(
        Evaluation, models.CASCADE, verbose_name=_("evaluation"), related_name="routes"
    )
    route = models.CharField(_("route"), max_length=20, choices=Route)
    title = models.CharField(
        _("certificate number, name of the award or institution, or standard number"),
        max_length=120,
    )
    level = models.CharField(_("level"), max_length=16, blank=True)
    unit_rank = models.PositiveSmallIntegerField(_("place among the units"), null=True, blank=True)
    dated_on = models.DateField(_("issued, awarded or published on"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    source = models.CharField(_("where it was known from"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("direct confirmation")
        verbose_name_plural = _("direct confirmations")

    def __str__(self) -> str:
        return f"{self.route} {self.title}"
