"""Figure import.xlsx.100k: a list of 100,000 contracts read and checked, against openpyxl's read.

Ours does more: it finds the table, keeps every cell in the database, understands it, runs the rules
on each row and keeps what they say; the peer only walks over the cells. CPU seconds of one process,
that of the worker, in turn; the last cell of the last row is wrong, and has to be told.
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
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from openpyxl import Workbook, load_workbook

from torch_portal import embedded

ROWS = 100_000
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
        sheet.append(row(n) if n < ROWS else [*row(n)[:10], "2021-02-30", *row(n)[11:]])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def peer(data: bytes) -> int:
    """Walk over every cell with openpyxl."""
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    return sum(1 for _cells in book.worksheets[0].iter_rows(values_only=True))


def ours(data: bytes) -> int:
    """Send the list, read, keep and check every row; the good ones."""
    # Inside, as in firm(): models can be read only after django.setup(), which main() calls
    # once the database of the figure runs.
    from contracts.forms.sheet import LINE, suggest_columns  # noqa: PLC0415
    from torch_portal.accounts.models import Enterprise, User  # noqa: PLC0415
    from torch_portal.filings import imports  # noqa: PLC0415

    at = datetime.datetime.combine(DAY, datetime.time(9), datetime.UTC)
    firm, by = Enterprise.objects.get(), User.objects.get(username="filer")
    upload = SimpleUploadedFile("list.xlsx", data)
    run = imports.open_run(enterprise=firm, line=LINE, upload=upload, by=by, at=at)
    imports.proceed(run_id=run.pk, line=LINE, at=at)
    run.refresh_from_db()
    columns = suggest_columns(run.heads, {})
    imports.map_columns(run=run, columns=columns, by=by, at=at)
    imports.proceed(run_id=run.pk, line=LINE, at=at)
    run.refresh_from_db()
    last = run.rows.get(number=ROWS + 2)
    assert any(f["cell"] == f"K{ROWS + 2}" for f in last.findings), last.findings
    assert run.tally["all"] == ROWS
    return int(run.tally["good"])


def seconds(work: Callable[[bytes], int], data: bytes) -> float:
    """CPU seconds of one run."""
    began = time.process_time()
    found = work(data)
    assert found >= ROWS * 0.9, found
    return time.process_time() - began


def measure() -> tuple[float, float]:
    """(ours, peer) in CPU seconds."""
    data = workbook()
    return seconds(ours, data), seconds(peer, data)


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
    """The enterprise whose list it is, and who files for it."""
    # After django.setup(), as in ours().
    from torch_portal.accounts.models import Enterprise, Membership, User  # noqa: PLC0415

    firm = Enterprise.objects.create(
        credit_code="91330106MAGUJ65R6B",
        name="杭州知微能源科技股份有限公司",
        division="330106",
        jurisdiction_id="33",
    )
    filer = User.objects.create(username="filer")
    Membership.objects.create(user=filer, enterprise=firm)


if __name__ == "__main__":
    main()
