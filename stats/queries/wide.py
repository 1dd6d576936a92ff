"""The wide workbook of a round: a row of codes, one of names, one of units, then the returns."""

import io
from collections.abc import Iterator
from typing import Any

from openpyxl import Workbook

from stats.enums import FILED, Kind
from stats.models import Return, Round
from stats.queries.instruments import items_of
from stats.rules import read_value
from stats.workflow import WORKFLOW
from torch_portal.accounts.roles import Person

# Names of the columns as the exports of the survey have them, before the items.
HEAD = (
    ("year", "数据年份"),
    ("credit_code", "统一社会信用代码"),
    ("name", "企业(单位)详细名称"),
    ("division", "所属地域"),
    ("unit", "责任单位"),
    ("state", "数据状态"),
    ("submitted_at", "数据提交时间"),
    ("errors", "错误数量"),
    ("warnings", "警告数量"),
)
COLUMNS = (
    "round__year", "enterprise__credit_code", "enterprise__name", "enterprise__division",
    "unit__name", "filing__state", "filing__submitted_at", "errors", "warnings", "data",
)  # fmt: skip
ACTIVE = ("=", "+", "-", "@", "\t", "\r")
SEVERAL = 2000
NUMBERS = (Kind.NUMBER, Kind.COUNT)


def workbook(round: Round, user: Person) -> tuple[int, bytes]:
    """How many returns are in it, and the file. Submitted ones that this person may see."""
    items = items_of(round.version)
    book = Workbook(write_only=True)
    sheet = book.create_sheet(f"{round.year}")
    sheet.append([code for code, _label in HEAD] + list(items))
    sheet.append([label for _code, label in HEAD] + [item.label_zh for item in items.values()])
    sheet.append(["" for _head in HEAD] + [item.unit for item in items.values()])
    count = 0
    for row in _rows(round, user, items):
        sheet.append(row)
        count += 1
    out = io.BytesIO()
    book.save(out)
    return count, out.getvalue()


def _rows(round: Round, user: Person, items: Any) -> Iterator[list[Any]]:
    told = Return.objects.visible_to(user).filter(round=round, filing__state__in=FILED)
    kinds = [(code, item.kind) for code, item in items.items()]
    for row in told.order_by("filing_id").values_list(*COLUMNS).iterator(SEVERAL):
        *head, data = row
        head[5] = str(WORKFLOW.labels[head[5]])
        head[6] = head[6].isoformat(timespec="minutes") if head[6] else ""
        yield [_safe(cell) for cell in head] + [_cell(kind, data.get(c)) for c, kind in kinds]


def _cell(kind: str, value: Any) -> Any:
    if value is None:
        return None
    return read_value(kind, value) if kind in NUMBERS else _safe(str(value))


def _safe(cell: Any) -> Any:
    """Words only: nothing that was typed becomes a formula in somebody's spreadsheet."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(ACTIVE) else cell
