"""Registers of rent relief: carriers, what they rent, their tenants, leases and programmes."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from incubators.editions import Programme, from_data
from incubators.enums import (
    CarrierKind,
    CarrierLevel,
    Ownership,
    RentBasis,
    SizeClass,
    TenantKind,
)
from torch_portal.accounts.models import Enterprise
from torch_portal.accounts.sealed import SealedField


def yuan(name: Any, **options: Any) -> models.DecimalField:
    """A column of yuan, zero or more where the table says so."""
    return models.DecimalField(name, max_digits=14, decimal_places=2, **options)


def square_metres(name: Any, **options: Any) -> models.DecimalField:
    """A column of an area in m²."""
    return models.DecimalField(name, max_digits=12, decimal_places=2, **options)


class Incubator(models.Model):
    """A carrier (孵化载体) with its title, ownership and areas in m².

    An enterprise may run one carrier of each kind. Its title ends on the day it was cancelled.
    """

    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, verbose_name=_("enterprise"), related_name="carriers"
    )
    kind = models.CharField(_("kind of carrier"), max_length=3, choices=CarrierKind)
    level = models.CharField(_("level of the title"), max_length=10, choices=CarrierLevel)
    professional = models.BooleanField(_("professional incubator"), default=False)
    recognised_on = models.DateField(_("recognised on"), null=True, blank=True)
    recognition_document = models.CharField(
        _("document of the recognition"), max_length=80, blank=True
    )
    cancelled_on = models.DateField(_("title cancelled on"), null=True, blank=True)
    ownership = models.CharField(_("ownership"), max_length=11, choices=Ownership)
    state_premises = models.BooleanField(_("on state-owned premises"), default=False)
    area_total = square_metres(_("area, m²"))
    area_tenant = square_metres(_("area for tenants, m²"))
    area_public = square_metres(_("public service area, m²"), default=0)
    account_name = models.CharField(_("name of the account"), max_length=120, blank=True)
    account_number = SealedField(
        _("number of the account"), blank=True, validators=[MaxLengthValidator(40)]
    )

    class Meta:
        verbose_name = _("carrier")
        verbose_name_plural = _("carriers")
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "kind"], name="carrier_once_of_a_kind"),
            models.CheckConstraint(
                condition=Q(area_tenant__gte=0)
                & Q(area_public__gte=0)
                & Q(area_total__gte=F("area_tenant") + F("area_public")),
                name="carrier_areas_fit",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on__isnull=True)
                | Q(recognised_on__isnull=False, cancelled_on__gte=F("recognised_on")),
                name="carrier_cancelled_after_recognition",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise.name} {self.get_kind_display()}"


class HeadLease(models.Model):
    """Premises that a carrier rents itself, and what its own landlord took off, in yuan."""

    carrier = models.ForeignKey(
        Incubator, models.PROTECT, verbose_name=_("carrier"), related_name="head_leases"
    )
    owner_name = models.CharField(_("owner of the premises"), max_length=120)
    owner_is_state = models.BooleanField(_("state-owned premises"))
    area = square_metres(_("area, m²"))
    monthly_yuan = yuan(_("rent a month, yuan"))
    begins_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    relief_yuan = yuan(_("relief received, yuan"), default=0)

    class Meta:
        verbose_name = _("head lease")
        verbose_name_plural = _("head leases")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on")), name="head_lease_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(area__gt=0, monthly_yuan__gte=0, relief_yuan__gte=0),
                name="head_lease_figures_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owner_name} {self.begins_on} - {self.ends_on}"


class Tenant(models.Model):
    """Who is incubated: an enterprise by its credit code, a team or a person without one."""

    kind = models.CharField(_("kind of tenant"), max_length=10, choices=TenantKind)
    credit_code = models.CharField(
        _("unified social credit code"), max_length=18, null=True, blank=True, unique=True
    )
    name = models.CharField(_("name of the tenant"), max_length=120)
    established_on = models.DateField(_("established on"), null=True, blank=True)
    size_class = models.CharField(_("size class"), max_length=6, choices=SizeClass, blank=True)
    special_field = models.BooleanField(_("field with a longer stay"), default=False)

    class Meta:
        verbose_name = _("tenant")
        verbose_name_plural = _("tenants")
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=TenantKind.ENTERPRISE)
                | Q(credit_code__isnull=False, established_on__isnull=False),
                name="tenant_enterprise_is_known",
            ),
            models.CheckConstraint(
                condition=Q(credit_code__isnull=True) | ~Q(credit_code=""),
                name="tenant_code_not_empty",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Tenancy(models.Model):
    """The stay of a tenant in a carrier. A trigger refuses one before the tenant was established.

    left_on: its last day. graduated_on: when it met a standard of graduation, which `basis` names.
    """

    carrier = models.ForeignKey(
        Incubator, models.PROTECT, verbose_name=_("carrier"), related_name="tenancies"
    )
    tenant = models.ForeignKey(
        Tenant, models.PROTECT, verbose_name=_("tenant"), related_name="tenancies"
    )
    entered_on = models.DateField(_("entered on"))
    left_on = models.DateField(_("left on"), null=True, blank=True)
    graduated_on = models.DateField(_("graduated on"), null=True, blank=True)
    basis = models.CharField(_("standard of graduation"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("stay in a carrier")
        verbose_name_plural = _("stays in carriers")
        constraints = [
            models.UniqueConstraint(
                fields=["carrier", "tenant"],
                condition=Q(left_on__isnull=True),
                name="tenancy_open_once",
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("entered_on")),
                name="tenancy_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(graduated_on__isnull=True, basis="")
                | Q(graduated_on__isnull=False, graduated_on__gte=F("entered_on")) & ~Q(basis=""),
                name="tenancy_graduation_has_its_basis",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tenant} {self.entered_on}"


class Lease(models.Model):
    """What a tenant rents and pays. A trigger refuses two leases of one room on the same day.

    unit_yuan: for a month, a m² and month, or a m² and day, as `rent_basis` says.
    """

    tenancy = models.ForeignKey(
        Tenancy, models.PROTECT, verbose_name=_("stay in a carrier"), related_name="leases"
    )
    head_lease = models.ForeignKey(
        HeadLease,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("head lease"),
        related_name="leases",
    )
    room = models.CharField(_("room"), max_length=40, blank=True)
    contract_number = models.CharField(_("number of the contract"), max_length=60, blank=True)
    begins_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    area = square_metres(_("area, m²"), null=True, blank=True)
    rent_basis = models.CharField(
        _("how rent is counted"), max_length=12, choices=RentBasis, default=RentBasis.MONTHLY
    )
    unit_yuan = models.DecimalField(_("rent, yuan"), max_digits=14, decimal_places=4)
    fee_yuan = yuan(_("fees a month, yuan"), default=0)
    arrears_yuan = yuan(_("rent owed, yuan"), default=0)
    in_litigation = models.BooleanField(_("at law with the carrier"), default=False)

    class Meta:
        verbose_name = _("lease")
        verbose_name_plural = _("leases")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on")), name="lease_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(unit_yuan__gte=0, fee_yuan__gte=0, arrears_yuan__gte=0),
                name="lease_amounts_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(rent_basis=RentBasis.MONTHLY) | Q(area__isnull=False, area__gt=0),
                name="lease_by_area_has_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tenancy} {self.room} {self.begins_on} - {self.ends_on}"


class ReliefProgramme(models.Model):
    """One version of a programme: its terms in the plain form that the sourced ones have.

    A published version never changes, which a trigger holds; a change is the next version.
    """

    code = models.CharField(_("code of the programme"), max_length=20)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    terms = models.JSONField(_("terms of the programme"))
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("published by"),
        related_name="+",
    )

    class Meta:
        verbose_name = _("relief programme")
        verbose_name_plural = _("relief programmes")
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="programme_version_once"),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="programme_published_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"

    def programme(self) -> Programme:
        """The terms as the rules take them; ValueError for terms that cannot be read."""
        return from_data({**self.terms, "code": self.code, "version": self.version})

    def clean(self) -> None:
        """Terms are read before they are kept."""
        try:
            self.programme()
        except ValueError as error:
            told = {"what": str(error)}
            message = ValidationError(_("These terms cannot be read: %(what)s."), params=told)
            raise ValidationError({"terms": message}) from None
