"""Figure certificate.signed: CPU per signed certificate, ours and the plain way in turn."""

import gc
import io
import json
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import weasyprint
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers

from torch_portal.certificates.layout import filled_html, lay_out
from torch_portal.certificates.render import render_pdf
from torch_portal.certificates.signing import inspect_pdf, load_signer, make_demo_p12, sign_pdf

ROUNDS = 12
OURS_PER_ROUND = 10
PASSWORD = "benchmark"
PEER = "HTML(string).write_pdf() + pyHanko defaults"
WORDS = (
    "面向复杂地质条件的超长隧道掘进装备智能感知与协同控制关键技术研究及示范应用系统研制"
    "高通量基因测序数据分析平台开发新能源汽车动力电池热管理方案咨询工业互联网标识解析服务"
)


def content(number: int) -> dict:
    """A certificate's content; names differ from one number to the next."""
    start = number * 7 % (len(WORDS) - 30)
    name = WORDS[start : start + 18 + number % 12]
    return {
        "title": "技术合同认定登记证明",
        "number": f"20204201060{number:05d}",
        "filing_number": f"JS-2020-{number:06d}",
        "project_name": name,
        "kind": "技术开发合同",
        "subkind": "委托开发合同",
        "seller": f"武汉{name[:6]}科技有限公司",
        "seller_code": f"91420100MA4K{number:05d}7",
        "seller_region": "湖北省武汉市洪山区",
        "buyer": f"深圳市{name[-7:]}集团有限公司",
        "buyer_region": "广东省深圳市",
        "signed_on": "2020年2月18日",
        "term": "2020年3月1日至2021年12月31日",
        "total_yuan": f"5,230,{number:03d}.00",
        "total_capital": "人民币伍佰贰拾叁万元整",
        "technical_yuan": "4,870,000.00",
        "technical_capital": "人民币肆佰捌拾柒万元整",
        "ip_kind": "计算机软件著作权",
        "field": "电子信息技术 › 软件 › 应用软件",
        "agency": "武汉市技术合同登记处（东湖高新区）",
        "registrar": "张三",
        "issued_on": "2020年3月6日",
        "verify_url": f"https://portal.example/verify/K7QF2M9D{number:04d}/",
        "verify_code": f"K7QF-2M9D-{number:04d}",
        "rule_set": "《技术合同认定规则》（国科发政字〔2001〕253号）",
        "version": "1",
        "supersedes": "",
        "status_line": "本证明状态以核验页为准。",
        "tax_note": "本证明不等同于免税决定。",
        "sample": True,
    }


def ours(number: int, key: Path, at: datetime) -> bytes:
    """One signed certificate our way."""
    return sign_pdf(
        render_pdf(content(number)), signer=load_signer(key, PASSWORD), reason="认定登记", at=at
    )


def plain(number: int, key: Path) -> bytes:
    """One signed certificate the way the manuals of the two libraries show."""
    given = content(number)
    html = filled_html(lay_out("technical_contract", given["title"], sample=True), given)
    pdf = weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/a-3b")
    signer = signers.SimpleSigner.load_pkcs12(str(key), passphrase=PASSWORD.encode())
    output = io.BytesIO()
    about = signers.PdfSignatureMetadata(field_name="Signature")
    signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), about, signer, output=output)
    return output.getvalue()


def cpu_ms(work: Callable[[], object]) -> float:
    """User and system CPU of one call, in milliseconds."""
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def measure(key: Path, at: datetime) -> tuple[float, float]:
    """Mean CPU ms per certificate, ours and plain, in alternating turns after a warm-up."""
    signed = ours(0, key, at)
    if not inspect_pdf(signed, trust_roots=[load_signer(key, PASSWORD).certificate]).ok:
        raise RuntimeError("the certificate made for the benchmark does not verify")
    plain(0, key)
    gc.collect()
    our_ms = plain_ms = 0.0
    for turn in range(ROUNDS):
        first = 1 + turn * OURS_PER_ROUND
        numbers = range(first, first + OURS_PER_ROUND)
        our_ms += sum(cpu_ms(lambda n=n: ours(n, key, at)) for n in numbers)
        plain_ms += cpu_ms(lambda n=first: plain(n, key))
    return our_ms / (ROUNDS * OURS_PER_ROUND), plain_ms / ROUNDS


def main() -> None:
    """Print the figure as one JSON line."""
    at = datetime(2020, 3, 6, 2, 0, tzinfo=UTC)
    with tempfile.TemporaryDirectory() as folder:
        key = Path(folder) / "sample.p12"
        make_demo_p12(key, PASSWORD, at=at)
        value, peer_value = measure(key, at)
    figure = {
        "figure": "certificate.signed",
        "value": round(value, 3),
        "unit": "cpu_ms",
        "peer": PEER,
        "peer_value": round(peer_value, 3),
        "ratio": round(peer_value / value, 1),
    }
    sys.stdout.write(json.dumps(figure) + "\n")


if __name__ == "__main__":
    main()
