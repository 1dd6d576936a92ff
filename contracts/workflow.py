"""The moves of a technology contract. States, owners, buttons and checks derive from here."""

from django.utils.translation import gettext_lazy as _

from contracts.enums import State
from torch_portal.filings.enums import Stage, Turn
from torch_portal.filings.transitions import Move, workflow

MEASURES = "国科发政字〔2000〕063号"

STATES = {
    State.DRAFT: (Stage.DRAFT, Turn.FILER, _("Draft")),
    State.SUBMITTED: (Stage.SUBMITTED, Turn.REVIEWER, _("Waiting for acceptance")),
    State.ACCEPTED: (Stage.IN_REVIEW, Turn.REVIEWER, _("Being examined")),
    State.SECOND_REVIEW: (Stage.IN_REVIEW, Turn.REVIEWER, _("In second review")),
    State.CORRECTING: (Stage.CORRECTING, Turn.FILER, _("To be corrected")),
    State.RECOGNISED: (Stage.GRANTED, Turn.NOBODY, _("Recognised")),
    State.REFUSED: (Stage.REFUSED, Turn.NOBODY, _("Refused (not registered)")),
    State.NOT_ACCEPTED: (Stage.REFUSED, Turn.NOBODY, _("Not accepted")),
    State.WITHDRAWN: (Stage.WITHDRAWN, Turn.NOBODY, _("Withdrawn")),
    State.DEREGISTERED: (Stage.ENDED, Turn.NOBODY, _("Deregistered")),
    State.REVOKED: (Stage.ENDED, Turn.NOBODY, _("Revoked")),
}

_UNDECIDED = frozenset({State.SUBMITTED, State.ACCEPTED, State.SECOND_REVIEW})

WORKFLOW = workflow(
    "contracts",
    start=State.DRAFT,
    states=STATES,
    moves=(
        Move(
            "submit",
            frozenset({State.DRAFT, State.CORRECTING}),
            State.SUBMITTED,
            Turn.FILER,
            _("Submit for recognition"),
            _("The filing goes to the registration agency and the statutory time limit begins."),
            f"{MEASURES} 第六条",
        ),
        Move(
            "withdraw",
            frozenset({State.DRAFT, State.CORRECTING, State.SUBMITTED, State.ACCEPTED}),
            State.WITHDRAWN,
            Turn.FILER,
            _("Withdraw"),
            _("The filing ends without a decision. It can be copied into a new one."),
            "",
            final=True,
        ),
        Move(
            "accept",
            frozenset({State.SUBMITTED}),
            State.ACCEPTED,
            Turn.REVIEWER,
            _("Accept"),
            _("The material is complete and in form; the examination begins."),
            f"{MEASURES} 第十四条",
        ),
        Move(
            "return_for_correction",
            _UNDECIDED,
            State.CORRECTING,
            Turn.REVIEWER,
            _("Return for correction"),
            _(
                "The enterprise gets the complete list once. The time limit stops and begins "
                "anew when the corrected filing comes in."
            ),
            "行政许可法 第三十二条",
        ),
        Move(
            "decline",
            frozenset({State.SUBMITTED}),
            State.NOT_ACCEPTED,
            Turn.REVIEWER,
            _("Do not accept"),
            _("The filing ends; the enterprise is told why and where to turn."),
            f"{MEASURES} 第六条",
            note=True,
            final=True,
        ),
        Move(
            "fix_technical_amount",
            frozenset({State.ACCEPTED, State.SECOND_REVIEW}),
            None,
            Turn.REVIEWER,
            _("Fix the technical amount"),
            _("This amount will stand on the certificate; the enterprise sees it and the reason."),
            "国科发政字〔2001〕253号 第二条",
            note=True,
        ),
        Move(
            "propose",
            frozenset({State.ACCEPTED}),
            State.SECOND_REVIEW,
            Turn.REVIEWER,
            _("Pass to second review"),
            _("Another reviewer has to recognise or refuse it."),
            "",
        ),
        Move(
            "recognise",
            frozenset({State.ACCEPTED, State.SECOND_REVIEW}),
            State.RECOGNISED,
            Turn.REVIEWER,
            _("Recognise and issue the certificate"),
            _("Gives a registration number, issues the certificate and tells the enterprise."),
            f"{MEASURES} 第十四条",
            final=True,
        ),
        Move(
            "refuse",
            frozenset({State.ACCEPTED, State.SECOND_REVIEW}),
            State.REFUSED,
            Turn.REVIEWER,
            _("Refuse"),
            _(
                "The contract is marked “not registered”; the enterprise gets the grounds, the "
                "article and where to object."
            ),
            f"{MEASURES} 第十四条",
            note=True,
            final=True,
        ),
        Move(
            "assign",
            _UNDECIDED,
            None,
            Turn.REVIEWER,
            _("Assign"),
            _("It stands in this person's queue; the others of the agency can still decide it."),
            "",
        ),
        Move(
            "deregister",
            frozenset({State.RECOGNISED}),
            State.DEREGISTERED,
            Turn.REVIEWER,
            _("Deregister"),
            _("The certificate shows “deregistered” from now on; it cannot be made valid again."),
            "河南省技术市场条例 第十七条",
            note=True,
            final=True,
        ),
        Move(
            "revoke",
            frozenset({State.RECOGNISED}),
            State.REVOKED,
            Turn.REVIEWER,
            _("Revoke"),
            _("The certificate shows “revoked” from now on; benefits may be reclaimed."),
            "沪科技市〔2025〕31号 第四条",
            note=True,
            final=True,
        ),
    ),
)
