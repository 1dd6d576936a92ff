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
    State.REVOCATION_NOTICED: (Stage.GRANTED, Turn.REVIEWER, _("Recognised, revocation announced")),
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
                "The enterprise gets the complete list once. The time limit stops until the "
                "corrected filing comes in."
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
            "request_expert_opinion",
            frozenset({State.ACCEPTED, State.SECOND_REVIEW}),
            None,
            Turn.REVIEWER,
            _("Ask for expert opinions"),
            _("The longer time limit applies; it cannot be recognised before every expert spoke."),
            "技术合同认定登记管理办法 (征求意见稿) 第十四条",
            note=True,
        ),
        Move(
            "record_expert_opinion",
            frozenset({State.ACCEPTED, State.SECOND_REVIEW}),
            None,
            Turn.REVIEWER,
            _("Record an expert's opinion"),
            _("Keeps the opinion and its conclusion with the filing; it is no decision."),
            "技术合同认定登记管理办法 (征求意见稿) 第十四条",
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
            "notify_revocation",
            frozenset({State.RECOGNISED}),
            State.REVOCATION_NOTICED,
            Turn.REVIEWER,
            _("Announce a revocation"),
            _(
                "The enterprise gets the grounds and facts and a time to state its case; the "
                "certificate stays valid until another person decides."
            ),
            "沪科技市〔2025〕31号 第四条",
            note=True,
        ),
        Move(
            "revoke",
            frozenset({State.REVOCATION_NOTICED}),
            State.REVOKED,
            Turn.REVIEWER,
            _("Revoke"),
            _("The certificate shows “revoked” from now on; benefits may be reclaimed."),
            "沪科技市〔2025〕31号 第四条",
            note=True,
            final=True,
        ),
        Move(
            "drop_revocation",
            frozenset({State.REVOCATION_NOTICED}),
            State.RECOGNISED,
            Turn.REVIEWER,
            _("Drop the revocation"),
            _("The registration stays valid; the enterprise is told."),
            "沪科技市〔2025〕31号 第四条",
            note=True,
        ),
        Move(
            "reopen",
            frozenset({State.REFUSED, State.NOT_ACCEPTED}),
            State.ACCEPTED,
            Turn.REVIEWER,
            _("Set the decision aside"),
            _("An official of the review body sends it back; another reviewer examines it anew."),
            "技术合同认定登记管理办法 (征求意见稿) 第十七条",
            note=True,
        ),
        Move(
            "reinstate",
            frozenset({State.REVOKED}),
            State.RECOGNISED,
            Turn.REVIEWER,
            _("Set the revocation aside"),
            _("The registration is valid again, with a new version of the certificate."),
            "技术合同认定登记管理办法 (征求意见稿) 第十七条",
            note=True,
        ),
    ),
)
