"""Deciding the matters after a decision, each by the consequence of its kind."""

import datetime
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone

from contracts import permissions, queries, rules
from contracts.actions import ending, letters, matters
from contracts.actions.asking import changed_findings, facts_after
from contracts.actions.decision import fire, need_note
from contracts.enums import DeductionKind, FollowUpKind, FollowUpState, State
from contracts.models import Contract, ContractVersion, Deduction, FollowUp
from torch_portal.accounts.models import User
from torch_portal.certificates import actions as certificates
from torch_portal.certificates import queries as issued
from torch_portal.certificates.models import Certificate
from torch_portal.common.findings import Refused, blocking
from torch_portal.filings.drafts import hold
from torch_portal.filings.models import Filing

STATEMENT = "income_statement"
Moment = datetime.datetime


@transaction.atomic
def grant_request(*, followup: FollowUp, by: User, at: Moment, note: str = "") -> FollowUp:
    """Decide in favour; what follows from it happens in the same transaction."""
    permissions.check_may_decide(by, followup)
    contract = followup.contract
    hold(contract.filing)
    contract.filing.refresh_from_db()
    if followup.kind == FollowUpKind.REVOCATION:
        ending.revoke(contract=contract, by=by, at=at, note=note)
        followup.refresh_from_db()
        return followup
    matters.close(followup, FollowUpState.GRANTED, by=by, at=at, note=note)
    CONSEQUENCES[followup.kind](followup, by, at)
    letters.decided(followup, at)
    return followup


@transaction.atomic
def refuse_request(*, followup: FollowUp, by: User, at: Moment, note: str) -> FollowUp:
    """Decide against, with the reason; the registration or the decision stays as it is."""
    permissions.check_may_decide(by, followup)
    need_note(note)
    hold(followup.contract.filing)
    if followup.kind == FollowUpKind.REVOCATION:
        ending.drop_revocation(contract=followup.contract, by=by, at=at, note=note)
        followup.refresh_from_db()
        return followup
    matters.close(followup, FollowUpState.REFUSED, by=by, at=at, note=note)
    letters.decided(followup, at)
    return followup


def _change(followup: FollowUp, by: User, at: Moment) -> None:
    """A new version (VH-17): the old one is kept whole, its certificate becomes superseded."""
    contract = followup.contract
    values = queries.values_after(followup)
    old = issued.current(contract.pk, queries.TEMPLATE)
    _check_change(contract, values, by, at)
    if old is None:
        raise Contract.DoesNotExist(f"contract {contract.pk} has no certificate")
    ContractVersion.objects.create(
        contract=contract,
        number=old.version,
        values=queries.snapshot(contract),
        certificate=old,
        followup=followup,
        ended_at=at,
    )
    _write(contract, values)
    _reissue(contract, old, by, at)


def _check_change(contract: Contract, values: dict[str, Any], by: User, at: Moment) -> None:
    found = changed_findings(contract, values)
    before, _found = queries.examination(contract)
    if {"total_yuan", "technical_yuan"} & set(values):
        reviewers = [by.pk, contract.filing.decided_by_id or by.pk]
        after = facts_after(before, contract, values)
        edition = queries.edition_of(contract)
        found += rules.check_second_review(after, edition, reviewers=reviewers)
    content = queries.certificate_content(contract, by, timezone.localdate(at))
    texts = content | {n: str(v) for n, v in values.items()}
    found += blocking(certificates.missing_characters(texts))
    if found:
        raise Refused(found)


def _write(contract: Contract, values: dict[str, Any]) -> None:
    """The values of the new version; a changed price has one line of other cost."""
    columns = dict(values)
    if {"total_yuan", "technical_yuan"} & set(values):
        total = values.get("total_yuan", contract.total_yuan)
        technical = values.get("technical_yuan", queries.in_force(contract, "technical_yuan"))
        columns |= {"technical_yuan": technical, "fixed_technical_yuan": None}
        contract.deductions.all().delete()
        if total != technical:
            Deduction.objects.create(
                contract=contract, kind=DeductionKind.OTHER, amount_yuan=total - technical
            )
    Contract.objects.filter(pk=contract.pk).update(**columns)
    for name, value in columns.items():
        setattr(contract, name, value)


def _reissue(contract: Contract, old: Certificate, by: User, at: Moment) -> None:
    """The next version of the certificate under the same number."""
    certificates.issue(
        filing=contract.filing,
        template=queries.TEMPLATE,
        number=old.number,
        content=queries.certificate_content(contract, by, timezone.localdate(at)),
        by=by,
        at=at,
        supersedes=old,
    )


def _deregister(followup: FollowUp, by: User, at: Moment) -> None:
    note = followup.answer or followup.reason
    ending.deregister(contract=followup.contract, by=by, at=at, note=note)


def _verify_income(followup: FollowUp, by: User, at: Moment) -> None:
    """The statement of verified income, with the sum up to now."""
    contract = followup.contract
    lines = queries.income_lines(followup)
    known = queries.registered(contract, without=followup)
    found = rules.check_income(lines, known, timezone.localdate(at))
    content = queries.statement_content(followup, by, timezone.localdate(at))
    found += blocking(certificates.missing_characters(content))
    if found:
        raise Refused(found)
    count = contract.filing.certificates.filter(template=STATEMENT).count() + 1
    certificates.issue(
        filing=contract.filing,
        template=STATEMENT,
        number=f"{contract.registration_number}-S{count:02d}",
        content=content,
        by=by,
        at=at,
    )


def _set_aside(followup: FollowUp, by: User, at: Moment) -> None:
    act = reinstate if followup.contract.filing.state == State.REVOKED else reopen
    act(contract=followup.contract, by=by, at=at, note=followup.answer or followup.reason)


@transaction.atomic
def reopen(*, contract: Contract, by: User, at: Moment, note: str) -> Filing:
    """A refusal is set aside: the filing goes to another reviewer, the limit begins anew."""
    need_note(note)
    day = timezone.localdate(at)
    due = queries.due(contract, accepted_on=day)
    fire(
        contract,
        "reopen",
        by=by,
        at=at,
        note=note,
        decided_at=None,
        decided_by=None,
        accepted_on=day,
        due_on=due.on,
        due_provisional=due.provisional,
        overdue_flagged_on=None,
    )
    Contract.objects.filter(pk=contract.pk).update(refusal_grounds=[])
    contract.refusal_grounds = []
    _answered_with_it(contract, by, at, note)
    return contract.filing


@transaction.atomic
def reinstate(*, contract: Contract, by: User, at: Moment, note: str) -> Filing:
    """A revocation is set aside: registered again, with a new version of the certificate."""
    need_note(note)
    old = issued.current(contract.pk, queries.TEMPLATE)
    fire(contract, "reinstate", by=by, at=at, note=note)
    if old is not None:
        _reissue(contract, old, by, at)
    _answered_with_it(contract, by, at, note)
    return contract.filing


def _answered_with_it(contract: Contract, by: User, at: Moment, note: str) -> None:
    """An objection that was open is answered by setting the decision aside."""
    waiting = FollowUp.objects.waiting().filter(contract=contract, kind=FollowUpKind.OBJECTION)
    for followup in waiting.select_related("contract__filing"):
        matters.settle(followup, FollowUpState.GRANTED, by=by, at=at, note=note)
        letters.decided(followup, at)


def _nothing(followup: FollowUp, by: User, at: Moment) -> None:
    """The answer is all; what follows from it is a matter of its own."""


CONSEQUENCES: dict[str, Callable[[FollowUp, User, Moment], None]] = {
    FollowUpKind.CHANGE: _change,
    FollowUpKind.DEREGISTRATION: _deregister,
    FollowUpKind.INCOME: _verify_income,
    FollowUpKind.SUPPLEMENT: _verify_income,
    FollowUpKind.OBJECTION: _set_aside,
    FollowUpKind.AUTHORITY: _nothing,
}
