"""Due rent, waived rent and what of it counts (F1 to F5), exact until the fen is named."""

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from incubators.editions import Programme
from incubators.enums import CarrierKind, Flag, RentBasis, WaiverKind
from incubators.rules.facts import Carrier, Claim, Line, Tenant
from torch_portal.common.money import to_the_fen

NOTHING = Decimal("0.00")
DAYS_OF_A_YEAR = 365  # in leap years too, as the text of 2022 has it
# Lines with one of these add nothing to what the carrier waived.
NOT_WAIVED = frozenset(
    {Flag.DEFER_NOT_COUNTED, Flag.ABOVE_RENT, Flag.OUTSIDE_LEASE, Flag.DUP_TENANT_MONTH,
     Flag.EXCLUDED}
)  # fmt: skip


@dataclass(frozen=True)
class Judged:
    """A line with its waived rent in yuan and what keeps it from counting."""

    line: Line
    waived: Decimal
    flags: tuple[Flag, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether the line goes into the sum."""
        return not self.flags


@dataclass(frozen=True)
class TenantResult:
    """What a tenant's lines come to, yuan."""

    tenant: Tenant
    lines: tuple[Judged, ...]
    waived: Decimal
    eligible: Decimal
    flags: tuple[Flag, ...]


@dataclass(frozen=True)
class Result:
    """What a claim comes to, yuan; the flags of the tenants are among its own."""

    tenants: tuple[TenantResult, ...]
    waived: Decimal
    eligible: Decimal
    raw: Decimal
    subsidy: Decimal
    flags: tuple[Flag, ...]


def days_in(month: date) -> int:
    """Days of the month that begins on this day."""
    return monthrange(month.year, month.month)[1]


def due(tenant: Tenant, month: date, *, include_fees: bool = False) -> Fraction:
    """F1: the rent of a full month in yuan, with fees where the programme counts them."""
    unit = Fraction(tenant.rent)
    if tenant.basis is not RentBasis.MONTHLY:
        unit *= Fraction(tenant.area or 0)
    if tenant.basis is RentBasis.PER_M2_DAY:
        unit *= days_in(month)
    return unit + (Fraction(tenant.fee) if include_fees else 0)


def covered_days(tenant: Tenant, first: date, last: date) -> int:
    """Days from first to last that the lease covers, both ends included."""
    begins = max(first, tenant.lease_from or first)
    ends = min(last, tenant.lease_to or last)
    return max(0, (ends - begins).days + 1)


def waived(tenant: Tenant, line: Line, programme: Programme) -> Decimal:
    """F2: due x ratio x covered days / days of the month, to the fen; 0 for an impossible ratio."""
    if not 0 < line.ratio <= 1:
        return NOTHING
    whole = days_in(line.month)
    days = covered_days(tenant, line.month, line.month.replace(day=whole))
    full = due(tenant, line.month, include_fees=programme.include_fees)
    return to_the_fen(full * Fraction(line.ratio) * Fraction(days, whole))


def outside_window(line: Line, programme: Programme) -> bool:
    """Whether the month does not touch the window of the programme."""
    last = line.month.replace(day=days_in(line.month))
    begins, ends = programme.window_from, programme.window_to
    return (begins is not None and last < begins) or (ends is not None and line.month > ends)


def _flags(tenant: Tenant, line: Line, amount: Decimal, programme: Programme) -> Iterable[Flag]:
    """Why a line does not count, apart from duplicates and the limit of months."""
    if line.ruled is False:
        yield Flag.EXCLUDED
    if line.kind is WaiverKind.DEFER:
        yield Flag.DEFER_NOT_COUNTED
        return
    if not 0 < line.ratio <= 1:
        yield Flag.ABOVE_RENT
    elif not covered_days(tenant, line.month, line.month.replace(day=days_in(line.month))):
        yield Flag.OUTSIDE_LEASE
    elif line.asked and line.ruled is None and line.confirmed != amount:
        yield Flag.UNCONFIRMED if line.confirmed is None else Flag.MISMATCH
    if outside_window(line, programme):
        yield Flag.OUTSIDE_WINDOW


def twice(tenants: Iterable[Tenant]) -> frozenset[tuple[str, date]]:
    """Tenant-months that the claim has more than once; a deferral relieves nothing."""
    seen = Counter(
        (tenant.key, line.month)
        for tenant in tenants
        for line in tenant.lines
        if line.kind is not WaiverKind.DEFER and line.ruled is not False
    )
    return frozenset(each for each, times in seen.items() if times > 1)


def judged(
    tenant: Tenant, programme: Programme, doubled: frozenset[tuple[str, date]] = frozenset()
) -> tuple[Judged, ...]:
    """Each line with its amount and why it does not count; of a doubled month none counts."""
    found = []
    for line in tenant.lines:
        amount = waived(tenant, line, programme)
        flags = tuple(_flags(tenant, line, amount, programme))
        claimed = line.kind is not WaiverKind.DEFER and line.ruled is not False
        if claimed and (tenant.key, line.month) in doubled:
            flags = (*flags, Flag.DUP_TENANT_MONTH)
        found.append(Judged(line, amount, flags))
    return tuple(found)


def late_months(
    tenants: Iterable[tuple[Tenant, Sequence[Judged]]], most: int | None
) -> frozenset[tuple[str, date]]:
    """F3 without proration: of each tenant the months after the `most` earliest that count."""
    if most is None:
        return frozenset()
    counting: dict[str, set[date]] = defaultdict(set)
    for tenant, lines in tenants:
        counting[tenant.key] |= {each.line.month for each in lines if each.counts}
    return frozenset(
        (key, month) for key, months in counting.items() for month in sorted(months)[most:]
    )


def cap_months(tenant: Tenant, programme: Programme, most: int) -> Fraction:
    """F3 with proration: the months that count, cut to leased days over 365."""
    year = programme.year
    if year is None:
        raise ValueError("proration by lease needs the year of the programme")
    leased = covered_days(tenant, date(year, 1, 1), date(year, 12, 31))
    return most * min(Fraction(1), Fraction(leased, DAYS_OF_A_YEAR))


def of_tenant(
    tenant: Tenant, lines: Sequence[Judged], programme: Programme, most: int | None
) -> TenantResult:
    """What a tenant's judged lines come to; `most` months where the lease cuts them (F3)."""
    flags = [flag for each in lines for flag in each.flags]
    total = sum((each.waived for each in lines if each.counts), NOTHING)
    if programme.prorate_by_lease and most is not None and total:
        limit = to_the_fen(_full_month(tenant, programme) * cap_months(tenant, programme, most))
        if limit < total:
            total = limit
            flags.append(Flag.MONTHS_OVER_LIMIT)
    given = sum((e.waived for e in lines if NOT_WAIVED.isdisjoint(e.flags)), NOTHING)
    return TenantResult(tenant, tuple(lines), given, total, tuple(dict.fromkeys(flags)))


def _full_month(tenant: Tenant, programme: Programme) -> Fraction:
    """The rent of a full month; by the day of a month of the year's average length."""
    if tenant.basis is RentBasis.PER_M2_DAY:
        day = Fraction(tenant.rent) * Fraction(tenant.area or 0)
        fees = Fraction(tenant.fee) if programme.include_fees else 0
        return day * Fraction(DAYS_OF_A_YEAR, 12) + fees
    return due(tenant, date(programme.year or 1, 1, 1), include_fees=programme.include_fees)


def misfits(carrier: Carrier, programme: Programme) -> tuple[str, ...]:
    """Names of what keeps the carrier out of the programme; what is not known keeps nobody out."""
    asked = (
        ("kind", carrier.kind, programme.kinds),
        ("level", carrier.level, programme.levels),
        ("ownership", carrier.ownership, programme.ownerships),
    )
    found = tuple(name for name, has, wanted in asked if has and wanted and has not in wanted)
    state = programme.excludes_state_premises and carrier.state_premises
    return (*found, "state_premises") if state else found


def subsidy(
    eligible: Decimal, kind: CarrierKind | None, programme: Programme
) -> tuple[Decimal, Decimal, bool]:
    """F5: raw = rate x W to the fen, the subsidy under the cap of the kind, whether it was cut."""
    raw = to_the_fen(Fraction(programme.rate) * Fraction(eligible))
    cap = programme.caps.get(kind) if kind else None
    return (raw, cap, True) if cap is not None and cap < raw else (raw, raw, False)


def _tenants(claim: Claim) -> tuple[TenantResult, ...]:
    programme = claim.programme
    most = programme.months(risk=claim.carrier.risk_district)
    doubled = twice(claim.tenants)
    lines = [(tenant, judged(tenant, programme, doubled)) for tenant in claim.tenants]
    late = late_months(lines, None if programme.prorate_by_lease else most)
    return tuple(
        of_tenant(tenant, [_timely(tenant, e, late) for e in found], programme, most)
        for tenant, found in lines
    )


def _timely(tenant: Tenant, each: Judged, late: frozenset[tuple[str, date]]) -> Judged:
    """The line, marked where its month is over the limit."""
    over = each.counts and (tenant.key, each.line.month) in late
    return replace(each, flags=(Flag.MONTHS_OVER_LIMIT,)) if over else each


def relieve(claim: Claim) -> Result:
    """F2 to F5 on a whole claim; the same whatever the order of tenants and lines."""
    tenants = _tenants(claim)
    total = sum((each.eligible for each in tenants), NOTHING)
    raw, paid, capped = subsidy(total, claim.carrier.kind, claim.programme)
    own = [Flag.CAP_APPLIED] if capped else []
    if misfits(claim.carrier, claim.programme):
        own, paid = [Flag.NOT_ELIGIBLE], NOTHING
    flags = dict.fromkeys([*own, *(flag for each in tenants for flag in each.flags)])
    return Result(
        tenants=tenants,
        waived=sum((each.waived for each in tenants), NOTHING),
        eligible=total,
        raw=raw,
        subsidy=paid.quantize(NOTHING),
        flags=tuple(flags),
    )
