"""The tables of an application: rights, staff, R&D activities, costs, products, results, standards.

A row of a draft may have gaps; the rules say what is missing. Rows name each other by code
(IP01, RD01, PS01), as the form does; money is in 万元.
"""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from hitech_cert.enums import (
    IpGained,
    IpKind,
    ResultForm,
    ResultKind,
    ResultOutcome,
    ResultSource,
    StaffName,
    StandardLevel,
    StandardPart,
    TechSource,
)
from hitech_cert.models.rows import Application, OfApplicationQuerySet
from hitech_cert.models.stated import ten_thousand_yuan


def of_application(name: str) -> models.ForeignKey:
    """The application that a row belongs to."""
    return models.ForeignKey(
        Application, models.CASCADE, verbose_name=_("application"), related_name=name
    )


def _cost(label: Any) -> models.DecimalField:
    return models.DecimalField(label, max_digits=14, decimal_places=2, default=0)


def _codes(label: Any) -> models.JSONField:
    return models.JSONField(label, default=list, blank=True)


def _choice(label: Any, choices: Any) -> models.CharField:
    return models.CharField(label, max_length=20, choices=choices, blank=True)


class Row(models.Model):
    """A row with a page of its own. `typed`: what could not be read; `saved_version`: its saves."""

    application: Any  # of each table, under a name of its own on the other side

    code = models.CharField(_("number in the table"), max_length=8)
    typed = models.JSONField(_("as typed"), default=dict, blank=True)
    saved_version = models.PositiveIntegerField(_("saves of the row"), default=0)

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        abstract = True


class Right(Row):
    """One right of intellectual property (知识产权汇总表)."""

    application = of_application("rights")
    name = models.CharField(_("name of the right"), max_length=200, blank=True)
    kind = models.CharField(_("kind of right"), max_length=24, choices=IpKind, blank=True)
    number = models.CharField(_("number of the grant"), max_length=60, blank=True)
    granted_on = models.DateField(_("granted on"), null=True, blank=True)
    gained = _choice(_("way it was obtained"), IpGained)
    gained_on = models.DateField(_("obtained on"), null=True, blank=True)
    mainland = models.BooleanField(_("granted in the mainland"), default=True)
    owner_is_applicant = models.BooleanField(_("the enterprise owns it"), default=True)
    in_force = models.BooleanField(_("in force"), default=True)
    used_before = models.BooleanField(_("used in an earlier certification"), default=False)
    used_by_other = models.BooleanField(_("used by a co-owner"), default=False)

    class Meta:
        verbose_name = _("right of the application")
        verbose_name_plural = _("rights of the application")
        indexes = [models.Index(fields=["number"], name="right_number")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class StaffCount(models.Model):
    """One row of the table of staff (人力资源情况表): persons, averages of last year."""

    application = of_application("staff")
    name = models.CharField(_("row"), max_length=12, choices=StaffName)
    staff = models.DecimalField(_("employees"), max_digits=9, decimal_places=2, null=True)
    st = models.DecimalField(_("S&T staff"), max_digits=9, decimal_places=2, null=True)

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of staff")
        verbose_name_plural = _("rows of staff")
        constraints = [
            models.UniqueConstraint(fields=["application", "name"], name="staff_row_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_name_display()}: {self.staff}"


class Project(Row):
    """One R&D activity (研究开发活动情况表). spent_1 to spent_3: its cost by year, oldest first."""

    application = of_application("projects")
    name = models.CharField(_("name of the activity"), max_length=200, blank=True)
    starts_on = models.DateField(_("begins on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    field_code = models.CharField(_("technology field"), max_length=12, blank=True)
    source = _choice(_("source of the technology"), TechSource)
    rights = _codes(_("rights that came of it"))
    budget = ten_thousand_yuan(_("whole budget"))
    spent_1 = ten_thousand_yuan(_("spent three years ago"))
    spent_2 = ten_thousand_yuan(_("spent two years ago"))
    spent_3 = ten_thousand_yuan(_("spent last year"))
    goal = models.TextField(_("aim and organisation"), blank=True)
    core = models.TextField(_("core technology and what is new"), blank=True)
    outcome = models.TextField(_("results so far"), blank=True)

    class Meta:
        verbose_name = _("R&D activity")
        verbose_name_plural = _("R&D activities")

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Cost(models.Model):
    """The cost of one R&D activity in one year (年度研发费用结构明细表); work by others as paid."""

    application = of_application("costs")
    project = models.CharField(_("number of the activity"), max_length=8)
    year = models.PositiveSmallIntegerField(_("year"))
    personnel = _cost(_("personnel"))
    direct = _cost(_("direct input"))
    depreciation = _cost(_("depreciation and long-term deferred cost"))
    amortisation = _cost(_("amortisation of intangible assets"))
    design = _cost(_("design"))
    trial = _cost(_("equipment commissioning and trials"))
    other = _cost(_("other cost"))
    external = _cost(_("work by others"))
    external_domestic = _cost(_("of it in the mainland"))

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("R&D cost of a year")
        verbose_name_plural = _("R&D costs of a year")
        constraints = [
            models.UniqueConstraint(fields=["application", "project", "year"], name="cost_once")
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.year}"


class Product(Row):
    """One high-tech product or service of last year (上年度高新技术产品（服务）情况表)."""

    application = of_application("products")
    name = models.CharField(_("name of the product"), max_length=200, blank=True)
    field_code = models.CharField(_("technology field"), max_length=12, blank=True)
    source = _choice(_("source of the technology"), TechSource)
    income = ten_thousand_yuan(_("income of last year"))
    main = models.BooleanField(_("main product"), null=True, blank=True)
    rights = _codes(_("rights that support it"))
    technology = models.TextField(_("key technology and main indicators"), blank=True)
    advantage = models.TextField(_("advantage over products of its kind"), blank=True)
    support = models.TextField(_("how the rights support it"), blank=True)

    class Meta:
        verbose_name = _("high-tech product or service")
        verbose_name_plural = _("high-tech products and services")

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Result(Row):
    """One result turned into a product (科技成果转化), listed in the year in which it was."""

    application = of_application("results")
    name = models.CharField(_("name of the result"), max_length=200, blank=True)
    kind = _choice(_("kind of result"), ResultKind)
    source = _choice(_("origin of the result"), ResultSource)
    became = _choice(_("what it became"), ResultOutcome)
    form = _choice(_("form of transformation"), ResultForm)
    year = models.PositiveSmallIntegerField(_("year of transformation"), null=True, blank=True)
    rights = _codes(_("rights behind it"))
    projects = _codes(_("R&D activities behind it"))
    products = _codes(_("products of it"))

    class Meta:
        verbose_name = _("result turned into a product")
        verbose_name_plural = _("results turned into products")

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Standard(Row):
    """One standard in which the enterprise took part (标准汇总表)."""

    application = of_application("standards")
    name = models.CharField(_("name of the standard"), max_length=200, blank=True)
    level = _choice(_("level of the standard"), StandardLevel)
    number = models.CharField(_("number of the standard"), max_length=60, blank=True)
    part = _choice(_("part in it"), StandardPart)

    class Meta:
        verbose_name = _("standard of the application")
        verbose_name_plural = _("standards of the application")

    def __str__(self) -> str:
        return f"{self.code} {self.number}"
