"""What the registration agency does. Each act: who may, may it now, one event, one commit."""

import datetime
from collections.abc import Collection, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from contracts import editions, permissions, queries, rules
from contracts.actions import documents, letters
from contracts.models import Contract
from contracts.workflow import WORKFLOW
from torch_portal.accounts.models import User
from torch_portal.certificates import actions as certificates
from torch_portal.certificates.models import Certificate
from torch_portal.common.findings import Finding, Level, Refused, blocking
from torch_portal.common.money import display, plain
from torch_portal.filings import correcting, engine, numbering
from torch_portal.filings.models import CorrectionItem, Event, Filing
from torch_portal.papers import actions as papers

NOTE_CLAUSE = "行政许可法 第三十八条"


def fire(contract: Contract, name: str, *, by: User, at: datetime.datetime, **more: Any) -> Event:
    """Check the person and make the move."""
    permissions.check_may_move(by, contract.filing, WORKFLOW.moves[name])
    return engine.fire(contract.filing, WORKFLOW, name, by=by, at=at, **more)


def need_note(note: str) -> None:
    """Refused when a reason is missing."""
    if not note.strip():
        message = _("Say why, in words that the enterprise can act on.")
        raise Refused([Finding("VH-15", Level.BLOCK, "note", message, NOTE_CLAUSE)])


@transaction.atomic
def accept(*, contract: Contract, by: User, at: datetime.datetime) -> Filing:
    """受理: the material is complete and in form (国科发政字〔2000〕063号 第十四条)."""
    fire(contract, "accept", by=by, at=at)
    documents.acceptance(contract, by, at)
    return contract.filing


@transaction.atomic
def return_for_correction(
    *,
    contract: Contract,
    items: Sequence[dict[str, str]],
    by: User,
    at: datetime.datetime,
    note: str = "",
) -> Filing:
    """退回补正 with the complete list (一次告知, 行政许可法 第三十二条); the clock stops.

    items: {"field", "problem" (incorrect, incomplete, outdated), "remedy", "clause"}; at least
    one with a remedy, else Refused. A later list that names what lay open the first time needs
    a note that says why it comes only now.
    """
    filing = contract.filing
    mark = partial(queries.entry_mark, contract)
    correcting.check_items(items, code="VH-23")
    correcting.check_late(filing, items, note, mark=mark, code="VH-26")
    used = _days_used(contract, timezone.localdate(at))
    turn = correcting.next_round(filing)
    fire(
        contract,
        "return_for_correction",
        by=by,
        at=at,
        note=note,
        data={"round": turn, "items": [dict(i) for i in items]}
        | used
        | correcting.marks(queries.entry_names(), mark),
        due_on=None,
        accepted_on=None,
        due_provisional=False,
    )
    row = CorrectionItem(round=turn, asked_at=at, asked_by=by)
    correcting.ask(filing, items, row, partial(queries.entry_text, contract))
    letters.returned(contract, items, at)
    documents.correction(contract, by, at, note)
    return filing


def _days_used(contract: Contract, day: datetime.date) -> dict[str, int]:
    """What passed of the limit, kept where the clock goes on after the correction."""
    filing = contract.filing
    place = filing.jurisdiction_id
    edition = queries.edition_on(filing.accepted_on or day, place)
    if queries.correction_clock(place, edition).restarts:
        return {}
    return {"used_days": queries.days_used(contract, day)}


@transaction.atomic
def decline(*, contract: Contract, by: User, at: datetime.datetime, note: str) -> Filing:
    """不予受理: oral, wrong area, duplicate, out of term (国科发政字〔2000〕063号)."""
    need_note(note)
    fire(contract, "decline", by=by, at=at, note=note, decided_at=at, decided_by=by, due_on=None)
    letters.declined(contract, note, at)
    documents.declined(contract, by, at, note)
    return contract.filing


@transaction.atomic
def fix_technical_amount(
    *, contract: Contract, amount_yuan: Decimal, by: User, at: datetime.datetime, note: str
) -> Filing:
    """核定技术交易额 (国科发政字〔2001〕253号 第二条), in yuan; above zero, not above the total."""
    need_note(note)
    total = contract.total_yuan or Decimal(0)
    if not 0 < amount_yuan <= total:
        message = _(
            "The technical amount lies above zero and not above the total of %(total)s yuan."
        )
        clause = "国科发政字〔2001〕253号 第五十一条"
        values = {"total": display(total)}
        raise Refused([Finding("VH-05", Level.BLOCK, "amount_yuan", message, clause, values)])
    before = contract.fixed_technical_yuan or contract.technical_yuan or Decimal(0)
    data = {"from": plain(before), "to": plain(amount_yuan)}
    fire(contract, "fix_technical_amount", by=by, at=at, note=note, data=data)
    Contract.objects.filter(pk=contract.pk).update(fixed_technical_yuan=amount_yuan)
    contract.fixed_technical_yuan = amount_yuan
    letters.amount_fixed(contract, note, at)
    return contract.filing


@transaction.atomic
def propose(*, contract: Contract, by: User, at: datetime.datetime, note: str = "") -> Filing:
    """Pass to a second reviewer, where the amount demands one (VH-16)."""
    fire(contract, "propose", by=by, at=at, note=note)
    return contract.filing


@transaction.atomic
def recognise(*, contract: Contract, by: User, at: datetime.datetime) -> Certificate:
    """认定登记 (国科发政字〔2000〕063号 第十四条): number, certificate, paper obligation.

    Raises Refused when a rule still blocks or a second reviewer is due, Stale when somebody
    else decided first or fixed the amount meanwhile; then nothing has changed.
    """
    filing = contract.filing
    day = timezone.localdate(at)
    permissions.check_may_move(by, filing, WORKFLOW.moves["recognise"])
    engine.check_possible(filing, WORKFLOW, "recognise")
    known, found = _examined(contract, by, at)
    if found:
        raise Refused(found)
    fire(
        contract,
        "recognise",
        by=by,
        at=at,
        as_seen=True,
        facts_digest=engine.digest(queries.facts_digestible(known)),
        decided_at=at,
        decided_by=by,
    )
    number = _register(contract, day)
    certificate = certificates.issue(
        filing=filing,
        template="technical_contract",
        number=number,
        content=queries.certificate_content(contract, by, day),
        by=by,
        at=at,
    )
    papers.defer(filing=filing, kind="contract_text", by=by, at=at)
    letters.recognised(contract, at)
    return certificate


def obstacles(*, contract: Contract, by: User, at: datetime.datetime) -> list[Finding]:
    """What stops this person from recognising it now, complete; [] when nothing does."""
    return _examined(contract, by, at)[1]


def _examined(
    contract: Contract, by: User, at: datetime.datetime
) -> tuple[rules.Facts, list[Finding]]:
    """The facts as applied for, and every finding that stops a recognition by this person."""
    known, found = queries.examination(contract)
    edition = queries.edition_of(contract)
    reviewers = [by.pk, *_proposers(contract.filing)]
    found += rules.check_second_review(known, edition, reviewers=reviewers)
    asked, spoke = queries.opinions_asked_and_given(contract)
    found += rules.check_experts(known, edition, asked=asked, spoke=spoke)
    found += rules.check_another(queries.set_aside(contract.filing), by.pk)
    content = queries.certificate_content(contract, by, timezone.localdate(at))
    return known, blocking(found + certificates.missing_characters(content))


def _proposers(filing: Filing) -> list[int]:
    """Who passed it to second review since it last came in, if it stands there."""
    if filing.state != "second_review":
        return []
    last = filing.events.filter(move="propose").order_by("-seq").first()
    return [last.by_id] if last and last.by_id else []


def _register(contract: Contract, day: datetime.date) -> str:
    """The next registration number of the agency and year: without gap, without double."""
    code, series = queries.registration_series(contract, day)
    number = editions.number(day.year, code, numbering.take(series))
    Contract.objects.filter(pk=contract.pk).update(registration_number=number, recognised_on=day)
    contract.registration_number, contract.recognised_on = number, day
    return number


@transaction.atomic
def refuse(
    *,
    contract: Contract,
    grounds: Collection[str],
    by: User,
    at: datetime.datetime,
    note: str = "",
) -> Filing:
    """不予登记 on at least one of RF-1..RF-9; the contract is marked 未予登记 (第十四条)."""
    found = rules.check_refusal(grounds, note)
    found += rules.check_another(queries.set_aside(contract.filing), by.pk)
    if found:
        raise Refused(found)
    with translation.override(letters.LANGUAGE):
        text = rules.refusal_text(grounds, note)
    data = {"grounds": sorted(grounds), "text": text}
    fire(contract, "refuse", by=by, at=at, note=note, data=data, decided_at=at, decided_by=by)
    Contract.objects.filter(pk=contract.pk).update(refusal_grounds=sorted(grounds))
    contract.refusal_grounds = sorted(grounds)
    letters.refused(contract, text, at)
    documents.refusal(contract, by, at, note)
    return contract.filing
