"""A row of a spreadsheet read as a contract: what was understood, and what is wrong with it."""

import datetime
import hashlib
import statistics
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from contracts import editions, queries, rules
from contracts.actions.draft import own_side
from contracts.enums import Applicant
from contracts.forms.sheet import words
from contracts.forms.sheet.cells import read_cell
from contracts.forms.sheet.checked import CheckedRow, Entry
from contracts.forms.sheet.columns import COLUMNS, DRAFT, PHONE, Column
from contracts.rules.soft import is_placeholder
from torch_portal.common.findings import Level
from torch_portal.common.money import display
from torch_portal.common.sheets import BadCell, amount, text
from torch_portal.filings.models import ImportHabit, ImportRow, ImportRun

# So many times more or less than the middle of the column looks like a mistaken unit.
ODD_TIMES = 500
ENOUGH_AMOUNTS = 5
# Said when the filing is checked; of no use while a list is read.
LATER = ("VS-01",)
# Stops a submission today, but a draft can wait for its day.
WAITS = ("VH-19",)
FACTS = frozenset(queries.PLAIN)
WORST_FIRST = {str(level): n for n, level in enumerate(Level)}


class Reader:
    """Reads the rows of one run: its columns, the words learnt, places met before."""

    def __init__(self, run: ImportRun, habit: ImportHabit, day: datetime.date) -> None:
        self.enterprise = run.enterprise
        self.columns: list[tuple[int, Column, int]] = [
            (int(place), COLUMNS[spec["field"]], int(spec.get("unit") or 1))
            for place, spec in run.columns.items()
            if spec["field"] in COLUMNS
        ]
        self.places = {column.name: place for place, column, _unit in self.columns}
        self.in_order = sorted(self.columns, key=lambda c: c[1].name == "kind")
        self.learnt: Mapping[str, Mapping[str, str]] = habit.words
        self.day = day
        self.edition = editions.on(day, self.enterprise.jurisdiction_id)
        self.own = own_side(Applicant.SELLER, self.enterprise)
        self.read_before: dict[tuple[str, str, bool], Any] = {}
        self.rows = run.rows
        self.left = run.left
        self.middle = Decimal(run.survey["middle"]) if run.survey.get("middle") else None
        self.times: Counter[str] | None = None
        self.filed: dict[tuple[str, Any, Any], str] | None = None

    @cached_property
    def saves(self) -> dict[int, int]:
        """The drafts that rows may bring back, where a column has their marks."""
        has_marks = any(column.name == DRAFT for _place, column, _unit in self.columns)
        return queries.draft_saves(self.enterprise) if has_marks else {}

    def survey(self, rows: Iterable[ImportRow]) -> None:
        """Look over the whole table: the usual amount, entries that stand in it twice.

        Without it a row is compared by asking the database, with what was found the last time.
        """
        self.times = Counter()
        unit = next((u for _p, c, u in self.columns if c.name == "total_yuan"), 1)
        amounts = []
        for row in rows:
            if row.skipped:
                continue
            self.times[self.key(row)] += 1
            try:
                found = amount(*self._cell(row, "total_yuan", unit))
            except BadCell:
                continue
            if found:
                amounts.append(found)
        self.middle = statistics.median(amounts) if len(amounts) >= ENOUGH_AMOUNTS else None
        self.filed = queries.filed_by(self.enterprise)

    def key(self, row: ImportRow) -> str:
        """The same for two rows that name the same project, buyer, amount and day."""
        names = ("project_name", "buyer_name", "total_yuan", "signed_on")
        words = "\x1f".join(text(self._cell(row, name, 1)[0]) for name in names)
        return hashlib.blake2b(words.encode(), digest_size=8).hexdigest()

    def _cell(self, row: ImportRow, name: str, unit: int) -> tuple[Any, int]:
        """A cell and its unit; what was mended is in yuan."""
        if name in row.mended:
            return row.mended[name], 1
        place = self.places.get(name)
        return (row.cells[place] if place is not None and place < len(row.cells) else ""), unit

    def read(self, row: ImportRow) -> CheckedRow:
        """A row as understood, with what was found when it was checked."""
        return CheckedRow(row, {e.name: e for e in self._entries(row)}, list(row.findings))

    def check(self, row: ImportRow) -> CheckedRow:
        """Everything that can be said of a row."""
        checked = CheckedRow(row, {e.name: e for e in self._entries(row)})
        for entry in checked.entries.values():
            if entry.error:
                checked.say(Level.BLOCK, entry.name, entry.error)
        self._look(checked)
        if not checked.bad:
            self._rules(checked)
        checked.findings.sort(key=lambda f: WORST_FIRST[f["level"]])
        for finding in checked.findings:
            finding["cell"] = self._address(row, finding["name"])
        return checked

    def _address(self, row: ImportRow, name: str) -> str:
        """Where an entry stands in the sheet, such as F12; "" for what no column holds."""
        place = self.places.get(name)
        return "" if place is None else f"{get_column_letter(self.left + place)}{row.number}"

    def _entries(self, row: ImportRow) -> Iterable[Entry]:
        """The cells in the order of the columns; the kind last, as it depends on the days."""
        listed = self.in_order
        more = [(-1, COLUMNS[n], 1) for n in row.mended if n in COLUMNS and n not in self.places]
        if more:
            listed = sorted([*listed, *more], key=lambda c: c[1].name == "kind")
        signed_on = None
        for _place, column, unit in listed:
            cell, unit = self._cell(row, column.name, unit)
            entry = self._entry(column, cell, unit, signed_on)
            if column.name == "signed_on":
                signed_on = entry.value
            yield entry

    def _entry(
        self, column: Column, cell: Any, unit: int, signed_on: datetime.date | None
    ) -> Entry:
        typed = text(cell)
        if not typed:
            return Entry(column.name, "")
        try:
            value, shown, changed = self._read(column, cell, unit, signed_on)
        except (BadCell, ValidationError) as error:
            said = error.messages[0] if isinstance(error, ValidationError) else str(error)
            return Entry(column.name, typed, error=said)
        return Entry(column.name, typed, value, shown, changed)

    def _read(
        self, column: Column, cell: Any, unit: int, signed_on: datetime.date | None
    ) -> tuple[Any, str, bool]:
        """(value, as shown, changed); what does not depend on the row is read once."""
        learnt = self.learnt.get(column.name, {})
        if column.name == "kind":
            signed = min(signed_on or self.day, self.day)
            key = ("kind", text(cell), signed >= self.edition.licence_from)
            if key not in self.read_before:
                self.read_before[key] = self._kind(key[1], signed, learnt)
            return self._found(key)
        if column.kind not in ("choice", "place", "many"):
            return read_cell(column, cell, unit, learnt)
        key = (column.name, text(cell), False)
        if key not in self.read_before:
            try:
                self.read_before[key] = read_cell(column, cell, unit, learnt)
            except (BadCell, ValidationError) as error:
                self.read_before[key] = error
        return self._found(key)

    def _found(self, key: tuple[str, str, bool]) -> tuple[Any, str, bool]:
        found = self.read_before[key]
        if isinstance(found, Exception):
            raise found
        return found

    def _kind(
        self, typed: str, signed_on: datetime.date, learnt: Mapping[str, str]
    ) -> tuple[Any, str, bool] | BadCell:
        """The kind behind its name, or what is wrong with the name."""
        since = self.edition.licence_from
        kind, subkind, exact = words.kind_meaning(typed, learnt, signed_on, since)
        if not kind:
            return BadCell(words.no_such_word("kind", typed))
        return (kind, subkind), queries.kind_name(kind, subkind), not exact

    def _look(self, checked: CheckedRow) -> None:
        """What can be seen without the rules."""
        row, total = checked.row, checked.get("total_yuan")
        if "total_yuan" in checked.entries and not checked.entries["total_yuan"].typed:
            checked.say(Level.WARN, "total_yuan", _("The amount is missing."))
        if not checked.get("project_name"):
            checked.say(Level.BLOCK, "project_name", _("Name the project, to find it again."))
        phone = checked.entries.get(PHONE)
        if phone and phone.typed and is_placeholder(phone.typed):
            checked.say(Level.WARN, PHONE, _("“%(typed)s” is a filler.") % {"typed": phone.typed})
        if row.hidden:
            checked.say(Level.WARN, "", _("This row is hidden in the sheet. Is it meant?"))
        if self.middle and total and self._odd(total):
            checked.say(
                Level.WARN,
                "total_yuan",
                _("%(total)s yuan is far from the others (middle: %(middle)s). Is the unit right?")
                % {"total": display(total), "middle": display(self.middle)},
            )
        self._doubles(checked)
        self._term(checked)
        self._draft(checked)

    def _draft(self, checked: CheckedRow) -> None:
        """The draft that a row brings back is still there, and as it was when it went out."""
        if not checked.draft:
            return
        pk, seen = checked.draft
        if pk not in self.saves:
            checked.say(
                Level.BLOCK,
                DRAFT,
                _("This draft is no longer yours to change. Empty the mark to make a new one."),
            )
        elif self.saves[pk] != seen:
            checked.say(
                Level.BLOCK,
                DRAFT,
                _("The draft was saved since this workbook was made. Download the drafts anew."),
            )

    def _odd(self, total: Decimal) -> bool:
        middle = self.middle or total
        return total > middle * ODD_TIMES or total * ODD_TIMES < middle

    def _doubles(self, checked: CheckedRow) -> None:
        if self._stands_twice(checked.row):
            checked.say(Level.WARN, "project_name", _("The same row stands in the table twice."))
        same = (checked.get("buyer_name"), checked.get("signed_on"), checked.get("total_yuan"))
        filed = self._filed(same) if all(same[:2]) and not checked.draft else None
        if filed is not None:
            checked.say(
                Level.WARN,
                "project_name",
                _("Same buyer, day and amount as %(other)s, which you have already.")
                % {"other": filed},
            )

    def _stands_twice(self, row: ImportRow) -> bool:
        key = self.key(row)
        if self.times is not None:
            return self.times[key] > (0 if row.skipped else 1)
        return bool(self.rows.filter(key=key, skipped=False).exclude(pk=row.pk).exists())

    def _filed(self, same: tuple[str, Any, Any]) -> str | None:
        filed = queries.filed_by(self.enterprise, same) if self.filed is None else self.filed
        return filed.get(same)

    def _term(self, checked: CheckedRow) -> None:
        """An end before the signing, where no beginning is stated."""
        signed, ends = checked.get("signed_on"), checked.get("ends_on")
        if signed and ends and not checked.get("starts_on") and ends < signed:
            checked.say(
                Level.BLOCK,
                "ends_on",
                _("The term ends on %(ends)s, before the signing on %(signed)s.")
                % {"ends": ends, "signed": signed},
            )

    def _rules(self, checked: CheckedRow) -> None:
        """What the rules say of what is known so far; what is missing is asked for later."""
        found = checked.values()
        costs = checked.deductions()
        total = found.get("total_yuan")
        known: dict[str, Any] = {n: v for n, v in found.items() if n in FACTS}
        known |= self.own | {"applicant": Applicant.SELLER, "classified": False}
        if total is not None and costs is not None:
            lines = tuple(rules.Deduction(d["kind"], d["amount_yuan"]) for d in costs)
            known |= {"deductions": lines, "technical_yuan": rules.technical_amount(total, lines)}
        facts = rules.Facts(
            **known | {"contains": frozenset(found.get("contains") or ())},
            applied_on=self.day,
            accepted_on=self.day,
            jurisdiction=self.enterprise.jurisdiction_id,
        )
        for finding in rules.check(facts, self.edition, complete=False):
            if finding.level is not Level.INFO and finding.code not in LATER:
                level = Level.WARN if finding.code in WAITS else finding.level
                checked.say(level, finding.field, finding.text())
