"""Vocabularies shared by all service lines."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """The small common vocabulary that every line's own states map to."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    IN_REVIEW = "in_review", _("In review")
    CORRECTING = "correcting", _("Being corrected")
    IN_PUBLICITY = "in_publicity", _("In publicity")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    ENDED = "ended", _("Ended")


class Turn(models.TextChoices):
    """Whose turn it is: every state has exactly one owner."""

    FILER = "filer", _("the enterprise")
    REVIEWER = "reviewer", _("the registration agency")
    NOBODY = "nobody", _("nobody")


class Problem(models.TextChoices):
    """What is wrong with one item of a correction list."""

    INCORRECT = "incorrect", _("Incorrect")
    INCOMPLETE = "incomplete", _("Incomplete")
    OUTDATED = "outdated", _("Outdated")


class LocalKind(models.TextChoices):
    """What a jurisdiction can set beside the national edition."""

    REVIEW_LIMIT = "review_limit", _("Review limit")
    SECOND_REVIEW = "second_review", _("Threshold of the second review")


class DayCount(models.TextChoices):
    """How the days of a limit are counted."""

    CALENDAR = "calendar", _("calendar days")
    WORKING = "working", _("working days")


class Amount(models.TextChoices):
    """Which amount a threshold looks at."""

    TOTAL = "total", _("total amount")
    TECHNICAL = "technical", _("technical amount")


class AccessKind(models.TextChoices):
    """What somebody in office looked at."""

    PAGE = "page", _("Filing")
    FILE = "file", _("Attachment")
    ISSUED = "issued", _("Certificate or notice")
    API = "api", _("Filing, by a program")


class Side(models.TextChoices):
    """The two who talk on a filing's thread."""

    ENTERPRISE = "enterprise", _("the enterprise")
    AGENCY = "agency", _("the registration agency")


class Grade(models.IntegerChoices):
    """The five grades of the good or bad rating (好差评); the last two are bad ratings."""

    VERY_SATISFIED = 5, _("Very satisfied")
    SATISFIED = 4, _("Satisfied")
    BASICALLY_SATISFIED = 3, _("Basically satisfied")
    DISSATISFIED = 2, _("Dissatisfied")
    VERY_DISSATISFIED = 1, _("Very dissatisfied")


class DeliveryState(models.TextChoices):
    """What became of an event on its way to a webhook."""

    PENDING = "pending", _("to be sent")
    DELIVERED = "delivered", _("sent")
    FAILED = "failed", _("given up")


class LookupState(models.TextChoices):
    """Where a question to the registry of enterprises stands."""

    WAITING = "waiting", _("Waiting to be asked")
    ASKING = "asking", _("Being asked")
    FOUND = "found", _("Found")
    UNKNOWN = "unknown", _("Not in the registry")
    FAILED = "failed", _("No answer")


class QualificationKind(models.TextChoices):
    """What an enterprise can be known to hold."""

    HNTE_CERTIFICATE = "hnte_certificate", _("High-tech enterprise certificate")


class ImportState(models.TextChoices):
    """Where a table that was sent stands; READING, CHECKING and TAKING are work."""

    ASKING = "asking", _("Columns to be named")
    READING = "reading", _("Being read")
    UNREADABLE = "unreadable", _("Cannot be read")
    CHECKING = "checking", _("Rows being checked")
    READY = "ready", _("Checked")
    TAKING = "taking", _("Drafts being made")
