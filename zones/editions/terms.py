"""What daily reports and loans are held to, as dated data with its source."""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Terms:
    """Limits from a day on.

    noon: a report is on time before this moment of the day after its data. oldest_days: an older
    report needs a reason. drop: share of resumed enterprises lost in a day that is asked about.
    jump: times a total may change in a day. day_basis: days of a year of interest.
    """

    code: str
    starts: date
    source: str
    noon: time
    oldest_days: int
    drop: Decimal
    jump: int
    day_basis: int
    unconfirmed: tuple[str, ...] = ()


TERMS_2020 = Terms(
    code="ZR-2020",
    starts=date(2020, 2, 26),
    source="国科火字〔2020〕60号",
    noon=time(12),
    oldest_days=7,
    drop=Decimal("0.10"),
    jump=10,
    day_basis=360,
    unconfirmed=(
        "日报指标全表未见，现有指标按公布结果反推",
        "7日、10%、10倍为平台设定",
    ),
)
