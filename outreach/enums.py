"""Vocabularies of impact reports, recommendations, cases and the hotline."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class WorkStatus(TextChoices):
    """Whether an enterprise works."""

    NORMAL = "NORMAL", _("Working")
    PARTIAL = "PARTIAL", _("Working in part")
    STOPPED = "STOPPED", _("Stopped")
    CLOSED = "CLOSED", _("Closed down")


class ImpactLevel(TextChoices):
    """How hard an enterprise is hit, from least to most."""

    NONE = "none", _("Not hit")
    MILD = "mild", _("Hit mildly")
    SIGNIFICANT = "significant", _("Hit significantly")
    SEVERE = "severe", _("Hit severely")


class Offer(TextChoices):
    """What is recommended."""

    TECHNOLOGY = "TECHNOLOGY", _("Technology")
    PRODUCT = "PRODUCT", _("Product")
    SERVICE = "SERVICE", _("Service")


class Goods(TextChoices):
    """What the law regulates among products; all but the last need a certificate."""

    DRUG = "DRUG", _("Drug")
    REAGENT = "REAGENT", _("Test reagent")
    DEVICE = "DEVICE", _("Medical device")
    DISINFECTANT = "DISINFECTANT", _("Disinfectant")
    OTHER = "OTHER", _("Not regulated")


class CaseKind(TextChoices):
    """What an exemplary case is about."""

    RESEARCH = "RESEARCH", _("Research against the epidemic")
    MATERIAL = "MATERIAL", _("Making supplies")
    SERVICE = "SERVICE", _("Technical service")
    DONATION = "DONATION", _("Donation")
    RESUMPTION = "RESUMPTION", _("Resuming work")
    VOLUNTEERS = "VOLUNTEERS", _("Voluntary service")


class Channel(TextChoices):
    """How a service is reached."""

    TELEPHONE = "telephone", _("By telephone")
    EMAIL = "email", _("By e-mail")
    REFERRAL = "referral", _("By the unit in charge")
