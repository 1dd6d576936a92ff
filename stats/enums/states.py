"""States of rounds and returns, and the kinds of files that go with a return."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RoundState(TextChoices):
    """Where a round stands, from its design to its publication."""

    DESIGN = "design", _("In design")
    APPROVED = "approved", _("Approved")
    FRAME_FROZEN = "frame_frozen", _("List of respondents frozen")
    OPEN = "open", _("Open for returns")
    CLOSED = "closed", _("Closed")
    ACCEPTED = "accepted", _("Accepted by the Torch Center")
    PUBLISHED = "published", _("Published")


class State(TextChoices):
    """Where a return stands; owners and stages are in the workflow."""

    DRAFT = "draft", _("Draft")
    CHECKED = "checked", _("Checked, not submitted")
    SUBMITTED = "submitted", _("Submitted")
    LOCAL_APPROVED = "local_approved", _("Approved by the local unit")
    CITY_APPROVED = "city_approved", _("Approved by the city")
    PROVINCE_APPROVED = "province_approved", _("Approved by the province")
    ACCEPTED = "accepted", _("Accepted by the Torch Center")
    RETURNED = "returned", _("Returned to the respondent")
    CANCEL_REQUESTED = "cancel_requested", _("Cancellation asked for")
    CANCELLED = "cancelled", _("Cancelled")


# The respondent alone writes values, and only in these states (统计法: no officer changes data).
OPEN_TO_EDIT = (State.DRAFT, State.CHECKED, State.RETURNED)
# With one of the levels of review.
IN_REVIEW = (
    State.SUBMITTED,
    State.LOCAL_APPROVED,
    State.CITY_APPROVED,
    State.PROVINCE_APPROVED,
)
# Handed in and standing: what the totals of a round are made of.
FILED = (*IN_REVIEW, State.ACCEPTED)


class AttachmentKind(TextChoices):
    """The files that go with a return."""

    SIGNED_SCAN = "signed_scan", _("Signed and stamped scan of the return")
