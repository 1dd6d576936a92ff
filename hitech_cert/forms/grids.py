"""Tables whose rows are given: staff, and the R&D cost of a year; parsed cell by cell."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hitech_cert import queries
from hitech_cert.enums import STAFF_GROUPS, CostClass, StaffName
from hitech_cert.forms import cells as c
from hitech_cert.models import Application
from torch_portal.filings.guided.fields import FigureField

ZERO = Decimal(0)
# A figure that can be read in one way only.
PLAIN = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,2})?")
PERSON = c.persons("")
AMOUNT = c.amount("")
STAFF_COLUMNS: Mapping[str, Any] = {"staff": _("Employees"), "st": _("S&T staff")}
COST_COLUMNS: Mapping[str, Any] = {
    "personnel": CostClass.PERSONNEL.label,
    "direct": CostClass.DIRECT.label,
    "depreciation": CostClass.DEPRECIATION.label,
    "amortisation": CostClass.AMORTISATION.label,
    "design": CostClass.DESIGN.label,
    "trial": CostClass.TRIAL.label,
    "other": CostClass.OTHER.label,
    "external": _("Work by others"),
    "external_domestic": _("Of it in the mainland"),
}
GROUPS: Mapping[str, Any] = {
    "": _("Total"),
    "kind": _("Kind of employment"),
    "origin": _("Origin"),
    "education": _("Educational level"),
    "title": _("Professional title"),
    "age": _("Age"),
}


@dataclass(frozen=True)
class Cell:
    """A box: its name in the page, what stands in it, what is wrong with it."""

    name: str
    label: str
    shown: str
    error: str = ""


@dataclass
class Grid:
    """The cells of a table as sent or as saved. values: what could be read; unread: word for word.

    keys: rows in order. columns: names with their heads.
    """

    columns: Mapping[str, Any]
    keys: Sequence[str]
    box: FigureField
    values: dict[str, dict[str, Decimal | None]] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    def read(self, data: Mapping[str, Any]) -> "Grid":
        """Take what was sent, cell by cell."""
        for key in self.keys:
            row = self.values.setdefault(key, dict.fromkeys(self.columns))
            for name in self.columns:
                if f"{key}-{name}" in data:
                    self._take(row, key, name, str(data[f"{key}-{name}"]))
        return self

    def _take(self, row: dict[str, Decimal | None], key: str, name: str, typed: str) -> None:
        if PLAIN.fullmatch(typed):  # most of many hundred cells
            row[name] = round(Decimal(typed), 2)
            return
        try:
            row[name] = self.box.to_python(typed.strip())
        except ValidationError as error:
            row[name] = None
            self.unread[f"{key}-{name}"] = typed
            self.errors[f"{key}-{name}"] = str(error.messages[0])

    def shown(self, key: str, label: str) -> list[Cell]:
        """The boxes of a row."""
        row = self.values.get(key, {})
        return [
            Cell(
                f"{key}-{name}",
                f"{label}: {head}",
                self.unread.get(f"{key}-{name}", "")
                or str(self.box.prepare_value(row.get(name)) or ""),
                self.errors.get(f"{key}-{name}", ""),
            )
            for name, head in self.columns.items()
        ]

    @property
    def wrong(self) -> list[dict[str, str]]:
        """What could not be read, with the way to it."""
        return [{"name": name, "message": words} for name, words in self.errors.items()]


def staff_grid(application: Application) -> Grid:
    """The table of staff as saved, with what could not be read."""
    grid = Grid(STAFF_COLUMNS, StaffName.values, PERSON)
    for row in application.staff.all():
        grid.values[row.name] = {"staff": row.staff, "st": row.st}
    return grid.read(application.typed.get("staff", {}))


def posted_staff(data: Mapping[str, Any]) -> Grid:
    """The table of staff as it was sent."""
    return Grid(STAFF_COLUMNS, StaffName.values, PERSON).read(data)


def staff_rows(grid: Grid) -> Iterator[dict[str, Any]]:
    """Rows by group, each with its boxes."""
    for group, names in STAFF_GROUPS.items():
        rows = [{"label": n.label, "cells": grid.shown(n.value, str(n.label))} for n in names]
        yield {"title": GROUPS[group], "rows": rows}


def running(application: Application, year: int) -> list[Any]:
    """The activities whose days touch a year, and those without days, in their order."""
    return [
        row
        for row in queries.in_order(application.projects)
        if (row.starts_on is None or row.starts_on.year <= year)
        and (row.ends_on is None or row.ends_on.year >= year)
    ]


def cost_keys(application: Application, year: int) -> list[str]:
    """Numbers of the activities of a year, and of any other that has costs in it."""
    listed = [row.code for row in running(application, year)]
    costed = [row.project for row in queries.costs_of(application) if row.year == year]
    return list(dict.fromkeys([*listed, *costed]))


def cost_grid(application: Application, year: int) -> Grid:
    """The costs of a year as saved, with what could not be read."""
    grid = Grid(COST_COLUMNS, cost_keys(application, year), AMOUNT)
    for row in application.costs.all():
        if row.year == year:
            grid.values[row.project] = {name: getattr(row, name) for name in COST_COLUMNS}
    return grid.read(application.typed.get(f"costs-{year}", {}))


def posted_costs(data: Mapping[str, Any], keys: Sequence[str]) -> Grid:
    """The costs of a year as they were sent."""
    return Grid(COST_COLUMNS, keys, AMOUNT).read(data)


def cost_rows(application: Application, grid: Grid, year: int) -> Iterator[dict[str, Any]]:
    """Activities with their boxes, what is worked out, and what the activity says it spent."""
    projects = {row.code: row for row in application.projects.all()}
    place = queries.years_of(application).index(year) + 1
    for key in grid.keys:
        row, project = grid.values.get(key, {}), projects.get(key)
        yield {
            "label": key,
            "name": project.name if project else "",
            "cells": grid.shown(key, key),
            "inside": _sum(row, INSIDE),
            "total": _sum(row, (*INSIDE, "external")),
            "spent": getattr(project, f"spent_{place}") if project else None,
        }


def cost_totals(grid: Grid) -> list[Decimal]:
    """The sum of each column, then of all inside and of everything."""
    rows = list(grid.values.values())
    columns = [sum((row.get(name) or ZERO for row in rows), ZERO) for name in COST_COLUMNS]
    inside = sum((_sum(row, INSIDE) for row in rows), ZERO)
    return [*columns, inside, inside + sum((row.get("external") or ZERO for row in rows), ZERO)]


INSIDE = tuple(name for name in COST_COLUMNS if not name.startswith("external"))


def _sum(row: Mapping[str, Decimal | None], names: Iterable[str]) -> Decimal:
    return sum((row.get(name) or ZERO for name in names), ZERO)
