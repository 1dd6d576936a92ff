"""Reading the workbook of a national list: its columns by their heads, its rows as they came."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from hitech_cert.models import NationalList, NationalRow
from hitech_cert.rules.national import heads
from torch_portal.common import sheets
from torch_portal.common.sheets import BadCell, BadSheet

# Headings seen in lists; the national ones are not confirmed.
HEADS = {
    "name": ("企业名称", "单位名称", "高新技术企业名称", "公司名称", "名称", "enterprise", "name"),
    "credit_code": ("统一社会信用代码", "社会信用代码", "信用代码", "组织机构代码", "creditcode"),
    "number": ("证书编号", "高新技术企业证书编号", "证书号", "certificatenumber"),
    "issued_on": ("发证日期", "发证时间", "颁发日期", "发证日", "认定时间", "issuedon"),
}
KNOWN = frozenset(word for words in HEADS.values() for word in words)
LONGEST = {"name": 160, "credit_code": 40, "number": 40}


def table_of(data: bytes) -> tuple[sheets.Table, dict[str, int]]:
    """The table and the place of each known column; BadSheet says what is missing."""
    table = sheets.find_table(sheets.read(data), KNOWN)
    if table is None or not table.rows:
        raise BadSheet(
            _("No table was found: one row has to name the columns, the entries stand below it.")
        )
    columns = heads(HEADS, [sheets.plain_head(head) for head in table.heads])
    if "number" not in columns or not {"name", "credit_code"} & set(columns):
        raise BadSheet(
            _(
                "A column for the certificate number and one for name or credit code are needed. "
                "Head them “证书编号”, “企业名称” and “统一社会信用代码”; found: %(heads)s."
            )
            % {"heads": "、".join(head for head in table.heads if head)}
        )
    return table, columns


def row_of(
    made: NationalList, place: int, cells: Sequence[Any], columns: dict[str, int]
) -> NationalRow:
    """A row as it came; a day that cannot be read is kept word for word."""
    said = {
        name: sheets.text(cells[columns[name]])[:most] if name in columns else ""
        for name, most in LONGEST.items()
    }
    row = NationalRow(national=made, place=place, **said)
    cell = cells[columns["issued_on"]] if "issued_on" in columns else ""
    try:
        row.issued_on = sheets.day(cell)
    except BadCell:
        row.unread = sheets.text(cell)[:60]
    return row
