"""Acts of the decision and after it in the past, as the timeline and the history show them."""

from django.utils.translation import gettext as _


def after_label(act: str) -> str:
    """An act in words; "" for every other."""
    return {
        "opinion": _("Opinion of a department recorded"),
        "national_objection": _("Objection to the national publicity entered"),
        "objection_settled": _("Objection verified"),
        "annual_report": _("Yearly report handed in"),
        "report_change": _("Change reported"),
        "change_released": _("Relocation released"),
        "change_public": _("Change publicised"),
        "change_objection": _("Objection to the change noted"),
        "change_confirmed": _("Change confirmed"),
        "change_refused": _("Change not confirmed"),
        "change_ended": _("Conditions no longer met after a change"),
        "open_review": _("Review opened"),
        "review_concluded": _("Review concluded"),
        "state_case": _("Case stated"),
        "ask_reexamination": _("Re-examination asked for"),
        "reexamination_refused": _("Re-examined, no such error"),
    }.get(act, "")
