"""Vocabularies of the zones: when a report came, and what support is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Punctuality(TextChoices):
    """Whether a daily report came before noon of the next day."""

    ON_TIME = "ON_TIME", _("On time")
    LATE = "LATE", _("After noon of the next day")


class MeasureKind(TextChoices):
    """What a zone does for an enterprise."""

    TAX_FEE = "TAX_FEE", _("Relief from taxes and fees")
    BRIDGE_FUND = "BRIDGE_FUND", _("Bridging fund")
    LOW_INTEREST = "LOW_INTEREST", _("Loan at low interest")
    INTEREST_FREE = "INTEREST_FREE", _("Loan without interest")
    OTHER = "OTHER", _("Other support")
