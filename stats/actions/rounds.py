"""The steps of a round from its approval to its close; the Torch Center makes them."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from stats import permissions
from stats.enums import RoundState
from stats.models import Round
from torch_portal.accounts.models import User
from torch_portal.common.findings import Finding, Level, Refused
from torch_portal.filings.transitions import Stale

LAW = "统计法 第十一条至第十六条；部门统计调查项目管理办法"
EXPIRED = "统计法：未标明法定标志或超过有效期限的统计调查表，统计调查对象有权拒绝填报"
# Each step: where it starts, and the pair of columns that keeps who made it and when.
STEPS = {
    RoundState.APPROVED: (RoundState.DESIGN, "approved"),
    RoundState.FRAME_FROZEN: (RoundState.APPROVED, "frame_frozen"),
    RoundState.OPEN: (RoundState.FRAME_FROZEN, "opened"),
    RoundState.CLOSED: (RoundState.OPEN, "closed"),
    RoundState.ACCEPTED: (RoundState.CLOSED, "accepted"),
    RoundState.PUBLISHED: (RoundState.ACCEPTED, "published"),
}


def move_round(round_: Round, target: RoundState, *, by: User, at: datetime.datetime) -> Round:
    """Bring a round one step on; Stale when it stands elsewhere. The caller checks the person."""
    start, pair = STEPS[target]
    columns = {f"{pair}_at": at, f"{pair}_by": by}
    moved = Round.objects.filter(pk=round_.pk, state=start).update(state=target, **columns)
    if not moved:
        round_.refresh_from_db(fields=["state"])
        words = {"title": round_.title, "state": round_.get_state_display()}
        raise Stale(_("“%(title)s” is “%(state)s”, so this is not its next step.") % words)
    round_.refresh_from_db()
    return round_


@transaction.atomic
def approve_round(*, survey_round: Round, by: User, at: datetime.datetime) -> Round:
    """The design is fixed: a published version, a window within the approval. Refused otherwise."""
    permissions.check_torch(by)
    refused = [*unpublished(survey_round), *beyond_approval(survey_round)]
    if refused:
        raise Refused(refused)
    return move_round(survey_round, RoundState.APPROVED, by=by, at=at)


@transaction.atomic
def open_round(*, survey_round: Round, by: User, at: datetime.datetime) -> Round:
    """Respondents can answer from the first day of the window on.

    Refused when any day of the window lies outside the validity of the approval, and with an
    empty frame.
    """
    permissions.check_torch(by)
    refused = [*unpublished(survey_round), *beyond_approval(survey_round)]
    if not survey_round.assignments.filter(exempt=False).exists():
        message = _("Nobody has to answer in this round. Freeze the list of respondents first.")
        refused.append(Finding("frame", Level.BLOCK, "", message, LAW))
    if refused:
        raise Refused(refused)
    return move_round(survey_round, RoundState.OPEN, by=by, at=at)


@transaction.atomic
def close_round(*, survey_round: Round, by: User, at: datetime.datetime) -> Round:
    """No new return is taken; what was sent back can still be corrected."""
    permissions.check_torch(by)
    return move_round(survey_round, RoundState.CLOSED, by=by, at=at)


def unpublished(survey_round: Round) -> list[Finding]:
    """A block where the version is still a draft."""
    if survey_round.version.published_at is not None:
        return []
    message = _("%(version)s is not published. Have a second officer publish it first.")
    values = {"version": survey_round.version.version}
    return [Finding("version", Level.BLOCK, "version", message, LAW, values)]


def beyond_approval(survey_round: Round) -> list[Finding]:
    """A block for each end of the window that lies outside the validity of the approval."""
    approval = survey_round.version.approval
    values = {
        "number": approval.approval_no,
        "last": approval.valid_to.isoformat(),
        "first": approval.valid_from.isoformat() if approval.valid_from else "",
    }
    found = []
    if survey_round.closes_on > approval.valid_to:
        message = _(
            "The window runs until %(day)s, but the approval %(number)s is valid until %(last)s: "
            "respondents may refuse a form past its validity. End the window by that day, or have "
            "the survey approved again."
        )
        day = {"day": survey_round.closes_on.isoformat()}
        found.append(Finding("approval", Level.BLOCK, "closes_on", message, EXPIRED, values | day))
    if approval.valid_from and survey_round.opens_on < approval.valid_from:
        message = _(
            "The window begins on %(day)s, but the approval %(number)s is valid from %(first)s. "
            "Begin on that day or later."
        )
        day = {"day": survey_round.opens_on.isoformat()}
        found.append(Finding("approval", Level.BLOCK, "opens_on", message, EXPIRED, values | day))
    return found
