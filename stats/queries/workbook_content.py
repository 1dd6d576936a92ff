"""What a workbook without faults says: the plain form of a version, and its rules."""

from collections.abc import Mapping, Sequence
from typing import Any

from stats.queries.workbook import BETWEEN
from stats.queries.workbook_reading import Brought, Row


def content_of(brought: Brought, draft: Mapping[str, Any]) -> dict[str, Any]:
    """The plain form that a workbook without faults says, for a draft (its plain form)."""
    settings = brought.rows["settings"][0]
    items: dict[str, list[Row]] = {}
    for row in brought.rows["survey"]:
        items.setdefault(row["table"], []).append(_item(row))
    return {
        **draft,
        "source": settings["source"],
        "unconfirmed": [part for part in settings["unconfirmed"].split(BETWEEN) if part],
        "external": [
            {"name": r["name"], "label_zh": r["label"], "kind": r["value"], "unit": r["unit"]}
            for r in brought.rows["registers"]
        ],
        "lists": _lists(brought.rows["choices"]),
        "comparability": [
            {"indicator": r["before"], **{n: r[n] for n in ("now", "mark", "note")}}
            for r in brought.rows["comparability"]
        ],
        "tables": [
            {
                "code": r["name"],
                "title_zh": r["label"],
                "unconfirmed": r["unconfirmed"],
                "items": items.get(r["name"], []),
            }
            for r in brought.rows["tables"]
        ],
    }


def _item(row: Row) -> Row:
    return {
        "code": row["name"],
        "label_zh": row["label"],
        "kind": row["type"],
        "unit": row["unit"],
        "section": row["section"],
        "indent": row["indent"] or 0,
        "choices": row["choices"],
        "indicator": row["indicator"] or row["name"],
        "unconfirmed": row["unconfirmed"],
        "required": row["required"] or False,
        "visible_if": row["relevant"],
        "decimals": row["decimals"],
        "least": row["least"],
        "most": row["most"],
        "definition_zh": row["definition"],
    }


def _lists(rows: Sequence[Row]) -> list[Row]:
    lists: dict[str, Row] = {}
    for row in rows:
        each = lists.setdefault(
            row["list_name"], {"code": row["list_name"], "choices": [], "unconfirmed": ""}
        )
        each["choices"].append([row["name"], row["label"]])
        each["unconfirmed"] = each["unconfirmed"] or row["unconfirmed"]
    return list(lists.values())


def rules_of(brought: Brought, starts: str) -> list[Row]:
    """The rules of a workbook by the columns of their table; without a day from the version on."""
    return [
        {
            "key": row["name"],
            "scope": row["scope"],
            "severity": row["severity"],
            "expression": row["constraint"],
            "tolerance": row["tolerance"] or "0",
            "missing": row["missing"],
            "message_zh": row["message"],
            "basis": row["basis"],
            "source": row["source"],
            "note": row["note"],
            "unconfirmed": row["unsure"] or False,
            "active_from": row["active_from"] or starts,
            "active_to": row["active_to"],
        }
        for row in brought.rows["rules"]
    ]
