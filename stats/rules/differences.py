"""What changes from one questionnaire to another, and from one set of rules to another."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from stats.editions import CheckText, ChoiceList, Instrument


@dataclass(frozen=True)
class Difference:
    """One change. act: added, removed, changed or moved.

    part: approval, table, item, list, choice, value, mark or rule. place: its code. column: what
    of it changed, "" for the whole; before, after: as they are written.
    """

    act: str
    part: str
    place: str
    column: str = ""
    before: str = ""
    after: str = ""


# What an item says besides its code, in the order in which people read it.
ITEM_COLUMNS = (
    "table", "section", "label_zh", "kind", "unit", "indent", "choices", "required", "visible_if",
    "decimals", "least", "most", "indicator", "definition_zh", "unconfirmed",
)  # fmt: skip


def between(before: Instrument, after: Instrument) -> list[Difference]:
    """Everything that is different, in the order of the form."""
    return [
        *_record("approval", "", _fields(before.programme), _fields(after.programme)),
        *_record("version", "", _head(before), _head(after)),
        *_parts("table", _by_code(before.tables, ("title_zh",)),
                _by_code(after.tables, ("title_zh",))),
        *_parts("item", _items(before), _items(after)),
        *_moved(before, after),
        *_lists(before.lists, after.lists),
        *_parts("value", _named(before.external.values()), _named(after.external.values())),
        *_parts("mark", _marks(before), _marks(after)),
    ]  # fmt: skip


def between_rules(before: Sequence[CheckText], after: Sequence[CheckText]) -> list[Difference]:
    """Rules added, removed and changed, in the order of the later set."""
    columns = [f.name for f in fields(CheckText) if f.name != "id"]
    return list(
        _parts(
            "rule",
            {rule.id: {c: getattr(rule, c) for c in columns} for rule in before},
            {rule.id: {c: getattr(rule, c) for c in columns} for rule in after},
        )
    )


Record = Mapping[str, Any]


def _parts(
    part: str, before: Mapping[str, Record], after: Mapping[str, Record]
) -> Iterator[Difference]:
    for code, record in after.items():
        if code not in before:
            yield Difference("added", part, code, after=_title(record))
        else:
            yield from _record(part, code, before[code], record)
    for code, record in before.items():
        if code not in after:
            yield Difference("removed", part, code, before=_title(record))


def _record(part: str, place: str, before: Record, after: Record) -> Iterator[Difference]:
    for column, now in after.items():
        then = before[column]
        if then != now:
            yield Difference("changed", part, place, column, _told(then), _told(now))


def _title(record: Record) -> str:
    return str(record.get("label_zh") or record.get("title_zh") or record.get("message_zh") or "")


def _told(value: Any) -> str:
    if value is None or value is False:
        return ""
    return "1" if value is True else str(value)


def _fields(part: Any) -> Record:
    return {f.name: getattr(part, f.name) for f in fields(part)}


def _head(instrument: Instrument) -> Record:
    return {
        "version": instrument.version,
        "period": instrument.period,
        "starts": instrument.starts,
        "source": instrument.source,
        "unconfirmed": "；".join(instrument.unconfirmed),
    }


def _by_code(parts: Iterable[Any], columns: Sequence[str]) -> Mapping[str, Record]:
    return {each.code: {column: getattr(each, column) for column in columns} for each in parts}


def _items(instrument: Instrument) -> Mapping[str, Record]:
    return _by_code(instrument.items.values(), ITEM_COLUMNS)


def _named(parts: Iterable[Any]) -> Mapping[str, Record]:
    return {each.name: {n: v for n, v in _fields(each).items() if n != "name"} for each in parts}


def _marks(instrument: Instrument) -> Mapping[str, Record]:
    return {
        f"{mark.indicator} → {mark.now}": {"mark": mark.mark, "note": mark.note}
        for mark in instrument.comparability
    }


def _lists(
    before: Mapping[str, ChoiceList], after: Mapping[str, ChoiceList]
) -> Iterator[Difference]:
    yield from _parts("list", _bare(before), _bare(after))
    for code in after:
        if code in before:
            yield from _choices(before[code], after[code])


def _bare(lists: Mapping[str, ChoiceList]) -> Mapping[str, Record]:
    """The lists by their codes alone; their choices are compared one by one."""
    return {code: {} for code in lists}


def _choices(before: ChoiceList, after: ChoiceList) -> Iterator[Difference]:
    old, new = (
        {f"{each.code}.{code}": {"label_zh": words} for code, words in each.choices}
        for each in (before, after)
    )
    yield from _parts("choice", old, new)


def _moved(before: Instrument, after: Instrument) -> Iterator[Difference]:
    """Items whose order among those that stay in their table is another."""
    for table in after.tables:
        old = [c for c, i in before.items.items() if i.table == table.code and c in after.items]
        new = [item.code for item in table.items if item.code in before.items]
        old = [code for code in old if after.items[code].table == table.code]
        new = [code for code in new if before.items[code].table == table.code]
        for code in _out_of_order(old, new):
            yield Difference(
                "moved", "item", code, "order",
                str(before.items[code].order), str(after.items[code].order),
            )  # fmt: skip


def _out_of_order(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """The fewest codes that have to be moved for one order to become the other."""
    rank = {code: place for place, code in enumerate(old)}
    longest: list[list[str]] = []
    for code in new:
        runs = [run for run in longest if rank[run[-1]] < rank[code]]
        longest.append([*_longest(runs), code])
    stays = set(_longest(longest))
    return [code for code in new if code not in stays]


def _longest(runs: list[list[str]]) -> list[str]:
    return max(runs, key=lambda run: len(run), default=[])
