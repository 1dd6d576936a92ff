"""The matters after a decision (后续事项): who begins them, when, who decides, what each means."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from contracts.enums import FollowUpKind, FollowUpState, State

REGISTERED = frozenset({State.RECOGNISED})
ENDED_AGAINST = frozenset({State.REFUSED, State.NOT_ACCEPTED, State.REVOKED})


@dataclass(frozen=True)
class Procedure:
    """One kind of matter.

    sources: states of the filing in which it begins. begun_by, decided_by: "filer", "reviewer" or
    "official" (of the jurisdiction). labels: what its states are called. grant, refuse: the verbs
    on the buttons; effects: what each will do, said before it is pressed. clause: what it rests on.
    """

    kind: str
    sources: frozenset[str]
    begun_by: str
    decided_by: str
    labels: Mapping[str, Any]
    grant: Any
    refuse: Any
    effects: tuple[Any, Any]
    clause: str
    proof: bool = False


def _labels(opened: Any, granted: Any, refused: Any) -> dict[str, Any]:
    return {
        FollowUpState.OPEN: opened,
        FollowUpState.GRANTED: granted,
        FollowUpState.REFUSED: refused,
        FollowUpState.WITHDRAWN: _("Withdrawn"),
    }


_ARTICLE_16 = "河南省技术市场条例 第十七条; 技术合同认定登记管理办法 (征求意见稿) 第十六条"
_ROWS = (
    Procedure(
        FollowUpKind.CHANGE,
        REGISTERED,
        "filer",
        "reviewer",
        _labels(_("Change being examined"), _("Change granted"), _("Change not granted")),
        _("Grant the change"),
        _("Do not grant"),
        (
            _("Issues a new version of the certificate; the one before shows “superseded”."),
            _("The registration stays as it is; the enterprise reads your reason."),
        ),
        _ARTICLE_16,
        proof=True,
    ),
    Procedure(
        FollowUpKind.DEREGISTRATION,
        REGISTERED,
        "filer",
        "reviewer",
        _labels(
            _("Deregistration being examined"), _("Deregistered"), _("Deregistration not granted")
        ),
        _("Deregister"),
        _("Do not grant"),
        (
            _("The certificate shows “deregistered” from now on; it cannot be made valid again."),
            _("The registration stays as it is; the enterprise reads your reason."),
        ),
        _ARTICLE_16,
        proof=True,
    ),
    Procedure(
        FollowUpKind.INCOME,
        REGISTERED,
        "filer",
        "reviewer",
        _labels(_("Income being verified"), _("Income verified"), _("Income not verified")),
        _("Confirm the technical income"),
        _("Do not confirm"),
        (
            _("Issues the statement of verified technical income with the sum up to now."),
            _("Nothing is counted; the enterprise reads your reason and can report again."),
        ),
        "国科发政字〔2001〕253号 第五十一条",
        proof=True,
    ),
    Procedure(
        FollowUpKind.SUPPLEMENT,
        REGISTERED,
        "filer",
        "reviewer",
        _labels(
            _("Supplement being verified"), _("Supplement verified"), _("Supplement not verified")
        ),
        _("Confirm the supplement"),
        _("Do not confirm"),
        (
            _("Issues a supplementary statement; the earlier one stays valid beside it."),
            _("Nothing is counted; the enterprise reads your reason and can report again."),
        ),
        "国科发政字〔2001〕253号 第五十一条",
        proof=True,
    ),
    Procedure(
        FollowUpKind.REVOCATION,
        REGISTERED,
        "reviewer",
        "reviewer",
        _labels(_("Revocation announced"), _("Revoked"), _("Revocation dropped")),
        _("Revoke"),
        _("Drop the revocation"),
        (
            _("The certificate shows “revoked” from now on; benefits may be reclaimed."),
            _("The registration stays valid; the enterprise is told."),
        ),
        "沪科技市〔2025〕31号 第四条",
    ),
    Procedure(
        FollowUpKind.OBJECTION,
        ENDED_AGAINST,
        "filer",
        "official",
        _labels(_("Objection being heard"), _("Decision set aside"), _("Decision upheld")),
        _("Set the decision aside"),
        _("Uphold the decision"),
        (
            _("A refused filing goes back to another reviewer; a revoked one is valid again."),
            _("The decision stands; the enterprise reads your reason and the next way of redress."),
        ),
        "行政复议法 第二十条; 技术合同认定登记管理办法 (征求意见稿) 第十七条",
    ),
    Procedure(
        FollowUpKind.AUTHORITY,
        REGISTERED,
        "official",
        "reviewer",
        _labels(_("Authority's objection open"), _("Objection followed"), _("Objection answered")),
        _("Follow the objection"),
        _("Answer that the recognition stands"),
        (
            _("Records that you agree. Announce a revocation afterwards, or ask for a change."),
            _("Records your answer to the authority; the registration stays as it is."),
        ),
        "技术合同认定登记管理办法 (征求意见稿) 第十七条",
    ),
)
PROCEDURES: Mapping[str, Procedure] = {row.kind: row for row in _ROWS}
