"""What somebody wants exported, and what speaks against it."""

import datetime
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.models import Jurisdiction, User
from torch_portal.common.columns import Column, Report
from torch_portal.common.findings import Finding, Level
from torch_portal.reports.enums import FileFormat, MoneyUnit

LONGEST_YEARS = 10
MINIMUM = "中华人民共和国个人信息保护法 第六条"


@dataclass(frozen=True)
class Wish:
    """A list under a filter, its columns by name, the format, the unit of amounts.

    since, until: both days included. place: code of a jurisdiction, "" for all that may be seen.
    """

    report: Report
    columns: tuple[str, ...]
    file_format: str = FileFormat.XLSX
    unit: str = MoneyUnit.YUAN
    filter: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None
    place: str = ""

    @property
    def chosen(self) -> tuple[Column, ...]:
        """The columns, in the order of the list."""
        return tuple(c for c in self.report.columns if c.name in self.columns)

    @property
    def personal(self) -> bool:
        """Whether the file says something about living people, as attachments always may."""
        return self.file_format == FileFormat.ZIP or any(c.personal for c in self.chosen)

    def key(self, person_id: int | None, language: str) -> str:
        """The same for the same wish of the same person."""
        said = [
            self.report.code, [c.name for c in self.chosen], self.file_format, self.unit,
            self.filter, str(self.since), str(self.until), self.place, person_id, language,
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def findings(wish: Wish, user: User | None) -> list[Finding]:
    """Everything that speaks against a wish, at once."""
    return [*_columns(wish, user), *_range(wish), *_choices(wish)]


def _block(code: str, field: str, message: Any, clause: str = "", **values: Any) -> Finding:
    return Finding(code, Level.BLOCK, field, message, clause, values)


def _columns(wish: Wish, user: User | None) -> list[Finding]:
    found = []
    unknown = sorted(set(wish.columns) - {c.name for c in wish.report.columns})
    if unknown:
        words = _("This list has no column “%(names)s”. Take it out of the choice.")
        found.append(_block("EXPORT-01", "columns", words, names="、".join(unknown)))
    hidden = [] if user is None else [c for c in wish.chosen if not c.allowed(user)]
    if hidden:
        words = _(
            "You may not take out the column “%(names)s”: it says something about people whom you "
            "do not deal with. Take it out of the choice, or ask the agency that does."
        )
        names = "、".join(str(c.label) for c in hidden)
        found.append(_block("EXPORT-02", "columns", words, MINIMUM, names=names))
    if not wish.columns:
        found.append(_block("EXPORT-03", "columns", _("Choose at least one column.")))
    return found


def _range(wish: Wish) -> list[Finding]:
    if not (wish.since and wish.until):
        return []
    if wish.since > wish.until:
        words = _("The range ends (%(until)s) before it begins (%(since)s). Exchange the two days.")
        return [_block("EXPORT-04", "since", words, since=wish.since, until=wish.until)]
    if _years_later(wish.since, LONGEST_YEARS) < wish.until:
        words = _("The range is longer than %(years)d years. Take it in several exports.")
        return [_block("EXPORT-05", "since", words, years=LONGEST_YEARS)]
    return []


def _years_later(day: datetime.date, years: int) -> datetime.date:
    if day.year + years > datetime.MAXYEAR:
        return datetime.date.max
    last = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28 if last else day.day)


def _choices(wish: Wish) -> list[Finding]:
    found = []
    if wish.file_format not in FileFormat.values:
        words = _("“%(typed)s” is no format. Choose xlsx, csv or zip.")
        found.append(_block("EXPORT-06", "file_format", words, typed=wish.file_format))
    if wish.unit not in MoneyUnit.values:
        words = _("“%(typed)s” is no unit of amounts. Choose yuan, wan or yi.")
        found.append(_block("EXPORT-07", "unit", words, typed=wish.unit))
    if wish.place and not Jurisdiction.objects.filter(pk=wish.place).exists():
        words = _("There is no jurisdiction “%(typed)s”. Write its two or four digits.")
        found.append(_block("EXPORT-08", "place", words, typed=wish.place))
    if wish.place and not wish.report.place:
        words = _("This list is one for the whole country. Leave the jurisdiction out.")
        found.append(_block("EXPORT-19", "place", words))
    if wish.file_format == FileFormat.ZIP and wish.report.entries is None:
        words = _("This list has no documents to take along. Choose xlsx or csv.")
        found.append(_block("EXPORT-16", "file_format", words))
    return found


def expressed(columns: Sequence[Column]) -> list[str]:
    """Columns by name, as a row keeps them."""
    return [c.name for c in columns]
