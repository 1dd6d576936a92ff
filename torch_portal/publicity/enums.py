"""Vocabularies of publicity (公示), objection (异议) and announcement (公告)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BatchState(models.TextChoices):
    """Where a list stands."""

    PREPARING = "preparing", _("Being put together")
    PUBLICISING = "publicising", _("Being publicised")
    OPEN = "open", _("Open for objections")
    ANNOUNCING = "announcing", _("Being announced")
    ANNOUNCED = "announced", _("Announced")
    CANCELLED = "cancelled", _("List cancelled")


class EntryState(models.TextChoices):
    """Where one filing of a list stands."""

    LISTED = "listed", _("On the list")
    PUBLICISED = "publicised", _("Publicised")
    HELD = "held", _("Held back: an objection is open")
    STRUCK = "struck", _("Struck off: an objection was upheld")
    ANNOUNCED = "announced", _("Announced")
    LEFT_OUT = "left_out", _("Left out of the list")


class Step(models.TextChoices):
    """What a worker does to a whole list, part by part."""

    PUBLICISE = "publicise", _("Publicise")
    ANNOUNCE = "announce", _("Announce")


class ObjectorKind(models.TextChoices):
    """Who objects; nobody does so without a name."""

    UNIT = "unit", _("A unit, by sealed letter")
    PERSON = "person", _("A person, by true name")


class ObjectionState(models.TextChoices):
    """Where an objection stands."""

    RECEIVED = "received", _("Being examined")
    NOT_ACCEPTED = "not_accepted", _("Not accepted for examination")
    UPHELD = "upheld", _("Upheld")
    REJECTED = "rejected", _("Examined, not upheld")


class ProofKind(models.TextChoices):
    """What a file of an objection is."""

    LETTER = "letter", _("Sealed letter of the unit")
    EVIDENCE = "evidence", _("Evidence of the objection")


class BatchAct(models.TextChoices):
    """What is kept in the record of a list."""

    OPEN_BATCH = "open_batch", _("Opened the list")
    ADD = "add", _("Took filings in")
    REMOVE = "remove", _("Took filings out")
    CANCEL = "cancel", _("Cancelled the list")
    PUBLICISE = "publicise", _("Began to publicise")
    PUBLICISED = "publicised", _("Is public")
    ANNOUNCE = "announce", _("Began to announce")
    ANNOUNCED = "announced", _("Is announced")
    TRY_AGAIN = "try_again", _("Had the work tried again")
    OBJECT = "object", _("An objection came in")
    DECLINE_OBJECTION = "decline_objection", _("Did not accept an objection")
    UPHOLD = "uphold", _("Upheld an objection")
    REJECT_OBJECTION = "reject_objection", _("Rejected an objection")
    REVEAL = "reveal", _("Looked at an objector's mobile number")
