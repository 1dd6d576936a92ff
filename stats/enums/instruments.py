"""Vocabularies of instruments: how often, how far versions compare, what a check rests on."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Period(TextChoices):
    """How often a return is asked for."""

    YEAR = "year", _("Yearly")
    HALF = "half", _("Half-yearly")
    QUARTER = "quarter", _("Quarterly")
    MONTH = "month", _("Monthly")
    FLASH = "flash", _("Flash report")


class Mark(TextChoices):
    """What an indicator of an earlier version is to one of a later version."""

    FULL = "full", _("Comparable")
    PARTIAL = "partial", _("Partly comparable")
    BROKEN = "broken", _("Not comparable")


class RuleBasis(TextChoices):
    """What a check rule rests on; only the first was read in an official text."""

    SOURCED = "sourced", _("Official text")
    FORM = "form", _("Layout of the form")
    ACCOUNTING = "accounting", _("Accounting")
    DESIGN = "design", _("Choice of this portal")
