"""A whole programme over the rules: 200 carriers, 4,000 tenants, the same from the same seed."""

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from incubators import editions
from incubators.enums import BudgetPolicy, CarrierKind, Flag, WaiverKind
from incubators.rules import Carrier, Claim, Entrant, Line, Tenant, check, placed, relieve, split

CARRIERS, TENANTS_OF_EACH = 200, 20
SEED = 20200206
BUDGET = Decimal("5000000.00")
OPENED = datetime(2020, 8, 17, 1, tzinfo=UTC)
MONTHS = [date(2020, month, 1) for month in range(1, 10)]
# 70 of 100 tenants confirm, 10 name another amount, 10 are silent, 10 only got a deferral.
ANSWERS = ["confirmed"] * 7 + ["other", "silent", "deferred"]


def one_tenant(chance, number):
    """A tenant with one to six months, and what it said of them."""
    rent = Decimal(chance.randrange(200_000, 6_000_000)).scaleb(-2)
    starts = date(2019, 7, 1) + timedelta(days=chance.randrange(400))
    told = Tenant(f"企业{number:04d}", rent, lease_from=starts, lease_to=date(2020, 12, 31))
    answer = chance.choice(ANSWERS)
    kind = WaiverKind.DEFER if answer == "deferred" else WaiverKind.EXEMPT
    months = sorted(chance.sample(MONTHS, chance.randint(1, 6)))
    plain = [Line(month, chance.choice((Decimal(1), Decimal("0.5"))), kind) for month in months]
    claimed = relieve(claim_of(Carrier(), [replace(told, lines=tuple(plain))])).tenants[0].lines
    return replace(told, lines=tuple(answered(each, answer) for each in claimed))


def answered(judged, answer):
    """A line with what its tenant said of it."""
    amount = {"confirmed": judged.waived, "other": judged.waived + 1}.get(answer)
    return replace(judged.line, asked=True, confirmed=amount)


def claim_of(carrier, tenants):
    """A claim under the programme of Shenzhen."""
    return Claim(editions.programme("P-SZ"), carrier, tuple(tenants))


def run(seed):
    """Every claim, the ranking of what was verified, and the budget split over it."""
    chance = random.Random(seed)  # noqa: S311  # figures of a test, no secret
    entrants, results = [], []
    for number in range(CARRIERS):
        kind = chance.choice((CarrierKind.INCUBATOR, CarrierKind.MAKERSPACE))
        first = number * TENANTS_OF_EACH
        tenants = [one_tenant(chance, first + n) for n in range(TENANTS_OF_EACH)]
        result = check(claim_of(Carrier(kind=kind), tenants))[0]
        at = OPENED + timedelta(minutes=chance.randrange(40_000))
        entrants.append(Entrant(f"RR{number:05d}", kind, result.eligible, at, number))
        results.append(result)
    ranking = placed(entrants, editions.programme("P-SZ"))
    in_order = sorted(ranking, key=lambda each: each.entrant.number)
    parts = split([each.subsidy for each in in_order], BUDGET, BudgetPolicy.PRO_RATA)
    return results, ranking, parts


pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def programme():
    """The outcome of the standing seed."""
    return run(SEED)


def test_totals_agree_to_the_fen(programme):
    results, ranking, parts = programme
    assert sum(len(result.tenants) for result in results) == 4_000
    for result in results:
        assert result.eligible == sum(each.eligible for each in result.tenants)
        assert result.waived == sum(each.waived for each in result.tenants)
        assert result.subsidy <= result.raw <= result.eligible <= result.waived
    wanted = sum(each.subsidy for each in ranking)
    assert wanted > BUDGET
    assert sum(parts) == BUDGET
    in_order = sorted(ranking, key=lambda each: each.entrant.number)
    assert all(part <= each.subsidy for part, each in zip(parts, in_order, strict=True))


def test_fifty_of_each_kind_are_paid(programme):
    _results, ranking, _parts = programme
    paid = Counter(each.entrant.kind for each in ranking if each.subsidy)
    assert paid == {CarrierKind.INCUBATOR: 50, CarrierKind.MAKERSPACE: 50}
    least = min(each.entrant.eligible for each in ranking if each.subsidy and inc(each))
    left = [each for each in ranking if Flag.RANK_LIMIT in each.flags and inc(each)]
    assert left
    assert all(each.entrant.eligible <= least for each in left)


def inc(each):
    """Whether it is an incubator."""
    return each.entrant.kind is CarrierKind.INCUBATOR


def test_only_what_was_confirmed_is_counted(programme):
    results, _ranking, _parts = programme
    flags = Counter(flag for result in results for each in result.tenants for flag in each.flags)
    assert flags[Flag.MISMATCH] > 300
    assert flags[Flag.UNCONFIRMED] > 300
    assert flags[Flag.DEFER_NOT_COUNTED] > 300
    held = {Flag.MISMATCH, Flag.UNCONFIRMED, Flag.DEFER_NOT_COUNTED}
    for result in results:
        assert all(each.eligible == 0 for each in result.tenants if held & set(each.flags))


def test_programme_is_the_same_from_the_same_seed(programme):
    _results, ranking, parts = programme
    _again, ranking_again, parts_again = run(SEED)
    assert (ranking_again, parts_again) == (ranking, parts)
