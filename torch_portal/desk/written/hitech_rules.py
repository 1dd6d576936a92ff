"""The page of the rules of the certification of high-tech enterprises."""

from collections.abc import Iterable
from typing import Any

from hitech_cert import editions, rules
from hitech_cert.editions import Band, Edition, Pilot
from hitech_cert.enums import ScoreItem
from torch_portal.common.ratios import plain_percent
from torch_portal.desk.written.words import chinese, listed, page, table

PARTS = {
    "days": "days since registration, at least",
    "staff": "S&T staff of all staff, at least",
    "domestic": "R&D done in the mainland, at least",
    "external": "of outside R&D counts",
    "other": "other cost of all R&D, at most",
    "income": "product income of total income, at least",
    "main": "main products of product income, above",
    "score": "score, above",
    "ip_points": "points of intellectual property with the bonus, at most",
    "panel": "experts, at least",
    "technical": "technical experts among them, at least",
    "pool": "candidates for each expert, at least",
}
SHARES = {"staff", "domestic", "external", "other", "income", "main", "technical"}


def hitech_rules_page() -> str:
    """The rules with their clauses, numbers, bands and readings, then the editions."""
    return page(
        "# Rules of the certification of high-tech enterprises (高新技术企业认定)",
        "`block` stops the application, `warn` and `info` are shown and stop nothing. A code never "
        "changes its meaning; several checks can share one.",
        table(("code", "level", "shown at", "rule", "中文", "clause"), map(_rule, rules.RULES)),
        "## Numbers",
        "Everything is compared exactly; nothing is rounded before it meets a number.",
        table(("number", "value", "clause"), _numbers()),
        "### R&D of three years, of the sales of the same years",
        _rates(),
        "## Bands that figures decide (195号 三(七))",
        table(("indicator", "band", "from", "points"), _bands()),
        "### Greatest points of what experts score (附件3)",
        table(("item", "中文", "points"), _items()),
        "## Where the text is not plain",
        "Each is a setting of the edition; the choice in bold is taken.",
        table(("name", "question", "choices", "clause"), _readings()),
        "## Editions",
        "The day of the application chooses the edition; what is not confirmed says so.",
        table(
            ("edition", "from", "documents", "led by", "online", "not confirmed"),
            map(_edition, editions.EDITIONS),
        ),
        "### Pilots of a region, laid over the edition of the day",
        table(
            ("pilot", "jurisdiction", "from", "until", "document", "R&D in the mainland",
             "not confirmed"),
            map(_pilot, editions.PILOTS),
        ),
    )  # fmt: skip


def _rule(rule: Any) -> Iterable[Any]:
    field = f"`{rule.field}`" if rule.field else ""
    words = (rule.sentence, chinese(rule.sentence), rule.clause)
    return (f"`{rule.code}`", rule.level, field, *words)


def _numbers() -> Iterable[Iterable[Any]]:
    limits = editions.EDITIONS[0].limits
    for name, words in PARTS.items():
        bound = getattr(limits, name)
        value = f"{plain_percent(bound.value)} %" if name in SHARES else bound.value
        yield words, value, bound.clause


def _rates() -> str:
    limits = editions.EDITIONS[0].limits
    told = (
        f"at least {plain_percent(rate.share)} %"
        + (
            f" with sales of the last year up to {int(rate.most):,} 万元"
            if rate.most
            else " above that"
        )
        for rate in limits.rd_rates
    )
    return listed(*told, limits.rd_clause)


def _bands() -> Iterable[Iterable[str]]:
    rows = (
        ("rights", (editions.IP_CLASS_I,), "{} of class I"),
        ("rights", editions.IP_CLASS_II, "{} of class II"),
        ("results a year", editions.TRANSFORMATION, "{}"),
        ("growth of sales, of net assets", editions.GROWTH, "%"),
    )
    for name, bands, shape in rows:
        for band in bands:
            yield name, band.letter, _least(band, shape), f"{band.low} to {band.high}"
    yield "results a year", "F", "none", "0"
    yield "growth of sales, of net assets", "F", "zero or less", "0"


def _least(band: Band, shape: str) -> str:
    value = f"{plain_percent(band.least)} %" if shape == "%" else shape.format(band.least)
    return f"above {value}" if band.strict else value


def _items() -> Iterable[Iterable[Any]]:
    for item, most in editions.ITEM_MOST.items():
        label = ScoreItem(item).label
        yield label, chinese(label), most


def _readings() -> Iterable[Iterable[Any]]:
    for reading in editions.READINGS:
        choices = (
            f"**{words}**" if name == reading.taken else str(words)
            for name, words in reading.choices.items()
        )
        yield f"`{reading.name}`", reading.question, "; ".join(choices), reading.clause


def _edition(edition: Edition) -> Iterable[Any]:
    return (
        edition.code,
        edition.starts,
        ", ".join(edition.documents),
        edition.lead,
        "yes" if edition.online else "no",
        "; ".join(edition.unconfirmed),
    )


def _pilot(pilot: Pilot) -> Iterable[Any]:
    share = f"at least {plain_percent(pilot.domestic)} %"
    days = (pilot.since, pilot.until)
    missing = "; ".join(pilot.unconfirmed)
    return (pilot.code, pilot.jurisdiction, *days, pilot.document, share, missing)
