"""The rules of the zones by their codes, and running them."""

from datetime import datetime

from torch_portal.common.findings import Finding, Level
from torch_portal.common.i18n import _
from torch_portal.common.rulebook import Rule
from zones.editions import TERMS_2020, Terms
from zones.rules import checks
from zones.rules.facts import DailyReport, Measure, Outbreak

REPORT_RULES: tuple[Rule, ...] = (
    Rule(
        "ZR-01",
        Level.BLOCK,
        "resumed",
        _("Not more enterprises resumed than there are."),
        checks.resumed_above_total,
    ),
    Rule(
        "ZR-02",
        Level.BLOCK,
        "above_total",
        _("Not more enterprises above the scale than there are."),
        checks.above_scale_above_total,
    ),
    Rule(
        "ZR-03",
        Level.BLOCK,
        "above_resumed",
        _("Not more of them resumed than resumed at all, or than there are of them."),
        checks.above_scale_resumed,
    ),
    Rule(
        "ZR-S1",
        Level.BLOCK,
        "staff_back",
        _("Not more staff came back than there is."),
        checks.staff_back_above_total,
    ),
    Rule("ZR-N1", Level.BLOCK, "total", _("No figure is below zero."), checks.negative),
    Rule(
        "ZR-Z1",
        Level.BLOCK,
        "zone",
        _("The code is that of a zone in force on the day."),
        checks.no_zone,
    ),
    Rule(
        "ZR-06",
        Level.BLOCK,
        "needs",
        _("No text holds personal data."),
        checks.report_texts,
    ),
)
DAY = Rule(
    "ZR-04",
    Level.BLOCK,
    "data_date",
    _("The day has come, and an old one has its reason."),
    checks.wrong_day,
)
BEFORE_RULES: tuple[Rule, ...] = (
    Rule(
        "F-Z6",
        Level.WARN,
        "resumed",
        _("A sudden fall of resumed enterprises is asked about."),
        checks.fewer_than_the_day_before,
    ),
    Rule(
        "ZR-U1",
        Level.WARN,
        "total",
        _("A total of another size is asked about."),
        checks.another_size,
    ),
)
MEASURE_RULES: tuple[Rule, ...] = (
    Rule(
        "ZR-05",
        Level.BLOCK,
        "charged_percent",
        _("A loan is not charged above the market rate."),
        checks.charged_above_market,
    ),
    Rule(
        "ZR-07",
        Level.BLOCK,
        "charged_percent",
        _("A loan without interest charges 0."),
        checks.free_and_charged,
    ),
    Rule("ZR-08", Level.BLOCK, "legal_basis", _("Support has a legal basis."), checks.no_basis),
    Rule(
        "ZR-L1",
        Level.BLOCK,
        "principal",
        _("A loan has a principal, and its days are in order."),
        checks.odd_loan,
    ),
    Rule("ZR-06", Level.BLOCK, "text", _("No text holds personal data."), checks.measure_text),
)
OUTBREAK_RULES: tuple[Rule, ...] = (
    Rule(
        "ZR-06",
        Level.BLOCK,
        "confirmed",
        _("An outbreak is told in whole numbers, without persons."),
        checks.outbreak_numbers,
    ),
)
ALL_RULES = (*REPORT_RULES, DAY, *BEFORE_RULES, *MEASURE_RULES, *OUTBREAK_RULES)


def check_report(
    report: DailyReport,
    *,
    at: datetime,
    before: DailyReport | None = None,
    terms: Terms = TERMS_2020,
) -> list[Finding]:
    """All findings on a daily report at a moment; `before`: that of the day before, if any."""
    found = [finding for rule in REPORT_RULES for finding in rule.run(report)]
    found += DAY.run(report, at, terms)
    return found + [f for rule in BEFORE_RULES for f in rule.run(report, before, terms)]


def check_measure(measure: Measure) -> list[Finding]:
    """All findings on a measure of support."""
    return [finding for rule in MEASURE_RULES for finding in rule.run(measure)]


def check_outbreak(outbreak: Outbreak) -> list[Finding]:
    """All findings on a report of an outbreak."""
    return [finding for rule in OUTBREAK_RULES for finding in rule.run(outbreak)]
