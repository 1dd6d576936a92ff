"""Rates, roll-ups, punctuality and relief of interest (F-Z1 to F-Z6), exact until told."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from torch_portal.common.money import to_the_fen
from torch_portal.common.ratios import percent, ratio
from zones.editions import REGISTER, SHANGHAI, TERMS_2020, Terms, Zone
from zones.enums import Punctuality
from zones.rules.facts import DailyReport, Measure

ONE_DAY = timedelta(days=1)
HUNDRED = 100


def rate(part: int, whole: int) -> Decimal | None:
    """F-Z1: part of whole with four decimals, half up; None of nothing."""
    share = ratio(Decimal(part), Decimal(whole))
    if share is None:
        return None
    parts = (share.numerator * 20_000 + share.denominator) // (2 * share.denominator)
    return Decimal(parts).scaleb(-4)


def shown(part: int, whole: int) -> str:
    """The rate as people read it: 79.00%; a dash of nothing."""
    share = ratio(Decimal(part), Decimal(whole))
    return "-" if share is None else f"{percent(share)}%"


@dataclass(frozen=True)
class RollUp:
    """Sums over zones; its rates are sum over sum (F-Z2), never a mean of rates."""

    zones: int
    total: int
    resumed: int
    above_total: int
    above_resumed: int
    staff_total: int
    staff_back: int
    all_resumed: int

    @property
    def rate(self) -> Decimal | None:
        """Resumed of all enterprises."""
        return rate(self.resumed, self.total)

    @property
    def above_rate(self) -> Decimal | None:
        """Resumed of those above the scale."""
        return rate(self.above_resumed, self.above_total)


def latest(reports: Iterable[DailyReport]) -> list[DailyReport]:
    """The newest revision of each zone and day, by day and zone."""
    newest: dict[tuple[date, str], DailyReport] = {}
    for each in reports:
        key = (each.data_date, each.zone)
        if key not in newest or newest[key].revision < each.revision:
            newest[key] = each
    return [newest[key] for key in sorted(newest)]


def roll_up(reports: Iterable[DailyReport]) -> RollUp:
    """F-Z2: the sums over the newest revisions of one day's reports.

    A zone without figures above the scale adds nothing to either side of that rate.
    """
    rows = latest(reports)
    above = [r for r in rows if r.above_total is not None and r.above_resumed is not None]
    staff = [r for r in rows if r.staff_total is not None and r.staff_back is not None]
    return RollUp(
        zones=len(rows),
        total=sum(r.total for r in rows),
        resumed=sum(r.resumed for r in rows),
        above_total=sum(r.above_total or 0 for r in above),
        above_resumed=sum(r.above_resumed or 0 for r in above),
        staff_total=sum(r.staff_total or 0 for r in staff),
        staff_back=sum(r.staff_back or 0 for r in staff),
        all_resumed=sum(0 < r.total == r.resumed for r in rows),
    )


def deadline(data_date: date, terms: Terms = TERMS_2020) -> datetime:
    """F-Z3: the first moment that is late for data of a day, 12:00:00 of the next one."""
    return datetime.combine(data_date + ONE_DAY, terms.noon, SHANGHAI)


def punctuality(data_date: date, submitted_at: datetime, terms: Terms = TERMS_2020) -> Punctuality:
    """F-Z3: on time before noon of the next day in Shanghai; ValueError without a zone of time."""
    if submitted_at.tzinfo is None:
        raise ValueError("a moment needs its zone of time")
    on_time = submitted_at < deadline(data_date, terms)
    return Punctuality.ON_TIME if on_time else Punctuality.LATE


def late_zones(day: date, reported: Collection[str]) -> tuple[Zone, ...]:
    """The zones in force on a day whose code is not among those that reported."""
    return tuple(zone for zone in REGISTER.in_force(day) if zone.code not in reported)


def coverage(day: date, reported: Collection[str]) -> Decimal | None:
    """F-Z5: zones that reported over zones in force on the day; others do not count."""
    zones = REGISTER.in_force(day)
    return rate(sum(zone.code in reported for zone in zones), len(zones))


def interest_relief(
    principal: Decimal,
    market_percent: Decimal,
    charged_percent: Decimal,
    days: int,
    terms: Terms = TERMS_2020,
) -> Decimal:
    """F-Z4: principal x (market - charged) x days / 360 in yuan, half up to the fen.

    Rates a year in per cent. Nothing is relieved where more is charged than the market does.
    """
    spread = Fraction(market_percent) - Fraction(charged_percent)
    if spread <= 0 or days <= 0:
        return Decimal("0.00")
    return to_the_fen(Fraction(principal) * spread * days / (HUNDRED * terms.day_basis))


def relief_of(measure: Measure, terms: Terms = TERMS_2020) -> Decimal | None:
    """The interest a loan saves, from its first day to the day it is paid back; None if unknown."""
    market, charged = measure.market_percent, measure.charged_percent
    if measure.principal is None or market is None or charged is None:
        return None
    if measure.begins is None or measure.ends is None:
        return None
    days = (measure.ends - measure.begins).days
    return interest_relief(measure.principal, market, charged, days, terms)


def dropped(before: int, now: int, terms: Terms = TERMS_2020) -> bool:
    """F-Z6: whether more than a tenth of the resumed enterprises was lost since the day before."""
    return Fraction(before - now) > Fraction(terms.drop) * before
