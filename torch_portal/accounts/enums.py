"""Vocabularies of people and regions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class JurisdictionKind(models.TextChoices):
    """The 37 addressees of 国科火字〔2020〕38号: provinces, listed cities and the Corps."""

    PROVINCE = "province", _("Province, region or municipality")
    LISTED_CITY = "listed_city", _("City with separate planning status")
    CORPS = "corps", _("Xinjiang Production and Construction Corps")


class DivisionLevel(models.IntegerChoices):
    """Levels of GB/T 2260."""

    PROVINCE = 1, _("Province level")
    PREFECTURE = 2, _("Prefecture level")
    COUNTY = 3, _("County level")


class MemberRole(models.TextChoices):
    """What a person may do for an enterprise."""

    OWNER = "owner", _("Owner")
    FILER = "filer", _("Filer")
    READER = "reader", _("Reader")


class OfficeRole(models.TextChoices):
    """What a person may do for an authority."""

    REVIEWER = "reviewer", _("Reviewer")
    OFFICIAL = "official", _("Official")
    OPERATOR = "operator", _("Operator")


class ChangeAct(models.TextChoices):
    """What is done to a setting."""

    ADD = "add", _("Added")
    CHANGE = "change", _("Changed")
    REMOVE = "remove", _("Removed")


class ChangeState(models.TextChoices):
    """Where a change stands: done at once, or asked for and then settled by somebody else."""

    PROPOSED = "proposed", _("Waits for a second person")
    APPLIED = "applied", _("In force")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Taken back")
    EXPIRED = "expired", _("Expired")
