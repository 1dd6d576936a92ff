"""Ranking and the split of a budget (F5, F6): to the fen, the same on every run."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from incubators.editions import Programme
from incubators.enums import BudgetPolicy, CarrierKind, Flag, Mode
from incubators.rules.relief import NOTHING, subsidy


@dataclass(frozen=True)
class Entrant:
    """A verified claim. eligible: W in yuan. id: breaks what the moment leaves equal."""

    number: str
    kind: CarrierKind
    eligible: Decimal
    submitted_at: datetime
    id: int


@dataclass(frozen=True)
class Placed:
    """An entrant with its place within its kind, its subsidy in yuan and the reasons."""

    entrant: Entrant
    place: int
    raw: Decimal
    subsidy: Decimal
    flags: tuple[Flag, ...]


def placed(entrants: Sequence[Entrant], programme: Programme) -> list[Placed]:
    """F5: by W, then moment, then id; of a ranked programme those after the limit get nothing."""
    order = sorted(entrants, key=lambda e: (-e.eligible, e.submitted_at, e.id))
    places = dict.fromkeys(CarrierKind, 0)
    found = []
    for each in order:
        places[each.kind] += 1
        found.append(_placed(each, places[each.kind], programme))
    return found


def _placed(entrant: Entrant, place: int, programme: Programme) -> Placed:
    raw, paid, capped = subsidy(entrant.eligible, entrant.kind, programme)
    limit = programme.rank_limits.get(entrant.kind)
    if programme.mode is Mode.RANKED and limit is not None and place > limit:
        return Placed(entrant, place, raw, NOTHING, (Flag.RANK_LIMIT,))
    return Placed(entrant, place, raw, paid, (Flag.CAP_APPLIED,) if capped else ())


def split(wanted: Sequence[Decimal], budget: Decimal, policy: BudgetPolicy) -> tuple[Decimal, ...]:
    """F6: what each gets of the budget, yuan; amounts in the order of the application numbers.

    PRO_RATA: the floor to the fen of each share, then the missing fen one by one to the largest
    remainders, the earlier number first. RANK: in order until the budget is used; the last gets
    the rest. Nobody gets more than was wanted. ValueError for negatives and parts of a fen.
    """
    fen = [_fen(each) for each in wanted]
    most = _fen(budget)
    if policy is BudgetPolicy.NONE or sum(fen) <= most:
        return tuple(_yuan(each) for each in fen)
    parts = _in_order(fen, most) if policy is BudgetPolicy.RANK else _in_proportion(fen, most)
    return tuple(_yuan(each) for each in parts)


def _fen(amount: Decimal) -> int:
    numerator, denominator = (amount * 100).as_integer_ratio()
    if denominator != 1 or numerator < 0:
        raise ValueError("an amount to split is zero or more and has at most two decimals")
    return numerator


def _yuan(fen: int) -> Decimal:
    return Decimal(fen).scaleb(-2)


def _in_order(fen: Sequence[int], most: int) -> list[int]:
    found, left = [], most
    for each in fen:
        found.append(min(each, left))
        left -= found[-1]
    return found


def _in_proportion(fen: Sequence[int], most: int) -> list[int]:
    """Largest remainders; a remainder of nothing never gets a fen, so nobody exceeds its claim."""
    whole = sum(fen)
    found = [each * most // whole for each in fen]
    remainders = sorted(range(len(fen)), key=lambda i: (-(fen[i] * most % whole), i))
    for i in remainders[: most - sum(found)]:
        found[i] += 1
    return found
