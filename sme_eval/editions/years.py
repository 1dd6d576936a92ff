"""The rule set of each filing year: windows, dates, material and checks of the yearly notices."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from sme_eval.editions.conditions import CONDITIONS_2017, CONDITIONS_2022
from sme_eval.editions.scores import Limits
from sme_eval.enums import AttachmentKind as Kind
from torch_portal.common.workdays import Limit, Unit

SHANGHAI = ZoneInfo("Asia/Shanghai")
GUIDE_2017 = "国科火字〔2017〕144号 科技型中小企业评价工作指引 (试行)"
GUIDE_2022 = "国科火字〔2022〕67号 科技型中小企业评价服务工作指引"
LIMITS = Limits()
PUBLICITY = Limit(10, Unit.WORKING, "国科火字〔2017〕144号; 国科火字〔2022〕67号 (公示10个工作日)")


@dataclass(frozen=True)
class OnsiteTriggers:
    """What makes an agency look on site before publicity; None and False: no trigger that year.

    few_staff: at most so many persons. high_share: share of S&T personnel reached by a firm of
    at least high_share_staff persons. small_rd: R&D cost below so many 万元. dishonesty_years:
    dishonesty or a revoked number within so many years.
    """

    few_staff: Decimal | None = None
    high_share: Fraction | None = None
    high_share_staff: Decimal = Decimal(0)
    no_ip: bool = False
    small_rd: Decimal | None = None
    dishonesty_years: int | None = None
    first_time: bool = False


@dataclass(frozen=True)
class Material:
    """When an attachment is due: registration, filing, direct (only with a direct route), check."""

    kind: Kind
    due: str


_BASE = (
    Material(Kind.LICENCE, "registration"),
    Material(Kind.COMMITMENT, "registration"),
    Material(Kind.FIRST_PAGE, "filing"),
    Material(Kind.ROUTE_PROOF, "direct"),
    Material(Kind.BALANCE_SHEET, "check"),
    Material(Kind.INCOME_STATEMENT, "check"),
    Material(Kind.RD_SCHEDULE, "check"),
)
_SUPPORTED = (*_BASE, Material(Kind.SUPPORT, "filing"))


@dataclass(frozen=True)
class Edition:
    """The rule set of one filing year.

    document_no: the yearly notice; guide: the operating guide in force. submit_open,
    submit_close: first and last day of filings, the last until 24:00 in Asia/Shanghai (None: the
    notice seen sets none, so the year's own first or last day). publicity_by, spot_check_by,
    report_by: last day of each, None where unknown. publicity: its length, first day counted.
    valid_to: month and day until which a number of the year is valid. spot_check_rate: least
    share of the year's firms. fraud_bar_years: how long fraud bars beyond the year itself.
    route_letters: character 12 of the number by route ("0" where there is none).
    odd_above, odd_below: amounts in 万元 outside look like a mistaken unit.
    unconfirmed: which of these were not read in an official text.
    """

    year: int
    document_no: str
    guide: str
    unconfirmed: tuple[str, ...]
    submit_open: date | None = None
    submit_close: date | None = None
    publicity_by: date | None = None
    spot_check_by: date | None = None
    report_by: date | None = None
    onsite: OnsiteTriggers = OnsiteTriggers()
    basic_condition_text: Mapping[int, Any] = field(default_factory=lambda: CONDITIONS_2017)
    audit_collection: bool = False
    materials: tuple[Material, ...] = _BASE
    limits: Limits = LIMITS
    publicity: Limit = PUBLICITY
    valid_to: tuple[int, int] = (12, 31)
    spot_check_rate: Fraction = Fraction(5, 100)
    fraud_bar_years: int = 0
    route_letters: Mapping[str, str] = field(default_factory=dict)
    odd_above: Decimal = Decimal(200_000)
    odd_below: Decimal = Decimal(1)

    @property
    def code(self) -> str:
        """The code kept with a filing."""
        return f"SME{self.year}"

    @property
    def confirmed(self) -> bool:
        """Whether every number was read in an official text."""
        return not self.unconfirmed

    @property
    def opens(self) -> date:
        """The first day of filings."""
        return self.submit_open or date(self.year, 1, 1)

    @property
    def closes(self) -> date:
        """The last day of filings."""
        return self.submit_close or date(self.year, 12, 31)

    def takes_on(self, day: date) -> bool:
        """Whether filings are taken on a day."""
        return self.opens <= day <= self.closes

    def takes(self, at: datetime) -> bool:
        """Whether a filing is taken at a moment: the last day lasts until 24:00 in Shanghai."""
        return self.takes_on(at.astimezone(SHANGHAI).date())

    def number_valid_to(self) -> date:
        """Until when a number given in this year is valid."""
        return date(self.year, *self.valid_to)

    def with_window(self, *, submit_open: date | None, submit_close: date | None) -> "Edition":
        """The same rules with the window an installation has set; None leaves a side as it is."""
        return replace(
            self,
            submit_open=submit_open or self.submit_open,
            submit_close=submit_close or self.submit_close,
        )

    def due(self, when: str) -> tuple[Kind, ...]:
        """The attachments due at registration, filing, direct confirmation or spot check."""
        return tuple(m.kind for m in self.materials if m.due == when)


# Unconfirmed in every year: sources give four different ends of validity, no table of character
# 12 was seen, and article 8 says neither how five years run nor what leading a standard means.
_ALWAYS = (
    "end of a number's validity",
    "code table of character 12 of the number",
    "five years counted date to date",
    "leading a standard as being among its first five drafting units",
)
_TRIGGERS_2025 = OnsiteTriggers(
    few_staff=Decimal(5),
    high_share=Fraction(90, 100),
    high_share_staff=Decimal(50),
    dishonesty_years=3,
    first_time=True,
)
_TRIGGERS_2026 = OnsiteTriggers(
    few_staff=Decimal(5), no_ip=True, small_rd=Decimal(10), dishonesty_years=3, first_time=True
)

EDITIONS: tuple[Edition, ...] = (
    Edition(2017, "国科发政〔2017〕115号", GUIDE_2017, ("window", "spot check", *_ALWAYS)),
    Edition(
        2018,
        "国科发火〔2018〕11号",
        GUIDE_2017,
        ("window", "registration closed from 28 to 31 May 2018", *_ALWAYS),
        spot_check_by=date(2018, 10, 19),
    ),
    Edition(
        2019,
        "国科火字〔2019〕87号",
        GUIDE_2017,
        ("first day of filings", *_ALWAYS),
        submit_close=date(2019, 10, 31),
        report_by=date(2019, 11, 30),
    ),
    Edition(
        2020,
        "国科火字〔2020〕44号",
        GUIDE_2017,
        ("first day of filings", "end of the spot check (Henan)", *_ALWAYS),
        submit_close=date(2020, 10, 20),
        publicity_by=date(2020, 10, 31),
        spot_check_by=date(2020, 11, 10),
    ),
    Edition(
        2021,
        "国科火字〔2021〕11号",
        GUIDE_2017,
        ("first day of filings", *_ALWAYS),
        submit_close=date(2021, 10, 20),
        report_by=date(2021, 11, 15),
    ),
    Edition(
        2022,
        "国科火字〔2022〕68号",
        GUIDE_2022,
        ("window", "industries excluded by 财税〔2015〕119号", *_ALWAYS),
        basic_condition_text=CONDITIONS_2022,
        audit_collection=True,
    ),
    Edition(
        2023,
        "国科火字〔2023〕60号",
        GUIDE_2022,
        ("window (Beijing)", "industries excluded by 财税〔2015〕119号", *_ALWAYS),
        submit_close=date(2023, 9, 30),
        basic_condition_text=CONDITIONS_2022,
        audit_collection=True,
    ),
    Edition(
        2024,
        "工信厅企业函〔2024〕244号",
        GUIDE_2022,
        ("last day of filings", "on-site triggers beside the number of staff", *_ALWAYS),
        submit_open=date(2024, 6, 27),
        publicity_by=date(2024, 10, 31),
        spot_check_by=date(2024, 12, 15),
        report_by=date(2024, 12, 31),
        onsite=OnsiteTriggers(few_staff=Decimal(5)),
        basic_condition_text=CONDITIONS_2022,
        audit_collection=True,
        materials=_SUPPORTED,
        fraud_bar_years=3,
    ),
    Edition(
        2025,
        "工业和信息化部 2025年度科技型中小企业评价工作通知 (2025-06-26)",
        GUIDE_2022,
        ("document number", "on-site triggers (Suzhou Industrial Park)", *_ALWAYS),
        submit_open=date(2025, 6, 30),
        submit_close=date(2025, 9, 30),
        publicity_by=date(2025, 10, 31),
        spot_check_by=date(2025, 12, 15),
        report_by=date(2025, 12, 31),
        onsite=_TRIGGERS_2025,
        basic_condition_text=CONDITIONS_2022,
        audit_collection=True,
        materials=_SUPPORTED,
        fraud_bar_years=3,
    ),
    Edition(
        2026,
        "工企业函〔2026〕160号",
        GUIDE_2022,
        ("end of publicity (Guangdong)", *_ALWAYS),
        submit_open=date(2026, 6, 1),
        submit_close=date(2026, 8, 31),
        publicity_by=date(2026, 10, 15),
        onsite=_TRIGGERS_2026,
        basic_condition_text=CONDITIONS_2022,
        audit_collection=True,
        materials=_SUPPORTED,
        fraud_bar_years=3,
    ),
)
