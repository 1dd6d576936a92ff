"""Reads over contracts: the facts that the rules look at, duplicates, the review queue."""

import datetime
from dataclasses import asdict, fields, replace
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils import translation

from contracts import editions, rules
from contracts.enums import Applicant, State
from contracts.models import Contract
from torch_portal.accounts.models import Agency, Division, User
from torch_portal.common.findings import Finding
from torch_portal.common.money import capitals, display
from torch_portal.common.workdays import Calendar, Due
from torch_portal.filings.enums import Stage
from torch_portal.filings.models import Filing
from torch_portal.filings.queries import calendar_for

STATUS_LINE = "本证明状态以核验页为准"
TAX_NOTE = "本证明不等同于免税决定"
LIVE = (Stage.SUBMITTED, Stage.IN_REVIEW, Stage.CORRECTING, Stage.GRANTED)
PLAIN = [
    f.name
    for f in fields(rules.Facts)
    if f.name in {column.name for column in Contract._meta.get_fields()} - {"deductions"}
]


def facts(
    contract: Contract, *, day: datetime.date, agency: Agency | None = None
) -> rules.Facts:
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
            "attachments": frozenset(
                filing.attachments.live().values_list("kind", flat=True)
            ),
            "resident_enterprise": filing.enterprise.resident,
            **_doubles(contract),
        }
    )


def _known(value: Any) -> Any:
    """An empty entry is not known yet."""
    return None if value == "" else value


def deductions_of(contract: Contract) -> tuple[rules.Deduction, ...] | None:
    """The non-technical lines; None while the total is not known."""
    if contract.total_yuan is None:
        return None
    lines = contract.deductions.order_by("pk")
    return tuple(rules.Deduction(line.kind, line.amount_yuan) for line in lines)


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
    if not (contract.seller_code and contract.buyer_name and contract.signed_on):
        return {}
    same = (
        Contract.objects.filter(
            seller_code=contract.seller_code,
            buyer_name=contract.buyer_name,
            signed_on=contract.signed_on,
            total_yuan=contract.total_yuan,
            filing__stage__in=LIVE,
        )
        .exclude(pk=contract.pk)
        .select_related("filing__agency")
    )
    doubles: dict[str, list[rules.Registration]] = {"duplicates": [], "lookalikes": []}
    for other in same[:10]:
        group = "duplicates" if _same_name(other, contract) else "lookalikes"
        number = other.registration_number or str(other.filing)
        agency = other.filing.agency.name if other.filing.agency else ""
        doubles[group].append(rules.Registration(number, agency))
    return {name: tuple(found) for name, found in doubles.items()}


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
    edition = editions.on(known.accepted_on or day, contract.filing.jurisdiction_id)
    return rules.check(known, edition, complete=True)


def certificate_content(
    contract: Contract, registrar: User, day: datetime.date
) -> dict[str, Any]:
    """What the certificate says, frozen as plain strings, in Chinese.

    The law asks for the approved technical income (国科发政字〔2000〕063号 第十四条); the rest
    identifies the contract.
    """
    filing = contract.filing
    edition = editions.named(filing.edition)
    technical = contract.fixed_technical_yuan or contract.technical_yuan or Decimal(0)
    total = contract.total_yuan or Decimal(0)
    with translation.override("zh-hans"):
        return {
            "title": edition.certificate_title,
            "filing_number": filing.number or "",
            "project_name": contract.project_name,
            "kind": contract.get_kind_display(),
            "subkind": contract.get_subkind_display(),
            "seller": contract.seller_name,
            "seller_code": contract.seller_code,
            "seller_region": place_name(contract.seller_division),
            "buyer": contract.buyer_name,
            "buyer_region": place_name(contract.buyer_division) or contract.buyer_country,
            "signed_on": chinese_date(contract.signed_on),
            "term": f"{chinese_date(contract.starts_on)}至{chinese_date(contract.ends_on)}",
            "total_yuan": display(total),
            "total_capital": capitals(total),
            "technical_yuan": display(technical),
            "technical_capital": capitals(technical),
            "ip_kind": contract.get_ip_kind_display(),
            "field": contract.get_tech_field_display(),
            "agency": filing.agency.name if filing.agency else "",
            "registrar": registrar.get_full_name(),
            "issued_on": chinese_date(day),
            "rule_set": edition.source,
            "status_line": STATUS_LINE,
            "tax_note": TAX_NOTE,
        }


def chinese_date(day: datetime.date | None) -> str:
    """2020年2月6日, without leading zeros; "" for no day."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def place_name(division: str) -> str:
    """The full name of a division, or its code when the table does not know it."""
    if not division:
        return ""
    row = Division.objects.filter(code=division).first()
    return row.path if row else division


def due(contract: Contract, *, accepted_on: datetime.date, known: rules.Facts) -> Due:
    """When the decision is due by the edition, the province and the calendar there."""
    edition = editions.on(accepted_on, contract.filing.jurisdiction_id)
    calendar: Calendar = calendar_for(contract.filing.jurisdiction_id)
    limit = rules.due(replace(known, accepted_on=accepted_on), edition, calendar=calendar)
    assert limit is not None
    return limit


def agencies_for(contract: Contract) -> list[Agency]:
    """The agencies in whose area the applicant lies."""
    place = applicant_division(contract) or contract.filing.enterprise.division
    prefixes = [place[:n] for n in (2, 4, 6)]
    return list(
        Agency.objects.filter(active=True, areas__prefix__in=prefixes).distinct().order_by("name")
    )


def with_cover(contracts: Any) -> Any:
    """Contracts with what every list shows of the cover, in one query."""
    return contracts.select_related(
        "filing", "filing__enterprise", "filing__agency", "filing__jurisdiction"
    )


def consistency() -> list[str]:
    """Figures and states that contradict each other; empty when all is well."""
    recognised = Q(filing__state__in=[State.RECOGNISED, State.DEREGISTERED, State.REVOKED])
    numbered = Q(registration_number__isnull=False)
    found = [
        f"contract {c.pk}: recognised without a registration number"
        for c in Contract.objects.filter(recognised & ~numbered).order_by("pk")[:100]
    ]
    found += [
        f"contract {c.pk}: has a registration number but is not recognised"
        for c in Contract.objects.filter(numbered & ~recognised).order_by("pk")[:100]
    ]
    found += [
        f"contract {c.pk}: recognised without a certificate"
        for c in Contract.objects.filter(numbered, filing__certificates=None).order_by("pk")[:100]
    ]
    return found + _number_gaps()


def _number_gaps() -> list[str]:
    """Registration numbers must run from 1 without gap for each agency and year."""
    series: dict[str, list[int]] = {}
    numbers = Contract.objects.filter(registration_number__isnull=False)
    for number in numbers.values_list("registration_number", flat=True).iterator(5000):
        series.setdefault(number[:10], []).append(int(number[10:]))
    return [
        f"series {key}: {len(serials)} numbers but the last is {max(serials)}"
        for key, serials in sorted(series.items())
        if max(serials) != len(serials)
    ]


def covers(user: Any) -> Any:
    """The covers of this line that a person may see."""
    return Filing.objects.visible_to(user).filter(line="contracts")
