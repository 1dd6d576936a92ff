"""Words and tables of the generated pages: Markdown, English with the Chinese beside it."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po
from django.conf import settings

HEAD = "<!-- Written by `make docs` from the code. Do not edit: the next run overwrites it. -->"


def chinese(words: Any) -> str:
    """The Chinese of an English msgid, straight from the committed catalogue."""
    return _catalogue().get(str(words), "")


@cache
def _catalogue() -> dict[str, str]:
    path = Path(settings.LOCALE_PATHS[0]) / "zh_Hans" / "LC_MESSAGES" / "django.po"
    with path.open("rb") as stream:
        messages = read_po(stream, locale="zh_Hans")
    return {m.id: m.string for m in messages if isinstance(m.id, str) and isinstance(m.string, str)}


def page(*parts: str) -> str:
    """Parts under the line that says where the page comes from."""
    return "\n\n".join((HEAD, *parts)) + "\n"


def listed(*items: str) -> str:
    """Items of a list."""
    return "\n".join(f"- {item}" for item in items)


def table(head: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    """A table with its head."""
    names = list(head)
    lines = [names, ["---"] * len(names), *([_cell(c) for c in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(value: Any) -> str:
    return " ".join(str(value).replace("|", "\\|").split())
