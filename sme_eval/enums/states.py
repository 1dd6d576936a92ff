"""States of an evaluation and of what follows it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where an evaluation stands; owners and stages are in the workflow."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("In form review")
    CORRECTING = "correcting", _("To be corrected")
    PASSED = "passed", _("Passed form review")
    IN_PUBLICITY = "in_publicity", _("In publicity")
    ENTERED = "entered", _("Entered in the library")
    REVOCATION_NOTICED = "revocation_noticed", _("Entered, revocation announced")
    NOT_ENTERED = "not_entered", _("Not entered")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    RESIGNED = "resigned", _("Given up by the enterprise")
    REVOKED = "revoked", _("Revoked")


# Entered at some time: has a number and a day of entry.
NUMBERED = (State.ENTERED, State.REVOCATION_NOTICED, State.RESIGNED, State.REVOKED)
# The number is valid.
STANDING = (State.ENTERED, State.REVOCATION_NOTICED)
# Takes the one place of the enterprise in its year (国科发政〔2017〕115号: one evaluation a year).
TAKES_THE_YEAR = (
    State.SUBMITTED,
    State.CORRECTING,
    State.PASSED,
    State.IN_PUBLICITY,
    State.ENTERED,
    State.REVOCATION_NOTICED,
    State.REVOKED,
)


class ChangeState(models.TextChoices):
    """What became of a change that an enterprise reported."""

    OPEN = "open", _("Reported")
    CONFIRMED = "confirmed", _("Confirmed")
    REFUSED = "refused", _("Not confirmed")


class CheckState(models.TextChoices):
    """Where the spot check of one enterprise stands."""

    ASKED = "asked", _("Material asked for")
    GIVEN = "given", _("Material handed in")
    ON_SITE = "on_site", _("On-site check")
    AGREES = "agrees", _("Agrees with the filing")
    DIFFERS = "differs", _("Does not agree; revocation proposed")
    SILENT = "silent", _("No material handed in; revocation proposed")


# What an agency can find at a spot check.
FOUND = (CheckState.ON_SITE, CheckState.AGREES, CheckState.DIFFERS, CheckState.SILENT)


class RevocationGround(models.TextChoices):
    """The grounds on which a number is revoked (国科发政〔2017〕115号 第十四条)."""

    CONDITIONS = "conditions", _("It no longer meets the conditions of article 6")
    FRAUD = "fraud", _("Serious fraud in the evaluation")
    RESEARCH = "research", _("Serious dishonesty in research")
    ACCIDENT = "accident", _("Major accident of safety or quality, or serious pollution")
    LISTED = "listed", _("On the list of abnormal operations or of serious dishonesty")
    NO_MATERIAL = "no_material", _("No material handed in at the spot check")


class CaseState(models.TextChoices):
    """Where a revocation stands."""

    NOTICED = "noticed", _("Announced to the enterprise")
    REVOKED = "revoked", _("Revoked")
    DROPPED = "dropped", _("Dropped")
