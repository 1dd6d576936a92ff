"""Vocabularies of the survey: kinds of values, weights of check rules and their outcomes."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What an item holds; amounts and counts are numbers, the rest are texts."""

    NUMBER = "number", _("Amount")
    COUNT = "count", _("Count")
    TEXT = "text", _("Text")
    DATE = "date", _("Date")
    CHOICE = "choice", _("Choice")


class Severity(TextChoices):
    """What a violated check rule asks for: a mandatory one stops the submission."""

    MANDATORY = "mandatory", _("Mandatory")
    ERROR = "error", _("Error")
    WARNING = "warning", _("Warning")


class Missing(TextChoices):
    """What a rule makes of values that are not there; a blank is never 0."""

    SKIP = "skip", _("The rule is left out")
    FAIL = "fail", _("The rule is violated")
    NULL_OK = "null_ok", _("The rule says itself what a blank means")


class Verdict(TextChoices):
    """The outcome of one check rule on one return."""

    PASSED = "passed", _("Passed")
    VIOLATED = "violated", _("Violated")
    SKIPPED = "skipped", _("Not evaluated")
