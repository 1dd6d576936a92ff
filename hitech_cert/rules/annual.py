"""The yearly report of a certified enterprise (年度发展情况报表, 附件6): entries and checks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from hitech_cert.editions import GUIDE
from hitech_cert.enums import IpKind
from torch_portal.common.findings import Finding, Level
from torch_portal.common.i18n import _
from torch_portal.common.money import half_up

CLAUSE = f"{GUIDE} 附件6"
ODD = Decimal(10_000_000)


@dataclass(frozen=True)
class Entry:
    """One figure of the form. unit: "persons", "wan" (万元), "usd" (万美元), "count".

    part_of: the entry that it cannot exceed. signed: it may be below zero.
    """

    name: str
    label: Any
    unit: str
    part_of: str = ""
    signed: bool = False

    @property
    def places(self) -> int:
        """Decimals."""
        return 2 if self.unit in ("wan", "usd") else 0


STAFF = (
    Entry("staff_total", _("Staff in total"), "persons"),
    Entry("staff_st", _("S&T staff"), "persons", part_of="staff_total"),
    Entry("new_jobs", _("New jobs"), "persons", part_of="staff_total"),
    Entry("graduates", _("New jobs for graduates of the year"), "persons", part_of="new_jobs"),
)
MONEY = (
    Entry("total_income", _("Total income"), "wan"),
    Entry("sales", _("Sales"), "wan"),
    Entry("net_assets", _("Net assets"), "wan", signed=True),
    Entry("ht_income", _("High-tech product (service) income"), "wan", part_of="total_income"),
    Entry("tax_paid", _("Tax paid"), "wan"),
    Entry("tax_saved", _("Enterprise income tax saved"), "wan"),
    Entry("profit", _("Total profit"), "wan", signed=True),
    Entry("exports", _("Export earnings"), "usd"),
    Entry("rd_cost", _("R&D cost"), "wan"),
    Entry("rd_domestic", _("R&D cost in the mainland"), "wan", part_of="rd_cost"),
    Entry("rd_basic", _("Cost of basic research"), "wan", part_of="rd_cost"),
)
RIGHTS = tuple(Entry(f"ip_{kind.value}", kind.label, "count") for kind in IpKind)
ENTRIES: tuple[Entry, ...] = (*RIGHTS, *STAFF, *MONEY)
BY_NAME = {entry.name: entry for entry in ENTRIES}


def check_report(figures: Mapping[str, Decimal | None]) -> list[Finding]:
    """Everything that is wrong with a report about to be handed in, at once."""
    return [*_entries(figures), *_parts(figures), *_unusual(figures)]


def _entries(figures: Mapping[str, Decimal | None]) -> Iterator[Finding]:
    for entry in ENTRIES:
        value = figures.get(entry.name)
        if value is None:
            message = _("No figure may be left out. Write 0 where there is none.")
            yield Finding("missing", Level.BLOCK, entry.name, message, CLAUSE)
        elif value < 0 and not entry.signed:
            message = _("A figure cannot be below zero. Write 0 where there is none.")
            yield Finding("negative", Level.BLOCK, entry.name, message, CLAUSE)
        elif value != (half_up(value) if entry.places else value.to_integral_value()):
            message = _("At most two decimals for amounts, whole numbers for the rest.")
            yield Finding("places", Level.BLOCK, entry.name, message, CLAUSE)
        elif entry.places and value >= ODD:
            message = _("%(amount)s 万元 are %(yuan)s yuan. Amounts are in 万元: is it right?")
            values = {"amount": f"{value:,f}", "yuan": f"{value * 10_000:,.0f}"}
            yield Finding("unit", Level.WARN, entry.name, message, CLAUSE, values)


def _parts(figures: Mapping[str, Decimal | None]) -> Iterator[Finding]:
    for entry in ENTRIES:
        part, whole = figures.get(entry.name), figures.get(entry.part_of)
        if entry.part_of and part is not None and whole is not None and part > whole:
            message = _("%(part)s is more than “%(whole)s” (%(most)s), of which it is a part.")
            values = {
                "part": f"{part:f}",
                "whole": BY_NAME[entry.part_of].label,
                "most": f"{whole:f}",
            }
            yield Finding("part", Level.BLOCK, entry.name, message, CLAUSE, values)


def _unusual(figures: Mapping[str, Decimal | None]) -> Iterator[Finding]:
    sales, income = figures.get("sales"), figures.get("total_income")
    if sales is not None and income is not None and sales > income > 0:
        message = _("Sales above total income are unusual. Compare both with the tax return.")
        yield Finding("sales", Level.WARN, "sales", message, CLAUSE)


def due_on(year: int) -> date:
    """The last day for the report on a year (32号 第十三条)."""
    return date(year + 1, 5, 31)
