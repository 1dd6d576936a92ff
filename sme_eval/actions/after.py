"""After the entry: changes of the enterprise, and revocation by notice and defence."""

import datetime
from collections.abc import Collection, Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sme_eval import permissions, queries, rules
from sme_eval.actions import letters
from sme_eval.actions.filing import end_number
from sme_eval.actions.reviewing import fire, need_note
from sme_eval.enums import STANDING, CaseState, ChangeState, RevocationGround
from sme_eval.models import Change, Evaluation, IntegrityEntry, Revocation
from sme_eval.workflow import MEASURES
from torch_portal.accounts.models import User
from torch_portal.accounts.roles import Denied, check_not_own
from torch_portal.common.findings import Finding, Level, Refused
from torch_portal.common.workdays import Limit, Unit, foreseen
from torch_portal.filings import engine
from torch_portal.filings.drafts import hold
from torch_portal.filings.models import Filing
from torch_portal.filings.queries import calendar_for
from torch_portal.filings.transitions import Stale

REPORTED = ("legal_representative", "address", "business_scope", "registration_type", "industry")


@transaction.atomic
def report_change(
    *,
    evaluation: Evaluation,
    changed_on: datetime.date,
    after: Mapping[str, Any],
    reason: str,
    major: bool = False,
    by: User,
    at: datetime.datetime,
) -> Change:
    """变更: entries that changed since the entry; the number stays the same.

    Within three months of the change; later it is taken all the same and marked. `major`: the
    change touches the conditions. Raises Refused with all findings at once.
    """
    permissions.check_may_file(by, evaluation.filing)
    state = hold(evaluation.filing)
    changed = {name: value for name, value in after.items() if value != getattr(evaluation, name)}
    day = timezone.localdate(at)
    found = rules.check_change(changed_on, day, changed, reason)
    if evaluation.changes.filter(state=ChangeState.OPEN).exists():
        message = _("A change is already reported and not decided yet. Wait for it.")
        found.append(Finding("change", Level.BLOCK, "", message, MEASURES))
    if found:
        raise Refused(found)
    if state not in STANDING:
        raise Stale(_("Only an enterprise in the library reports changes."))
    change = Change.objects.create(
        evaluation=evaluation,
        changed_on=changed_on,
        major=major,
        before={name: getattr(evaluation, name) for name in changed},
        after=changed,
        reason=reason,
        late=day > rules.report_by(changed_on),
        reported_at=at,
        reported_by=by,
    )
    data = {"change": change.pk, "entries": sorted(changed), "major": major}
    engine.record(evaluation.filing, "report_change", by=by, at=at, note=reason, data=data)
    return change


@transaction.atomic
def confirm_change(*, change: Change, by: User, at: datetime.datetime, note: str = "") -> Change:
    """The agency has compared it with the new licence: the entries are written over."""
    _decide_change(change, ChangeState.CONFIRMED, by, at, note)
    evaluation = change.evaluation
    Evaluation.objects.filter(pk=evaluation.pk).update(**change.after)
    for name, value in change.after.items():
        setattr(evaluation, name, value)
    return change


@transaction.atomic
def refuse_change(*, change: Change, by: User, at: datetime.datetime, note: str) -> Change:
    """The agency does not confirm it, with the reason; the entries stay."""
    need_note(note)
    return _decide_change(change, ChangeState.REFUSED, by, at, note)


def _decide_change(
    change: Change, state: ChangeState, by: User, at: datetime.datetime, note: str
) -> Change:
    filing = change.evaluation.filing
    permissions.check_may_review(by, filing)
    hold(filing)
    claimed = Change.objects.filter(pk=change.pk, state=ChangeState.OPEN).update(
        state=state, decided_at=at, decided_by=by, answer=note
    )
    if not claimed:
        raise Stale(_("Somebody was faster: this change is decided already."))
    change.refresh_from_db()
    engine.record(
        filing, f"change_{state.value}", by=by, at=at, note=note, data={"change": change.pk}
    )
    letters.change_decided(change, at)
    return change


@transaction.atomic
def notify_revocation(
    *,
    evaluation: Evaluation,
    grounds: Collection[str],
    by: User,
    at: datetime.datetime,
    note: str,
) -> Revocation:
    """撤销告知: grounds and facts, and the days for a statement.

    The number stays valid until another person decides.
    """
    _check_grounds(grounds, note)
    filing = evaluation.filing
    limit = Limit(settings.SME_STATEMENT_WORKDAYS, Unit.WORKING, MEASURES)
    day = timezone.localdate(at)
    until = foreseen(day, limit, calendar=calendar_for(filing.jurisdiction_id)).on
    data = {"grounds": sorted(grounds), "until": until.isoformat()}
    fire(evaluation, "notify_revocation", by=by, at=at, note=note, data=data)
    revocation = Revocation.objects.create(
        evaluation=evaluation,
        grounds=sorted(grounds),
        facts=note,
        noticed_at=at,
        noticed_by=by,
        due_on=until,
    )
    letters.revocation_noticed(revocation, at)
    return revocation


def _check_grounds(grounds: Collection[str], note: str) -> None:
    clause = f"{MEASURES} 第十四条"
    found = []
    if not grounds or not set(grounds) <= set(RevocationGround.values):
        message = _("Choose at least one ground of the article.")
        found.append(Finding("grounds", Level.BLOCK, "grounds", message, clause))
    if not note.strip():
        message = _("Write the facts on which the ground rests.")
        found.append(Finding("note", Level.BLOCK, "note", message, clause))
    if found:
        raise Refused(found)


@transaction.atomic
def state_case(
    *, revocation: Revocation, statement: str, by: User, at: datetime.datetime
) -> Revocation:
    """企业申辩: what the enterprise answers to the notice, once, until it is decided."""
    filing = revocation.evaluation.filing
    permissions.check_may_file(by, filing)
    if not statement.strip():
        message = _("Write what the department should know before it decides.")
        raise Refused([Finding("statement", Level.BLOCK, "statement", message, MEASURES)])
    hold(filing)
    claimed = Revocation.objects.filter(
        pk=revocation.pk, state=CaseState.NOTICED, stated_at=None
    ).update(statement=statement, stated_at=at, stated_by=by)
    if not claimed:
        raise Stale(_("The case was stated or decided already."))
    revocation.refresh_from_db()
    engine.record(filing, "state_case", by=by, at=at, data={"revocation": revocation.pk})
    return revocation


@transaction.atomic
def revoke(*, evaluation: Evaluation, by: User, at: datetime.datetime, note: str) -> Filing:
    """撤销: the number ends; the enterprise cannot take part again this year.

    Only after the enterprise stated its case or the time for it has passed, and by another
    person than the one who announced it. Written to the record of integrity.
    """
    need_note(note)
    revocation = _open_case(evaluation)
    _check_second_person(revocation, by)
    day = timezone.localdate(at)
    if revocation.stated_at is None and day <= revocation.due_on:
        message = _("The enterprise may state its case until %(until)s.")
        values = {"until": revocation.due_on}
        raise Refused([Finding("too_early", Level.BLOCK, "", message, MEASURES, values)])
    fire(evaluation, "revoke", by=by, at=at, note=note)
    _close_case(revocation, CaseState.REVOKED, by, at, note)
    end_number(evaluation, by, at)
    fraud = RevocationGround.FRAUD in revocation.grounds
    barred = rules.barred_through(day, queries.edition_of(evaluation), fraud=fraud)
    IntegrityEntry.objects.create(
        enterprise=evaluation.enterprise,
        evaluation=evaluation,
        grounds=revocation.grounds,
        text=note,
        barred_through=barred,
        written_at=at,
        written_by=by,
    )
    letters.revocation_decided(revocation, at)
    return evaluation.filing


@transaction.atomic
def drop_revocation(
    *, evaluation: Evaluation, by: User, at: datetime.datetime, note: str
) -> Filing:
    """The number stays valid; the enterprise is told why."""
    need_note(note)
    revocation = _open_case(evaluation)
    fire(evaluation, "drop_revocation", by=by, at=at, note=note)
    _close_case(revocation, CaseState.DROPPED, by, at, note)
    letters.revocation_decided(revocation, at)
    return evaluation.filing


def _open_case(evaluation: Evaluation) -> Revocation:
    hold(evaluation.filing)
    found = evaluation.revocations.filter(state=CaseState.NOTICED).first()
    if found is None:
        raise Stale(_("No revocation of this enterprise is open."))
    return found


def _check_second_person(revocation: Revocation, by: User) -> None:
    check_not_own(by, revocation.evaluation.enterprise_id)
    if revocation.noticed_by_id == by.pk:
        raise Denied(_("You announced this revocation, so somebody else has to decide it."))


def _close_case(
    revocation: Revocation, state: CaseState, by: User, at: datetime.datetime, note: str
) -> None:
    Revocation.objects.filter(pk=revocation.pk).update(
        state=state, decided_at=at, decided_by=by, answer=note
    )
    revocation.refresh_from_db()
