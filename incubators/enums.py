"""Vocabularies of carriers, tenants and rent relief."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CarrierKind(TextChoices):
    """What a carrier (孵化载体) is."""

    INCUBATOR = "INC", _("Technology business incubator")
    MAKERSPACE = "MKS", _("Makerspace")
    SCIENCE_PARK = "USP", _("University science park")


class CarrierLevel(TextChoices):
    """Who recognised the carrier; makerspaces are filed nationally and not recognised."""

    NATIONAL = "NATIONAL", _("National title")
    FILED = "FILED", _("Filed nationally")
    PROVINCIAL = "PROVINCIAL", _("Provincial title")
    MUNICIPAL = "MUNICIPAL", _("Municipal title")
    DISTRICT = "DISTRICT", _("District title")


class Ownership(TextChoices):
    """Whose the carrier is; state landlords follow rules of their own."""

    STATE = "STATE", _("State-owned")
    INSTITUTION = "INSTITUTION", _("Public institution")
    NON_STATE = "NON_STATE", _("Not state-owned")


class TenantKind(TextChoices):
    """Who is incubated; only enterprises have a credit code."""

    ENTERPRISE = "ENTERPRISE", _("Enterprise")
    TEAM = "TEAM", _("Founding team")
    INDIVIDUAL = "INDIVIDUAL", _("Individual")


class SizeClass(TextChoices):
    """How large an enterprise is (中小企业划型标准规定)."""

    MICRO = "MICRO", _("Micro")
    SMALL = "SMALL", _("Small")
    MEDIUM = "MEDIUM", _("Medium-sized")
    LARGE = "LARGE", _("Large")


class RentBasis(TextChoices):
    """What the unit amount of a lease is paid for."""

    MONTHLY = "MONTHLY", _("Rent a month")
    PER_M2_MONTH = "PER_M2_MONTH", _("Rent a square metre and month")
    PER_M2_DAY = "PER_M2_DAY", _("Rent a square metre and day")


class WaiverKind(TextChoices):
    """How the rent was relieved (退、抵、免、减、延); a deferral is no relief."""

    EXEMPT = "EXEMPT", _("Rent waived")
    REDUCE = "REDUCE", _("Rent reduced")
    DEFER = "DEFER", _("Rent deferred")
    REFUND = "REFUND", _("Paid back")
    OFFSET = "OFFSET", _("Set off against later rent")


class Mode(TextChoices):
    """How a programme pays: everybody by rate, or only the first of a ranking."""

    RATE = "RATE", _("By rate")
    RANKED = "RANKED", _("By rate, the first of a ranking")


class BudgetPolicy(TextChoices):
    """What happens when the subsidies exceed the budget."""

    NONE = "NONE", _("No limit")
    PRO_RATA = "PRO_RATA", _("In proportion")
    RANK = "RANK", _("In order until it is used up")


class Flag(TextChoices):
    """What changed an amount on its way from the claim to the subsidy."""

    CAP_APPLIED = "CAP_APPLIED", _("The cap was applied")
    RANK_LIMIT = "RANK_LIMIT", _("Below the last place of the ranking")
    NOT_ELIGIBLE = "NOT_ELIGIBLE", _("The carrier does not fit the programme")
    MONTHS_OVER_LIMIT = "MONTHS_OVER_LIMIT", _("More months than the programme counts")
    DEFER_NOT_COUNTED = "DEFER_NOT_COUNTED", _("A deferral does not count")
    DUP_TENANT_MONTH = "DUP_TENANT_MONTH", _("The month is claimed twice")
    OUTSIDE_LEASE = "OUTSIDE_LEASE", _("The lease does not cover the month")
    OUTSIDE_WINDOW = "OUTSIDE_WINDOW", _("The month lies outside the programme")
    ABOVE_RENT = "ABOVE_RENT", _("No share between nothing and the whole rent")
    MISMATCH = "MISMATCH", _("The tenant confirmed another amount")
    UNCONFIRMED = "UNCONFIRMED", _("The tenant has not confirmed")
    EXCLUDED = "EXCLUDED", _("Excluded by the reviewer")
