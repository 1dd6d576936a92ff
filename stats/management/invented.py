"""Invented returns: one coherent set of figures, larger or smaller, so that no rule speaks."""

import random
from collections.abc import Mapping

from torch_portal.accounts.models import Enterprise
from torch_portal.filings.management import invented

# (what the firm is called after, main product, industry code of GB/T 4754)
TRADES = (
    ("智能装备", "工业机器人研发与生产", "3491"),
    ("医药科技", "体外诊断试剂研发与生产", "2770"),
    ("软件", "工业软件开发与服务", "6513"),
    ("新材料", "特种高分子材料研发与生产", "2651"),
    ("光电", "红外测温仪研发与生产", "4014"),
    ("环保科技", "水处理设备研发与生产", "3591"),
)
# Amounts in 千元, people in persons; the relations of the form hold for every multiple.
FIGURES: dict[str, dict[str, int]] = {
    "GQ-002": {
        "qc02": 6100, "qc05_0": 5200, "qc55": 5100, "qc06": 1200, "qc06_1": 200, "qc06_2": 300,
        "qc06_3": 400, "qc06_4": 300, "qc07": 3500, "qc09": 3000, "qc10": 400, "qc49": 100,
        "qc52": 800, "qc11": 600, "qc38": 400, "qc11_1": 100, "qc13": 320, "qc14": 180,
        "qc16": 90, "qc24": 7800, "qc25": 4800, "qc27_1": 3000, "qc31": 2800, "qc33": 5000,
        "qc237": 2000, "qc32": 600, "qc51": 1440,
    },
    "GQ-003": {
        "qd01": 12, "qd03": 1, "qd25": 0, "qd21": 0, "qd26": 2, "qd14": 1, "qd14_0": 0,
        "qd05": 12, "qd18": 2, "qd06": 1, "qd07": 1, "qd08": 6, "qd09": 3, "qd27": 2, "qd28": 6,
    },
    "GQ-005": {
        "qj09": 4, "qj67": 1, "qj09_1": 4, "qj09_2": 3, "qj09_3": 0, "qj20": 620, "qj23_1": 360,
        "qj23_2": 140, "qj23_3": 40, "qj23_4": 10, "qj23_6": 10, "qj23_7": 20, "qj33": 30,
        "qj23_5": 10, "qj55": 9, "qj56": 5, "qj74": 6, "qj57": 3, "qj83": 31, "qj73": 12,
    },
}  # fmt: skip
EXPLANATION = "订单结构变化及四舍五入造成，已与账面逐项核对，数据无误。"


def firm(chance: random.Random) -> Enterprise:
    """A new enterprise of Hangzhou with the person who files for it."""
    return invented.firm(chance, [name for name, _product, _code in TRADES])


def trade_of(enterprise: Enterprise) -> tuple[str, str]:
    """Main product and industry that its name speaks of; else those of the number of its row."""
    found = [(p, code) for name, p, code in TRADES if name in enterprise.name]
    return found[0] if found else TRADES[enterprise.pk % len(TRADES)][1:]


def values(
    enterprise: Enterprise, size: int, *, certificate: tuple[str, str] | None, by: str
) -> dict[str, dict[str, str]]:
    """A whole return, table by table; size: how often the smallest one.

    certificate: number and day of the high-tech certificate, None without one.
    """
    product, industry = trade_of(enterprise)
    head = {
        "qa03": enterprise.credit_code,
        "qa04": enterprise.name,
        "qa19": enterprise.division,
        "qa05": enterprise.address or "杭州市",
        "qa08": enterprise.legal_representative or "负责人",
        "qa11": by,
    }
    profile = {
        "qb03_0": product, "qb03_1": industry, "qb04": "2016-05", "qb04_0": "5000", "qb06": "173",
        "qb09": "1", "qb16": "1", "qb11": "1" if certificate else "2",
    }  # fmt: skip
    if certificate:
        profile["qb13"], profile["qb12"] = certificate
    scaled = {table: _times(figures, size) for table, figures in FIGURES.items()}
    scaled["GQ-002"]["qc226_1"] = "2"
    return {"HEAD": head, "GQ-001": profile, **scaled}


def _times(figures: Mapping[str, int], size: int) -> dict[str, str]:
    return {code: str(figure * size) for code, figure in figures.items()}
