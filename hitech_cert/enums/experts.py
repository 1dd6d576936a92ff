"""Vocabularies of the expert review (专家评审)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Licence(TextChoices):
    """What qualifies an expert (国科发火〔2016〕195号 一(四)1)."""

    SENIOR = "senior", _("Senior title")
    ACCOUNTANT = "cpa", _("Certified public accountant")
    TAX_AGENT = "tax", _("Certified tax agent")


class TieKind(TextChoices):
    """What ties an expert to an enterprise, as declared."""

    INTEREST = "interest", _("Interest")
    COOPERATION = "work", _("Co-operation")


class Exclusion(TextChoices):
    """Why an expert of the pool cannot be drawn for an enterprise."""

    EMPLOYER = "employer", _("works for the enterprise or the same employer")
    DECLARED = "declared", _("declared an interest")
    COOPERATION = "work", _("co-operated with the enterprise recently")
    SERVED = "served", _("sat on a dissolved panel of this application")


class PanelState(TextChoices):
    """Where a panel stands."""

    RUNNING = "running", _("In review")
    CLOSED = "closed", _("Review closed")
    DISSOLVED = "dissolved", _("Dissolved")


class SeatState(TextChoices):
    """Where one expert of a panel stands."""

    INVITED = "invited", _("Invited")
    ACCEPTED = "accepted", _("Has accepted")
    SUBMITTED = "submitted", _("Sheet submitted")
    DECLINED = "declined", _("Declined")
    REPLACED = "replaced", _("Replaced")


# Sits on the panel; the others left it and somebody else came.
SEATED = (SeatState.INVITED, SeatState.ACCEPTED, SeatState.SUBMITTED)


class DrawState(TextChoices):
    """Where a draw stands: one for a whole batch is made by a worker."""

    RUNNING = "running", _("Being drawn")
    DONE = "done", _("Drawn")


class Subtotal(TextChoices):
    """The four parts of the innovation score on the leader's sheet (附件5)."""

    RIGHTS = "rights", _("Intellectual property")
    TRANSFORMATION = "transformation", _("Turning results into products")
    MANAGEMENT = "management", _("Organisation and management of R&D")
    GROWTH = "growth", _("Growth")
