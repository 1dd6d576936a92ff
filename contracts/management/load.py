"""Contracts by the hundred thousand, through COPY, for figures and exercises.

Reproducible by seed, in every state, over all authorities. The event chain, the numbers and the
search entries are those of real filings. What a load leaves out: evidence files, papers, digests
of facts, and the certificates' files, which wait ten years for the worker.
"""

import datetime
import random
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any

from django.utils import timezone

from contracts import editions
from contracts.management import load_sql as sql
from contracts.management.demo import FIRMS, SUBJECTS, WORKS
from contracts.workflow import WORKFLOW
from torch_portal.accounts.models import Agency, Enterprise
from torch_portal.filings.management import loading
from torch_portal.filings.management.invented import credit_code

FIRM_SIZE = 250  # filings of one enterprise
YEARS = 3
OPEN_DAYS = 25
# (path, weight in a thousand): how a filing came to where it stands.
PATHS = (
    ("recognised", 695), ("submitted", 50), ("accepted", 60), ("second_review", 10),
    ("corrected", 10), ("correcting", 30), ("draft", 40), ("refused", 20), ("not_accepted", 10),
    ("withdrawn", 30), ("deregistered", 30), ("revoked", 10), ("revocation_noticed", 5),
)  # fmt: skip
OPEN = {"submitted", "accepted", "second_review", "corrected"}
NUMBERED = {"recognised", "deregistered", "revoked", "revocation_noticed"}
NAMES = ("面向", "基于多源数据的", "新一代", "国产化", "低功耗", "高可靠", "分布式", "轻量化")
USES = (
    "疫情防控",
    "智慧城市",
    "先进制造",
    "绿色园区",
    "现代农业",
    "医疗健康",
    "轨道交通",
    "应急管理",
)
WORDS = ("系统", "平台", "装备", "工艺", "模型", "试剂", "算法", "终端", "材料", "数据库")
STEPS = {
    "draft": "",
    "submitted": "submit",
    "withdrawn": "submit withdraw",
    "not_accepted": "submit decline",
    "accepted": "submit accept",
    "second_review": "submit accept propose",
    "correcting": "submit return_for_correction",
    "corrected": "submit return_for_correction submit",
    "refused": "submit accept refuse",
    "recognised": "submit accept recognise",
    "deregistered": "submit accept recognise deregister",
    "revoked": "submit accept recognise notify_revocation revoke",
    "revocation_noticed": "submit accept recognise notify_revocation",
}
COLUMNS = (
    ("registration", "text"), ("project", "text"), ("kind", "text"), ("subkind", "text"),
    ("seller", "text"), ("seller_code", "text"), ("seller_division", "text"),
    ("buyer", "text"), ("buyer_code", "text"), ("buyer_division", "text"),
    ("total", "numeric"), ("technical", "numeric"), ("technology", "text"), ("objective", "text"),
)  # fmt: skip
PLAN = loading.Plan(
    workflow=WORKFLOW,
    paths=STEPS,
    columns=dict(COLUMNS),
    fill=sql.FILL,
    trigger=("contracts_contract", "contract_search_words"),
    deciding=frozenset({"recognise", "refuse", "decline"}),
)


def load(*, filings: int, seed: int, at: datetime.datetime) -> dict[str, int]:
    """So many contracts; returns how many went which way."""
    chance = random.Random(seed)  # noqa: S311  (reproducible examples, no secret)
    ground = loading.ground(
        chance,
        line=WORKFLOW.line,
        agency_name="技术合同登记处",
        firm_names=[
            f"{_words(chance)}科技股份有限公司第{n}分公司" for n in range(1 + filings // FIRM_SIZE)
        ],
    )
    paths = [p for p, weight in PATHS for _n in range(weight)]
    return loading.copy(PLAN, ground, _rows(chance, ground, paths, filings, at))


def _words(chance: random.Random) -> str:
    return chance.choice(FIRMS) + chance.choice(USES)


@cache
def _edition(day: datetime.date, place: str) -> str:
    return str(editions.on(day, place).code)


def _rows(
    chance: random.Random,
    ground: loading.Ground,
    paths: list[str],
    count: int,
    at: datetime.datetime,
) -> Iterator[tuple[Any, ...]]:
    for _n in range(count):
        agency = chance.choice(ground.agencies)
        firm = chance.choice(ground.firms[agency.jurisdiction_id])
        path = chance.choice(paths)
        yield (
            path,
            firm.pk,
            agency.jurisdiction_id,
            agency.pk,
            ground.filer,
            ground.examiners[agency.pk],
            None,
            *_when(chance, ground, path, agency, at),
            *_what(chance, firm),
        )


def _when(
    chance: random.Random, ground: loading.Ground, path: str, agency: Agency, at: datetime.datetime
) -> tuple[Any, ...]:
    """When it came, until when it is due, when it was decided, under which numbers."""
    days = chance.randint(1, OPEN_DAYS if path in OPEN else 365 * YEARS)
    sent = at - datetime.timedelta(days=days, minutes=chance.randint(0, 480))
    day = timezone.localdate(sent)
    decided = min(sent + datetime.timedelta(days=9), at)
    settled = timezone.localdate(decided)
    key = f"registration:contracts:{agency.code}:{settled.year}"
    number = f"HT-{day.year}-{agency.code}-"
    return (
        sent,
        decided,
        day + datetime.timedelta(days=22) if path in OPEN else None,
        _edition(day, agency.jurisdiction_id),
        None
        if path == "draft"
        else f"{number}{ground.take(f'filing:contracts:{agency.code}:{day.year}'):06d}",
        editions.number(settled.year, agency.code, ground.take(key)) if path in NUMBERED else None,
    )


def _what(chance: random.Random, firm: Enterprise) -> tuple[Any, ...]:
    """What the contract is about, between whom, for how much."""
    subject, technology, objective = chance.choice(SUBJECTS)
    kind, subkind, work = chance.choice(WORKS)
    name = f"{chance.choice(NAMES)}{chance.choice(USES)}的{subject}{chance.choice(WORDS)}{work}"
    division = f"{chance.choice(('3301', '3201', '3101', '1101', '4401'))}06"
    total = Decimal(chance.randint(8, 4800)) * 1000
    return (
        f"{name}（{chance.randint(1, 999)}）",
        kind,
        subkind,
        firm.name,
        firm.credit_code,
        firm.division,
        f"{chance.choice(USES)}{chance.choice(FIRMS)}有限公司",
        credit_code(chance, division),
        division,
        total,
        total - (total / 10 if chance.random() < 0.5 else 0),
        technology,
        objective,
    )
