"""The moves of a return. States, owners, buttons and checks derive from here."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from stats.enums import IN_REVIEW, OPEN_TO_EDIT, State
from torch_portal.filings.enums import Stage, Turn
from torch_portal.filings.transitions import Move, workflow

LAW = "统计法 第七条"
NO_CHANGE = "统计法 第六条"
ROUTINE = "国统制〔2022〕11号"

STATES = {
    State.DRAFT: (Stage.DRAFT, Turn.FILER, _("Draft")),
    State.CHECKED: (Stage.DRAFT, Turn.FILER, _("Checked, not submitted")),
    State.SUBMITTED: (Stage.IN_REVIEW, Turn.REVIEWER, _("With the local unit")),
    State.LOCAL_APPROVED: (Stage.IN_REVIEW, Turn.REVIEWER, _("Approved by the local unit")),
    State.CITY_APPROVED: (Stage.IN_REVIEW, Turn.REVIEWER, _("Approved by the city")),
    State.PROVINCE_APPROVED: (Stage.IN_REVIEW, Turn.REVIEWER, _("Approved by the province")),
    State.ACCEPTED: (Stage.GRANTED, Turn.NOBODY, _("Accepted by the Torch Center")),
    State.RETURNED: (Stage.CORRECTING, Turn.FILER, _("Returned to the respondent")),
    State.CANCEL_REQUESTED: (Stage.IN_REVIEW, Turn.REVIEWER, _("Cancellation asked for")),
    State.CANCELLED: (Stage.ENDED, Turn.NOBODY, _("Return cancelled")),
}


class ReviewLevel(StrEnum):
    """The levels that a return goes through, in order."""

    LOCAL = "local"
    CITY = "city"
    PROVINCE = "province"
    TORCH = "torch"


# Each approval is made by one level; the other acts by the level with which the return lies.
APPROVALS: Mapping[str, ReviewLevel] = {
    "approve_local": ReviewLevel.LOCAL,
    "approve_city": ReviewLevel.CITY,
    "approve_province": ReviewLevel.PROVINCE,
    "accept": ReviewLevel.TORCH,
}

WORKFLOW = workflow(
    "stats",
    start=State.DRAFT,
    states=STATES,
    moves=(
        Move(
            "check",
            frozenset({State.DRAFT}),
            State.CHECKED,
            Turn.FILER,
            _("Check the return"),
            _("All balance relations are worked out; you can still change everything."),
            ROUTINE,
        ),
        Move(
            "edit",
            frozenset({State.CHECKED}),
            State.DRAFT,
            Turn.FILER,
            _("Change"),
            _("The return is a draft again and has to be checked once more."),
            ROUTINE,
        ),
        Move(
            "submit",
            frozenset(OPEN_TO_EDIT),
            State.SUBMITTED,
            Turn.FILER,
            _("Submit the return"),
            _(
                "Your unit reviews it, then the city, the province and the Torch Center. They "
                "approve it or return it to you; nobody but you changes a value."
            ),
            LAW,
        ),
        Move(
            "withdraw",
            frozenset({State.SUBMITTED}),
            State.DRAFT,
            Turn.FILER,
            _("Take back"),
            _("The return is a draft again; submit it once more before the round closes."),
            LAW,
        ),
        Move(
            "request_cancellation",
            frozenset({*IN_REVIEW, State.RETURNED}),
            State.CANCEL_REQUESTED,
            Turn.FILER,
            _("Ask for cancellation"),
            _("Your unit decides whether the return is void; until then it stays as it is."),
            ROUTINE,
            note=True,
        ),
        Move(
            "approve_local",
            frozenset({State.SUBMITTED}),
            State.LOCAL_APPROVED,
            Turn.REVIEWER,
            _("Approve at the local unit"),
            _("It goes to the city, or to the province where the unit is the city's own."),
            ROUTINE,
        ),
        Move(
            "approve_city",
            frozenset({State.LOCAL_APPROVED}),
            State.CITY_APPROVED,
            Turn.REVIEWER,
            _("Approve at the city"),
            _("It goes to the province."),
            ROUTINE,
        ),
        Move(
            "approve_province",
            frozenset({State.LOCAL_APPROVED, State.CITY_APPROVED}),
            State.PROVINCE_APPROVED,
            Turn.REVIEWER,
            _("Approve at the province"),
            _("It goes to the Torch Center."),
            ROUTINE,
        ),
        Move(
            "accept",
            frozenset({State.PROVINCE_APPROVED}),
            State.ACCEPTED,
            Turn.REVIEWER,
            _("Accept the return"),
            _("The values stand and count in the totals of the round."),
            ROUTINE,
            final=True,
        ),
        Move(
            "return_for_correction",
            frozenset(IN_REVIEW),
            State.RETURNED,
            Turn.REVIEWER,
            _("Return to the respondent"),
            _(
                "The respondent gets the reasons at once and the levels above are told. Values "
                "are corrected by the respondent alone."
            ),
            NO_CHANGE,
        ),
        Move(
            "assign",
            frozenset({State.SUBMITTED}),
            None,
            Turn.REVIEWER,
            _("Assign"),
            _("It stands in this person's queue; the others of the unit can still decide it."),
            "",
        ),
        Move(
            "refuse_cancellation",
            frozenset({State.CANCEL_REQUESTED}),
            State.RETURNED,
            Turn.REVIEWER,
            _("Refuse the cancellation"),
            _("The return lies with the respondent again, with your reason."),
            ROUTINE,
            note=True,
        ),
        Move(
            "cancel",
            frozenset({*IN_REVIEW, State.CANCEL_REQUESTED}),
            State.CANCELLED,
            Turn.REVIEWER,
            _("Cancel the return"),
            _("The return is void and counts nowhere; it stays on record with the reason."),
            ROUTINE,
            note=True,
            final=True,
        ),
    ),
)
