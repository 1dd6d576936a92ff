"""Relief programmes as dated data: rates, caps, months, windows, with source and what is unsure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from incubators.enums import BudgetPolicy, CarrierKind, CarrierLevel, Mode, Ownership


@dataclass(frozen=True)
class Programme:
    """The terms of one programme in one version; a later change is a new version.

    Empty kinds, levels, ownerships and None mean no limit. rate: share of the waived rent.
    caps: yuan a carrier, by kind. max_months: months of rent that count for a tenant;
    max_months_risk: the same in a district that was a risk district. prorate_by_lease: a lease
    shorter than the year has its months cut to leased days over 365. rank_limits: places that are
    paid, by kind. include_fees: property fees count like rent. arrears_on: the day on which a
    tenant must owe nothing. tenancy_blocks: whether a tenant that fails the tenancy test is left
    out, or only told. budget: yuan.
    """

    code: str
    year: int | None = None
    version: int = 1
    title_zh: str = ""
    jurisdiction: str = ""
    source: str = ""
    open_on: date | None = None
    close_on: date | None = None
    window_from: date | None = None
    window_to: date | None = None
    kinds: tuple[CarrierKind, ...] = ()
    levels: tuple[CarrierLevel, ...] = ()
    ownerships: tuple[Ownership, ...] = ()
    mode: Mode = Mode.RATE
    rate: Decimal = Decimal(0)
    caps: Mapping[CarrierKind, Decimal] = field(default_factory=dict)
    max_months: int | None = None
    max_months_risk: int | None = None
    prorate_by_lease: bool = False
    rank_limits: Mapping[CarrierKind, int] = field(default_factory=dict)
    include_fees: bool = False
    excludes_state_premises: bool = False
    exclude_arrears: bool = False
    arrears_on: date | None = None
    tenancy_blocks: bool = False
    require_pass_through: bool = False
    budget: Decimal | None = None
    budget_policy: BudgetPolicy = BudgetPolicy.NONE
    publicity_days: int = 5
    sample_share: Decimal = Decimal("0.10")
    unconfirmed: tuple[str, ...] = ()

    def months(self, *, risk: bool = False) -> int | None:
        """The months that count, in a risk district or outside; None for no limit."""
        return self.max_months_risk if risk and self.max_months_risk else self.max_months


@dataclass(frozen=True)
class Programmes:
    """The sourced programmes under the code of their edition."""

    code: str
    programmes: tuple[Programme, ...]


@cache
def load(name: str = "programmes.json") -> Programmes:
    """The programmes of a data file beside this module."""
    text = files("incubators.editions").joinpath(name).read_text(encoding="utf-8")
    data = json.loads(text)
    return Programmes(data["code"], tuple(from_data(row) for row in data["programmes"]))


def from_data(row: Mapping[str, Any]) -> Programme:
    """A programme from its plain form: decimal strings, ISO dates, codes of the vocabularies.

    ValueError names the entry that is unknown or cannot be read.
    """
    known = {each.name for each in fields(Programme)}
    found = {}
    for name, value in row.items():
        try:
            if name not in known or isinstance(value, float):
                raise ValueError(name)
            found[name] = _READERS.get(name, _same)(value)
        except (ArithmeticError, AttributeError, TypeError, ValueError):
            raise ValueError(name) from None
    if not 0 <= found.get("rate", Decimal(0)) <= 1:
        raise ValueError("rate")
    begins, ends = found.get("window_from"), found.get("window_to")
    if begins and ends and ends < begins:
        raise ValueError("window_to")
    return Programme(**found)


def _same(value: Any) -> Any:
    return value


def _caps(value: Mapping[str, str]) -> dict[CarrierKind, Decimal]:
    return {CarrierKind(kind): Decimal(cap) for kind, cap in value.items()}


_READERS: Mapping[str, Any] = {
    **dict.fromkeys(
        ("open_on", "close_on", "window_from", "window_to", "arrears_on"), date.fromisoformat
    ),
    **dict.fromkeys(("rate", "budget", "sample_share"), Decimal),
    "kinds": lambda value: tuple(map(CarrierKind, value)),
    "levels": lambda value: tuple(map(CarrierLevel, value)),
    "ownerships": lambda value: tuple(map(Ownership, value)),
    "mode": Mode,
    "caps": _caps,
    "rank_limits": lambda value: {CarrierKind(kind): limit for kind, limit in value.items()},
    "budget_policy": BudgetPolicy,
    "unconfirmed": tuple,
}
