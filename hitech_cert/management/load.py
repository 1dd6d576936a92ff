"""Applications by the hundred thousand, through COPY, for figures and exercises.

Reproducible by seed, over all authorities, each enterprise once. Event chains, numbers of filings,
batches, qualifications and search entries are those of real filings. What a load leaves out: the
states that stand on a panel, a report or a public list, and what is decided after the certificate;
files, receipts, letters, sheets, digests of facts. Certificate numbers are invented.
"""

import datetime
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils import timezone

from hitech_cert.management import load_sql as sql
from hitech_cert.management.invented import TRADES
from hitech_cert.management.story import at_hour, moment_of
from hitech_cert.models import Application, Intake
from hitech_cert.rules import term
from hitech_cert.workflow import EITHER, LOCAL, WORKFLOW
from torch_portal.accounts.enums import OfficeRole
from torch_portal.accounts.models import Enterprise, User
from torch_portal.filings.enums import Turn
from torch_portal.filings.management import loading
from torch_portal.filings.management.invented import NAMES

LINE = WORKFLOW.line
YEARS = 5
REPORTED = "submit recommend accept draw_panel close_review propose report"
STEPS = {
    "draft": "",
    "submitted": "submit",
    "withdrawn": "submit withdraw",
    "correcting": "submit return_for_correction",
    "corrected": "submit return_for_correction submit",
    "not_accepted": "submit reject",
    "recommended": "submit recommend",
    "accepted": "submit recommend accept",
    "scored": "submit recommend accept draw_panel close_review",
    "proposed": "submit recommend accept draw_panel close_review propose",
    "not_recognised": "submit recommend accept draw_panel close_review not_recognise",
    "certified": f"{REPORTED} certify",
    "expired": f"{REPORTED} certify expire",
}
Weights = tuple[tuple[str, int], ...]
# (path, weight): of a year that is over, and of the newest one.
SETTLED: Weights = (
    ("certified", 82), ("not_recognised", 10), ("not_accepted", 4), ("withdrawn", 4),
)  # fmt: skip
NEWEST: Weights = (
    ("draft", 6), ("submitted", 24), ("corrected", 4), ("correcting", 5), ("recommended", 16),
    ("accepted", 25), ("scored", 8), ("proposed", 4), ("not_recognised", 3), ("not_accepted", 2),
    ("withdrawn", 3),
)  # fmt: skip
LOCAL_WORK = {"submitted", "corrected"}
OPEN = LOCAL_WORK | {"recommended", "accepted", "scored", "proposed"}
SCORED = {"scored", "proposed", "not_recognised", "certified", "expired"}
ACCEPTED = SCORED | {"accepted"}
COLUMNS = (
    ("year", "int"), ("intake", "bigint"), ("accepted", "boolean"), ("founded", "date"),
    ("field", "text"), ("product", "text"), ("subject", "text"), ("sales", "numeric"),
    ("staff", "numeric"), ("score_top", "int"), ("score_bottom", "int"), ("certificate", "text"),
    ("issued", "date"),
)  # fmt: skip
OFFICIALS = frozenset(
    move.name
    for move in WORKFLOW.moves.values()
    if move.turn == Turn.REVIEWER and move.name not in LOCAL | EITHER
)
PLAN = loading.Plan(
    workflow=WORKFLOW,
    paths=STEPS,
    columns=dict(COLUMNS),
    fill=sql.FILL,
    trigger=("hitech_cert_application", "application_search_words"),
    deciding=frozenset({"reject", "not_recognise", "certify"}),
    officials=OFFICIALS,
)


@dataclass
class Making:
    """A load that is running: its batches by place, year and number, and serials so far."""

    chance: random.Random
    ground: loading.Ground
    now: datetime.datetime
    batches: dict[tuple[str, int, int], Intake] = field(default_factory=dict)
    issued: dict[tuple[str, int], int] = field(default_factory=dict)


@dataclass(frozen=True)
class Way:
    """One application: by which path, into which batch, when filed and decided."""

    path: str
    firm: Enterprise
    intake: Intake
    sent: datetime.datetime
    decided: datetime.datetime


def load(*, filings: int, seed: int, at: datetime.datetime) -> dict[str, int]:
    """So many applications over all authorities; returns how many went which way.

    Raises ValueError when the enterprises of this seed have applied already.
    """
    chance = random.Random(seed)  # noqa: S311  (reproducible examples, no secret)
    ground = loading.ground(
        chance,
        line=LINE,
        agency_name="科学技术局高新技术处",
        firm_names=[
            f"{chance.choice(NAMES)}{chance.choice(TRADES).name}（{n}）有限公司"
            for n in range(filings)
        ],
    )
    making = Making(chance, ground, moment_of(at))
    _open_batches(making)
    return loading.copy(PLAN, ground, _rows(making, filings))


def _open_batches(making: Making) -> None:
    """Two of each authority and year; of the newest year the second still takes applications."""
    day, now = datetime.timedelta(days=1), making.now
    made = []
    for place in {agency.jurisdiction_id for agency in making.ground.agencies}:
        for year in range(now.year - YEARS + 1, now.year + 1):
            newest = year == now.year
            ends = now if newest else now.replace(year=year, month=9, day=20)
            for number, first, last in ((1, -58, -28), (2, -26, 2 if newest else -10)):
                closes = at_hour(ends + last * day, 18)
                made.append(
                    Intake(
                        jurisdiction_id=place,
                        year=year,
                        number=number,
                        title=f"{year}年第{number}批高新技术企业认定（{place}）",
                        opens_at=at_hour(ends + first * day, 9),
                        closes_at=closes,
                        recommend_by=(closes + day).date(),
                        source="演练数据",
                    )
                )
    Intake.objects.bulk_create(made, ignore_conflicts=True)
    years = {row.year for row in made}
    for row in Intake.objects.filter(year__in=years, number__in=(1, 2)):
        making.batches[row.jurisdiction_id, row.year, row.number] = row


def _rows(making: Making, count: int) -> Iterator[tuple[Any, ...]]:
    ground = making.ground
    firms = _without_application(ground)
    if len(firms) < count:
        raise ValueError("the enterprises of this seed have applied: take another seed")
    agencies = {agency.jurisdiction_id: agency.pk for agency in ground.agencies}
    officials = _officials(list(agencies))
    for n in range(count):
        way = _way(making, firms[n])
        place = way.firm.jurisdiction_id
        yield (
            way.path,
            way.firm.pk,
            place,
            agencies[place],
            ground.filer,
            ground.examiners[agencies[place]],
            officials[place],
            way.sent,
            way.decided,
            _due(way),
            "HNTE2020",
            _filing_number(ground, way) if way.path != "draft" else None,
            way.intake.year,
            way.intake.pk,
            way.path in ACCEPTED,
            *_figures(making.chance, way.intake.year),
            *_outcome(making, way),
        )


def _without_application(ground: loading.Ground) -> list[Enterprise]:
    known = set(Application.objects.values_list("enterprise_id", flat=True))
    firms = [firm for rows in ground.firms.values() for firm in rows if firm.pk not in known]
    return sorted(firms, key=lambda firm: firm.credit_code[::-1])


def _officials(places: list[str]) -> dict[str, int]:
    """Who acts for each authority: its official, else an account that nobody uses."""
    appointed = User.objects.filter(appointments__role=OfficeRole.OFFICIAL)
    known: dict[str, int] = {}
    for place in places:
        person = appointed.filter(appointments__jurisdiction=place).order_by("pk").first()
        if person is None:
            person, _new = User.objects.get_or_create(
                username=f"load-official-{place}",
                defaults={"is_active": False, "last_name": "主管", "first_name": "员"},
            )
        known[place] = person.pk
    return known


def _way(making: Making, firm: Enterprise) -> Way:
    """A path with its moments: filed while the batch was open, decided a month later."""
    chance, now = making.chance, making.now
    year = chance.randint(now.year - YEARS + 1, now.year)
    newest = year == now.year
    weights = NEWEST if newest else SETTLED
    path = chance.choices([p for p, _w in weights], [w for _p, w in weights])[0]
    number = 2 if newest and path in LOCAL_WORK | {"draft", "correcting"} else 1
    intake = making.batches[firm.jurisdiction_id, year, number]
    open_days = (min(intake.closes_at, now) - intake.opens_at).days
    days = datetime.timedelta(days=chance.randint(1, max(open_days - 1, 1)))
    sent = at_hour(intake.opens_at + days, chance.randint(9, 17))
    decided = min(intake.closes_at + datetime.timedelta(days=25), now)
    if path == "certified" and term(timezone.localdate(decided)).valid_to < now.date():
        path = "expired"
    return Way(path, firm, intake, sent, decided)


def _due(way: Way) -> datetime.date | None:
    if way.path in LOCAL_WORK:
        return way.intake.recommend_by
    return datetime.date(way.intake.year, 11, 30) if way.path in OPEN else None


def _filing_number(ground: loading.Ground, way: Way) -> str:
    year, firm = way.intake.year, way.firm
    serial = ground.take(f"filing:{LINE}:{firm.jurisdiction_id}:{year}")
    return f"GQ{year}{firm.division}{serial:06d}"


def _figures(chance: random.Random, year: int) -> tuple[Any, ...]:
    """When it was founded, what it does, sales of the first year and staff."""
    trade = chance.choice(TRADES)
    return (
        datetime.date(year - chance.randint(5, 15), 5, 18),
        trade.field,
        trade.products[0],
        trade.subject,
        Decimal(chance.randint(500, 9000)),
        Decimal(chance.randint(24, 400)),
    )


def _outcome(making: Making, way: Way) -> tuple[Any, ...]:
    """The average of five experts as a fraction, the number and the day of issue."""
    if way.path not in SCORED:
        return None, None, None, None
    low, high = (300, 350) if way.path == "not_recognised" else (356, 470)
    top = making.chance.randint(low, high)
    if way.path not in ("certified", "expired"):
        return top, 5, None, None
    key = way.firm.jurisdiction_id[:2], way.intake.year
    making.issued[key] = making.issued.get(key, 0) + 1
    number = f"GR{key[1]}{key[0]}{making.issued[key]:06d}"
    return top, 5, number, timezone.localdate(way.decided)
