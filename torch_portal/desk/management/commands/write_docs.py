"""Write the generated pages of docs/: states and rules of every service line, from the code."""

import csv
import difflib
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

import contracts.editions
import contracts.rules
from contracts.enums import Kind
from torch_portal.common.workdays import Limit
from torch_portal.desk.lines import LINES
from torch_portal.filings.transitions import Workflow

HEAD = "<!-- Written by `make docs` from the code. Do not edit: the next run overwrites it. -->"
REGIONS = Path(__file__).resolve().parents[3] / "accounts" / "data" / "jurisdictions.csv"


class Command(BaseCommand):
    """The pages are the same whatever language is active and however often they are written."""

    help = "Write the generated pages of docs/; with --check only compare (exit 1 and a diff)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to compare only."""
        parser.add_argument("--check", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write every page, or show how the committed ones differ."""
        folder = Path(settings.BASE_DIR) / "docs"
        differing = []
        for name, text in pages().items():
            path = folder / name
            committed = path.read_text(encoding="utf-8") if path.exists() else ""
            if committed == text:
                continue
            differing.append(name)
            if options["check"]:
                self.stdout.write(_difference(name, committed, text))
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
                self.stdout.write(f"wrote docs/{name}")
        if options["check"] and differing:
            raise CommandError(f"not as the code says: {', '.join(differing)}. Run: make docs")


def pages() -> dict[str, str]:
    """Every generated page by its name under docs/."""
    with translation.override("en"):
        made = {f"states/{code}.md": states_page(line.workflow) for code, line in LINES.items()}
        return made | {"rules/contracts.md": contracts_rules_page()}


def _difference(name: str, committed: str, text: str) -> str:
    lines = difflib.unified_diff(
        committed.splitlines(), text.splitlines(), f"docs/{name}", "as the code says", lineterm=""
    )
    return "\n".join(lines)


# --- states -----------------------------------------------------------------------------------


def states_page(flow: Workflow) -> str:
    """States with stage and owner, the moves between them, and a diagram."""
    return _page(
        f"# States of a filing: {flow.line}",
        "Each state has exactly one owner and one stage of the vocabulary that all lines share.",
        "```mermaid\nstateDiagram-v2\n" + "\n".join(_arrows(flow)) + "\n```",
        "## States",
        _table(
            ("state", "label", "中文", "stage", "whose turn"),
            (
                (f"`{s}`", flow.labels[s], chinese(flow.labels[s]), f"`{stage}`", flow.owners[s])
                for s, stage in flow.stages.items()
            ),
        ),
        "## Moves",
        "Every move has an action of the same name; what it does is told before it is made.",
        _table(
            ("move", "button", "中文", "who", "from", "to", "reason", "clause", "consequence"),
            (
                (
                    f"`{move.name}`",
                    move.label,
                    chinese(move.label),
                    move.turn,
                    ", ".join(f"`{s}`" for s in flow.stages if s in move.sources),
                    f"`{move.target}`" if move.target else "(same)",
                    "needed" if move.note else "",
                    move.clause,
                    move.consequence,
                )
                for move in flow.moves.values()
            ),
        ),
    )


def _arrows(flow: Workflow) -> Iterator[str]:
    yield f"    [*] --> {flow.start}"
    for move in flow.moves.values():
        for source in (state for state in flow.stages if state in move.sources):
            yield f"    {source} --> {move.target or source}: {move.name}"
    leaving = {s for move in flow.moves.values() if move.target for s in move.sources}
    for state in flow.stages:
        if state not in leaving:
            yield f"    {state} --> [*]"


# --- rules of technology contracts ------------------------------------------------------------


def contracts_rules_page() -> str:
    """The rules with their clauses, then the dated numbers they are applied with."""
    editions, rules = contracts.editions, contracts.rules.RULES
    return _page(
        "# Rules of technology contracts (技术合同认定登记)",
        "`block` stops the move, `warn` is shown and stops nothing. A code never changes its "
        "meaning. “On submission”: asked only of a finished application, not of a draft.",
        _table(
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
        _table(
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
        _table(
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
        _table(
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
        _list(
            f"Sub-systems in 2020 (not confirmed in full): {_names(editions.SUB_SYSTEMS)}.",
            f"Paper for data messages too: {_names(editions.PAPER_FOR_DATA_MESSAGES)}.",
            "Usual material that is missing stops an application in: "
            f"{_names(place for place in _regions() if editions.attachments_block(place))}.",
        ),
        _table(
            ("kind", "asked for beside the contract text", "with a patent"),
            ((kind.label, *_material(kind)) for kind in Kind),
        ),
        "### Income tax on technology transfer",
        _list(
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


# --- words and tables -------------------------------------------------------------------------


def chinese(words: Any) -> str:
    """The Chinese of an English msgid, straight from the committed catalogue."""
    return _catalogue().get(str(words), "")


@cache
def _catalogue() -> dict[str, str]:
    path = Path(settings.LOCALE_PATHS[0]) / "zh_Hans" / "LC_MESSAGES" / "django.po"
    with path.open("rb") as stream:
        messages = read_po(stream, locale="zh_Hans")
    return {m.id: m.string for m in messages if isinstance(m.id, str) and isinstance(m.string, str)}


def _page(*parts: str) -> str:
    return "\n\n".join((HEAD, *parts)) + "\n"


def _list(*items: str) -> str:
    return "\n".join(f"- {item}" for item in items)


def _table(head: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    names = list(head)
    lines = [names, ["---"] * len(names), *([_cell(c) for c in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(value: Any) -> str:
    return " ".join(str(value).replace("|", "\\|").split())
