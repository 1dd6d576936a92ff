"""Tax relief of carriers (F9): from the month after recognition, within the law's period."""

from dataclasses import dataclass
from datetime import date

from incubators.editions import TAX_2018, TaxTerms
from incubators.enums import CarrierKind, CarrierLevel
from torch_portal.common.spans import months_after


@dataclass(frozen=True)
class Title:
    """A carrier's title. separate_accounts: whether income from incubation is kept apart."""

    kind: CarrierKind
    level: CarrierLevel
    recognised_on: date
    cancelled_on: date | None = None
    separate_accounts: bool | None = None


@dataclass(frozen=True)
class TaxRelief:
    """First and last day of the relief; both None where there is none, `reason` says why."""

    exempt_from: date | None
    exempt_to: date | None
    reason: str = ""

    def covers(self, day: date) -> bool:
        """Whether the relief may be declared for this day."""
        begins, ends = self.exempt_from, self.exempt_to
        return begins is not None and ends is not None and begins <= day <= ends


def tax_relief(title: Title, terms: TaxTerms = TAX_2018) -> TaxRelief:
    """F9: 财税〔2018〕120号. Recognised before 2019: from 2019-01-01, else from the next month.

    A cancelled title ends with the month of its cancellation (停止 from the month after). reason:
    "title", "accounts" or "period".
    """
    if (title.kind, title.level) not in terms.titles:
        return TaxRelief(None, None, "title")
    if title.separate_accounts is False:
        return TaxRelief(None, None, "accounts")
    begins = terms.starts
    if title.recognised_on >= terms.starts:
        begins = _next_month(title.recognised_on)
    ends = terms.ends
    if title.cancelled_on is not None:
        cancelled = _next_month(title.cancelled_on)
        ends = min(ends, date.fromordinal(cancelled.toordinal() - 1))
    if ends < begins:
        return TaxRelief(None, None, "period")
    return TaxRelief(begins, ends)


def _next_month(day: date) -> date:
    return months_after(day.replace(day=1), 1)
