"""What the rules of the zones find: each check's first paragraph is its clause."""

from datetime import date, datetime

from torch_portal.common.i18n import _
from torch_portal.common.personal import personal_problems
from torch_portal.common.rulebook import Problem, Problems
from zones.editions import REGISTER, SHANGHAI, NoRegister, NoZone, Terms
from zones.enums import MeasureKind
from zones.rules.facts import DailyReport, Measure, Outbreak
from zones.rules.figures import dropped

LOANS = frozenset({MeasureKind.BRIDGE_FUND, MeasureKind.LOW_INTEREST, MeasureKind.INTEREST_FREE})


def _not_above(part: str, whole: str, has: int | None, most: int | None) -> Problems:
    """A part above its whole, shown at the part."""
    if has is not None and most is not None and has > most:
        message = _("%(part)s is above %(whole)s. A part is at most its whole; correct one.")
        told = {"part": f"{part}={has}", "whole": f"{whole}={most}"}
        yield Problem(part, message, told)


def resumed_above_total(report: DailyReport) -> Problems:
    """国科火字〔2020〕60号 (复工企业数不超过企业总数)."""
    yield from _not_above("resumed", "total", report.resumed, report.total)


def above_scale_above_total(report: DailyReport) -> Problems:
    """国科火字〔2020〕60号 (规模以上企业数不超过企业总数)."""
    yield from _not_above("above_total", "total", report.above_total, report.total)


def above_scale_resumed(report: DailyReport) -> Problems:
    """国科火字〔2020〕60号 (规模以上复工企业数)."""
    yield from _not_above("above_resumed", "resumed", report.above_resumed, report.resumed)
    yield from _not_above("above_resumed", "above_total", report.above_resumed, report.above_total)


def staff_back_above_total(report: DailyReport) -> Problems:
    """国科火字〔2020〕60号 (返岗人数不超过职工总数)."""
    yield from _not_above("staff_back", "staff_total", report.staff_back, report.staff_total)


def negative(report: DailyReport) -> Problems:
    """国科火字〔2020〕60号 (指标为非负整数)."""
    for name in ("total", "resumed", "above_total", "above_resumed", "staff_total", "staff_back"):
        value = getattr(report, name)
        if value is not None and value < 0:
            message = _("%(name)s cannot be negative. Enter 0 where there is none.")
            yield Problem(name, message, {"name": name})


def no_zone(report: DailyReport) -> Problems:
    """GB/T 37028-2018 全国主要经济功能区分类与代码."""
    try:
        held = REGISTER.zone(report.zone).in_force(report.data_date)
        held = held and report.data_date >= REGISTER.starts
    except (NoZone, NoRegister):
        held = False
    if not held:
        message = _("%(code)s is no national high-tech zone on %(day)s. Check code and day.")
        yield Problem("zone", message, {"code": report.zone, "day": str(report.data_date)})


def wrong_day(report: DailyReport, at: datetime, terms: Terms) -> Problems:
    """国科火字〔2020〕60号 (每日12点前报送前一日24时数据); 7日为平台设定."""
    today: date = at.astimezone(SHANGHAI).date()
    age = (today - report.data_date).days
    told = {"day": str(report.data_date), "most": terms.oldest_days}
    if age < 0:
        message = _("%(day)s is still to come. Report a day that has ended.")
        yield Problem("data_date", message, told)
    elif age > terms.oldest_days and not report.reason.strip():
        message = _("%(day)s is more than %(most)s days ago. Say why it is reported only now.")
        yield Problem("reason", message, told)


def report_texts(report: DailyReport) -> Problems:
    """个人信息保护法 第六条、第二十八条."""
    yield from personal_problems("needs", report.needs)
    yield from personal_problems("reason", report.reason)


def fewer_than_the_day_before(
    report: DailyReport, before: DailyReport | None, terms: Terms
) -> Problems:
    """平台设定 (复工企业较前一日减少超过10%，未见官方文本)."""
    if before is not None and dropped(before.resumed, report.resumed, terms):
        message = _(
            "%(now)s enterprises resumed after %(before)s the day before. Check the figure, or say "
            "what happened."
        )
        yield Problem("resumed", message, {"now": report.resumed, "before": before.resumed})


def another_size(report: DailyReport, before: DailyReport | None, terms: Terms) -> Problems:
    """平台设定 (企业总数较前一日变动10倍以上，疑似单位错误)."""
    if before is None or not before.total or not report.total:
        return
    few, many = sorted((before.total, report.total))
    if many >= terms.jump * few:
        message = _("The total was %(before)s the day before and is %(now)s. Check the unit.")
        yield Problem("total", message, {"now": report.total, "before": before.total})


def charged_above_market(measure: Measure) -> Problems:
    """国科火字〔2020〕38号 第六条 (低息免息贷款服务)."""
    market, charged = measure.market_percent, measure.charged_percent
    if market is not None and charged is not None and charged > market:
        message = _(
            "%(charged)s per cent are charged, above the market rate of %(market)s. Correct one; "
            "such a loan is no support."
        )
        told = {"charged": str(charged), "market": str(market)}
        yield Problem("charged_percent", message, told)


def free_and_charged(measure: Measure) -> Problems:
    """国科火字〔2020〕38号 第六条 (免息贷款)."""
    if measure.kind is MeasureKind.INTEREST_FREE and measure.charged_percent:
        message = _("A loan without interest charges 0. Correct the rate, or choose low interest.")
        yield Problem("charged_percent", message)


def no_basis(measure: Measure) -> Problems:
    """国科火字〔2020〕38号 第六条 (依规)."""
    if not measure.legal_basis.strip():
        message = _("Name the document on which this support rests.")
        yield Problem("legal_basis", message)


def odd_loan(measure: Measure) -> Problems:
    """国科火字〔2020〕38号 第六条 (贷款本金、期限)."""
    if measure.principal is not None and measure.principal < 0:
        yield Problem("principal", _("An amount cannot be negative."))
    if measure.begins and measure.ends and measure.ends < measure.begins:
        yield Problem("ends", _("The support ends before it begins. Correct one of the days."))
    if measure.kind in LOANS and measure.principal is None:
        yield Problem("principal", _("Name the principal of the loan in yuan."))


def measure_text(measure: Measure) -> Problems:
    """个人信息保护法 第六条、第二十八条."""
    yield from personal_problems("text", measure.text)


def outbreak_numbers(outbreak: Outbreak) -> Problems:
    """国科火字〔2020〕38号 第六条 (及时抄送火炬中心)."""
    for name in ("confirmed", "suspected"):
        value = getattr(outbreak, name)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            message = _("%(name)s is a whole number of people, 0 or more.")
            yield Problem(name, message, {"name": name})
    yield from personal_problems("place", outbreak.place)
    yield from personal_problems("text", outbreak.text)
