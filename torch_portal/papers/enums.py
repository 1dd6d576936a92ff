"""Vocabularies of the paper originals that follow an online filing."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PaperKind(models.TextChoices):
    """What is to be handed in on paper."""

    CONTRACT_TEXT = "contract_text", _("Paper text of the contract")
    APPLICATION = "application", _("Paper application documents")


class PaperMode(models.TextChoices):
    """What a jurisdiction asks for."""

    NOT_REQUIRED = "not_required", _("Paper is not required")
    DEFERRED = "deferred", _("Paper follows, in an emergency after its end")


class PaperState(models.TextChoices):
    """Where one paper original stands."""

    NOT_REQUIRED = "not_required", _("Not required")
    DEFERRED = "deferred", _("Deferred until the emergency ends")
    DUE = "due", _("Due")
    OVERDUE = "overdue", _("Overdue")
    RECEIVED = "received", _("Received")
    VERIFIED = "verified", _("Agrees with the filing")
    MISMATCH = "mismatch", _("Does not agree with the filing")
    WAIVED = "waived", _("Waived")
