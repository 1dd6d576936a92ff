"""The hotline table: numbers in their form, one entry a day, the reader's own unit first."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from outreach.editions import EMAIL, TELEPHONE, TELEPHONE_BEIJING, TORCH
from outreach.enums import Channel
from torch_portal.common.findings import Finding, Level
from torch_portal.common.i18n import _
from torch_portal.common.rulebook import Problem, Problems, Rule

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class HotlineRow:
    """One entry. owner: code of its unit, `torch` for the Center. valid_to: its last day."""

    order: int
    service: str
    channel: Channel
    value: str
    owner: str = TORCH
    valid_from: date = date(2020, 2, 6)
    valid_to: date | None = None

    def in_force(self, day: date) -> bool:
        """Whether it holds on a day; both ends count."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def overlaps(self, other: "HotlineRow") -> bool:
        """Whether both hold on some day."""
        begins = max(self.valid_from, other.valid_from)
        return begins <= min(self.valid_to or date.max, other.valid_to or date.max)


def resolve(
    rows: Iterable[HotlineRow], service: str, units: Sequence[str], day: date
) -> HotlineRow | None:
    """HOT-07: the entry of a service for a reader: of the nearest unit that has one, else Torch's.

    units: from the nearest on, such as zone, province.
    """
    held = {row.owner: row for row in rows if row.service == service and row.in_force(day)}
    return next((held[unit] for unit in (*units, TORCH) if unit in held), None)


def replaced(old: HotlineRow, new: HotlineRow) -> tuple[HotlineRow, HotlineRow]:
    """HOT-05: the old row closed on the day before, and the new one; ValueError if none is left."""
    if new.valid_from <= old.valid_from:
        raise ValueError("a new entry begins after the one that it replaces")
    return replace(old, valid_to=new.valid_from - ONE_DAY), new


def _telephone(rows: Sequence[HotlineRow]) -> Problems:
    """国科火字〔2020〕38号 附热线电话 (区号、号码、分机)."""
    for i, row in enumerate(rows):
        pattern = TELEPHONE_BEIJING if row.value.startswith("010-") else TELEPHONE
        if row.channel is Channel.TELEPHONE and not re.fullmatch(pattern, row.value, re.ASCII):
            message = _(
                "%(value)s is not a telephone number. Write it like 010-88656337; a number in "
                "Beijing (010) has eight digits after the area code."
            )
            yield Problem(f"rows[{i}].value", message, {"value": row.value})


def _email(rows: Sequence[HotlineRow]) -> Problems:
    """国科火字〔2020〕38号 附热线电话 (电子邮箱)."""
    for i, row in enumerate(rows):
        if row.channel is Channel.EMAIL and not re.fullmatch(EMAIL, row.value):
            message = _("%(value)s is not an e-mail address. Write it like name@ctp.gov.cn.")
            yield Problem(f"rows[{i}].value", message, {"value": row.value})


def _pairs(rows: Sequence[HotlineRow]) -> Iterator[tuple[int, HotlineRow, HotlineRow]]:
    """Each row after an earlier one of the same unit that holds on some of its days."""
    for i, row in enumerate(rows):
        for other in rows[:i]:
            if row.owner == other.owner and row.overlaps(other):
                yield i, row, other


def _twice(rows: Sequence[HotlineRow]) -> Problems:
    """国科火字〔2020〕38号 附热线电话 (每项服务一个入口)."""
    for i, row, other in _pairs(rows):
        if row.service == other.service:
            message = _("%(service)s has another entry from %(day)s on. Close that one first.")
            told = {"service": row.service, "day": str(other.valid_from)}
            yield Problem(f"rows[{i}].valid_from", message, told)


def _order(rows: Sequence[HotlineRow]) -> Problems:
    """国科火字〔2020〕38号 附热线电话 (顺序)."""
    for i, row, other in _pairs(rows):
        if row.order == other.order:
            message = _("Place %(order)s is taken by %(service)s. Choose another.")
            yield Problem(
                f"rows[{i}].order", message, {"order": row.order, "service": other.service}
            )


RULES: tuple[Rule, ...] = (
    Rule("HOT-01", Level.BLOCK, "value", _("A telephone number has its form."), _telephone),
    Rule("HOT-02", Level.BLOCK, "value", _("An e-mail address has its form."), _email),
    Rule("HOT-03", Level.BLOCK, "valid_from", _("A service has one entry a day."), _twice),
    Rule("HOT-04", Level.BLOCK, "order", _("A place has one entry a day."), _order),
)


def check_hotline(rows: Sequence[HotlineRow]) -> list[Finding]:
    """All findings on a table of entries."""
    return [finding for rule in RULES for finding in rule.run(rows)]
