"""Where an entry, a cell of a table or a fact of the rules stands, and what it is called."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from hitech_cert import queries
from hitech_cert.enums import StaffName
from hitech_cert.forms.grids import COST_COLUMNS, STAFF_COLUMNS
from hitech_cert.forms.pages import PAGES
from hitech_cert.forms.rows import TABLES, label_in
from hitech_cert.models import Application

PARTED = re.compile(r"(?P<name>[a-z_0-9]+)(?:\[(?P<place>\d+)\])?(?:\.(?P<rest>.+))?")
COLUMN_PAGE = {name: key for key, form in PAGES.items() for name in form.base_fields}
TABLE_TITLES: Mapping[str, Any] = {
    **{name: table.title for name, table in TABLES.items()},
    "staff": _("Staff"),
    "costs": _("R&D cost by year"),
}
# Facts of the rules by the table or entry that they are worked out from.
FACTS: Mapping[str, str] = {
    "ip_class1": "rights",
    "ip_class2": "rights",
    "staff_total": "staff",
    "staff_st": "staff",
    "ps": "products",
    "ht_income": "products",
    "rd_years": "costs",
    "transformations": "results",
    "intermediary": "agency_name",
    "sales": "sales_3",
    "net_assets": "net_assets_3",
}
REPORTED = {
    "rd_total": "reported_rd",
    "rd_domestic": "rd_domestic",
    "ht_income": "reported_income",
}


@dataclass(frozen=True)
class Place:
    """A place of the form. step: its page; anchor: the id of its box without "field-".

    row: the key of the row with a page of its own. year: of the costs. label: what it is called.
    name: of the entry or table that a correction list would name.
    """

    step: str
    anchor: str
    label: str
    name: str
    table: str = ""
    row: int | None = None
    year: int | None = None


NOWHERE = Place("", "", "", "")


def place_of(application: Application, field: str) -> Place:
    """The place of an entry, a cell ("projects[2].budget") or a fact; NOWHERE for the whole."""
    match = PARTED.fullmatch(field)
    if match is None:
        return NOWHERE
    name, place, rest = match["name"], match["place"], match["rest"] or ""
    if name == "main" and rest.startswith("reported."):
        return _entry(REPORTED[rest.removeprefix("reported.")])
    if name in ("sales", "net_assets") and place is not None:
        return _entry(f"{name}_{_year_place(application, name, int(place))}")
    if name == "rd_years" and place is not None:
        return _cost_year(application, int(place), rest)
    if name == "attachments":
        return Place("files", rest, str(_("Files")), "attachments")
    name = FACTS.get(name, name)
    if place is None or name not in FINDERS:
        return _staff(rest) if name == "staff" and rest else _entry(name)
    return FINDERS[name](application, int(place), rest)


def _entry(name: str) -> Place:
    """An entry of a page, or a table as a whole."""
    if name in COLUMN_PAGE:
        label = PAGES[COLUMN_PAGE[name]].base_fields[name].label
        return Place(COLUMN_PAGE[name], name, str(label), name)
    if name in TABLE_TITLES:
        step = TABLES[name].step if name in TABLES else name
        return Place(step, name, str(TABLE_TITLES[name]), name, table=name)
    if name in ("intake", "agency"):
        words = {"intake": _("Batch of certification"), "agency": _("Bureau of your place")}
        return Place("review", name, str(words[name]), name)
    return NOWHERE


def _year_place(application: Application, name: str, place: int) -> int:
    """Which of the three boxes a figure of the operating years stands in."""
    return 3 - len(queries.yearly(application, name)) + place + 1


def _row(table: str) -> Callable[[Application, int, str], Place]:
    def find(application: Application, place: int, cell: str) -> Place:
        rows = queries.in_order(getattr(application, table))
        if place >= len(rows):
            return _entry(table)
        cell = {"id": "name", "spent": "spent_3", "ip": "rights"}.get(cell, cell)
        code = rows[place].code
        named = code if code[:2].isalpha() else f"{TABLE_TITLES[table]} {code}"
        label = f"{named} {label_in(table, cell)}".strip()
        return Place(TABLES[table].step, cell, label, table, table=table, row=rows[place].pk)

    return find


def _staff(rest: str) -> Place:
    """A row or a cell of the table of staff ("doctor.st")."""
    name, _dot, column = rest.partition(".")
    if name not in StaffName.values:
        return _entry("staff")
    column = column or "st"
    label = f"{StaffName(name).label}: {STAFF_COLUMNS[column]}"
    return Place("staff", f"{name}-{column}", label, "staff", table="staff")


def _staff_row(application: Application, place: int, cell: str) -> Place:
    known = {row.name for row in application.staff.all()}
    rows = [name for name in StaffName.values if name in known]
    return _staff(f"{rows[place]}.{cell}" if place < len(rows) else "")


def _cost(application: Application, place: int, cell: str) -> Place:
    rows = queries.costs_of(application)
    if place >= len(rows):
        return _entry("costs")
    row = rows[place]
    column = cell if cell in COST_COLUMNS else "personnel"
    label = f"{row.project} {row.year} {COST_COLUMNS.get(cell, '')}"
    anchor = f"{row.project}-{column}"
    return Place("costs", anchor, label.strip(), "costs", table="costs", year=row.year)


def _cost_year(application: Application, place: int, cell: str) -> Place:
    years = sorted({row.year for row in application.costs.all()})
    year = years[place] if place < len(years) else None
    label = f"{TABLE_TITLES['costs']} {year or ''} {COST_COLUMNS.get(cell, '')}"
    return Place("costs", "costs", label.strip(), "costs", table="costs", year=year)


FINDERS: Mapping[str, Callable[[Application, int, str], Place]] = {
    **{table: _row(table) for table in TABLES},
    "staff": _staff_row,
    "costs": _cost,
}


def field_label(name: str) -> str:
    """The label of an entry or table that a correction list names."""
    if name == "attachments":
        return str(_("Files"))
    return _entry(FACTS.get(name, name)).label


def step_of(name: str) -> str:
    """The page of an entry or table that a correction list names; "" for the form as a whole."""
    return "files" if name == "attachments" else _entry(FACTS.get(name, name)).step
