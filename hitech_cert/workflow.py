"""The moves of an application. States, owners, buttons and checks derive from here."""

from django.utils.translation import gettext_lazy as _

from hitech_cert.enums import State
from torch_portal.filings.enums import Stage, Turn
from torch_portal.filings.transitions import Move, workflow

MEASURES = "国科发火〔2016〕32号"
GUIDE = "国科发火〔2016〕195号"
NOTICE = "国科火字〔2020〕38号 三"

STATES = {
    State.DRAFT: (Stage.DRAFT, Turn.FILER, _("Draft")),
    State.SUBMITTED: (Stage.SUBMITTED, Turn.REVIEWER, _("In local check")),
    State.CORRECTING: (Stage.CORRECTING, Turn.FILER, _("To be corrected")),
    State.RECOMMENDED: (Stage.IN_REVIEW, Turn.REVIEWER, _("Recommended")),
    State.NOT_ACCEPTED: (Stage.REFUSED, Turn.NOBODY, _("Not accepted")),
    State.ACCEPTED: (Stage.IN_REVIEW, Turn.REVIEWER, _("Accepted")),
    State.IN_REVIEW: (Stage.IN_REVIEW, Turn.REVIEWER, _("In expert review")),
    State.SCORED: (Stage.IN_REVIEW, Turn.REVIEWER, _("Reviewed by experts")),
    State.PROPOSED: (Stage.IN_REVIEW, Turn.REVIEWER, _("Proposed for recognition")),
    State.LOCAL_PUBLICITY: (Stage.IN_PUBLICITY, Turn.REVIEWER, _("In local publicity")),
    State.REPORTED: (Stage.IN_REVIEW, Turn.REVIEWER, _("Reported to the leading group office")),
    State.NATIONAL_PUBLICITY: (Stage.IN_PUBLICITY, Turn.REVIEWER, _("In national publicity")),
    State.NOT_RECOGNISED: (Stage.REFUSED, Turn.NOBODY, _("Not recognised")),
    State.CERTIFIED: (Stage.GRANTED, Turn.NOBODY, _("Certified")),
    State.CANCELLATION_NOTICED: (
        Stage.GRANTED,
        Turn.REVIEWER,
        _("Certified, cancellation announced"),
    ),
    State.CANCELLED: (Stage.ENDED, Turn.NOBODY, _("Cancelled")),
    State.EXPIRED: (Stage.ENDED, Turn.NOBODY, _("Expired")),
    State.WITHDRAWN: (Stage.WITHDRAWN, Turn.NOBODY, _("Withdrawn")),
}

# Made by the local bureau (the agency of the filing); everything else of the reviewer's side is
# made by the certification body of the province.
LOCAL = frozenset({"recommend", "assign"})
# Made by both: by the one before whom it lies.
EITHER = frozenset({"return_for_correction", "reject"})
# Made for a panel, a list or a table at once, or by the clock; never by a button of one filing.
OF_PANELS = frozenset({"draw_panel", "close_review", "dissolve_panel"})
OF_BATCHES = frozenset({"publicise", "strike", "report", "publicise_nationally", "certify"})
BY_THE_CLOCK = frozenset({"expire"})

WORKFLOW = workflow(
    "hitech_cert",
    start=State.DRAFT,
    states=STATES,
    moves=(
        Move(
            "submit",
            frozenset({State.DRAFT, State.CORRECTING}),
            State.SUBMITTED,
            Turn.FILER,
            _("Submit for certification"),
            _("The bureau of your place checks it online and recommends it to the province."),
            f"{GUIDE} 二(三)",
        ),
        Move(
            "withdraw",
            frozenset(
                {
                    State.DRAFT,
                    State.CORRECTING,
                    State.SUBMITTED,
                    State.RECOMMENDED,
                    State.ACCEPTED,
                }
            ),
            State.WITHDRAWN,
            Turn.FILER,
            _("Withdraw"),
            _("The application ends. You can apply again in the same year."),
            "",
            final=True,
        ),
        Move(
            "recommend",
            frozenset({State.SUBMITTED}),
            State.RECOMMENDED,
            Turn.REVIEWER,
            _("Recommend"),
            _("It goes to the certification body of the province."),
            NOTICE,
        ),
        Move(
            "return_for_correction",
            frozenset({State.SUBMITTED, State.RECOMMENDED}),
            State.CORRECTING,
            Turn.REVIEWER,
            _("Return for correction"),
            _("The enterprise gets the complete list once and answers it item by item."),
            f"{GUIDE} 二(三)",
        ),
        Move(
            "reject",
            frozenset({State.SUBMITTED, State.RECOMMENDED}),
            State.NOT_ACCEPTED,
            Turn.REVIEWER,
            _("Do not accept"),
            _("The enterprise gets the grounds and the clause; it can apply again."),
            f"{MEASURES} 第十一条",
            note=True,
            final=True,
        ),
        Move(
            "assign",
            frozenset({State.SUBMITTED}),
            None,
            Turn.REVIEWER,
            _("Assign"),
            _("It stands in this person's queue; the others of the bureau can still decide it."),
            "",
        ),
        Move(
            "send_back",
            frozenset({State.RECOMMENDED}),
            State.SUBMITTED,
            Turn.REVIEWER,
            _("Send back to the bureau"),
            _("The bureau checks it again; the enterprise need do nothing."),
            "",
            note=True,
        ),
        Move(
            "accept",
            frozenset({State.RECOMMENDED}),
            State.ACCEPTED,
            Turn.REVIEWER,
            _("Accept"),
            _("It takes part in the expert review of its batch; its paper is deferred."),
            NOTICE,
        ),
        Move(
            "draw_panel",
            frozenset({State.ACCEPTED}),
            State.IN_REVIEW,
            Turn.REVIEWER,
            _("Draw a panel"),
            _("Experts are drawn at random; each reviews it alone, online."),
            f"{GUIDE} 二(四)",
        ),
        Move(
            "dissolve_panel",
            frozenset({State.IN_REVIEW}),
            State.ACCEPTED,
            Turn.REVIEWER,
            _("Dissolve the panel"),
            _("Its sheets stay on record and no longer count; another panel is drawn."),
            f"{GUIDE} 一(四)",
            note=True,
        ),
        Move(
            "close_review",
            frozenset({State.IN_REVIEW}),
            State.SCORED,
            Turn.REVIEWER,
            _("Close the review"),
            _("The leader has signed; the average stands as an exact fraction."),
            f"{GUIDE} 二(四)",
        ),
        Move(
            "propose",
            frozenset({State.SCORED}),
            State.PROPOSED,
            Turn.REVIEWER,
            _("Propose for recognition"),
            _("The three departments agree; it goes on the next list."),
            f"{GUIDE} 二(五)",
        ),
        Move(
            "not_recognise",
            frozenset({State.SCORED, State.PROPOSED}),
            State.NOT_RECOGNISED,
            Turn.REVIEWER,
            _("Do not recognise"),
            _("The enterprise gets the grounds and can ask for a re-examination."),
            f"{GUIDE} 二(五)",
            note=True,
            final=True,
        ),
        Move(
            "reopen",
            frozenset({State.NOT_RECOGNISED}),
            State.SCORED,
            Turn.REVIEWER,
            _("Reopen after a re-examination"),
            _("A mechanical error was found and mended; it is decided again."),
            GUIDE,
            note=True,
        ),
        Move(
            "publicise",
            frozenset({State.PROPOSED}),
            State.LOCAL_PUBLICITY,
            Turn.REVIEWER,
            _("Publicise"),
            _("The list is open to objections for ten working days."),
            f"{GUIDE} 二(五)",
        ),
        Move(
            "strike",
            frozenset({State.LOCAL_PUBLICITY, State.REPORTED, State.NATIONAL_PUBLICITY}),
            State.NOT_RECOGNISED,
            Turn.REVIEWER,
            _("Strike from the list"),
            _("An objection was found right; the enterprise is not recognised."),
            f"{GUIDE} 二(六)",
            note=True,
            final=True,
        ),
        Move(
            "report",
            frozenset({State.PROPOSED, State.LOCAL_PUBLICITY}),
            State.REPORTED,
            Turn.REVIEWER,
            _("Report"),
            _("The list goes to the leading group office, by 30 November."),
            f"{GUIDE} 二(五)",
        ),
        Move(
            "publicise_nationally",
            frozenset({State.REPORTED}),
            State.NATIONAL_PUBLICITY,
            Turn.REVIEWER,
            _("Note the national publicity"),
            _("The leading group office has it on its list for ten working days."),
            f"{GUIDE} 二(六)",
        ),
        Move(
            "certify",
            frozenset({State.REPORTED, State.NATIONAL_PUBLICITY}),
            State.CERTIFIED,
            Turn.REVIEWER,
            _("Take over number and day of issue"),
            _("Both come from the national list; the portal never makes a number."),
            f"{GUIDE} 二(六)",
            final=True,
        ),
        Move(
            "notify_cancellation",
            frozenset({State.CERTIFIED}),
            State.CANCELLATION_NOTICED,
            Turn.REVIEWER,
            _("Announce a cancellation"),
            _(
                "The enterprise gets the grounds and facts and a time to state its case; the "
                "certificate stays valid until another person decides."
            ),
            f"{MEASURES} 第十九条",
            note=True,
        ),
        Move(
            "cancel",
            frozenset({State.CANCELLATION_NOTICED}),
            State.CANCELLED,
            Turn.REVIEWER,
            _("Cancel"),
            _("The status ends; the tax office is told from which year."),
            f"{MEASURES} 第十九条",
            note=True,
            final=True,
        ),
        Move(
            "drop_cancellation",
            frozenset({State.CANCELLATION_NOTICED}),
            State.CERTIFIED,
            Turn.REVIEWER,
            _("Drop the cancellation"),
            _("The certificate stays valid; the enterprise is told."),
            f"{MEASURES} 第十九条",
            note=True,
        ),
        Move(
            "expire",
            frozenset({State.CERTIFIED, State.CANCELLATION_NOTICED}),
            State.EXPIRED,
            Turn.NOBODY,
            _("Expire"),
            _("Three years are over; a new certification is needed."),
            f"{MEASURES} 第九条",
            final=True,
        ),
    ),
)
