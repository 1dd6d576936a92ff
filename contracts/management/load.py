"""Contracts by the hundred thousand, through COPY, for figures and exercises.

Reproducible by seed, in every state, over all authorities. The event chain, the numbers and the
search entries are those of real filings. What a load leaves out: evidence files, papers, digests
of facts, and the certificates' files, which wait ten years for the worker.
"""

import csv
import datetime
import io
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from contracts import editions
from contracts.management import load_sql as sql
from contracts.management.demo import FIRMS, SUBJECTS, WORKS
from torch_portal.accounts.models import Agency, Enterprise, Jurisdiction, User
from torch_portal.filings.management.invented import credit_code
from torch_portal.filings.models import NumberSeries

LINE = "contracts"
CHUNK = 50_000
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


@dataclass
class Ground:
    """What the rows hang on: agencies and their examiners, enterprises, a filer, serials."""

    agencies: list[Agency]
    examiners: dict[int, int]
    firms: dict[str, list[Enterprise]]
    filer: int
    serials: dict[str, int] = field(default_factory=dict)

    def take(self, key: str) -> int:
        """The next number of a series."""
        if key not in self.serials:
            row = NumberSeries.objects.filter(key=key).first()
            self.serials[key] = row.last if row else 0
        self.serials[key] += 1
        return self.serials[key]


def load(*, filings: int, seed: int, at: datetime.datetime) -> dict[str, int]:
    """So many contracts, CHUNK to a transaction; returns how many went which way."""
    chance = random.Random(seed)  # noqa: S311  (reproducible examples, no secret)
    ground = _ground(chance, filings)
    paths = [p for p, weight in PATHS for _n in range(weight)]
    made: dict[str, int] = {}
    for first in range(0, filings, CHUNK):
        rows = list(_rows(chance, ground, paths, min(CHUNK, filings - first), at))
        with transaction.atomic():
            _write(rows)
            _keep_serials(ground.serials)
        for row in rows:
            made[row[0]] = made.get(row[0], 0) + 1
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return made


def _ground(chance: random.Random, filings: int) -> Ground:
    """Agencies for every authority, and enterprises enough for the filings."""
    filer, _new = User.objects.get_or_create(
        username="load-filer",
        defaults={"is_active": False, "last_name": "演示", "first_name": "员"},
    )
    served = {agency.jurisdiction_id for agency in Agency.objects.all() if agency.serves(LINE)}
    for place in Jurisdiction.objects.exclude(pk__in=served).order_by("pk"):
        code = f"{place.code:0<4}"[:4] + "01"
        Agency.objects.create(
            name=f"{place.name_zh}技术合同登记处", code=code, jurisdiction=place, lines=[LINE]
        ).areas.create(prefix=place.code)
    agencies = [agency for agency in Agency.objects.order_by("code") if agency.serves(LINE)]
    return Ground(agencies, _examiners(agencies), _firms(chance, agencies, filings), filer.pk)


def _examiners(agencies: list[Agency]) -> dict[int, int]:
    """One who decides at each agency: whoever is appointed there, else an account nobody uses."""
    known = dict(
        User.objects.filter(appointments__agency__in=agencies).values_list(
            "appointments__agency", "pk"
        )
    )
    for agency in agencies:
        if agency.pk not in known:
            person, _new = User.objects.get_or_create(
                username=f"load-{agency.code}",
                defaults={"is_active": False, "last_name": "登记", "first_name": "员"},
            )
            known[agency.pk] = person.pk
    return known


def _firms(
    chance: random.Random, agencies: list[Agency], filings: int
) -> dict[str, list[Enterprise]]:
    """Invented enterprises by authority."""
    made = []
    for n in range(max(len(agencies), filings // FIRM_SIZE)):
        agency = agencies[n % len(agencies)]
        division = f"{agency.jurisdiction_id:0<6}"
        words = (chance.choice(FIRMS), chance.choice(USES), n)
        made.append(
            Enterprise(
                credit_code=credit_code(chance, division),
                name="{}{}科技股份有限公司第{}分公司".format(*words),
                division=division,
                jurisdiction_id=agency.jurisdiction_id,
                nature="100",
            )
        )
    Enterprise.objects.bulk_create(made, ignore_conflicts=True, batch_size=5000)
    codes = [firm.credit_code for firm in made]
    found: dict[str, list[Enterprise]] = {}
    for firm in Enterprise.objects.filter(credit_code__in=codes).order_by("credit_code"):
        found.setdefault(firm.jurisdiction_id, []).append(firm)
    return found


@cache
def _edition(day: datetime.date, place: str) -> str:
    return str(editions.on(day, place).code)


def _rows(
    chance: random.Random, ground: Ground, paths: list[str], count: int, at: datetime.datetime
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
            *_when(chance, ground, path, agency, at),
            *_what(chance, firm),
        )


def _when(
    chance: random.Random, ground: Ground, path: str, agency: Agency, at: datetime.datetime
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


def _write(rows: list[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.STAGE)
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        text.seek(0)
        cursor.copy_expert(sql.COPY, text)
        for statement in sql.FILL:
            cursor.execute(statement)


def _keep_serials(serials: dict[str, int]) -> None:
    rows = [NumberSeries(key=key, last=last) for key, last in serials.items()]
    NumberSeries.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["key"], update_fields=["last"]
    )
