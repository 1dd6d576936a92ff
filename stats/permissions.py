"""Who may do what with a return: the respondent enters, each level of review has its turn."""

from typing import Any

from django.utils.translation import gettext as _

from stats.enums import State
from stats.models import Question
from stats.workflow import APPROVALS, ReviewLevel
from torch_portal.accounts.enums import OfficeRole
from torch_portal.accounts.models import User
from torch_portal.accounts.roles import (
    Denied,
    Person,
    check_filer,
    check_not_own,
    governs,
    standing,
)
from torch_portal.filings.enums import Turn
from torch_portal.filings.models import Filing
from torch_portal.filings.transitions import Move


def check_may_file(user: User, filing: Filing) -> None:
    """The respondent: owner or filer of the enterprise. Nobody else ever writes a value."""
    check_filer(user, filing.enterprise_id)


def offices(user: Person) -> set[int]:
    """The units (ids of agencies) for which this person reviews."""
    return {unit for role, unit in standing(user).agencies if role == OfficeRole.REVIEWER}


def provinces(user: Person) -> set[str]:
    """The jurisdictions for which this person acts as the province."""
    return {
        area
        for role, area in standing(user).jurisdictions
        if area and role in (OfficeRole.OFFICIAL, OfficeRole.REVIEWER)
    }


def is_torch(user: Person) -> bool:
    """An official of the whole country, who acts for the Torch Center."""
    return (OfficeRole.OFFICIAL, None) in standing(user).jurisdictions


def check_torch(user: Person) -> None:
    """Instruments and rounds are kept by the Torch Center."""
    if not is_torch(user):
        raise Denied(_("The Torch Center does this."))


def _report_of(filing: Filing) -> Any:
    """The return of a cover; no query where it was read from the return."""
    return getattr(filing, "report")  # noqa: B009  (a reverse relation that the types do not know)


def level_of(filing: Filing) -> ReviewLevel | None:
    """With which level of review a return lies; None while it lies with no level."""
    if filing.state == State.LOCAL_APPROVED:
        # A unit that is the city's own has no second city above it.
        return ReviewLevel.CITY if _report_of(filing).city_unit_id else ReviewLevel.PROVINCE
    return {
        State.SUBMITTED.value: ReviewLevel.LOCAL,
        State.CANCEL_REQUESTED.value: ReviewLevel.LOCAL,
        State.CITY_APPROVED.value: ReviewLevel.PROVINCE,
        State.PROVINCE_APPROVED.value: ReviewLevel.TORCH,
    }.get(filing.state)


def acts_at(user: Person, filing: Filing, level: ReviewLevel) -> bool:
    """Whether this person acts for a level of the return's own chain."""
    if level is ReviewLevel.LOCAL:
        return _report_of(filing).unit_id in offices(user)
    if level is ReviewLevel.CITY:
        return _report_of(filing).city_unit_id in offices(user)
    if level is ReviewLevel.PROVINCE:
        return filing.jurisdiction_id in provinces(user)
    return is_torch(user)


def check_level(user: User, filing: Filing, level: ReviewLevel) -> None:
    """Denied to who acts for another level or place, and for the own enterprise."""
    if not acts_at(user, filing, level):
        words = {
            ReviewLevel.LOCAL: _("The unit responsible for the respondent decides this."),
            ReviewLevel.CITY: _("The city above the responsible unit decides this."),
            ReviewLevel.PROVINCE: _("The province of the respondent decides this."),
            ReviewLevel.TORCH: _("The Torch Center decides this."),
        }
        raise Denied(words[level])
    check_not_own(user, filing.enterprise_id)


def check_may_move(user: User, filing: Filing, move: Move) -> None:
    """The side and the level whose move it is."""
    if move.turn == Turn.FILER:
        check_may_file(user, filing)
        return
    here = level_of(filing)
    wanted = APPROVALS.get(move.name, here)
    if here is not None and wanted is not here and filing.state in move.sources:
        raise Denied(_("Another level of review has it now."))
    check_level(user, filing, wanted or ReviewLevel.LOCAL)


def may_move(user: User, filing: Filing, move: Move) -> bool:
    """Whether the button is shown."""
    try:
        check_may_move(user, filing, move)
    except Denied:
        return False
    return True


def check_may_answer(user: User, question: Question) -> None:
    """Questions are answered by the unit asked or by its province, never for the own firm."""
    desk = {OfficeRole.REVIEWER, OfficeRole.OFFICIAL}
    roles = standing(user)
    at_unit = {(role, question.unit_id) for role in desk} & roles.agencies
    above = {(role, area) for role in desk for area in (question.jurisdiction_id, None)}
    if not at_unit and not above & roles.jurisdictions:
        raise Denied(_("The unit that was asked answers this question."))
    check_not_own(user, question.enterprise_id)


def may_answer(user: User, question: Question) -> bool:
    """Whether the entry to answer in is shown."""
    try:
        check_may_answer(user, question)
    except Denied:
        return False
    return True


def check_may_publish(user: User, jurisdiction_id: str | None) -> None:
    """Officials publish guidance where they govern; for the country the Torch Center does."""
    if not governs(user, jurisdiction_id):
        raise Denied(
            _("An official of the place publishes this, for the whole country the Torch Center.")
        )
