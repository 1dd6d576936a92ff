"""What zones report, as plain values."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from zones.enums import MeasureKind


@dataclass(frozen=True)
class DailyReport:
    """One revision of a zone's report on a day, with data as of 24:00 of that day.

    above_*: enterprises above the scale (规模以上) among the others. submitted_at: with its zone of
    time. reason: why it is older than allowed.
    """

    zone: str
    data_date: date
    total: int
    resumed: int
    above_total: int | None = None
    above_resumed: int | None = None
    staff_total: int | None = None
    staff_back: int | None = None
    needs: str = ""
    reason: str = ""
    revision: int = 1
    submitted_at: datetime | None = None


@dataclass(frozen=True)
class Measure:
    """Support for an enterprise. principal in yuan; rates a year in per cent; to: last day."""

    kind: MeasureKind
    legal_basis: str = ""
    principal: Decimal | None = None
    market_percent: Decimal | None = None
    charged_percent: Decimal | None = None
    begins: date | None = None
    ends: date | None = None
    text: str = ""


@dataclass(frozen=True)
class Outbreak:
    """A serious outbreak: numbers of people, never who they are.

    copied_at: when it was copied to the Torch Center; None while it was not.
    """

    confirmed: int
    suspected: int
    happened_at: datetime
    place: str = ""
    text: str = ""
    copied_at: datetime | None = None
