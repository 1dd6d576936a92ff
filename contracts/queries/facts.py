"""The facts that the rules look at, and what the rules say of them."""

import datetime
from dataclasses import asdict, fields
from typing import Any

from django.conf import settings
from django.utils import timezone

from contracts import editions, rules
from contracts.editions import Edition
from contracts.enums import Applicant
from contracts.models import Contract, Deduction
from contracts.queries.local import edition_of, edition_on
from torch_portal.accounts.models import Agency
from torch_portal.common.findings import Finding
from torch_portal.common.workdays import (
    Due,
    Limit,
    Unit,
    foreseen,
    is_workday,
)
from torch_portal.filings.enums import Stage
from torch_portal.filings.models import Filing
from torch_portal.filings.queries import calendar_for, live_files

LIVE = (Stage.SUBMITTED, Stage.IN_REVIEW, Stage.CORRECTING, Stage.GRANTED)
PLAIN = [
    f.name
    for f in fields(rules.Facts)
    if f.name in {column.name for column in Contract._meta.get_fields()} - {"deductions"}
]


def facts(contract: Contract, *, day: datetime.date, agency: Agency | None = None) -> rules.Facts:
    """What the rules look at, as the row stands; `day` is that of the application.

    Four queries: deductions, attachments, the agency's areas and possible duplicates.
    """
    filing = contract.filing
    agency = agency or filing.agency
    plain = {name: _known(getattr(contract, name)) for name in PLAIN}
    return rules.Facts(
        **plain
        | {
            "contains": frozenset(contract.contains),
            "technical_yuan": contract.technical_yuan,
            "deductions": deductions_of(contract),
            "applied_on": day,
            "accepted_on": filing.accepted_on or day,
            "jurisdiction": filing.jurisdiction_id,
            "agency_division": _area(contract, agency) if agency else None,
            "attachments": frozenset(file.kind for file in live_files(filing)),
            "resident_enterprise": filing.enterprise.resident,
            **_doubles(contract),
        }
    )


def last_day(contract: Contract) -> datetime.date | None:
    """The last day on which it can be filed, from its own entries; no query."""
    return rules.last_day(rules.Facts(**{n: _known(getattr(contract, n)) for n in PLAIN}))


def _known(value: Any) -> Any:
    """An empty entry is not known yet."""
    return None if value == "" else value


def deductions_of(contract: Contract) -> tuple[rules.Deduction, ...] | None:
    """The non-technical lines; None while the total is not known."""
    if contract.total_yuan is None:
        return None
    return tuple(rules.Deduction(line.kind, line.amount_yuan) for line in costs(contract))


def costs(contract: Contract) -> list[Deduction]:
    """The non-technical lines in the order of their entry; no query when they are fetched."""
    return sorted(contract.deductions.all(), key=lambda line: line.pk)


def _area(contract: Contract, agency: Agency) -> str:
    """The part of the agency's area that the applicant lies in, else its first part."""
    place = applicant_division(contract)
    areas = list(agency.areas.order_by("prefix").values_list("prefix", flat=True))
    return next((a for a in areas if place.startswith(a)), areas[0] if areas else "")


def applicant_division(contract: Contract) -> str:
    """The division of the one who applies."""
    if contract.applicant == Applicant.BUYER:
        return contract.buyer_division
    if contract.applicant == Applicant.INTERMEDIARY:
        return contract.intermediary_division or contract.seller_division
    return contract.seller_division


def _doubles(contract: Contract) -> dict[str, tuple[rules.Registration, ...]]:
    """Live filings of the same seller, buyer, day and amount: same name or another one."""
    same = same_as(contract).select_related("filing__agency")
    doubles: dict[str, list[rules.Registration]] = {"duplicates": [], "lookalikes": []}
    for other in same[:10]:
        group = "duplicates" if _same_name(other, contract) else "lookalikes"
        number = other.registration_number or str(other.filing)
        agency = other.filing.agency.name if other.filing.agency else ""
        doubles[group].append(rules.Registration(number, agency))
    return {name: tuple(found) for name, found in doubles.items()}


def same_as(contract: Contract) -> Any:
    """Live filings of the same seller, buyer, day and amount; none while these are not known."""
    if not (contract.seller_code and contract.buyer_name and contract.signed_on):
        return Contract.objects.none()
    same = Contract.objects.filter(
        seller_code=contract.seller_code,
        buyer_name=contract.buyer_name,
        signed_on=contract.signed_on,
        total_yuan=contract.total_yuan,
        filing__stage__in=LIVE,
    )
    return same.exclude(pk=contract.pk).order_by("pk")


def _same_name(one: Contract, other: Contract) -> bool:
    return "".join(one.project_name.split()) == "".join(other.project_name.split())


def facts_digestible(known: rules.Facts) -> dict[str, Any]:
    """The facts as plain data for the digest and the record of a decision."""
    data = asdict(known)
    return {
        k: sorted(v) if isinstance(v, frozenset) else v for k, v in data.items() if v is not None
    }


def findings(
    contract: Contract, *, day: datetime.date, agency: Agency | None = None
) -> list[Finding]:
    """Everything the rules say of this contract today, complete."""
    known = facts(contract, day=day, agency=agency)
    edition = edition_on(known.accepted_on or day, contract.filing.jurisdiction_id)
    return rules.check(known, edition, complete=True)


def examination(contract: Contract) -> tuple[rules.Facts, list[Finding]]:
    """The facts as applied for, and all that the filing's own edition says of them."""
    filing = contract.filing
    day = timezone.localdate(filing.submitted_at or filing.created_at)
    known = facts(contract, day=day)
    return known, rules.check(known, edition_of(contract), complete=True)


def needs_second_review(contract: Contract) -> bool:
    """Whether its amount asks for a second reviewer where it was filed."""
    known = rules.Facts(
        jurisdiction=contract.filing.jurisdiction_id,
        total_yuan=contract.total_yuan,
        technical_yuan=contract.technical_yuan,
    )
    return rules.needs_second_review(known, edition_of(contract))


def due(
    contract: Contract,
    *,
    accepted_on: datetime.date,
    edition: Edition | None = None,
    expert: bool = False,
) -> Due:
    """When the decision is due by the edition, the province and the calendar there.

    The longer limit when experts speak; only what was left of it where the clock goes on.
    """
    filing = contract.filing
    place = filing.jurisdiction_id
    edition = edition or edition_on(accepted_on, place)
    expert = expert or _experts_were_asked(contract)
    limit = review_limit(contract, accepted_on, edition=edition, expert=expert)
    if filing.number and not correction_clock(place, edition).restarts:
        limit = editions.left_after(limit, _used(filing))
    return foreseen(accepted_on, limit, calendar=calendar_for(place))


def review_limit(
    contract: Contract,
    day: datetime.date,
    *,
    edition: Edition | None = None,
    expert: bool = False,
) -> Limit:
    """The limit of a decision on what was accepted on that day."""
    place = contract.filing.jurisdiction_id
    edition = edition or edition_on(day, place)
    technical = contract.technical_yuan
    return edition.review_limit(place, day, expert=expert, technical_yuan=technical)


def correction_clock(jurisdiction: str, edition: Edition) -> editions.CorrectionClock:
    """What a return for correction does to the limit there: by local setting, else by edition."""
    if jurisdiction in settings.CORRECTION_CLOCK_GOES_ON:
        return editions.local_clock(jurisdiction)
    return edition.correction_clock


def days_used(contract: Contract, day: datetime.date) -> int:
    """Days of the limit that passed until a return, in its own unit; the first does not count."""
    filing = contract.filing
    since = filing.accepted_on or day
    if review_limit(contract, since).unit is Unit.CALENDAR:
        return (day - since).days
    calendar = calendar_for(filing.jurisdiction_id)
    passed = [since + datetime.timedelta(days=n + 1) for n in range((day - since).days)]
    return sum(is_workday(d, calendar=calendar) for d in passed)


def _used(filing: Filing) -> int:
    returns = filing.events.filter(move="return_for_correction")
    return sum(int(data.get("used_days", 0)) for data in returns.values_list("data", flat=True))


def _experts_were_asked(contract: Contract) -> bool:
    return contract.filing.number is not None and contract.opinions.exists()
