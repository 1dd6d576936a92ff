"""Vocabularies of certificates."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Making(models.TextChoices):
    """How far the worker is with the file."""

    PENDING = "pending", _("Waiting for the worker")
    RENDERING = "rendering", _("Being made")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Could not be made")


class Status(models.TextChoices):
    """What the certificate is worth today."""

    VALID = "valid", _("Valid")
    SUPERSEDED = "superseded", _("Superseded by a newer version")
    DEREGISTERED = "deregistered", _("Deregistered")
    REVOKED = "revoked", _("Revoked")


class DocumentKind(models.TextChoices):
    """What else an enterprise is given on a filing."""

    RECEIPT = "receipt", _("Receipt of the filing")
    ACCEPTANCE = "acceptance", _("Notice of acceptance")
    CORRECTION = "correction", _("Notice of correction")
    DECLINED = "declined", _("Notice of non-acceptance")
    REFUSAL = "refusal", _("Notice of refusal")
    FORM = "form", _("Form as filed, to sign")
