"""What an enterprise asks for after the decision: change, deregistration, income, objection."""

import datetime
from collections.abc import Sequence
from dataclasses import asdict, replace
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts import permissions, queries, rules
from contracts.actions import matters
from contracts.actions.matters import Files
from contracts.enums import DeductionKind, FollowUpKind
from contracts.models import Contract, FollowUp, Receipt
from contracts.queries import CHANGEABLE
from torch_portal.accounts.models import User
from torch_portal.common.findings import Finding, Level, Refused, blocking

CHANGE_CLAUSE = "技术合同认定登记管理办法 (征求意见稿) 第十六条"


def request_change(
    *,
    contract: Contract,
    values: dict[str, Any],
    reason: str,
    by: User,
    at: datetime.datetime,
    files: Files = (),
) -> FollowUp:
    """变更: new values of some entries, why, and the supplementary agreement.

    values: entries of CHANGEABLE; those that stay the same are left aside. What the rules of the
    filing's own edition say of the contract as it would be stops the request, all at once.
    """
    permissions.check_may_file(by, contract.filing)
    matters.check_possible(contract, FollowUpKind.CHANGE)
    changed = {n: v for n, v in values.items() if v != queries.in_force(contract, n)}
    found = changed_findings(contract, changed)
    if found:
        raise Refused(found)
    changes = {
        name: {"before": queries.as_plain(queries.in_force(contract, name))}
        | {"after": queries.as_plain(value)}
        for name, value in changed.items()
    }
    entries = {"reason": reason, "changes": changes}
    return matters.begin(
        contract=contract, kind=FollowUpKind.CHANGE, entries=entries, by=by, at=at, files=files
    )


def changed_findings(contract: Contract, changed: dict[str, Any]) -> list[Finding]:
    """What stops a contract from being changed like this."""
    if not changed or set(changed) - set(CHANGEABLE):
        message = _("Change at least one entry; the others stay as registered.")
        return [Finding("AF-51", Level.BLOCK, "", message, CHANGE_CLAUSE)]
    before, _found = queries.examination(contract)
    after = facts_after(before, contract, changed)
    found = blocking(rules.check(after, queries.edition_of(contract), complete=True))
    verified = queries.registered(contract).verified_yuan
    if verified > (after.technical_yuan or Decimal(0)):
        message = _("Technical income of %(sum)s yuan has been verified; it cannot be less.")
        values = {"sum": queries.as_plain(verified)}
        found.append(
            Finding("AF-52", Level.BLOCK, "technical_yuan", message, rules.ARTICLE_51, values)
        )
    return found


def facts_after(before: rules.Facts, contract: Contract, changed: dict[str, Any]) -> rules.Facts:
    """The facts as they would be; the rest of the price is one line of other cost."""
    values: dict[str, Any] = {n: None if v == "" else v for n, v in changed.items()}
    if not {"total_yuan", "technical_yuan"} & set(changed):
        return replace(before, **values)
    total = changed.get("total_yuan", contract.total_yuan) or Decimal(0)
    technical = changed.get("technical_yuan", queries.in_force(contract, "technical_yuan"))
    rest = total - (technical or Decimal(0))
    lines = (rules.Deduction(DeductionKind.OTHER, rest),) if rest else ()
    return replace(before, **values | {"technical_yuan": technical, "deductions": lines})


def request_deregistration(
    *, contract: Contract, reason: str, by: User, at: datetime.datetime, files: Files = ()
) -> FollowUp:
    """注销: the contract was dissolved, annulled or declared void (河南省技术市场条例 第十七条)."""
    return matters.begin(
        contract=contract,
        kind=FollowUpKind.DEREGISTRATION,
        entries={"reason": reason},
        by=by,
        at=at,
        files=files,
    )


def report_income(
    *,
    contract: Contract,
    lines: Sequence[rules.Income],
    reason: str,
    by: User,
    at: datetime.datetime,
    files: Files = (),
) -> FollowUp:
    """技术性收入核定: sums received under the contract (国科发政字〔2001〕253号 第五十一条)."""
    kind = FollowUpKind.INCOME
    entries = {"reason": reason}
    return _report(contract, kind, lines, [], entries=entries, by=by, at=at, files=files)


def supplement_income(
    *,
    contract: Contract,
    supplements: FollowUp | None,
    lines: Sequence[rules.Income],
    reason: str,
    by: User,
    at: datetime.datetime,
    files: Files = (),
) -> FollowUp:
    """技术性收入核定补充: sums that are added to a verification of before.

    All that was verified, and these, stay within the registered technical amount
    (国科发政字〔2001〕253号 第五十一条).
    """
    found = rules.check_supplement(verified=supplements in queries.verifications(contract))
    kind = FollowUpKind.SUPPLEMENT
    entries = {"reason": reason, "supplements": supplements}
    return _report(contract, kind, lines, found, entries=entries, by=by, at=at, files=files)


def _report(
    contract: Contract,
    kind: str,
    lines: Sequence[rules.Income],
    found: list[Finding],
    *,
    by: User,
    at: datetime.datetime,
    **more: Any,
) -> FollowUp:
    permissions.check_may_file(by, contract.filing)
    matters.check_possible(contract, kind)
    found += rules.check_income(lines, queries.registered(contract), timezone.localdate(at))
    if found:
        raise Refused(found)
    with transaction.atomic():
        followup = matters.begin(contract=contract, kind=kind, by=by, at=at, **more)
        Receipt.objects.bulk_create(Receipt(followup=followup, **asdict(x)) for x in lines)
    return followup


def object_to_decision(
    *, contract: Contract, reason: str, by: User, at: datetime.datetime, files: Files = ()
) -> FollowUp:
    """异议: against a refusal, a non-acceptance or a revocation, within sixty days."""
    permissions.check_may_file(by, contract.filing)
    last = queries.objection_until(contract)
    found = rules.check_objection(last, timezone.localdate(at)) if last else []
    if found:
        raise Refused(found)
    return matters.begin(
        contract=contract,
        kind=FollowUpKind.OBJECTION,
        entries={"reason": reason},
        by=by,
        at=at,
        files=files,
    )


def record_authority_objection(
    *, contract: Contract, authority: str, reason: str, by: User, at: datetime.datetime
) -> FollowUp:
    """财政、税务机关的异议, entered by an official (办法 征求意见稿 第十七条)."""
    if not authority.strip():
        message = _("Name the authority that objects.")
        clause = "技术合同认定登记管理办法 (征求意见稿) 第十七条"
        raise Refused([Finding("AF-33", Level.BLOCK, "authority", message, clause)])
    entries = {"reason": reason, "authority": authority.strip()[:120]}
    return matters.begin(
        contract=contract, kind=FollowUpKind.AUTHORITY, entries=entries, by=by, at=at
    )
