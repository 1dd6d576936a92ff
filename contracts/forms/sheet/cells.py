"""Reading one cell by the kind of its column."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from contracts import queries
from contracts.forms.sheet import words
from contracts.forms.sheet.columns import Column
from torch_portal.common.money import display
from torch_portal.common.sheets import BadCell, amount, day, text

PLAIN_AMOUNT = re.compile(r"[0-9]+(,[0-9]{3})*(\.[0-9]+)?")
ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
DRAFT_MARK = re.compile(r"(\d{1,18})/(\d{1,9})")
SPLIT = re.compile(r"[、,，;；/]")

Found = tuple[Any, str, bool]


def read_cell(column: Column, cell: Any, unit: int, learnt: Mapping[str, str]) -> Found:
    """(value, as shown, whether it is not word for word); BadCell or ValidationError."""
    found: Found = READERS[column.kind](column, cell, unit, learnt)
    return found


def _amount(cell: Any, unit: int) -> Found:
    found = amount(cell, unit)
    if found is None:
        return None, "", False
    as_written = not isinstance(cell, str) or bool(PLAIN_AMOUNT.fullmatch(cell.strip()))
    shown = _("%(amount)s yuan") % {"amount": display(found)}
    return found, shown, not as_written


def _day(cell: Any) -> Found:
    found = day(cell)
    shown = found.isoformat() if found else ""
    return found, shown, bool(found) and not ISO.fullmatch(text(cell))


def _choice(name: str, typed: str, learnt: Mapping[str, str]) -> Found:
    code, exact = words.meaning(name, typed, learnt)
    if not code:
        raise BadCell(words.no_such_word(name, typed))
    return code, dict(words.choices(name))[code], not exact


def _many(name: str, typed: str, learnt: Mapping[str, str]) -> Found:
    found = [_choice(name, part, learnt) for part in SPLIT.split(typed) if part.strip()]
    return (
        [code for code, _shown, _changed in found],
        "、".join(shown for _code, shown, _changed in found),
        any(changed for _code, _shown, changed in found),
    )


def _yes_or_no(typed: str) -> Found:
    found = words.yes_or_no(typed)
    if found is None:
        raise BadCell(_("Write yes or no."))
    return found, _("Yes") if found else _("No"), False


def _percent(column: Column, cell: Any) -> Found:
    typed = unicodedata.normalize("NFKC", text(cell))
    if column.field is None:
        return None, "", False
    found = column.field.clean(typed)
    return found, typed if typed.endswith("%") else f"{typed}%", not typed.endswith("%")


def _place(column: Column, typed: str) -> Found:
    if column.field is None:
        return None, "", False
    code = column.field.clean(typed)
    shown = queries.place_name(code)
    return code, shown, not (typed == code or shown.endswith(typed))


def _draft(typed: str) -> Found:
    found = DRAFT_MARK.fullmatch(typed)
    if found is None:
        raise BadCell(_("This mark was changed. Empty it to make a new draft of the row."))
    return (int(found[1]), int(found[2])), typed, False


def _text(column: Column, typed: str) -> Found:
    if column.field is None:
        return typed, typed, False
    found = column.field.clean(typed)
    return found, str(found), False


READERS: Mapping[str, Callable[[Column, Any, int, Mapping[str, str]], Found]] = {
    "amount": lambda _column, cell, unit, _learnt: _amount(cell, unit),
    "day": lambda _column, cell, _unit, _learnt: _day(cell),
    "choice": lambda column, cell, _unit, learnt: _choice(column.name, text(cell), learnt),
    "many": lambda column, cell, _unit, learnt: _many(column.name, text(cell), learnt),
    "yesno": lambda _column, cell, _unit, _learnt: _yes_or_no(text(cell)),
    "percent": lambda column, cell, _unit, _learnt: _percent(column, cell),
    "place": lambda column, cell, _unit, _learnt: _place(column, text(cell)),
    "draft": lambda _column, cell, _unit, _learnt: _draft(text(cell)),
    "phone": lambda _column, cell, _unit, _learnt: (text(cell), text(cell), False),
    "text": lambda column, cell, _unit, _learnt: _text(column, text(cell)),
}
