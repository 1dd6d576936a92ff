"""What of the innovation score follows from figures (195号 三(七)): bands, exactly."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from hitech_cert import editions
from hitech_cert.editions import Band, Edition
from hitech_cert.enums import ScoreItem
from hitech_cert.rules.facts import Facts


def reached(value: Fraction, bands: Sequence[Band]) -> Band | None:
    """The first of bands (best first) that a value reaches."""
    return next((band for band in bands if band.holds(value)), None)


def ip_band(class1: int, class2: int) -> Band:
    """The band of the number of rights; the classes do not add."""
    if class1 >= 1:
        return editions.IP_CLASS_I
    return reached(Fraction(class2), editions.IP_CLASS_II) or editions.IP_CLASS_II[-1]


def transformation_band(results: int, edition: Edition, years: int = 3) -> Band:
    """The band of results turned into products, by their number a year.

    years: of operation, at most three; they only matter where the edition divides by them.
    """
    if results == 0:
        return editions.NONE
    band = reached(a_year(results, edition, years), editions.TRANSFORMATION)
    gap = edition.readings["transformation_gap"]
    return band or (editions.GAP if gap == "expert" else editions.NONE)


def a_year(results: int, edition: Edition, years: int = 3) -> Fraction:
    """Results a year."""
    whole = 3 if edition.readings["transformation_years"] == "three" else max(1, years)
    return Fraction(results, whole)


@dataclass(frozen=True)
class Growth:
    """Growth of sales or net assets. rate: None where the text gives no rate.

    case: "" for the plain formula; "first_zero" (the years after it are used), "second_zero" (0
    points), "one_year", "negative" (the formula tells nothing).
    """

    rate: Fraction | None
    band: Band
    case: str = ""


def growth(values: Sequence[Decimal], edition: Edition) -> Growth | None:
    """Growth over one to three years, oldest first (195号 三(七)4); None without any.

    ((second / first) + (third / second)) / 2 - 1; with two years second / first - 1.
    """
    if not values:
        return None
    years = [Fraction(value) for value in values]
    if len(years) == 3 and years[1] == 0:
        return Growth(None, editions.NONE, "second_zero")
    if min(years) < 0:
        return Growth(None, _manual(edition, "negative_base"), "negative")
    used = years[1:] if years[0] == 0 else years
    if len(used) < 2:
        return Growth(None, _manual(edition, "one_year"), "one_year")
    steps = [later / earlier for earlier, later in pairwise(used)]
    rate = sum(steps, Fraction(0)) / len(steps) - 1
    case = "" if used is years else "first_zero"
    return Growth(rate, growth_band(rate, edition.readings["growth_five"]), case)


def _manual(edition: Edition, reading: str) -> Band:
    return editions.MANUAL if edition.readings[reading] == "manual" else editions.NONE


def growth_band(rate: Fraction, reading: str) -> Band:
    """The band of a rate; nothing is rounded before. reading: "body" or "annex4"."""
    bands = [
        editions.GROWTH_D_ABOVE if band is editions.GROWTH_D and reading == "annex4" else band
        for band in editions.GROWTH
    ]
    return reached(rate, bands) or editions.NONE


@dataclass(frozen=True)
class Innovation:
    """The four indicators that figures decide; None where a figure is missing."""

    ip_number: Band | None
    transformation: Band | None
    sales: Growth | None
    net_assets: Growth | None

    def bands(self) -> dict[str, Band | None]:
        """Each band by the name of its indicator."""
        return {
            "ip_number": self.ip_number,
            "transformation": self.transformation,
            "growth_sales": self.sales.band if self.sales else None,
            "growth_net_assets": self.net_assets.band if self.net_assets else None,
        }

    def within(self, edition: Edition) -> tuple[int, int] | None:
        """Least and most points in total, whatever the experts find; None while one is missing.

        A person who decides on growth can give anything up to the greatest.
        """
        known = [band for band in self.bands().values() if band is not None]
        if len(known) < len(self.bands()):
            return None
        rights, *others = known
        most = editions.ITEM_MOST
        ip = rights.high + sum(most[i] for i in editions.IP_ITEMS if i != ScoreItem.NUMBER)
        ip = min(ip, int(edition.limits.ip_points.value))
        management = sum(most[i] for i in editions.MANAGEMENT_ITEMS)
        return sum(band.low for band in known), ip + management + sum(map(_most, others))


def _most(band: Band) -> int:
    return editions.GROWTH_MOST if band is editions.MANUAL else band.high


def innovation(facts: Facts, edition: Edition) -> Innovation:
    """The four indicators on facts."""
    class1, class2, results = facts.ip_class1, facts.ip_class2, facts.transformations
    years = len(facts.sales) or 3
    return Innovation(
        ip_number=None if class1 is None or class2 is None else ip_band(class1, class2),
        transformation=None if results is None else transformation_band(results, edition, years),
        sales=growth(facts.sales, edition),
        net_assets=growth(facts.net_assets, edition),
    )
