"""A row as understood: its entries, what is wrong with it, what has to be confirmed."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import JSONField

from contracts.enums import DeductionKind
from contracts.forms.sheet.columns import COLUMNS, COST, DRAFT, PHONE, label_of
from contracts.models import Contract
from torch_portal.common.findings import Level
from torch_portal.filings.models import ImportRow


@dataclass(frozen=True)
class Entry:
    """One cell. shown: as understood; changed: not word for word, so it is to be confirmed."""

    name: str
    typed: str
    value: Any = None
    shown: str = ""
    changed: bool = False
    error: str = ""

    @property
    def label(self) -> str:
        """The words for its column."""
        return label_of(self.name)


@dataclass
class CheckedRow:
    """One row as understood. findings: {"level", "name", "message", "cell"}, worst first."""

    row: ImportRow
    entries: dict[str, Entry]
    findings: list[dict[str, str]] = field(default_factory=list)

    def say(self, level: Level, name: str, message: str) -> None:
        """Add a finding."""
        self.findings.append({"level": str(level), "name": name, "message": message})

    @property
    def bad(self) -> bool:
        """Whether something stops it."""
        return any(f["level"] == Level.BLOCK for f in self.findings)

    @property
    def warned(self) -> bool:
        """Whether something should be looked at."""
        return any(f["level"] == Level.WARN for f in self.findings)

    @property
    def draft(self) -> tuple[int, int] | None:
        """The draft that the row brings back: its id and the save it was made from."""
        known = self.entries.get(DRAFT)
        return known.value if known else None

    def readings(self) -> list[list[str]]:
        """What was not taken word for word, as [column, typed, shown, code]."""
        return [
            [e.name, e.typed, e.shown, _code(e)]
            for e in self.entries.values()
            if e.changed and not e.error
        ]

    def values(self) -> dict[str, Any]:
        """What was understood, by column of the contract.

        A row that brings a draft back also says what was emptied.
        """
        found = {
            name: _empty(name) if entry.value is None else entry.value
            for name, entry in self.entries.items()
            if name not in (DRAFT, PHONE) and not name.startswith(COST)
            if entry.value is not None or self.draft
        }
        kind = found.pop("kind", None)
        if kind:
            found["kind"] = kind[0]
            if kind[1] and not found.get("subkind"):
                found["subkind"] = kind[1]
        return found

    def deductions(self) -> list[dict[str, Any]] | None:
        """The non-technical costs; None when the table has no column for any."""
        listed = {n: e for n, e in self.entries.items() if n.startswith(COST)}
        if not listed:
            return None
        return [
            {"kind": DeductionKind(n.removeprefix(COST)), "amount_yuan": e.value, "note": ""}
            for n, e in listed.items()
            if e.value
        ]

    def get(self, name: str) -> Any:
        """The value understood for a column, None where there is none."""
        entry = self.entries.get(name)
        return entry.value if entry else None


def _empty(name: str) -> Any:
    """What an emptied entry is in the table of contracts."""
    column = Contract._meta.get_field(name)
    if isinstance(column, JSONField):
        return []
    return None if column.null else ""


@dataclass(frozen=True)
class Reading:
    """A word that was not taken word for word: what it was read as, how often it stands there.

    code: of the vocabulary, "" for amounts and days.
    """

    name: str
    typed: str
    shown: str
    code: str
    count: int

    @property
    def label(self) -> str:
        """The words for its column."""
        return label_of(self.name)


def _code(entry: Entry) -> str:
    """The code behind a word; a kind with its sub-kind is that of the sub-kind."""
    if entry.name == "kind":
        return str(entry.value[1] or entry.value[0])
    return entry.value if COLUMNS[entry.name].kind == "choice" else ""
