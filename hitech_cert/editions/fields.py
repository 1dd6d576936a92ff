"""The catalogue of supported fields (国家重点支持的高新技术领域): 8, 52 and 254 titles.

The annex numbers its titles with ordinals only; the dotted codes are ours.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

FIELDS_CLAUSE = "国科发火〔2016〕32号 附件"


@dataclass(frozen=True)
class TechField:
    """One title. path: the names from level 1 down to its own; leaf: nothing lies below it.

    Experts have to name a leaf: a title of level 3, or one of the three of level 2 without any.
    """

    code: str
    ordinal: str
    name: str
    path: tuple[str, ...]
    leaf: bool

    @property
    def level(self) -> int:
        """1, 2 or 3."""
        return len(self.path)


def _walk(rows: list[dict[str, Any]], above: tuple[str, ...] = ()) -> Iterator[TechField]:
    for row in rows:
        below = row.get("children", [])
        path = (*above, row["name"])
        yield TechField(row["code"], row["ordinal"], row["name"], path, leaf=not below)
        yield from _walk(below, path)


def _read() -> dict[str, TechField]:
    text = files("hitech_cert.editions").joinpath("fields.json").read_text(encoding="utf-8")
    return {field.code: field for field in _walk(json.loads(text)["fields"])}


FIELDS: Mapping[str, TechField] = _read()


def leaf(code: str) -> TechField | None:
    """The title of a code that can be named in an application; None for every other code."""
    found = FIELDS.get(code)
    return found if found is not None and found.leaf else None
