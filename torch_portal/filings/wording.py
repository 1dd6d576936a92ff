"""Words that every line says alike: acts in the past, days."""

import datetime

from django.utils import dateformat
from django.utils.translation import gettext as _


def act_words(move: str) -> str:
    """An act of the common course in the past tense; "" for a line's own."""
    return {
        "start": _("Draft begun"),
        "submit": _("Submitted"),
        "withdraw": _("Withdrawn"),
        "accept": _("Accepted for examination"),
        "return_for_correction": _("Returned for correction"),
        "decline": _("Not accepted"),
        "refuse": _("Refused"),
        "assign": _("Assigned"),
        "hand_over": _("Handed over to a colleague"),
        "attach": _("File added"),
        "detach": _("File removed"),
        "refuse_file": _("File refused by the virus scanner"),
        "overdue": _("Time limit passed"),
        "forget": _("Personal data forgotten"),
    }.get(move, "")


def long_date(day: datetime.date | None) -> str:
    """A day with its weekday, as people say it."""
    if day is None:
        return ""
    return dateformat.format(day, _("Y-m-d (D)"))


def provisional() -> str:
    """What is said beside a date that rests on a calendar not yet published."""
    return _("The date is provisional: the calendar of that year is not published.")
