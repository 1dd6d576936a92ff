"""What page, workbook, PDF and API say alike: the printed tables with their head and foot."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from torch_portal.reports.models import FrozenTables
from torch_portal.reports.tables import hiding, printing
from torch_portal.reports.tables.build import Table

MATRIX = "T7.4"


@dataclass(frozen=True)
class Paper:
    """The tables of a place and period, ready to be laid out.

    state: live or frozen, in words; digest: of a frozen version. public: small cells are hidden
    and the matrix is left out.
    """

    title: str
    state: str
    unit: str
    public: bool
    tables: tuple[Table, ...]
    printed: tuple[printing.PrintedTable, ...]
    digest: str = ""

    @property
    def notes(self) -> list[str]:
        """How the figures are made, for the foot of every form."""
        notes = [
            _("Counted are registered contracts in force, without those revoked or deregistered."),
            _("Output counts at the seller's region, absorption at the buyer's; a contract inside "
              "a region counts in both."),
            _("Sums, growth and shares are computed from yuan and then rounded half up: amounts "
              "and shares to two decimals, growth to one. — means nothing to compare with."),
        ]  # fmt: skip
        if self.public:
            notes.append(
                _("* hides rows with fewer than three sellers, and rows that would give them away.")
            )
        return notes


def paper(tables: Sequence[Table], *, title: str, state: str, unit: str, public: bool) -> Paper:
    """The tables of one place and period as text in this unit."""
    shown = tuple(t for t in tables if not (public and t.number == MATRIX))
    hidden = hiding.hidden(shown) if public else None
    printed = tuple(printing.printed(shown, unit=unit, hidden=hidden))
    return Paper(title, state, unit, public, shown, printed)


def live_words(at: datetime.datetime) -> str:
    """The state of figures that are read now."""
    words = _("Live, as the contracts stand on %(moment)s; not frozen")
    return words % {"moment": f"{timezone.localtime(at):%Y-%m-%d %H:%M}"}


def frozen_words(row: FrozenTables) -> str:
    """The state of a frozen version."""
    words = _("Frozen on %(day)s, version %(version)s")
    return words % {
        "day": f"{timezone.localtime(row.frozen_at):%Y-%m-%d}",
        "version": row.version,
    }


def matrix(table: Table, unit: str) -> dict[str, Any]:
    """The flows as a grid of amounts: regions that sell in rows, regions that buy in columns."""
    cells = {tuple(line.code.split(">")): line.now for line in table.lines if line.now.items}
    names: dict[str, str] = {}
    for line in table.lines:
        pair = zip(line.code.split(">"), line.label.split(" → "), strict=True)
        names |= dict(pair)
    sellers = sorted({a for a, _b in cells})
    buyers = sorted({b for _a, b in cells})
    rows = [
        {
            "label": names[a],
            "cells": [
                printing.amount(cells[(a, b)].total, unit) if (a, b) in cells else ""
                for b in buyers
            ],
        }
        for a in sellers
    ]
    return {"columns": [names[b] for b in buyers], "rows": rows}


def as_json(made: Paper) -> list[dict[str, Any]]:
    """For programs: yuan as decimal strings, hidden rows as null."""
    hidden = hiding.hidden(made.tables) if made.public else {}
    return [
        {
            "number": t.number,
            "title": t.title,
            "rows": [
                _row(line, hidden.get(t.number, printing.Hidden()), public=made.public)
                for line in ([t.total] if t.total else []) + list(t.lines)
            ],
        }
        for t in made.tables
    ]


def _row(line: Any, hidden: printing.Hidden, *, public: bool) -> dict[str, Any]:
    label = _("Total") if line.code == "total" else line.label
    now = None if line.code in hidden.now else _figures(line.now)
    untold = line.before is None or line.code in hidden.before or now is None
    before = None if untold else _figures(line.before)
    return {"code": line.code, "label": label, "depth": line.depth, "now": now, "before": before}


def _figures(figures: Any) -> dict[str, Any]:
    return {
        "items": figures.items,
        "total_yuan": f"{figures.total:.2f}",
        "technical_yuan": f"{figures.technical:.2f}",
    }
