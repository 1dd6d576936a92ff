"""Figure import.xlsx.100k: a list of 100,000 contracts read and checked, against openpyxl's read.

Ours does more: it finds the table, understands every cell and runs the rules on each row; the peer
only walks over the cells. CPU seconds of one process, in turn.
"""

import datetime
import io
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command
from openpyxl import Workbook, load_workbook

from torch_portal import embedded

ROWS = 100_000
ROUNDS = 1
DAY = datetime.date(2020, 12, 1)
HEADS = (
    "序号", "部门", "负责人", "联系电话", "项目名称", "合作单位", "所属区划", "单位性质",
    "合同金额（万元）", "签订日期", "有效期至", "技术领域", "合同类别", "经办人",
)  # fmt: skip
PLACES = ("北京市", "西安市", "苏州市", "合肥市", "杭州市", "武汉市", "成都市", "深圳市")
KINDS = ("技术咨询", "技术服务", "技术开发（委托）", "技术开发（合作）", "技术开发合同", "技术转让")
FIELDS = ("现代交通", "农业技术", "新材料及其应用", "电子信息技术", "先进制造技术")
NATURES = ("有限责任公司", "高等院校", "事业单位", "国有企业")


def row(n: int) -> list[Any]:
    """One contract of a department's list, with the oddities of such lists."""
    signed = datetime.date(2020, 2, 7) + datetime.timedelta(days=n % 200)
    amount: Any = (n * 7919 % 2_500_000) / 1000
    spelled: Any = signed
    if n % 12 == 0:
        amount = f"{amount}万"
    if n % 7 == 0:
        spelled = f"{signed.year}.{signed.month:02d}.{signed.day:02d}"
    return [
        n, "材料学院", "陈晓燕", f"130{n:08d}", f"面向污水处理工艺开发{n}",
        f"合肥玄圃{n % 997}有限公司",
        PLACES[n % 8], NATURES[n % 4], amount, spelled, signed + datetime.timedelta(days=365),
        FIELDS[n % 5], KINDS[n % 6], "李敏",
    ]  # fmt: skip


def workbook() -> bytes:
    """The list as a workbook."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("技术合同登记")
    sheet.append(["技术合同登记汇总表"])
    sheet.append(list(HEADS))
    for n in range(1, ROWS + 1):
        sheet.append(row(n))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def peer(data: bytes) -> int:
    """Walk over every cell with openpyxl."""
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    return sum(1 for _cells in book.worksheets[0].iter_rows(values_only=True))


def ours(data: bytes) -> int:
    """Read, find the table, understand and check every row."""
    # Models can be read only after django.setup(), which the figure starts itself.
    from contracts.forms import sheet  # noqa: PLC0415
    from torch_portal.accounts.models import Enterprise  # noqa: PLC0415
    from torch_portal.common import sheets  # noqa: PLC0415
    from torch_portal.filings.imports import kept  # noqa: PLC0415
    from torch_portal.filings.models import ImportHabit, ImportRow, ImportRun  # noqa: PLC0415

    limits = sheets.Limits(size=200 * 1024**2, unpacked=2 * 1024**3, rows=ROWS)
    table = sheets.find_table(sheets.read(data, limits), sheet.known_heads())
    assert table is not None
    assert len(table.rows) == ROWS
    firm = Enterprise.objects.order_by("pk").first()
    columns = sheet.suggest_columns(table.heads, {})
    run = ImportRun(enterprise=firm, heads=list(table.heads), columns=columns)
    rows = [ImportRow(number=n, cells=[kept(c) for c in cells]) for n, cells in table.rows]
    reader = sheet.Reader(run, ImportHabit(enterprise=firm), DAY)
    reader.survey(rows)
    return sum(1 for one in rows if not reader.check(one).bad)


def seconds(work: Callable[[bytes], int], data: bytes) -> float:
    """CPU seconds of one run."""
    began = time.process_time()
    found = work(data)
    assert found >= ROWS * 0.9, found
    return time.process_time() - began


def measure() -> tuple[float, float]:
    """(ours, peer) in CPU seconds, the better of each over the rounds."""
    data = workbook()
    pairs = [(seconds(ours, data), seconds(peer, data)) for _round in range(ROUNDS)]
    return min(mine for mine, _other in pairs), min(other for _mine, other in pairs)


def main() -> None:
    """Print the figure as one JSON line; the scratch database goes with its folder."""
    with tempfile.TemporaryDirectory(prefix="torch-import-") as folder:
        for name in ("DATABASE_URL", "REDIS_URL"):
            os.environ.pop(name, None)
        services = embedded.start(Path(folder) / "embedded")
        try:
            os.environ.update(services.environment())
            os.environ |= {"TORCH_VAR": folder, "LOG_LEVEL": "WARNING", "DEBUG": ""}
            os.environ["DJANGO_SETTINGS_MODULE"] = "torch_portal.settings"
            embedded.create_database(services.database_url)
            django.setup()
            call_command("migrate", verbosity=0)
            call_command("seed")
            firm()
            value, other = measure()
        finally:
            services.stop()
    figure = {
        "figure": "import.xlsx.100k",
        "value": round(value, 2),
        "unit": "CPU seconds",
        "peer": "openpyxl read-only, cells only",
        "peer_value": round(other, 2),
        "ratio": round(other / value, 2),
    }
    sys.stdout.write(json.dumps(figure, ensure_ascii=False) + "\n")


def firm() -> None:
    """The enterprise whose list it is."""
    from torch_portal.accounts.models import Enterprise  # noqa: PLC0415

    Enterprise.objects.create(
        credit_code="91330106MAGUJ65R6B",
        name="杭州知微能源科技股份有限公司",
        division="330106",
        jurisdiction_id="33",
    )


if __name__ == "__main__":
    main()
