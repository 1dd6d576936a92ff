"""An XLSX file written as a stream: rows come as XML from the database and are zipped at once.

ECMA-376 Part 1 (SpreadsheetML) and Part 2 (packaging). Memory does not grow with the rows.
"""

import zipfile
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from torch_portal.common.columns import ColumnKind
from torch_portal.reports.exports.select import Field

ROWS_OF_A_SHEET = 1_048_576  # with the row of the heads
BUFFER = 512 * 1024
LEVEL = 1  # of deflate: twice as fast as 6, a fifth larger
WHEN = (2020, 1, 1, 0, 0, 0)  # the same rows give the same file
CONTROL = bytes(n for n in range(32) if n not in (9, 10, 13))
NEVER = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")  # U+FFFE and U+FFFF are no characters of XML
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
WIDTHS = {ColumnKind.TEXT: 26, ColumnKind.CODE: 20, ColumnKind.MONEY: 20, ColumnKind.MOMENT: 18}
# Styles by number: plain, day, moment, amount, text, head.
FORMATS = ("General", "yyyy\\-mm\\-dd", "yyyy\\-mm\\-dd\\ hh:mm", "#,##0.00######", "@")


class Workbook:
    """Takes rows through write(), as COPY hands them over, one call for each.

    title: the name of the sheets. mark: printed at the foot of every page. close() takes the
    lines of the last sheet, (what, words).
    """

    def __init__(self, out: Any, fields: Sequence[Field], *, title: str, mark: str = "") -> None:
        self.fields, self.title, self.mark = fields, title, mark
        self.rows = 0
        self.sheets = 0
        self._left = 0
        self._waiting: list[bytes] = []
        self._size = 0
        self._zip = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL)
        self._sheet: Any = None
        self._put("[Content_Types].xml", _content_types())
        self._put("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")]))
        self._put("xl/styles.xml", _styles())
        self._begin()

    def write(self, row: bytes) -> int:
        """One row; called by COPY once for each."""
        if not self._left:
            self._end()
            self._begin()
        self._waiting.append(row)
        self._size += len(row)
        self._left -= 1
        self.rows += 1
        if self._size >= BUFFER:
            self._flush()
        return len(row)

    def close(self, about: Sequence[tuple[str, str]]) -> None:
        """The end of the last sheet, the sheet about the export, and the list of sheets."""
        self._end()
        names = [self.title if n == 1 else f"{self.title} {n}" for n in range(1, self.sheets + 1)]
        self.sheets += 1
        self._put(f"xl/worksheets/sheet{self.sheets}.xml", _about(about))
        names.append(str(about[0][0]))
        self._put("xl/workbook.xml", _workbook(names))
        sheets = [("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, self.sheets + 1)]
        self._put("xl/_rels/workbook.xml.rels", _relations([*sheets, ("styles", "styles.xml")]))
        self._zip.close()

    def drop(self) -> None:
        """Leave the file unfinished: whoever asked for it does not want it any more."""
        self._sheet.close()
        self._zip.close()

    def _begin(self) -> None:
        self.sheets += 1
        self._left = ROWS_OF_A_SHEET - 1
        self._sheet = self._zip.open(
            _info(f"xl/worksheets/sheet{self.sheets}.xml"), "w", force_zip64=True
        )
        self._sheet.write(_opening(self.fields).encode())

    def _end(self) -> None:
        self._flush()
        self._sheet.write(_closing(self.mark).encode())
        self._sheet.close()

    def _flush(self) -> None:
        # A quoted row (it held a line break) has the sign \x01 around it: gone with the rest.
        chunk = b"".join(self._waiting).translate(None, CONTROL)
        for letters in NEVER:
            if letters in chunk:
                chunk = chunk.replace(letters, b"")
        self._waiting, self._size = [], 0
        self._sheet.write(chunk)

    def _put(self, name: str, text: str) -> None:
        self._zip.writestr(_info(name), (HEAD + text).encode())


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, WHEN)
    info.compress_type, info._compresslevel = zipfile.ZIP_DEFLATED, LEVEL  # type: ignore[attr-defined]
    return info


def _text(words: str, style: int = 0) -> str:
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(words)}</t></is></c>'


def _opening(fields: Sequence[Field]) -> str:
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{WIDTHS.get(f.kind, 13)}" customWidth="1"/>'
        for n, f in enumerate(fields, 1)
    )
    heads = "".join(_text(f.head, 5) for f in fields)
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        f"</sheetView></sheetViews><cols>{widths}</cols><sheetData><row>{heads}</row>\n"
    )


def _closing(mark: str) -> str:
    foot = escape(mark.replace("&", "&&"))
    printed = f"<headerFooter><oddFooter>&amp;L{foot}&amp;R&amp;P/&amp;N</oddFooter></headerFooter>"
    return f"</sheetData>{printed}</worksheet>"


def _about(about: Sequence[tuple[str, str]]) -> str:
    rows = "".join(f"<row>{_text(what, 5)}{_text(words, 4)}</row>" for what, words in about)
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
        for n, width in ((1, 24), (2, 80))
    )
    return (
        f'<worksheet xmlns="{MAIN}"><cols>{widths}</cols><sheetData>{rows}</sheetData></worksheet>'
    )


def _workbook(names: Sequence[str]) -> str:
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"/>'
        for n, name in enumerate(names, 1)
    )
    return f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>'


def _relations(parts: Sequence[tuple[str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(parts, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def _content_types() -> str:
    """Worksheets are the rule, so that their number need not be known beforehand."""
    return (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="{KIND}.worksheet+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{KIND}.styles+xml"/></Types>'
    )


def _styles() -> str:
    formats = "".join(
        f'<numFmt numFmtId="{163 + n}" formatCode={quoteattr(code)}/>'
        for n, code in enumerate(FORMATS[1:-1], 1)
    )
    numbers = (0, 164, 165, 166, 49)
    plain = "".join(
        f'<xf numFmtId="{n}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        for n in numbers
    )
    head = '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts count="{len(FORMATS) - 2}">{formats}</numFmts>'
        '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        f'</cellStyleXfs><cellXfs count="6">{plain}{head}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    )
