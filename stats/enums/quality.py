"""Vocabularies of the quality desk."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Dimension(TextChoices):
    """By what totals are told apart."""

    TOTAL = "total", _("Total")
    PROVINCE = "province", _("By province")
    CITY = "city", _("By city")
    UNIT = "unit", _("By responsible unit")
    INDUSTRY = "industry", _("By industry")
    SIZE = "size", _("By size")
    CERTIFIED = "certified", _("By certification as a high-tech enterprise")


class OutlierKind(TextChoices):
    """How an outlier was found."""

    FIXED = "fixed", _("Fixed limit")
    SPREAD = "spread", _("Change far from that of its group")


class Reason(TextChoices):
    """Why a cell is not published."""

    FEW = "few", _("Fewer than three respondents")
    BESIDE = "beside", _("Protects another cell")


class Source(TextChoices):
    """From which register a respondent came onto the list of a round."""

    CERTIFIED = "certified", _("Certified in the last three years")
    IMPORTED = "imported", _("Imported list")
