"""A list with its documents: the table, a page about each filing and its attachments, in a ZIP.

Files are copied in pieces and never held whole, so memory does not grow with the list.
"""

import hashlib
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import QuerySet, Sum
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from torch_portal.accounts.models import User
from torch_portal.common.findings import Finding, Level, Refused
from torch_portal.filings.models import Attachment
from torch_portal.reports.exports.workbook import WHEN
from torch_portal.reports.exports.writing import Sheet, Watch, write_xlsx

LARGEST = 500  # filings of one archive: a PDF takes half a second
HEAVIEST = 2 * 1024**3  # bytes of their attachments
AT_ONCE = 50
PIECE = 1024 * 1024
LONGEST = 60  # characters of a name
PAGE = "reports/filing_print.html"
STYLE = "reports/filing_print.css"
# What a file system or a screen may take for something else: separators, controls, directions.
UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]')


class Packed:
    """A ZIP that keeps the digest of everything put into it and lists them at its end."""

    def __init__(self, out: Any) -> None:
        self._zip = zipfile.ZipFile(out, "w", zipfile.ZIP_STORED)
        self._sums: list[str] = []

    def put(self, name: str, content: bytes) -> None:
        """A small file."""
        self.copy(name, iter([content]))

    def copy(self, name: str, pieces: Iterator[bytes]) -> None:
        """A file in pieces."""
        digest = hashlib.sha256()
        with self.opened(name) as stream:
            for piece in pieces:
                digest.update(piece)
                stream.write(piece)
        self._sums.append(f"{digest.hexdigest()}  {name}\n")

    def opened(self, name: str) -> Any:
        """A file that is written from outside; its digest is not kept."""
        return self._zip.open(zipfile.ZipInfo(name, WHEN), "w", force_zip64=True)

    def __enter__(self) -> "Packed":
        return self

    def __exit__(self, kind: Any, *_error: Any) -> None:
        """The list of digests, as sha256sum reads it, and the end."""
        if kind is None:
            self._zip.writestr(zipfile.ZipInfo("SHA256SUMS", WHEN), "".join(self._sums))
        self._zip.close()


def check(rows: QuerySet[Any]) -> None:
    """Refused for a list whose documents would make too large an archive."""
    count = rows.order_by().count()
    if count > LARGEST:
        words = _(
            "An archive takes at most %(most)s filings, these are %(count)s. Narrow the filter or "
            "the days, or take the table alone."
        )
        raise _refused("EXPORT-17", words % {"most": LARGEST, "count": count})
    files = Attachment.objects.live().filter(filing__in=rows.order_by().values("pk"))
    size = files.aggregate(size=Sum("size"))["size"] or 0
    if size > HEAVIEST:
        words = _(
            "The attachments have %(size)s MB together, an archive takes %(most)s MB. Narrow the "
            "filter or the days."
        )
        values = {"size": size // 1024**2, "most": HEAVIEST // 1024**2}
        raise _refused("EXPORT-18", words % values)


def _refused(code: str, words: str) -> Refused:
    return Refused([Finding(code, Level.BLOCK, "file_format", words, "")])


def write_zip(out: Any, rows: QuerySet[Any], sheet: Sheet, tick: Callable[[int], None]) -> int:
    """Write the archive into `out` (a binary file); returns the number of filings.

    What was opened of the filings is noted on the sheet.
    """
    check(rows)
    pks = list(rows.values_list("pk", flat=True))
    watch, written = Watch(tick), 0
    with Packed(out) as packed:
        with packed.opened(_("table.xlsx")) as stream:
            # No row has the number 0: a list of none is still a question to the database.
            write_xlsx(stream, rows.filter(pk__in=pks or [0]), sheet, lambda _rows: None)
        missing: list[str] = []
        for row, files in _filings(rows, pks, sheet.person):
            folder = safe_name(str(row.filing))
            packed.put(f"{folder}/{folder}.pdf", printed(row, sheet))
            taken, lost = _attached(packed, folder, files)
            sheet.opened.extend([(row.filing, None), *((row.filing, file) for file in taken)])
            missing += lost
            written += 1
            watch.look(written)
        if missing:
            packed.put(_("missing files.txt"), "\n".join(missing).encode())
    return written


def _filings(
    rows: QuerySet[Any], pks: list[int], person: User | None
) -> Iterator[tuple[Any, list[Attachment]]]:
    """Each row with its attachments, in the order of the list; two queries for some at once."""
    live = Attachment.objects.live()
    seen = live if person is None else live.visible_to(person)
    for start in range(0, len(pks), AT_ONCE):
        some = pks[start : start + AT_ONCE]
        files: dict[int, list[Attachment]] = {}
        for file in seen.filter(filing_id__in=some).order_by("pk"):
            files.setdefault(file.filing_id, []).append(file)
        for row in rows.filter(pk__in=some).select_related("filing__agency"):
            yield row, files.get(row.pk, [])


def _attached(
    packed: Packed, folder: str, files: list[Attachment]
) -> tuple[list[Attachment], list[str]]:
    """Copy the attachments of a filing; those that were, and the names of those that are gone."""
    taken, lost = [], []
    for number, file in enumerate(files, start=1):
        name = f"{folder}/{number:02d} {safe_name(file.name, file.suffix)}"
        try:
            stream = file.file.open("rb")
        except FileNotFoundError:
            lost.append(name)
            continue
        with stream:
            packed.copy(name, file.file.chunks(PIECE))
        taken.append(file)
    return taken, lost


def safe_name(name: str, suffix: str = "") -> str:
    """A name that every file system takes and no screen misreads, with this suffix."""
    plain = UNSAFE.sub("_", unicodedata.normalize("NFC", name)).strip(" .")
    stem = plain[: -len(suffix)] if suffix and plain.lower().endswith(suffix) else plain
    return (stem[:LONGEST].strip(" .") or "_") + suffix


def printed(row: Any, sheet: Sheet) -> bytes:
    """The page about one filing as a PDF."""
    import weasyprint

    groups = sheet.report.entries(row) if sheet.report.entries else []
    html = render_to_string(PAGE, {"groups": groups, "mark": sheet.mark})
    css = (Path(settings.BASE_DIR) / "templates" / STYLE).read_text(encoding="utf-8")
    page = weasyprint.HTML(string=html)
    made: bytes = page.write_pdf(stylesheets=[weasyprint.CSS(string=css)])
    return made
