"""The page of the rules of technology contracts."""

import csv
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import contracts.editions
import contracts.rules
from contracts.enums import Kind
from torch_portal.common.workdays import Limit
from torch_portal.desk.written.words import chinese, listed, page, table

REGIONS = Path(__file__).resolve().parents[2] / "accounts" / "data" / "jurisdictions.csv"


def contracts_rules_page() -> str:
    """The rules with their clauses, then the dated numbers they are applied with."""
    editions, rules = contracts.editions, contracts.rules.RULES
    return page(
        "# Rules of technology contracts (技术合同认定登记)",
        "`block` stops the move, `warn` is shown and stops nothing. A code never changes its "
        "meaning. “On submission”: asked only of a finished application, not of a draft.",
        table(
            ("code", "level", "shown at", "rule", "中文", "clause", "on submission"),
            (
                (
                    r.code,
                    r.level,
                    f"`{r.field}`" if r.field else "",
                    r.sentence,
                    chinese(r.sentence),
                    r.clause,
                    "yes" if r.on_submission else "",
                )
                for r in rules
            ),
        ),
        "## Editions",
        "The day of acceptance chooses the edition. An unconfirmed number is used and says so.",
        table(
            ("edition", "from", "until", "source", "not confirmed"),
            (
                (
                    e.code,
                    e.starts,
                    f"before {e.ends}" if e.ends else "in force",
                    e.source,
                    "; ".join(e.unconfirmed) or ("" if e.confirmed else "the text as a whole"),
                )
                for e in editions.EDITIONS
            ),
        ),
        "### Limits and thresholds of each edition",
        table(
            ("number", *(e.code for e in editions.EDITIONS)),
            ((name, *(tell(e) for e in editions.EDITIONS)) for name, tell in _NUMBERS.items()),
        ),
        *_places(),
    )


_NUMBERS: Mapping[str, Callable[[contracts.editions.Edition], str]] = {
    "review limit": lambda e: _limit(e.limit),
    "review limit, large or disputed": lambda e: _limit(e.large_limit),
    "second review from": lambda e: (
        "; ".join(
            f"{_place(place)}: {_yuan(review.threshold_yuan)} ({review.amount}; {review.clause})"
            for place, review in sorted(e.second_review.items())
        )
        or "none"
    ),
    "hint at a large total from": lambda e: _yuan(e.large_total_yuan),
    "hint at a mistaken unit": lambda e: (
        f"below {_yuan(e.odd_below_yuan)}, above {_yuan(e.odd_above_yuan)}"
    ),
    "application inside the term": lambda e: "asked" if e.term_check else "not asked",
    "hint at the end of the term": lambda e: f"fewer than {e.term_left_days} days left",
    "technology licence as a kind from": lambda e: str(e.licence_from),
    "carriers counted as technology": lambda e: f"up to {e.carrier_sets_max} sets",
    "paper originals": lambda e: "by the notice of 2020" if e.paper == "notice" else "due",
    "time limit after a correction": lambda e: (
        f"{'runs anew' if e.correction_clock.restarts else 'goes on'} ({e.correction_clock.clause})"
    ),
    "experts heard from": lambda e: (
        _yuan(e.expert_review.threshold_yuan) if e.expert_review else ""
    ),
    "title of the certificate": lambda e: e.certificate_title,
}


def _places() -> list[str]:
    editions, tax = contracts.editions, contracts.editions.TRANSFER_TAX
    return [
        "### Review limits of places",
        "They win over the national limit there.",
        table(
            ("place", "limit", "with experts", "from", "until", "binds its planned cities"),
            (
                (
                    _place(o.holds_in),
                    _limit(o.limit),
                    _limit(o.expert) if o.expert else "the same",
                    o.since,
                    f"before {o.until}" if o.until else "in force",
                    "yes" if o.binds_cities else "no",
                )
                for o in editions.OVERLAYS
            ),
        ),
        "### Paper and material",
        listed(
            f"Sub-systems in 2020 (not confirmed in full): {_names(editions.SUB_SYSTEMS)}.",
            f"Paper for data messages too: {_names(editions.PAPER_FOR_DATA_MESSAGES)}.",
            "Usual material that is missing stops an application in: "
            f"{_names(place for place in _regions() if editions.attachments_block(place))}.",
        ),
        table(
            ("kind", "asked for beside the contract text", "with a patent"),
            ((kind.label, *_material(kind)) for kind in Kind),
        ),
        "### Income tax on technology transfer",
        listed(
            f"Free: {_yuan(tax.exempt_yuan)} a tax year, once over all transfers of an enterprise.",
            f"Of the rest {tax.excess_share:%} are taxed at {tax.rate:%}.",
            f"Clause: {tax.clause}.",
        ),
    ]


def _material(kind: Kind) -> tuple[str, str]:
    usual = contracts.editions.usual_attachments(kind, patent=False)
    patent = contracts.editions.usual_attachments(kind, patent=True)
    return (
        ", ".join(str(a.label) for a in usual),
        ", ".join(str(a.label) for a in patent if a not in usual),
    )


def _limit(limit: Limit) -> str:
    return f"{limit.days} {limit.unit.value} days ({limit.clause})"


def _yuan(amount: Any) -> str:
    return f"{amount:,} yuan"


def _names(codes: Iterable[str]) -> str:
    return ", ".join(_place(code) for code in sorted(codes)) or "none"


def _place(code: str) -> str:
    return f"{_regions()[code]} ({code})" if code else "everywhere"


@cache
def _regions() -> dict[str, str]:
    with REGIONS.open(encoding="utf-8", newline="") as stream:
        return {row["code"]: row["name_en"] for row in csv.DictReader(stream)}
