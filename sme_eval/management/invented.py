"""Invented enterprises of Hangzhou and what they state, for demonstrations and loads."""

import datetime
import random
from decimal import Decimal
from typing import Any

from sme_eval.enums import IpGained, IpKind, RdBasis, RdForm, TechField
from torch_portal.accounts.models import Enterprise
from torch_portal.filings.management import invented

# Trade of the name, industry (GB/T 4754), field, products, what its projects and rights are about.
TRADES: tuple[tuple[str, str, TechField, tuple[str, str], str], ...] = (
    (
        "智能科技", "I6513 应用软件开发", TechField.ELECTRONICS,
        ("城市客流预测平台", "边缘计算网关"), "多源数据融合的客流预测",
    ),
    (
        "生物医药", "C2740 生物药品制造", TechField.BIOMEDICINE,
        ("核酸快速检测试剂盒", "微流控检测芯片"), "微流控核酸扩增检测",
    ),
    (
        "新材料", "C2659 其他合成材料制造", TechField.MATERIALS,
        ("驻极熔喷过滤材料", "可降解包装膜"), "聚丙烯熔喷驻极",
    ),
    (
        "环保科技", "C3591 环境保护专用设备制造", TechField.ENVIRONMENT,
        ("餐厨废水处理装备", "挥发性有机物监测仪"), "厌氧膜生物反应",
    ),
    (
        "能源科技", "C3824 电力电子元器件制造", TechField.ENERGY,
        ("园区能耗监测终端", "储能变流器"), "分布式储能协调控制",
    ),
    (
        "精密机械", "C3491 工业机器人制造", TechField.MANUFACTURING,
        ("协作机器人关节", "视觉分拣系统"), "谐波减速器精密装配",
    ),
)  # fmt: skip


def firm(chance: random.Random) -> Enterprise:
    """A new enterprise of one of the trades, with the person who files for it."""
    return invented.firm(chance, [trade[0] for trade in TRADES])


def entries(
    chance: random.Random, enterprise: Enterprise, year: int
) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
    """Columns and tables of a form that passes: small, with R&D and a right of its own."""
    _name, industry, field, products, subject = next(
        (trade for trade in TRADES if trade[0] in enterprise.name), chance.choice(TRADES)
    )
    staff = Decimal(chance.randint(12, 180))
    revenue = Decimal(chance.randint(420, 9600))
    cost = (revenue * chance.randint(78, 97) / 100).quantize(Decimal("0.01"))
    research = (revenue * chance.randint(62, 148) / 1000).quantize(Decimal("0.01"))
    first = (research * chance.randint(35, 70) / 100).quantize(Decimal("0.01"))
    return {
        "established_on": datetime.date(year - chance.randint(3, 12), chance.randint(1, 12), 18),
        "registration_type": "有限责任公司",
        "industry": industry,
        "legal_representative": enterprise.legal_representative,
        "address": enterprise.address,
        "business_scope": f"{'、'.join(products)}的研发、生产、销售和技术服务",
        "restricted_industry": False,
        "audited_tax": True,
        "misconduct": False,
        "abnormal_list": False,
        "serious_dishonesty": False,
        "staff_total": staff,
        "staff_st": (staff * chance.randint(31, 68) / 100).quantize(Decimal("0.01")),
        "senior_titles": chance.randint(0, 6),
        "middle_titles": chance.randint(1, 15),
        "revenue": revenue,
        "cost_total": cost,
        "assets_total": (revenue * chance.randint(60, 180) / 100).quantize(Decimal("0.01")),
        "rd_cost": research,
        "rd_basis": RdBasis.REVENUE,
        "rd_ledger": True,
        "main_products": "、".join(products),
        "tech_field": field,
    }, {
        "projects": [
            {"name": f"{subject}技术研究", "form": RdForm.SELF, "cost": first},
            {"name": f"{products[0]}研制", "form": RdForm.JOINT, "cost": research - first},
        ],
        "ip_rights": [
            _right(chance, year, IpKind.INVENTION_PATENT, f"一种{subject}方法", products[0]),
            _right(chance, year, IpKind.SOFTWARE, f"{products[1]}控制软件", products[1]),
        ],
        "routes": [],
    }


def _right(
    chance: random.Random, year: int, kind: IpKind, name: str, product: str
) -> dict[str, Any]:
    granted = datetime.date(year - chance.randint(1, 3), chance.randint(1, 12), 8)
    serial = chance.randint(0, 999_999)
    patent = kind == IpKind.INVENTION_PATENT
    return {
        "name": name,
        "kind": kind,
        "number": f"ZL{granted.year - 2}10{serial:06d}.{serial % 10}"
        if patent
        else f"{granted.year}SR{serial:06d}",
        "granted_on": granted,
        "expires_on": datetime.date(granted.year + 18, granted.month, 7),
        "gained": IpGained.OWN,
        "product": product,
    }
