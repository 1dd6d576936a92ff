"""Figures and facts behind the matters after a decision."""

import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from contracts import editions, rules
from contracts.enums import FollowUpKind, FollowUpState
from contracts.models import Contract, FollowUp, Receipt
from contracts.queries.certificate import STATUS_LINE
from torch_portal.accounts.models import User
from torch_portal.certificates.documents import chinese_date
from torch_portal.common.money import capitals, display, plain
from torch_portal.common.workdays import foreseen
from torch_portal.filings.models import Filing
from torch_portal.filings.queries import calendar_for

FILES = "after-"
ZERO = Decimal(0)
CHANGEABLE = (
    "project_name",
    "starts_on",
    "ends_on",
    "buyer_name",
    "buyer_code",
    "buyer_division",
    "payment",
    "total_yuan",
    "technical_yuan",
)
AGAINST = ("refuse", "decline", "revoke")
LEFT_OUT = {"typed", "saved_at", "saved_version"}


def in_force(contract: Contract, name: str) -> Any:
    """An entry as registered: of the technical amount the agency's figure where it set one."""
    if name == "technical_yuan" and contract.fixed_technical_yuan is not None:
        return contract.fixed_technical_yuan
    return getattr(contract, name)


def as_plain(value: Any) -> str:
    """An entry as it is kept in a change: amounts with two decimals, days ISO, "" for nothing."""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return "" if value is None else str(value)


def values_after(followup: FollowUp) -> dict[str, Any]:
    """The new values of a change, as their columns take them."""
    fields: dict[str, Any] = {name: Contract._meta.get_field(name) for name in followup.changes}
    return {
        name: fields[name].to_python(change["after"]) if change["after"] else _nothing(fields[name])
        for name, change in followup.changes.items()
    }


def _nothing(field: Any) -> Any:
    return None if field.null else ""


def snapshot(contract: Contract) -> dict[str, Any]:
    """Every entry of a registered contract and its deductions, to be kept for good."""
    columns = [c for c in Contract._meta.concrete_fields if c.attname not in LEFT_OUT]
    lines = contract.deductions.order_by("pk").values("kind", "amount_yuan", "note")
    return {c.attname: getattr(contract, c.attname) for c in columns} | {"deductions": list(lines)}


def registered(contract: Contract, without: FollowUp | None = None) -> rules.Registered:
    """What reported income is held against; one query. `without`: a verification being decided."""
    rows = Receipt.objects.filter(
        followup__contract=contract, followup__state=FollowUpState.GRANTED
    )
    if without is not None:
        rows = rows.exclude(followup=without)
    sums = rows.aggregate(all=Sum("amount_yuan"), rest=Sum("nontechnical_yuan"))
    received = sums["all"] or ZERO
    return rules.Registered(
        total_yuan=contract.total_yuan or ZERO,
        technical_yuan=in_force(contract, "technical_yuan") or ZERO,
        signed_on=contract.signed_on or datetime.date.min,
        received_yuan=received,
        verified_yuan=received - (sums["rest"] or ZERO),
    )


def verifications(contract: Contract) -> QuerySet[FollowUp]:
    """The verifications of income that were confirmed, newest first: they can be supplemented."""
    return contract.followups.filter(
        kind=FollowUpKind.INCOME, state=FollowUpState.GRANTED
    ).order_by("-pk")


def verified_words(followup: FollowUp) -> str:
    """A confirmed verification in words: when, and what was verified."""
    verified = sum((x.technical_yuan for x in income_lines(followup)), ZERO)
    day = timezone.localdate(followup.decided_at)
    return _("%(day)s: %(amount)s yuan") % {"day": day.isoformat(), "amount": display(verified)}


def income_lines(followup: FollowUp) -> list[rules.Income]:
    """The sums of one verification."""
    return [
        rules.Income(r.received_on, r.amount_yuan, r.nontechnical_yuan, r.invoice)
        for r in followup.receipts.order_by("received_on", "pk")
    ]


def statement_content(followup: FollowUp, registrar: User, day: datetime.date) -> dict[str, Any]:
    """What the statement of verified income (技术性收入核定表) says, frozen, in Chinese."""
    contract = followup.contract
    filing = contract.filing
    lines = income_lines(followup)
    known = registered(contract, without=followup)
    received = sum((x.amount_yuan for x in lines), ZERO)
    verified = sum((x.technical_yuan for x in lines), ZERO)
    sums = known.verified_yuan + verified
    days = [x.received_on for x in lines]
    earlier = followup.supplements
    with translation.override("zh-hans"):
        return {
            "title": "技术性收入核定表" if earlier is None else "技术性收入核定补充表",
            "filing_number": filing.number or "",
            "registration_number": contract.registration_number or "",
            "project_name": contract.project_name,
            "kind": contract.get_kind_display(),
            "seller": contract.seller_name,
            "seller_code": contract.seller_code,
            "buyer": contract.buyer_name,
            "period": f"{chinese_date(min(days))}至{chinese_date(max(days))}",
            "count": str(len(lines)),
            "total_yuan": display(known.total_yuan),
            "technical_yuan": display(known.technical_yuan),
            "received_yuan": display(received),
            "nontechnical_yuan": display(received - verified),
            "verified_yuan": display(verified),
            "verified_capital": capitals(verified),
            "sum_yuan": display(sums),
            "left_yuan": display(known.technical_yuan - sums),
            "agency": filing.agency.name if filing.agency else "",
            "registrar": registrar.get_full_name(),
            "issued_on": chinese_date(day),
            "rule_set": rules.ARTICLE_51,
            "status_line": STATUS_LINE if earlier is None else f"{_added_to(earlier)}{STATUS_LINE}",
        }


def _added_to(earlier: FollowUp) -> str:
    day = chinese_date(timezone.localdate(earlier.decided_at))
    verified = sum((x.technical_yuan for x in income_lines(earlier)), ZERO)
    return f"本表是对{day}核定的技术性收入{display(verified)}元的补充，与原核定表并用。"


def objection_until(contract: Contract) -> datetime.date | None:
    """The last day of an objection: sixty days from the day of the decision, rest days rolled."""
    last = contract.filing.events.filter(move__in=AGAINST).order_by("-seq").first()
    if last is None:
        return None
    calendar = calendar_for(contract.filing.jurisdiction_id)
    day = timezone.localdate(last.at)
    return foreseen(day, editions.OBJECTION_LIMIT, calendar=calendar).on


def opinions_asked_and_given(contract: Contract) -> tuple[int, int]:
    """How many experts were asked, and how many have spoken; one query."""
    counts = contract.opinions.aggregate(asked=Count("pk"), given=Count("given_at"))
    return counts["asked"], counts["given"]


def set_aside(filing: Filing) -> int | None:
    """Who took the decision that was set aside last, if the filing is examined anew since."""
    moves = filing.events.filter(move__in=("refuse", "decline", "reopen")).order_by("-seq")
    last = list(moves.values_list("move", "by_id")[:2])
    if len(last) < 2 or last[0][0] != "reopen":
        return None
    decided: int | None = last[1][1]
    return decided


def open_kinds(contract: Contract) -> set[str]:
    """Kinds of matters that are open on a contract."""
    rows = FollowUp.objects.waiting().filter(contract=contract)
    return set(rows.values_list("kind", flat=True))


def may_begin(contract: Contract, kind: str) -> bool:
    """Whether the enterprise could begin a matter of this kind today, its proof apart."""
    return kind in FollowUpKind.values and kind not in open_kinds(contract)
