"""R&D cost as it counts: outside work in part, other cost up to its share (195号 三(六)).

Both readings of the limit of other cost are worked out; all amounts are exact.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from hitech_cert.editions import Edition, Limits
from hitech_cert.enums import CORE
from hitech_cert.rules.facts import RdYear
from torch_portal.common.ratios import ratio


@dataclass(frozen=True)
class Counted:
    """What counts of the cost of one year, or of several together, 万元.

    other: of the other cost. cut: what of it does not count. outside, overseas: of the work of
    others in all, and of that done elsewhere. inside, paid_abroad: as paid, for the other reading
    of the share done in the mainland.
    """

    core: Fraction
    other: Fraction
    cut: Fraction
    outside: Fraction
    overseas: Fraction
    paid: Fraction
    paid_overseas: Fraction

    @cached_property
    def total(self) -> Fraction:
        """All R&D that counts."""
        return self.core + self.other + self.outside

    def domestic_share(self, reading: str) -> Fraction | None:
        """The part done in the mainland; None without R&D."""
        if reading == "paid":
            whole = self.core + self.other + self.paid
            return ratio(whole - self.paid_overseas, whole)
        return ratio(self.domestic, self.total)

    @cached_property
    def domestic(self) -> Fraction:
        """R&D that counts and was done in the mainland: only work done by others elsewhere is not.

        Own staff abroad count as in the mainland (195号 三(六)3).
        """
        return self.total - self.overseas


def counted(year: RdYear, limits: Limits, base: str) -> Counted:
    """What counts of one year.

    Other cost may be a share of all R&D with itself among it, so at most share / (1 - share) of
    the rest. base: "literal" (the rest has the outside work that counts) or "tax_form" (it has
    not).
    """
    core = sum((Fraction(getattr(year, name)) for name in CORE), Fraction(0))
    domestic, overseas = Fraction(year.ext_domestic), Fraction(year.ext_overseas)
    outside = (domestic + overseas) * limits.external.value
    rest = core + outside if base == "literal" else core
    most = rest * limits.other.value / (1 - limits.other.value)
    other = Fraction(year.other)
    kept = min(other, most)
    return Counted(
        core=core,
        other=kept,
        cut=other - kept,
        outside=outside,
        overseas=overseas * limits.external.value,
        paid=domestic + overseas,
        paid_overseas=overseas,
    )


def together(years: Sequence[RdYear], limits: Limits, base: str) -> Counted:
    """What counts of several years; the limit of other cost holds for each of them."""
    each = [counted(year, limits, base) for year in years]
    names = ("core", "other", "cut", "outside", "overseas", "paid", "paid_overseas")
    sums = {name: sum((getattr(c, name) for c in each), Fraction(0)) for name in names}
    return Counted(**sums)


def required_share(last_year_sales: Decimal, limits: Limits) -> Fraction:
    """The share of sales that R&D has to reach, by the sales of the last year alone."""
    return next(
        rate.share for rate in limits.rd_rates if rate.most is None or last_year_sales <= rate.most
    )


@dataclass(frozen=True)
class Research:
    """R&D of the years under the edition's reading, and under the other one.

    required: None before sales are known. share, other_share: of the sales of the same years.
    """

    taken: Counted
    tax_form: Counted
    sales: Fraction | None
    required: Fraction | None
    domestic_share: Fraction | None

    @cached_property
    def share(self) -> Fraction | None:
        """All R&D that counts, of all sales; None where sales are not above zero."""
        return ratio(self.taken.total, self.sales)

    @cached_property
    def tax_form_share(self) -> Fraction | None:
        """The same as the tax return counts it."""
        return ratio(self.tax_form.total, self.sales)


def research(
    years: Sequence[RdYear] | None, sales: Sequence[Decimal], edition: Edition
) -> Research | None:
    """R&D of an application; None before any is known."""
    if years is None:
        return None
    limits = edition.limits
    taken = together(years, limits, edition.readings["other_base"])
    return Research(
        taken=taken,
        tax_form=together(years, limits, "tax_form"),
        sales=sum(map(Fraction, sales), Fraction(0)) if sales else None,
        required=required_share(sales[-1], limits) if sales else None,
        domestic_share=taken.domestic_share(edition.readings["domestic_outside"]),
    )
