"""The cells of one table of a return, as its page shows them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

from stats import queries
from stats.editions import Item, Table
from stats.enums import Kind
from stats.models import Return
from stats.queries.checking import Run
from stats.queries.instruments import RuleSet
from stats.rules import read_value
from stats.rules.totals import Part, totals_of, worked_out

NUMBERS = (Kind.NUMBER, Kind.COUNT)


@dataclass(frozen=True)
class Cell:
    """One cell: what stands in it, and what is said beside it.

    before: last year's value in words. offer: what the portal knows. parts: the items it is the
    total of, as the browser reads them; computed: that total. options: choices of its list.
    asked: whether the item is asked for as things stand.
    """

    item: Item
    shown: str
    before: str
    offer: queries.Offer | None
    error: str
    parts: str
    computed: str
    options: tuple[tuple[str, str], ...]
    asked: bool

    @property
    def name(self) -> str:
        """The code of the item, which is the name of the box."""
        return self.item.code

    @property
    def label(self) -> str:
        """The name of the item."""
        return self.item.label_zh

    @property
    def number(self) -> bool:
        """Whether it holds a number, so that its box shows a keyboard of digits."""
        return self.item.kind in NUMBERS

    @property
    def differs(self) -> bool:
        """Whether the parts add up to something else than what stands in the cell."""
        return bool(self.computed and self.shown and self.computed != self.shown)


@lru_cache(maxsize=32)
def totals(rules: RuleSet) -> Mapping[str, tuple[Part, ...]]:
    """The totals that the rules of a version name, worked out once for each set of rules."""
    return totals_of(rules.rules)


def table_named(report: Return, code: str) -> Table | None:
    """The table of this code in the version that the round asks."""
    return next((t for t in queries.version_of(report.round).tables if t.code == code), None)


def entries_of(table: Table, data: Mapping[str, Any]) -> dict[str, str]:
    """What was sent of a table: code to what was typed; cells that were not sent are left out."""
    return {item.code: str(data[item.code]) for item in table.items if item.code in data}


@dataclass(frozen=True)
class _Page:
    """What the cells of one page are made of."""

    report: Return
    checked: Run
    sent: Mapping[str, str]
    errors: Mapping[str, str]
    known: Mapping[str, queries.Offer]
    sums: Mapping[str, tuple[Part, ...]]


def groups(
    report: Return,
    table: Table,
    checked: Run,
    *,
    sent: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> Iterator[dict[str, Any]]:
    """The cells by section. sent: what was typed, where the page is shown again with it."""
    page = _Page(
        report,
        checked,
        sent or {},
        errors or {},
        queries.offers(report, checked.external, checked.before),
        totals(queries.compiled_rules(report.round.version)),
    )
    cells = [_cell(page, item) for item in table.items]
    for section, listed in groupby(cells, key=lambda cell: cell.item.section):
        yield {"title": section, "cells": list(listed)}


def _shown(report: Return, item: Item) -> str:
    said = report.typed.get(item.code)
    return str(said["typed"]) if said else report.data.get(item.code, "")


def _cell(page: _Page, item: Item) -> Cell:
    instrument = queries.version_of(page.report.round)
    listed = instrument.lists.get(item.choices)
    shown = page.sent.get(item.code, _shown(page.report, item))
    offer = page.known.get(item.code)
    parts = page.sums.get(item.code, ())
    return Cell(
        item=item,
        shown=shown,
        before=queries.in_words(item, instrument, page.checked.before.get(item.code, "")),
        offer=offer if offer and offer.value != shown else None,
        error=page.errors.get(item.code, "") or _unread(page.report, item, shown),
        parts=" ".join(map(str, parts)),
        computed=worked_out(parts, page.report.data) if parts else "",
        options=listed.choices if listed else (),
        asked=queries.is_asked(item.visible_if, page.checked.case),
    )


def _unread(report: Return, item: Item, shown: str) -> str:
    """Why what stands in the box could not be read; "" where it could."""
    said = report.typed.get(item.code, {})
    return str(said["why"]) if said.get("typed") == shown else ""


def for_browser(report: Return, checked: Run) -> dict[str, Any]:
    """What static/stats/form.js works with: rules, kinds, and values that the page has not."""
    instrument = queries.version_of(report.round)
    return {
        "rules": queries.compiled_rules(report.round.version).in_browser,
        "kinds": dict(instrument.kinds),
        "labels": {code: item.label_zh for code, item in instrument.items.items()},
        "data": report.data,
        "previous": dict(checked.before),
        "external": dict(checked.external),
    }


def differences(report: Return, table: Table, entries: Mapping[str, str]) -> list[dict[str, str]]:
    """Cells that differ from those saved meanwhile."""
    found = []
    for item in table.items:
        mine, theirs = entries.get(item.code), _shown(report, item)
        if mine is None or mine.strip() == theirs:
            continue
        if _same(item, mine, theirs):
            continue
        found.append({"name": item.code, "label": item.label_zh, "mine": mine, "theirs": theirs})
    return found


def _same(item: Item, mine: str, theirs: str) -> bool:
    kind = item.kind.value
    value = read_value(kind, mine.replace(",", "")) if item.kind in NUMBERS else None
    return value is not None and value == read_value(kind, theirs)
