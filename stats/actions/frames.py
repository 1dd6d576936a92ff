"""Who has to answer: the list of a round, frozen from the portal's own registers.

High-tech enterprises certified in the last three years come from the register of qualifications,
others (enterprises of zones, carriers) from lists that are brought in. Each gets exactly one
responsible unit. Whoever moved can be given to another unit until the cut-off of the round.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stats import permissions
from stats.actions.rounds import move_round
from stats.actions.signing import hold
from stats.enums import OPEN_TO_EDIT, RoundState, State
from stats.enums.quality import Source
from stats.models import Assignment, Return, Round
from stats.queries import frames as lists
from torch_portal.accounts.models import Agency, User
from torch_portal.accounts.roles import Denied, check_not_own
from torch_portal.common.findings import Finding, Level, Refused
from torch_portal.filings import engine
from torch_portal.filings.models import Filing
from torch_portal.filings.transitions import Stale

CLAUSE = "统计法 第七条"
# 河南、内蒙古年报通知: respondents that moved in or out of a zone are re-assigned before 15 March.
CUT_OFF = "各省年报通知（调查单位跨区变动须在规定日期前调整）"
BATCH = 2000
MOVABLE = (*OPEN_TO_EDIT, State.SUBMITTED)


@dataclass(frozen=True)
class Frozen:
    """How many respondents the list has, and how many of them were added now."""

    respondents: int
    added: int


@transaction.atomic
def freeze_frame(*, survey_round: Round, by: User, at: datetime.datetime, note: str = "") -> Frozen:
    """冻结调查单位名录: add the certified enterprises and close the list.

    Refused with the places where no unit is responsible, and for an empty list; Stale when the
    round is not approved or was frozen before.
    """
    permissions.check_torch(by)
    held = hold(survey_round, RoundState.APPROVED)
    missing = lists.certified_without_assignment(held)
    made, nowhere = _assignments(held, missing, Source.CERTIFIED.label)
    if nowhere:
        raise Refused([_no_unit(place, count) for place, count in sorted(nowhere.items())])
    Assignment.objects.bulk_create(made, batch_size=BATCH, ignore_conflicts=True)
    whole = Assignment.objects.filter(round=held).count()
    if not whole:
        message = _("Nobody is on the list. Bring in a list of respondents first.")
        raise Refused([Finding("frame", Level.BLOCK, "", message, CLAUSE)])
    move_round(survey_round, RoundState.FRAME_FROZEN, by=by, at=at)
    return Frozen(whole, len(made))


def _no_unit(place: str, count: int) -> Finding:
    message = _(
        "No unit is responsible in %(place)s, where %(count)s respondents have their seat. Give a "
        "unit this area first."
    )
    return Finding("unit", Level.BLOCK, "", message, CLAUSE, {"place": place, "count": count})


def _assignments(
    survey_round: Round,
    enterprises: Iterable[tuple[int, str]],
    source: object,
    named: Mapping[int, int] | None = None,
) -> tuple[list[Assignment], Counter[str]]:
    """Rows to write, and how many have no unit by their division.

    named: the unit of an enterprise where a list names one.
    """
    made, nowhere = [], Counter[str]()
    units = lists.Units()
    for enterprise_id, division in enterprises:
        unit, city = units.of(division)
        chosen = (named or {}).get(enterprise_id)
        if chosen is not None:
            unit, city = chosen, units.city_above(division, chosen)
        if unit is None:
            nowhere[division] += 1
            continue
        made.append(
            Assignment(
                round=survey_round,
                enterprise_id=enterprise_id,
                responsible_unit_id=unit,
                city_unit_id=city,
                source=str(source),
            )
        )
    return made, nowhere


@transaction.atomic
def bring_respondents(
    *, survey_round: Round, rows: Iterable[lists.Listed], name: str, by: User, at: datetime.datetime
) -> int:
    """A list of respondents (credit code, unit); all are taken, or none and each bad row named.

    Who is on the list already keeps the unit. Returns how many are new. Refused with a finding
    for each row: unknown enterprise, unknown unit, named twice.
    """
    permissions.check_torch(by)
    held = hold(survey_round, RoundState.APPROVED)
    listed = list(rows)
    found = lists.matched(listed)
    if not listed:
        message = _("The list has no rows. Name a column 统一社会信用代码.")
        raise Refused([Finding("list", Level.BLOCK, "file", message, CLAUSE)])
    if found.problems:
        raise Refused(found.problems)
    source = f"{Source.IMPORTED.label} {name}"[:120]
    made, nowhere = _assignments(held, found.seats, source, found.units)
    if nowhere:
        raise Refused([_no_unit(place, count) for place, count in sorted(nowhere.items())])
    before = Assignment.objects.filter(round=held).count()
    Assignment.objects.bulk_create(made, batch_size=BATCH, ignore_conflicts=True)
    return Assignment.objects.filter(round=held).count() - before


@transaction.atomic
def reassign(
    *, assignment: Assignment, unit: Agency, by: User, at: datetime.datetime, note: str = ""
) -> Assignment:
    """调整责任单位: another unit is responsible; the values stay as they are.

    By the province or the Torch Center until the cut-off of the round. Refused after it, for a
    unit that takes no returns, and once a level has approved the return.
    """
    held = _check_may_place(assignment, by)
    found = _against_reassigning(held, unit, timezone.localdate(at))
    if found:
        raise Refused(found)
    city = lists.Units().city_above(held.enterprise.division, unit.pk)
    row = {
        "responsible_unit": unit, "city_unit_id": city, "reassigned_at": at, "reassigned_by": by,
    }  # fmt: skip
    Assignment.objects.filter(pk=held.pk).update(**row)
    report = Return.objects.filter(assignment=held).select_related("filing").first()
    if report is not None:
        _move_return(report, held, unit, city, by, at, note)
    assignment.refresh_from_db()
    return assignment


def _against_reassigning(held: Assignment, unit: Agency, day: datetime.date) -> list[Finding]:
    found, until = [], held.round.reassign_until
    if day > until:
        message = _("Units could be changed until %(until)s.")
        found.append(Finding("cut_off", Level.BLOCK, "unit", message, CUT_OFF, {"until": until}))
    if not unit.active or not unit.serves("stats"):
        message = _("This unit takes no returns of the survey. Choose another one.")
        found.append(Finding("unit", Level.BLOCK, "unit", message, CLAUSE))
    if unit.jurisdiction_id != held.enterprise.jurisdiction_id:
        message = _("The unit belongs to another province than the respondent.")
        found.append(Finding("unit", Level.BLOCK, "unit", message, CLAUSE))
    report = Return.objects.filter(assignment=held).select_related("filing").first()
    if report is not None and report.filing.state not in MOVABLE:
        message = _("A level of review has approved the return already. Return it first.")
        found.append(Finding("approved", Level.BLOCK, "unit", message, CLAUSE))
    return found


def _move_return(
    report: Return,
    held: Assignment,
    unit: Agency,
    city: int | None,
    by: User,
    at: datetime.datetime,
    note: str,
) -> None:
    """The return goes with its respondent, nobody has it in hand there yet."""
    Return.objects.filter(pk=report.pk).update(unit=unit, city_unit_id=city)
    filing = report.filing
    if filing.agency_id is not None:
        Filing.objects.filter(pk=filing.pk).update(agency=unit, assigned_to=None)
    names = {"from_unit": held.responsible_unit.name, "to_name": unit.name}
    engine.record(filing, "reassign", by=by, at=at, note=note, data=names)


@transaction.atomic
def exempt(*, assignment: Assignment, by: User, at: datetime.datetime, note: str) -> Assignment:
    """免报: the respondent need not answer this round, for a reason that is kept.

    Refused without a reason and while a return stands that was submitted.
    """
    held = _check_may_place(assignment, by, unit_too=True)
    found = []
    if not note.strip():
        message = _("Say why the respondent need not answer: closed down, merged, moved away.")
        found.append(Finding("note", Level.BLOCK, "note", message, CLAUSE))
    standing = Return.objects.filter(assignment=held).exclude(
        filing__state__in=(State.DRAFT, State.CHECKED, State.CANCELLED)
    )
    if standing.exists():
        message = _("A return was submitted already. Cancel it first, with the reason.")
        found.append(Finding("submitted", Level.BLOCK, "", message, CLAUSE))
    if found:
        raise Refused(found)
    row = {"exempt": True, "reason": note.strip()[:300], "exempted_at": at, "exempted_by": by}
    Assignment.objects.filter(pk=held.pk).update(**row)
    assignment.refresh_from_db()
    return assignment


@transaction.atomic
def end_exemption(*, assignment: Assignment, by: User, at: datetime.datetime) -> Assignment:
    """The respondent has to answer after all."""
    held = _check_may_place(assignment, by, unit_too=True)
    row = {"exempt": False, "reason": "", "exempted_at": None, "exempted_by": None}
    Assignment.objects.filter(pk=held.pk).update(**row)
    assignment.refresh_from_db()
    return assignment


def _check_may_place(assignment: Assignment, by: User, *, unit_too: bool = False) -> Assignment:
    """The assignment, held; Denied to who acts for another place, Stale once the round is over."""
    rows = Assignment.objects.select_for_update(of=("self",), no_key=True)
    held = rows.select_related("round", "enterprise", "responsible_unit").get(pk=assignment.pk)
    province = held.enterprise.jurisdiction_id in permissions.provinces(by)
    unit = unit_too and held.responsible_unit_id in permissions.offices(by)
    if not (province or unit or permissions.is_torch(by)):
        raise Denied(_("The province of the respondent decides this."))
    check_not_own(by, held.enterprise_id)
    if held.round.state in (RoundState.ACCEPTED, RoundState.PUBLISHED):
        words = _("The round is “%(state)s”: this is not possible now.")
        raise Stale(words % {"state": held.round.get_state_display()})
    return held


__all__ = [
    "Frozen",
    "bring_respondents",
    "end_exemption",
    "exempt",
    "freeze_frame",
    "reassign",
]
