"""Which relief programmes and which conditions hold: dated data with sources."""

from incubators.editions.programmes import Programme, Programmes, from_data, load
from incubators.editions.titles import (
    INCUBATOR_2018,
    MAKERSPACE,
    MEASURES,
    TAX_2018,
    TENANCY_2018,
    IncubatorTerms,
    MakerspaceTerms,
    TaxTerms,
    TenancyTerms,
)

PROGRAMMES: tuple[Programme, ...] = load().programmes
CODE = load().code
_BY_CODE = {programme.code: programme for programme in PROGRAMMES}

# A month's rent from which an amount in another unit is suspected, yuan. A choice of this portal.
ODD_RENT_ABOVE = 10_000_000
# Days a one-time link of a tenant is good for. A choice of this portal.
LINK_DAYS = 14
# Documents that a claim needs, by the lists of the programmes of 2020 and 2022.
DOCUMENTS: tuple[tuple[str, str], ...] = (
    ("licence", "营业执照"),
    ("recognition", "载体认定文件"),
    ("premises", "产权证明、租赁合同和业主性质证明"),
    ("notice", "载体公布的减免通知"),
    ("carrier_table", "减免情况信息表（附件1）"),
    ("tenant_table", "在孵企业信息表（附件2）"),
    ("agreements", "双方签字的减免协议"),
    ("statements", "在孵企业盖章的减免月份和金额说明"),
    ("pledge", "真实性承诺书"),
)

__all__ = [
    "CODE",
    "DOCUMENTS",
    "INCUBATOR_2018",
    "LINK_DAYS",
    "MAKERSPACE",
    "MEASURES",
    "ODD_RENT_ABOVE",
    "PROGRAMMES",
    "TAX_2018",
    "TENANCY_2018",
    "IncubatorTerms",
    "MakerspaceTerms",
    "NoProgramme",
    "Programme",
    "Programmes",
    "TaxTerms",
    "TenancyTerms",
    "from_data",
    "programme",
]


class NoProgramme(LookupError):
    """No relief programme of that code."""


def programme(code: str) -> Programme:
    """A sourced programme by its code; NoProgramme otherwise."""
    if code not in _BY_CODE:
        raise NoProgramme(code)
    return _BY_CODE[code]
