"""Opening a workbook that somebody sent: xlsx, xls or csv, judged by its bytes.

Formulas come with the value that the sheet last showed. Macros, passwords, bombs and sheets beyond
the limits are refused with a sentence that says what to do.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import python_calamine as calamine
from django.utils.translation import gettext as _

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
# Names of streams in an old container, as they stand there in UTF-16.
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MACROS = tuple(name.encode("utf-16-le") for name in ("_VBA_PROJECT", "VBA"))
WORKBOOKS = ("xl/workbook.xml", "xl/workbook.bin")
HIDDEN_ROW = re.compile(rb"<row\b[^>]*?\bhidden=\"(?:1|true)\"[^>]*>")
ROW_NUMBER = re.compile(rb"\br=\"(\d+)\"")
PIECE = 1 << 20
LONGEST_TAG = 1024


class BadSheet(ValueError):
    """This file cannot be read as a table; the message says why and how to mend it."""


@dataclass(frozen=True)
class Limits:
    """How much is taken: bytes sent, bytes unpacked, rows and columns of the sheet."""

    size: int = 20 * 1024**2
    unpacked: int = 400 * 1024**2
    rows: int = 100_000
    columns: int = 100


@dataclass(frozen=True)
class Sheet:
    """The first visible sheet. rows: cells as they came (str, int, float, bool, date, time).

    first, left: numbers of the first row and column as the spreadsheet counts. hidden: numbers of
    hidden rows. others: names of visible sheets that were not read.
    """

    name: str
    rows: list[list[Any]]
    first: int = 1
    left: int = 1
    hidden: frozenset[int] = frozenset()
    others: tuple[str, ...] = ()


def read(data: bytes, limits: Limits | None = None) -> Sheet:
    """The table in a file; BadSheet with a sentence for the person who sent it."""
    limits = limits or Limits()
    check_size(data, limits)
    if data.startswith(ZIP):
        hidden = _check_package(data, limits)
        return _workbook(data, limits, hidden)
    if data.startswith(OLE):
        _check_container(data)
        return _workbook(data, limits, {})
    return _separated(data, limits)


def read_all(data: bytes, limits: Limits | None = None, most: int = 20) -> list[Sheet]:
    """Every visible sheet of a workbook, at most so many; BadSheet as with read."""
    limits = limits or Limits()
    check_size(data, limits)
    if data.startswith(ZIP):
        return _sheets(data, limits, _check_package(data, limits), most)
    if data.startswith(OLE):
        _check_container(data)
        return _sheets(data, limits, {}, most)
    return [_separated(data, limits)]


def check_size(data: bytes, limits: Limits | None = None) -> None:
    """Refuse, with BadSheet, a file that is empty or too big."""
    limits = limits or Limits()
    if not data:
        raise BadSheet(_("The file is empty. Choose it again."))
    if len(data) > limits.size:
        raise BadSheet(
            _("The file has %(size)s MB; at most %(limit)s MB can be read. Split the list.")
            % {"size": f"{len(data) / 1024**2:.1f}", "limit": limits.size // 1024**2}
        )


def _check_package(data: bytes, limits: Limits) -> dict[str, frozenset[int]]:
    """Refuse what is dangerous in a package; the hidden rows of each sheet by its part's name."""
    hidden: dict[str, frozenset[int]] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
            if not any(name in names for name in WORKBOOKS):
                raise BadSheet(_not_a_table())
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise BadSheet(_macros())
            left = limits.unpacked
            for info in package.infolist():
                hidden[info.filename], size = _hidden_rows(_pieces(package, info, left))
                left -= size
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise BadSheet(_damaged()) from error
    return hidden


def _pieces(package: zipfile.ZipFile, info: zipfile.ZipInfo, left: int) -> Iterator[bytes]:
    """The bytes of one part, never more than are left; a part that lies about its size fails."""
    with package.open(info) as part:
        while piece := part.read(PIECE):
            left -= len(piece)
            if left < 0:
                raise BadSheet(_("The file unpacks to far more than a list needs. Save it anew."))
            yield piece


def _hidden_rows(pieces: Iterable[bytes]) -> tuple[frozenset[int], int]:
    """(Numbers of the hidden rows, bytes) of a part; a tag may begin in one piece and end in the
    next."""
    numbers: set[int] = set()
    size, before = 0, b""
    for piece in pieces:
        size += len(piece)
        seen = before + piece
        found = (ROW_NUMBER.search(tag) for tag in HIDDEN_ROW.findall(seen))
        numbers |= {int(number.group(1)) for number in found if number}
        before = seen[-LONGEST_TAG:]
    return frozenset(numbers), size


def _check_container(data: bytes) -> None:
    if ENCRYPTED in data:
        raise BadSheet(_encrypted())
    if any(name in data for name in MACROS):
        raise BadSheet(_macros())


def _workbook(data: bytes, limits: Limits, hidden: dict[str, frozenset[int]]) -> Sheet:
    return _sheets(data, limits, hidden, most=1)[0]


def _sheets(
    data: bytes, limits: Limits, hidden: dict[str, frozenset[int]], most: int
) -> list[Sheet]:
    """The first visible sheets of a workbook, at most so many."""
    try:
        with calamine.load_workbook(io.BytesIO(data)) as book:
            visible = [
                meta.name
                for meta in book.sheets_metadata
                if meta.visible == calamine.SheetVisibleEnum.Visible
                and meta.typ == calamine.SheetTypeEnum.WorkSheet
            ]
            if not visible:
                raise BadSheet(_("The workbook has no visible sheet."))
            return [_sheet(book, name, visible, limits, hidden) for name in visible[:most]]
    except calamine.PasswordError as error:
        raise BadSheet(_encrypted()) from error
    except (calamine.CalamineError, ValueError, OSError) as error:
        if isinstance(error, BadSheet):
            raise
        raise BadSheet(_damaged()) from error


def _sheet(
    book: Any,
    name: str,
    visible: list[str],
    limits: Limits,
    hidden: dict[str, frozenset[int]],
) -> Sheet:
    sheet = book.get_sheet_by_name(name)
    _check_extent(sheet.height, sheet.width, limits)
    rows = _filled_down(sheet, sheet.to_python(skip_empty_area=True))
    top, left = sheet.start or (0, 0)
    part = f"xl/worksheets/sheet{book.sheet_names.index(name) + 1}.xml"
    others = tuple(other for other in visible if other != name)
    return Sheet(name, rows, top + 1, left + 1, hidden.get(part, frozenset()), others)


def _filled_down(sheet: Any, rows: list[list[Any]]) -> list[list[Any]]:
    """A cell merged over several rows holds for each of them; one merged across stays one."""
    top, left = sheet.start or (0, 0)
    for (first, column), (last, end) in sheet.merged_cell_ranges or ():
        if last == first or end != column:
            continue
        for row in range(first + 1, last + 1):
            rows[row - top][column - left] = rows[first - top][column - left]
    return rows


def _separated(data: bytes, limits: Limits) -> Sheet:
    """Comma, semicolon or tab separated text in UTF-8 or GB 18030."""
    if b"\x00" in data[:4096]:
        raise BadSheet(_not_a_table())
    try:
        content = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            content = data.decode("gb18030")
        except UnicodeDecodeError as error:
            raise BadSheet(_not_a_table()) from error
    head = content[:4096].split("\n", 1)[0]
    mark = max(",;\t，", key=head.count)
    rows: list[list[Any]] = []
    try:
        for row in csv.reader(io.StringIO(content), delimiter=mark):
            rows.append(list(row))
            _check_extent(len(rows), len(row), limits)
    except csv.Error as error:
        raise BadSheet(_damaged()) from error
    width = max((len(row) for row in rows), default=0)
    if width < 2:
        raise BadSheet(_not_a_table())
    return Sheet("", [row + [""] * (width - len(row)) for row in rows])


def _check_extent(rows: int, columns: int, limits: Limits) -> None:
    if rows > limits.rows + 50:  # titles, heads and totals are rows too
        raise BadSheet(
            _("The sheet has %(rows)s rows; at most %(limit)s can be read at once. Split the list.")
            % {"rows": rows, "limit": limits.rows}
        )
    if columns > limits.columns:
        raise BadSheet(
            _("The sheet has %(columns)s columns; at most %(limit)s can be read.")
            % {"columns": columns, "limit": limits.columns}
        )


def _not_a_table() -> str:
    return _("This is neither an Excel workbook (.xlsx, .xls) nor a table as text (.csv).")


def _macros() -> str:
    return _("The workbook carries macros. Save it as .xlsx without macros and send it again.")


def _encrypted() -> str:
    return _("The workbook is protected by a password. Save it without one and send it again.")


def _damaged() -> str:
    return _("The file is damaged and cannot be opened. Save it anew and send it again.")
