"""People, enterprises, regions and registration agencies."""

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.enums import DivisionLevel, JurisdictionKind, MemberRole, OfficeRole
from torch_portal.accounts.sealed import SealedField
from torch_portal.common import codes


class Jurisdiction(models.Model):
    """One of the 37 authorities that the notice addresses.

    `code` is the first two digits of GB/T 2260 for provinces, four for listed cities, and 66 for
    the Corps (in statistical use, not part of GB/T 2260).
    """

    code = models.CharField(_("code"), max_length=4, primary_key=True)
    name_zh = models.CharField(_("Chinese name"), max_length=40)
    name_en = models.CharField(_("English name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=12, choices=JurisdictionKind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name=_("province")
    )

    class Meta:
        verbose_name = _("jurisdiction")
        verbose_name_plural = _("jurisdictions")

    def __str__(self) -> str:
        return f"{self.name_zh} ({self.code})"

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_zh if (get_language() or "zh").startswith("zh") else self.name_en


class DivisionPrefix(models.Model):
    """Which authority a division code belongs to: the longest matching prefix wins."""

    prefix = models.CharField(_("prefix of the division code"), max_length=6, primary_key=True)
    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, verbose_name=_("jurisdiction"), related_name="prefixes"
    )

    class Meta:
        verbose_name = _("division prefix")
        verbose_name_plural = _("division prefixes")

    def __str__(self) -> str:
        return f"{self.prefix} → {self.jurisdiction_id}"


class Division(models.Model):
    """An administrative division (GB/T 2260), abolished ones included with their last day."""

    code = models.CharField(_("division code"), max_length=6, primary_key=True)
    name = models.CharField(_("name"), max_length=60)
    path = models.CharField(_("full name"), max_length=120)
    level = models.PositiveSmallIntegerField(_("level"), choices=DivisionLevel)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        verbose_name = _("administrative division")
        verbose_name_plural = _("administrative divisions")

    def __str__(self) -> str:
        return f"{self.path} ({self.code})"


class Agency(models.Model):
    """A registration agency (技术合同登记机构); its six digits lead every number it gives."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    code = models.CharField(_("agency code"), max_length=6, unique=True)
    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, verbose_name=_("jurisdiction"), related_name="agencies"
    )
    address = models.CharField(_("address"), max_length=160, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    review_body = models.CharField(_("body that hears objections"), max_length=80, blank=True)
    active = models.BooleanField(_("takes filings"), default=True)
    lines = models.JSONField(
        _("services"),
        default=list,
        blank=True,
        help_text=_("Codes of the service lines it works for; empty: for all."),
    )

    class Meta:
        verbose_name = _("registration agency")
        verbose_name_plural = _("registration agencies")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^\d{6}$"), name="agency_code_six_digits"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def serves(self, line: str) -> bool:
        """Whether it takes filings of this service line."""
        return not self.lines or line in self.lines


class AgencyArea(models.Model):
    """A part of the agency's area, as a prefix of division codes."""

    agency = models.ForeignKey(
        Agency, models.CASCADE, verbose_name=_("registration agency"), related_name="areas"
    )
    prefix = models.CharField(_("prefix of the division code"), max_length=6)

    class Meta:
        verbose_name = _("area of an agency")
        verbose_name_plural = _("areas of agencies")
        constraints = [
            models.UniqueConstraint(fields=["agency", "prefix"], name="agency_area_once")
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.prefix}"


def clean_credit_code(value: str) -> None:
    """Refuse a unified social credit code that fails GB 32100-2015 or GB 11714."""
    try:
        codes.credit_code(value)
    except codes.CodeError as error:
        raise ValidationError(str(error)) from error


class Enterprise(models.Model):
    """A registered body that files: name, credit code and seat."""

    credit_code = models.CharField(
        _("unified social credit code"), max_length=18, unique=True, validators=[clean_credit_code]
    )
    name = models.CharField(_("registered name"), max_length=120)
    division = models.CharField(_("division of the seat"), max_length=6)
    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, verbose_name=_("jurisdiction"), related_name="enterprises"
    )
    nature = models.CharField(_("nature"), max_length=8, blank=True)
    resident = models.BooleanField(_("resident enterprise"), default=True)
    address = models.CharField(_("address"), max_length=160, blank=True)
    legal_representative = models.CharField(_("legal representative"), max_length=60, blank=True)
    legal_representative_id = SealedField(
        _("identity number of the legal representative"), max_length=40, blank=True
    )
    contact = models.CharField(_("contact"), max_length=60, blank=True)
    phone = SealedField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)

    class Meta:
        verbose_name = _("enterprise")
        verbose_name_plural = _("enterprises")

    def __str__(self) -> str:
        return f"{self.name} ({self.credit_code})"


class User(AbstractUser):
    """A person with an account of their own; what they may do hangs on roles."""

    phone = SealedField(_("telephone"), max_length=40, blank=True)
    enterprises = models.ManyToManyField(
        Enterprise, through="Membership", verbose_name=_("enterprises")
    )

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def get_full_name(self) -> str:
        """Family name first when it is written in Chinese characters."""
        name = f"{self.last_name}{self.first_name}".strip()
        if name.isascii():
            name = super().get_full_name()
        return name or self.username


class Membership(models.Model):
    """A person acts for an enterprise."""

    user = models.ForeignKey(
        User, models.CASCADE, verbose_name=_("user"), related_name="memberships"
    )
    enterprise = models.ForeignKey(
        Enterprise, models.CASCADE, verbose_name=_("enterprise"), related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=8, choices=MemberRole, default=MemberRole.FILER)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["user", "enterprise"], name="membership_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} @ {self.enterprise_id}: {self.role}"


class Appointment(models.Model):
    """A person acts for an authority: nationally, in a jurisdiction, or at one agency."""

    user = models.ForeignKey(
        User, models.CASCADE, verbose_name=_("user"), related_name="appointments"
    )
    role = models.CharField(_("role"), max_length=8, choices=OfficeRole)
    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, null=True, blank=True, verbose_name=_("jurisdiction")
    )
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, verbose_name=_("registration agency")
    )

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "jurisdiction", "agency"],
                name="appointment_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=~models.Q(role=OfficeRole.REVIEWER)
                | models.Q(agency__isnull=False)
                | models.Q(jurisdiction__isnull=False),
                name="reviewer_has_area",
                violation_error_message=_("A reviewer needs an agency or a jurisdiction."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.role} {self.agency_id or self.jurisdiction_id or '*'}"
