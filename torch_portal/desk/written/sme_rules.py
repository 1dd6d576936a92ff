"""The page of the rules of the SME evaluation."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import sme_eval.editions
import sme_eval.rules
from sme_eval.editions import Band, Edition
from torch_portal.desk.written.words import chinese, listed, page, table

WHEN = {
    "registration": "registration",
    "filing": "filing",
    "direct": "direct confirmation",
    "check": "spot check",
}


def sme_rules_page() -> str:
    """The rules with their clauses, bands and limits, then what each year sets."""
    return page(
        "# Rules of the SME evaluation (科技型中小企业评价)",
        "`block` stops the filing, `warn` and `info` are shown and stop nothing. A code never "
        "changes its meaning. What `assess` refuses as malformed are the first six.",
        table(
            ("code", "level", "shown at", "rule", "中文", "clause"),
            (
                (
                    f"`{r.code}`",
                    r.level,
                    f"`{r.field}`" if r.field else "",
                    r.sentence,
                    chinese(r.sentence),
                    r.clause,
                )
                for r in sme_eval.rules.RULES
            ),
        ),
        "## Bands of article 7",
        f"Shares are compared exactly; the lower edge belongs to the band. {_source()}",
        table(("indicator", "of", *"ABCDEF"), _bands()),
        "## Limits of articles 6 and 8",
        _limits(),
        "## Editions",
        "The year of the filing chooses the edition. An unconfirmed number is used and says so; "
        "a window that no notice gives is the year itself and can be set by an official.",
        table(
            ("edition", "document", "guide", "not confirmed"),
            (
                (e.code, e.document_no, e.guide, "; ".join(e.unconfirmed))
                for e in sme_eval.editions.EDITIONS
            ),
        ),
        "### What each year sets",
        table(
            ("number", *(str(e.year) for e in sme_eval.editions.EDITIONS)),
            (
                (name, *(tell(e) for e in sme_eval.editions.EDITIONS))
                for name, tell in _NUMBERS.items()
            ),
        ),
        "### Conditions of article 6 in words",
        table(("no", "until 2021", "from 2022 on"), _conditions()),
    )


def _source() -> str:
    return f"Source: {sme_eval.editions.MEASURES}."


def _bands() -> Iterable[Iterable[str]]:
    editions = sme_eval.editions
    shares = (
        ("S&T personnel", "total staff", editions.PERSONNEL_BANDS),
        ("R&D cost", "sales revenue", editions.REVENUE_BANDS),
        ("R&D cost", "total cost and expense", editions.COST_BANDS),
    )
    for name, of, bands in shares:
        yield name, of, *(_band(band) for band in bands)
    first, others = editions.CLASS_I_BAND, editions.CLASS_II_BANDS
    rights = (f"{b.least} of class II: {b.points}" for b in others)
    yield "rights", "(classes do not add)", f"1 of class I: {first.points}", *rights


def _band(band: Band) -> str:
    return f"≥ {band.least} %: {band.points}" if band.least else f"below: {band.points}"


def _limits() -> str:
    limits = sme_eval.editions.EDITIONS[0].limits
    return listed(
        f"Staff up to {limits.staff}, sales revenue up to {limits.revenue:,} 万元, total assets "
        f"up to {limits.assets:,} 万元.",
        f"Score from {limits.score} on, S&T personnel above 0.",
        f"Award or standard of the last {limits.recent_years} years, date to date.",
        f"Award: among the first {limits.award_rank} units; standard: among the first "
        f"{limits.standard_rank} drafting units (not confirmed in an official text).",
    )


def _day(day: Any) -> str:
    return str(day) if day else "not known"


def _onsite(edition: Edition) -> str:
    o = edition.onsite
    told = [
        f"staff ≤ {o.few_staff}" if o.few_staff is not None else "",
        f"S&T share ≥ {int(o.high_share * 100)} % from {o.high_share_staff} staff on"
        if o.high_share is not None
        else "",
        "no right" if o.no_ip else "",
        f"R&D < {o.small_rd} 万元" if o.small_rd is not None else "",
        f"dishonesty within {o.dishonesty_years} years" if o.dishonesty_years else "",
        "first application" if o.first_time else "",
    ]
    return "; ".join(part for part in told if part) or "none"


def _material(edition: Edition) -> str:
    return "; ".join(
        f"{words}: {', '.join(str(kind.label) for kind in edition.due(when))}"
        for when, words in WHEN.items()
    )


_NUMBERS: Mapping[str, Callable[[Edition], str]] = {
    "filings from": lambda e: _day(e.submit_open),
    "filings until, 24:00": lambda e: _day(e.submit_close),
    "publicity": lambda e: f"{e.publicity.days} working days, the first counted",
    "publicity by": lambda e: _day(e.publicity_by),
    "spot check": lambda e: f"at least {int(e.spot_check_rate * 100)} %",
    "spot check by": lambda e: _day(e.spot_check_by),
    "report by": lambda e: _day(e.report_by),
    "on-site check before publicity": _onsite,
    "tax by audit asked": lambda e: "yes" if e.audit_collection else "no",
    "fraud bars for": lambda e: f"{e.fraud_bar_years} years" if e.fraud_bar_years else "the year",
    "number valid until": lambda e: str(e.number_valid_to()),
    "looks like yuan": lambda e: f"below {e.odd_below} or from {e.odd_above:,} 万元 on",
    "material": _material,
}


def _conditions() -> Iterable[Iterable[Any]]:
    old, new = sme_eval.editions.CONDITIONS_2017, sme_eval.editions.CONDITIONS_2022
    for no, text in old.items():
        yield no, text, "the same" if new[no] == text else new[no]
