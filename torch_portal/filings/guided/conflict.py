"""Two windows: what was saved meanwhile beside what was typed here, entry by entry."""

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from torch_portal.filings.guided.saved import typed_after
from torch_portal.filings.guided.steps import StepForm


@dataclass(frozen=True)
class Difference:
    """One entry that differs: as typed here, as saved elsewhere."""

    name: str
    label: str
    mine: str
    theirs: str


def differences(
    row: Any, form: StepForm, *, text: Callable[[Any, str], str], label: Callable[[str], str]
) -> list[Difference]:
    """The entries of a page that differ from the row as it now is; `form` is bound and checked.

    text: an entry of a row in words. label: the name of an entry.
    """
    mine = copy.copy(row)
    mine.typed = typed_after(row, form)
    for name, value in form.readable().items():
        setattr(mine, name, value)
    pairs = [(n, text(mine, n), text(row, n)) for n in form.fields if n != "seen"]
    return [Difference(n, label(n), here, there) for n, here, there in pairs if here != there]
