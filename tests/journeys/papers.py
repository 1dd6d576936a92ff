"""The contract that the journeys file: as text, as a scan, as a photo. Invented firms."""

import io
import subprocess
from importlib import import_module
from pathlib import Path

from PIL import Image

PROJECT = "面向疫情防控的红外测温算法开发与应用"
HTML = f"""<html lang=zh><style>@page {{ size: A4; margin: 25mm }} h1 {{ text-align: center }}
body {{ font: 12pt/1.8 "Noto Serif CJK SC" }} section {{ break-before: page }}</style>
<h1>技术开发（委托）合同</h1><p>项目名称　{PROJECT}</p>
<p>委托方（甲方）　杭州朗途生物医药有限公司（91330106MAE942HR7E）</p>
<p>受托方（乙方）　杭州知微能源科技股份有限公司（91330106MAGUJ65R6B）</p>
<p>签订日期　2020年2月26日　有效期限　2020年3月1日至2021年12月31日</p>
<section><h2>第四条　研究开发经费、报酬及其支付方式</h2>
<p>本项目研究开发经费和报酬总额为人民币 5,230,000.00 元，其中设备购置费 1,307,500.00 元，
原材料费 261,500.00 元。支付方式：分期支付。</p></section>
<section><p>甲方（盖章）：　　　　乙方（盖章）：</p></section></html>"""


def make(folder: Path) -> dict[str, Path]:
    """text: PDF with a text layer; scan: grey PDF of pictures; photo: page one as PNG."""
    files = {
        "text": folder / "合同文本.pdf",
        "scan": folder / "合同扫描件.pdf",
        "photo": folder / "合同照片.png",
    }
    document = import_module("weasyprint").HTML(string=HTML)
    files["text"].write_bytes(document.write_pdf())
    subprocess.run(
        ["pdftoppm", "-r", "80", "-gray", "-png", files["text"], folder / "page"], check=True
    )
    pages = [Image.open(p).convert("L") for p in sorted(folder.glob("page-*.png"))]
    pages[1] = pages[1].rotate(180)
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:])
    files["scan"].write_bytes(out.getvalue())
    pages[0].convert("RGB").save(files["photo"])
    return files
