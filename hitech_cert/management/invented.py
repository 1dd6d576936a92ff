"""Invented enterprises and what they state, for demonstrations and loads: every rule passes."""

import datetime
import random
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hitech_cert import rules
from hitech_cert.enums import STAFF_GROUPS, IpGained, IpKind, TechSource
from torch_portal.accounts.models import Enterprise
from torch_portal.filings.management import invented

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Trade:
    """What an enterprise does: its field, its two products, what it searches into."""

    name: str
    field: str
    products: tuple[str, str]
    subject: str


TRADES = (
    Trade("智能科技", "1.1.11", ("城市客流预测平台", "边缘计算网关"), "多源数据融合的客流预测"),
    Trade("生物医药", "2.1.3", ("核酸快速检测试剂盒", "微流控检测芯片"), "微流控核酸扩增检测"),
    Trade("新材料", "4.3.1", ("驻极熔喷过滤材料", "可降解包装膜"), "聚丙烯熔喷驻极"),
    Trade("环保科技", "7.1.2", ("餐厨废水处理装备", "挥发性有机物监测仪"), "厌氧膜生物反应"),
    Trade("能源科技", "6.3.2", ("园区能耗监测终端", "储能变流器"), "分布式储能协调控制"),
    Trade("精密机械", "8.4.2", ("协作机器人关节", "视觉分拣系统"), "谐波减速器精密装配"),
)
TEXT = "{subject}的研发、试制和推广，由研发部组织实施，产学研合作单位参与，成果用于{product}。"
PROJECTS, SOFTWARE, RESULTS = 3, 5, 14


def firm(chance: random.Random) -> Enterprise:
    """A new enterprise of one of the trades, with the person who files for it."""
    return invented.firm(chance, [trade.name for trade in TRADES])


def trade_of(chance: random.Random, enterprise: Enterprise) -> Trade:
    """The trade in the name of the enterprise, else any."""
    named = (trade for trade in TRADES if trade.name in enterprise.name)
    return next(named, chance.choice(TRADES))


def patent(chance: random.Random, year: int) -> str:
    """The number of an invention patent with its check digit."""
    first = f"{year}1{chance.randint(0, 9_999_999):07d}"
    numbers = (f"ZL{first}.{digit}" for digit in "0123456789X")
    return next(n for n in numbers if rules.parse_patent(n).check_ok)


def entries(
    chance: random.Random, enterprise: Enterprise, year: int
) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
    """Columns and tables of an application of a year that nothing stands against."""
    trade = trade_of(chance, enterprise)
    first = Decimal(chance.randint(900, 4200))
    sales = [first, _grown(chance, first)]
    sales.append(_grown(chance, sales[1]))
    spent = [(amount * chance.randint(70, 110) / 1000).quantize(CENT) for amount in sales]
    income = [(sales[2] * share / 100).quantize(CENT) for share in (58, 14)]
    costs = _costs(year, spent)
    values = _columns(chance, trade, year, sales)
    values |= {"rd_domestic": sum(spent), "reported_rd": sum(spent), "reported_income": sum(income)}
    tables = {
        "rights": _rights(chance, trade, year),
        "staff": _staff(chance),
        "projects": _projects(trade, year, costs),
        "costs": costs,
        "products": _products(trade, income),
        "results": _results(trade, year),
        "standards": [],
    }
    return values, tables


def _grown(chance: random.Random, amount: Decimal) -> Decimal:
    return (amount * chance.randint(112, 142) / 100).quantize(CENT)


def _text(trade: Trade) -> str:
    return TEXT.format(subject=trade.subject, product=trade.products[0])


def _columns(
    chance: random.Random, trade: Trade, year: int, sales: list[Decimal]
) -> dict[str, Any]:
    yearly = {
        "sales": sales,
        "net_assets": [(amount * 6 / 10).quantize(CENT) for amount in sales],
        "profit": [(amount / 12).quantize(CENT) for amount in sales],
    }
    columns = {
        f"{name}_{n}": amount for name, rows in yearly.items() for n, amount in enumerate(rows, 1)
    }
    texts = ("text_rights", "text_results", "text_management", "text_staff")
    return {
        **columns,
        **dict.fromkeys(texts, _text(trade)),
        "registered_on": datetime.date(year - chance.randint(5, 14), chance.randint(1, 12), 18),
        "core_field_code": trade.field,
        "rd_basic": Decimal("0.00"),
        "gross_income": (sales[2] * 102 / 100).quantize(CENT),
        "non_taxable_income": Decimal("0.00"),
        "accident": False,
        "no_secrets": True,
        "agency_name": "浙江正衡会计师事务所",
        "agency_founded_on": datetime.date(2005, 4, 1),
        "agency_staff": Decimal("60.00"),
        "agency_professionals": Decimal("30.00"),
        "agency_bad_record": False,
        "report_number": f"浙衡专审〔{year}〕{chance.randint(1, 999):03d}号",
    }


def _rights(chance: random.Random, trade: Trade, year: int) -> list[dict[str, Any]]:
    granted = datetime.date(year - 1, chance.randint(1, 12), 8)
    first = {
        "code": "IP01",
        "name": f"一种{trade.subject}方法",
        "kind": IpKind.INVENTION_PATENT,
        "number": patent(chance, year - 4),
        "granted_on": granted,
        "gained": IpGained.OWN,
    }
    serial = chance.randint(100_000, 900_000)
    return [first] + [
        {
            "code": f"IP{place:02d}",
            "name": f"{trade.products[place % 2]}软件 V{place}.0",
            "kind": IpKind.SOFTWARE,
            "number": f"{year - 2}SR{serial + place:07d}",
            "granted_on": datetime.date(year - 2, 5, 10),
            "gained": IpGained.OWN,
        }
        for place in range(2, 2 + SOFTWARE)
    ]


def _staff(chance: random.Random) -> list[dict[str, Any]]:
    """Each group adds up to the total; a fifth to two fifths are S&T staff."""
    whole = Decimal(chance.randint(30, 240))
    part = (whole * chance.randint(20, 40) / 100).quantize(Decimal(1))
    rows = []
    for group, names in STAFF_GROUPS.items():
        for place, name in enumerate(names):
            filled = place == 0 and group not in ("origin", "title")
            staff, st = (whole, part) if filled else (Decimal(0), Decimal(0))
            rows.append({"name": name.value, "staff": staff, "st": st})
    return rows


def _costs(year: int, spent: list[Decimal]) -> list[dict[str, Any]]:
    """Each year split over the activities, three fifths personnel and two fifths direct input."""
    rows = []
    for n, amount in enumerate(spent):
        left = amount
        for place in range(1, PROJECTS + 1):
            part = left if place == PROJECTS else (amount / PROJECTS).quantize(CENT)
            left -= part
            personnel = (part * 3 / 5).quantize(CENT)
            rows.append(
                {
                    "project": f"RD{place:02d}",
                    "year": year - 3 + n,
                    "personnel": personnel,
                    "direct": part - personnel,
                }
            )
    return rows


def _projects(trade: Trade, year: int, costs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows = []
    for place in range(1, PROJECTS + 1):
        code = f"RD{place:02d}"
        spent = [row["personnel"] + row["direct"] for row in costs if row["project"] == code]
        rows.append(
            {
                "code": code,
                "name": f"{trade.subject}技术研究（{place}期）",
                "starts_on": datetime.date(year - 3, 1, 1),
                "ends_on": datetime.date(year - 1, 12, 31),
                "field_code": trade.field,
                "source": TechSource.OWN,
                "rights": ["IP01", f"IP{place + 1:02d}"],
                "budget": sum(spent) * 11 / 10,
                **{f"spent_{n}": amount for n, amount in enumerate(spent, 1)},
                "goal": _text(trade),
                "core": _text(trade),
                "outcome": _text(trade),
            }
        )
        rows[-1]["budget"] = Decimal(rows[-1]["budget"]).quantize(CENT)
    return rows


def _products(trade: Trade, income: list[Decimal]) -> list[dict[str, Any]]:
    return [
        {
            "code": f"PS{place:02d}",
            "name": trade.products[place - 1],
            "field_code": trade.field,
            "source": TechSource.OWN,
            "income": amount,
            "main": place == 1,
            "rights": ["IP01", f"IP{place + 1:02d}"],
            "technology": _text(trade),
            "advantage": _text(trade),
            "support": _text(trade),
        }
        for place, amount in enumerate(income, 1)
    ]


def _results(trade: Trade, year: int) -> list[dict[str, Any]]:
    return [
        {
            "code": f"{place:02d}",
            "name": f"{trade.subject}成果{place}",
            "kind": "patent" if place == 1 else "copyright",
            "source": "own",
            "became": "product",
            "form": "invested",
            "year": year - 3 + place % 3,
            "rights": [f"IP{1 + place % (SOFTWARE + 1):02d}"],
            "projects": [f"RD{1 + place % PROJECTS:02d}"],
            "products": [f"PS{1 + place % 2:02d}"],
        }
        for place in range(1, RESULTS + 1)
    ]
