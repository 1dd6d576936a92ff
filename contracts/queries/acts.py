"""Acts after the decision, in the past tense, as the timeline shows them."""

from django.utils.translation import gettext as _

from contracts.enums import FollowUpKind, FollowUpState
from contracts.workflow import PROCEDURES


def after_words(move: str) -> str:
    """An act on a matter in the past: kind and outcome; "" when it is none."""
    words = {
        "revocation_stated": _("Statement on the revocation"),
        "buyer_access_opened": _("The buyer may read number, status and amounts"),
        "buyer_access_ended": _("The buyer's access ended"),
        "notify_revocation": _("Revocation announced"),
        "drop_revocation": _("Revocation dropped"),
        "reopen": _("Decision set aside: examined anew"),
        "reinstate": _("Revocation set aside: registered again"),
        "request_expert_opinion": _("Experts asked"),
        "record_expert_opinion": _("Expert's opinion recorded"),
    }
    if move in words:
        return words[move]
    kind, _underline, end = move.rpartition("_")
    if kind not in PROCEDURES:
        return ""
    if end == "opened":
        return _("Begun: %(what)s") % {"what": FollowUpKind(kind).label}
    if end == "overdue":
        return _("Overdue: %(what)s") % {"what": FollowUpKind(kind).label}
    label = PROCEDURES[kind].labels[end] if end in FollowUpState.values else ""
    return f"{FollowUpKind(kind).label}: {label}" if label else ""
