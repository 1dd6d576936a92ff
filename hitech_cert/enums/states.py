"""States of an application and of what it stands in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where an application stands; owners and stages are in the workflow."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("In local check")
    CORRECTING = "correcting", _("To be corrected")
    RECOMMENDED = "recommended", _("Recommended")
    NOT_ACCEPTED = "not_accepted", _("Not accepted")
    ACCEPTED = "accepted", _("Accepted")
    IN_REVIEW = "in_review", _("In expert review")
    SCORED = "scored", _("Reviewed by experts")
    PROPOSED = "proposed", _("Proposed for recognition")
    LOCAL_PUBLICITY = "local_publicity", _("In local publicity")
    REPORTED = "reported", _("Reported to the leading group office")
    NATIONAL_PUBLICITY = "national_publicity", _("In national publicity")
    NOT_RECOGNISED = "not_recognised", _("Not recognised")
    CERTIFIED = "certified", _("Certified")
    CANCELLATION_NOTICED = "cancel_noticed", _("Certified, cancellation announced")
    CANCELLED = "cancelled", _("Cancelled")
    EXPIRED = "expired", _("Expired")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# Takes the one application of the enterprise in its year.
TAKES_THE_YEAR = (
    State.SUBMITTED,
    State.CORRECTING,
    State.RECOMMENDED,
    State.ACCEPTED,
    State.IN_REVIEW,
    State.SCORED,
    State.PROPOSED,
    State.LOCAL_PUBLICITY,
    State.REPORTED,
    State.NATIONAL_PUBLICITY,
    State.NOT_RECOGNISED,
    State.CERTIFIED,
    State.CANCELLATION_NOTICED,
    State.CANCELLED,
)
# The certificate is valid as far as the portal knows.
STANDING = (State.CERTIFIED, State.CANCELLATION_NOTICED)


class Channel(models.TextChoices):
    """How an application came in (国科火字〔2020〕38号 三: 网上受理、邮件受理)."""

    ONLINE = "online", _("Online")
    EMAIL = "email", _("By e-mail")
