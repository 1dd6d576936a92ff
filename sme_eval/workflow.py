"""The moves of an evaluation. States, owners, buttons and checks derive from here."""

from django.utils.translation import gettext_lazy as _

from sme_eval.enums import State
from torch_portal.filings.enums import Stage, Turn
from torch_portal.filings.transitions import Move, workflow

MEASURES = "国科发政〔2017〕115号"
GUIDE = "国科火字〔2017〕144号"

STATES = {
    State.DRAFT: (Stage.DRAFT, Turn.FILER, _("Draft")),
    State.SUBMITTED: (Stage.IN_REVIEW, Turn.REVIEWER, _("In form review")),
    State.CORRECTING: (Stage.CORRECTING, Turn.FILER, _("To be corrected")),
    State.PASSED: (Stage.IN_REVIEW, Turn.REVIEWER, _("Passed form review")),
    State.IN_PUBLICITY: (Stage.IN_PUBLICITY, Turn.REVIEWER, _("In publicity")),
    State.ENTERED: (Stage.GRANTED, Turn.NOBODY, _("Entered in the library")),
    State.REVOCATION_NOTICED: (Stage.GRANTED, Turn.REVIEWER, _("Entered, revocation announced")),
    State.NOT_ENTERED: (Stage.REFUSED, Turn.NOBODY, _("Not entered")),
    State.WITHDRAWN: (Stage.WITHDRAWN, Turn.NOBODY, _("Withdrawn")),
    State.RESIGNED: (Stage.ENDED, Turn.NOBODY, _("Given up by the enterprise")),
    State.REVOKED: (Stage.ENDED, Turn.NOBODY, _("Revoked")),
}

# Made by the provincial department, the others by the evaluation agency.
PROVINCIAL = frozenset(
    {
        "send_back",
        "publicise",
        "strike",
        "announce",
        "notify_revocation",
        "revoke",
        "drop_revocation",
    }
)
# Made for a whole batch at once, never by a button of one filing.
OF_BATCHES = frozenset({"publicise", "strike", "announce"})

WORKFLOW = workflow(
    "sme_eval",
    start=State.DRAFT,
    states=STATES,
    moves=(
        Move(
            "submit",
            frozenset({State.DRAFT, State.CORRECTING}),
            State.SUBMITTED,
            Turn.FILER,
            _("Submit for evaluation"),
            _("The evaluation agency of your place reviews the form online."),
            MEASURES,
        ),
        Move(
            "withdraw",
            frozenset({State.DRAFT, State.CORRECTING, State.SUBMITTED, State.PASSED}),
            State.WITHDRAWN,
            Turn.FILER,
            _("Withdraw"),
            _("The evaluation ends without a number. You can file again in the same year."),
            "",
            final=True,
        ),
        Move(
            "return_for_correction",
            frozenset({State.SUBMITTED}),
            State.CORRECTING,
            Turn.REVIEWER,
            _("Return for correction"),
            _(
                "The enterprise gets the complete list once. Its corrected form counts as a "
                "first filing, with the day on which it comes back."
            ),
            GUIDE,
        ),
        Move(
            "pass_form",
            frozenset({State.SUBMITTED}),
            State.PASSED,
            Turn.REVIEWER,
            _("Pass the form review"),
            _("It goes to the province, which puts it in a batch and publicises it."),
            GUIDE,
        ),
        Move(
            "refuse",
            frozenset({State.SUBMITTED, State.PASSED}),
            State.NOT_ENTERED,
            Turn.REVIEWER,
            _("Refuse"),
            _("The enterprise does not meet the conditions; it gets the grounds and the clause."),
            f"{MEASURES} 第六条",
            note=True,
            final=True,
        ),
        Move(
            "assign",
            frozenset({State.SUBMITTED}),
            None,
            Turn.REVIEWER,
            _("Assign"),
            _("It stands in this person's queue; the others of the agency can still decide it."),
            "",
        ),
        Move(
            "send_back",
            frozenset({State.PASSED}),
            State.SUBMITTED,
            Turn.REVIEWER,
            _("Send back to the agency"),
            _("The agency reviews the form again; the enterprise need do nothing."),
            GUIDE,
            note=True,
        ),
        Move(
            "publicise",
            frozenset({State.PASSED}),
            State.IN_PUBLICITY,
            Turn.REVIEWER,
            _("Publicise"),
            _("The list is open to objections for ten working days."),
            MEASURES,
        ),
        Move(
            "strike",
            frozenset({State.IN_PUBLICITY}),
            State.NOT_ENTERED,
            Turn.REVIEWER,
            _("Strike from the list"),
            _("An objection was found right; the enterprise is not entered."),
            MEASURES,
            note=True,
            final=True,
        ),
        Move(
            "announce",
            frozenset({State.IN_PUBLICITY}),
            State.ENTERED,
            Turn.REVIEWER,
            _("Announce and number"),
            _("The enterprise enters the library and gets its number."),
            MEASURES,
            final=True,
        ),
        Move(
            "resign",
            frozenset({State.ENTERED}),
            State.RESIGNED,
            Turn.FILER,
            _("Give up the number"),
            _("The number is no longer valid from now on; the tax office is told."),
            "国科发火〔2018〕92号",
            note=True,
            final=True,
        ),
        Move(
            "notify_revocation",
            frozenset({State.ENTERED}),
            State.REVOCATION_NOTICED,
            Turn.REVIEWER,
            _("Announce a revocation"),
            _(
                "The enterprise gets the grounds and facts and a time to state its case; the "
                "number stays valid until another person decides."
            ),
            f"{MEASURES} 第十四条",
            note=True,
        ),
        Move(
            "revoke",
            frozenset({State.REVOCATION_NOTICED}),
            State.REVOKED,
            Turn.REVIEWER,
            _("Revoke"),
            _("The number is no longer valid; the enterprise cannot file again this year."),
            f"{MEASURES} 第十四条",
            note=True,
            final=True,
        ),
        Move(
            "drop_revocation",
            frozenset({State.REVOCATION_NOTICED}),
            State.ENTERED,
            Turn.REVIEWER,
            _("Drop the revocation"),
            _("The number stays valid; the enterprise is told."),
            f"{MEASURES} 第十四条",
            note=True,
        ),
    ),
)
