"""The registration number and what the certificate says."""

import datetime
from decimal import Decimal
from typing import Any

from django.utils import translation

from contracts import editions
from contracts.models import Contract
from torch_portal.accounts.models import Division, User
from torch_portal.certificates.documents import chinese_date
from torch_portal.common.money import capitals, display
from torch_portal.filings.models import NumberSeries

TEMPLATE = "technical_contract"
STATUS_LINE = "本证明状态以核验页为准"
# Full names by code, as they are met: a code keeps its name, abolished or not.
PLACES: dict[str, str] = {}
TAX_NOTE = "本证明不等同于免税决定"


def registration_series(contract: Contract, day: datetime.date) -> tuple[str, str]:
    """The agency's code and the key of its series of registration numbers in that year."""
    agency = contract.filing.agency
    code = agency.code if agency else ""
    return code, f"registration:contracts:{code}:{day.year}"


def expected_number(contract: Contract, day: datetime.date) -> str:
    """The registration number it would get if nobody came before."""
    code, key = registration_series(contract, day)
    last = NumberSeries.objects.filter(key=key).values_list("last", flat=True).first() or 0
    return editions.number(day.year, code, last + 1)


def certificate_content(contract: Contract, registrar: User, day: datetime.date) -> dict[str, Any]:
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


def place_name(division: str) -> str:
    """The full name of a division, or its code when the table does not know it."""
    if not division:
        return ""
    if division not in PLACES:
        row = Division.objects.filter(code=division).first()
        if row is None:
            return division
        PLACES[division] = row.path
    return PLACES[division]
