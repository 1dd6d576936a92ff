"""Instruments of the survey as dated data: programme with its approval, tables, items, lists.

A part that no official text confirms carries its reason in `unconfirmed`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cached_property
from importlib.resources import files
from typing import Any

from stats.enums import Kind


@dataclass(frozen=True)
class Programme:
    """A survey as approved: who approved it under which number, and until which day it is valid.

    valid_to: the last valid day; no return may be asked for after it (统计法: a table past its
    validity may be refused).
    """

    code: str
    name_zh: str
    authority: str
    approver: str
    approval_no: str
    valid_to: date
    unconfirmed: str = ""
    valid_from: date | None = None

    def covers(self, last_day: date) -> bool:
        """Whether a round that collects until this day keeps within the approval."""
        return last_day <= self.valid_to


@dataclass(frozen=True)
class Item:
    """One place of a table: its code, what it asks for and in which unit.

    indicator: the meaning across versions, the code itself where it never changed. order: from 1
    in its table; indent: levels below the item it is a part of. choices: code of its list.
    visible_if: an expression of the check rules; the item is asked for where it holds. decimals:
    most places after the point, None where nothing is said. least, most: bounds as written.
    """

    code: str
    label_zh: str
    kind: Kind
    table: str
    order: int
    unit: str = ""
    section: str = ""
    indent: int = 0
    choices: str = ""
    indicator: str = ""
    unconfirmed: str = ""
    required: bool = False
    visible_if: str = ""
    decimals: int | None = None
    least: str = ""
    most: str = ""
    definition_zh: str = ""


@dataclass(frozen=True)
class ChoiceList:
    """The answers of an item: code and words; a list belongs to one version."""

    code: str
    choices: tuple[tuple[str, str], ...]
    unconfirmed: str = ""


@dataclass(frozen=True)
class Outside:
    """A value that the portal knows from elsewhere, as ext(name) reads it."""

    name: str
    label_zh: str
    kind: Kind
    unit: str = ""


@dataclass(frozen=True)
class Comparability:
    """What an indicator of an earlier version is to one of today: full, partial or broken."""

    indicator: str
    now: str
    mark: str
    note: str


@dataclass(frozen=True)
class Table:
    """One table (表) with its items in order; GQ-004 has none, its columns were never seen."""

    code: str
    title_zh: str
    items: tuple[Item, ...]
    unconfirmed: str = ""


@dataclass(frozen=True, eq=False)
class Instrument:
    """One immutable version of an instrument, from its first day on."""

    programme: Programme
    code: str
    version: str
    period: str
    starts: date
    source: str
    tables: tuple[Table, ...]
    lists: Mapping[str, ChoiceList]
    external: Mapping[str, Outside]
    comparability: tuple[Comparability, ...]
    unconfirmed: tuple[str, ...] = field(default=())

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Every item of every table by its code."""
        return {item.code: item for table in self.tables for item in table.items}

    @cached_property
    def kinds(self) -> Mapping[str, str]:
        """The kind of each item and of each outside value, by its name."""
        outside = {known.name: known.kind.value for known in self.external.values()}
        return outside | {item.code: item.kind.value for item in self.items.values()}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What the facts may call it: the whole, its version, or one of its tables."""
        return (self.code, self.version, *(table.code for table in self.tables))


def load(name: str) -> Instrument:
    """The instrument of a data file beside this module."""
    text = files("stats.editions").joinpath(name).read_text(encoding="utf-8")
    return from_data(json.loads(text))


def from_data(data: Mapping[str, Any]) -> Instrument:
    """An instrument from its plain form."""
    programme = dict(data["programme"])
    programme["valid_to"] = date.fromisoformat(programme["valid_to"])
    if programme.get("valid_from"):
        programme["valid_from"] = date.fromisoformat(programme["valid_from"])
    lists = (
        ChoiceList(
            row["code"],
            tuple((code, words) for code, words in row["choices"]),
            row.get("unconfirmed", ""),
        )
        for row in data["lists"]
    )
    outside = (Outside(**row | {"kind": Kind(row["kind"])}) for row in data["external"])
    return Instrument(
        programme=Programme(**programme),
        code=data["code"],
        version=data["version"],
        period=data["period"],
        starts=date.fromisoformat(data["starts"]),
        source=data["source"],
        tables=tuple(_table(row) for row in data["tables"]),
        lists={each.code: each for each in lists},
        external={each.name: each for each in outside},
        comparability=tuple(Comparability(**row) for row in data["comparability"]),
        unconfirmed=tuple(data["unconfirmed"]),
    )


def _table(row: Mapping[str, Any]) -> Table:
    items = (
        Item(**each | {"kind": Kind(each["kind"]), "table": row["code"], "order": order})
        for order, each in enumerate(row["items"], 1)
    )
    named = tuple(_named(item) for item in items)
    return Table(row["code"], row["title_zh"], named, row.get("unconfirmed", ""))


def _named(item: Item) -> Item:
    """The item with its code as indicator where the data gives no other."""
    return item if item.indicator else Item(**{**vars(item), "indicator": item.code})


def to_data(instrument: Instrument) -> dict[str, Any]:
    """The plain form of an instrument; from_data gives the instrument again."""
    programme = _said(instrument.programme)
    for name in ("valid_from", "valid_to"):
        if name in programme:
            programme[name] = programme[name].isoformat()
    return {
        "programme": programme,
        "code": instrument.code,
        "version": instrument.version,
        "period": instrument.period,
        "starts": instrument.starts.isoformat(),
        "source": instrument.source,
        "unconfirmed": list(instrument.unconfirmed),
        "external": [_said(each) for each in instrument.external.values()],
        "lists": [_list_data(each) for each in instrument.lists.values()],
        "comparability": [_said(each) for each in instrument.comparability],
        "tables": [_table_data(each) for each in instrument.tables],
    }


def _said(part: Any) -> dict[str, Any]:
    """The fields of a part that say something, plain."""
    plain = {f.name: getattr(part, f.name) for f in fields(part)}
    told = {name: value for name, value in plain.items() if value not in ("", None, 0, False)}
    return {name: str(v) if isinstance(v, Kind) else v for name, v in told.items()}


def _list_data(each: ChoiceList) -> dict[str, Any]:
    return {**_said(each), "choices": [list(choice) for choice in each.choices]}


def _table_data(table: Table) -> dict[str, Any]:
    return {**_said(table), "items": [_item_data(item) for item in table.items]}


def _item_data(item: Item) -> dict[str, Any]:
    """An item without what its place and its code say already."""
    plain = {n: v for n, v in _said(item).items() if n not in {"table", "order"}}
    if plain["indicator"] == item.code:
        del plain["indicator"]
    if item.decimals == 0:
        plain["decimals"] = 0
    return plain
