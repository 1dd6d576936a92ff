"""Vocabularies of the notice, the hotline and the messages."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ServiceCode(models.TextChoices):
    """What an item of the notice or a hotline is about; pages link by these codes."""

    GENERAL = "general", _("All services")
    CONTRACTS = "contracts", _("Technology contracts")
    HITECH_CERT = "hitech_cert", _("High-tech enterprises")
    SME_EVAL = "sme_eval", _("Technology SMEs")
    INCUBATORS = "incubators", _("Incubators, science parks and makerspaces")
    ZONES = "zones", _("National high-tech zones")
    STATS = "stats", _("Torch statistics")
    IMPACT = "impact", _("Enterprises hit by the epidemic")
    RECOMMENDATIONS = "recommendations", _("New technologies, products and services")
    CASES = "cases", _("Exemplary cases")


class HotlineKind(models.TextChoices):
    """How a service is reached."""

    TELEPHONE = "telephone", _("Telephone")
    EMAIL = "email", _("E-mail")
    REFERRAL = "referral", _("Referral")


class MessageState(models.TextChoices):
    """Where an outgoing message stands.

    A message to a person without an e-mail address is read in the portal and sent nowhere.
    """

    PENDING = "pending", _("Waiting to be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Not sent")
    IN_PORTAL = "in_portal", _("In the portal only")
