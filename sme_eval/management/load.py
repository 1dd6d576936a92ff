"""Evaluations by the hundred thousand, through COPY, for figures and exercises.

Reproducible by seed, in every state, over all authorities: each enterprise once in each of the
newest years. Event chains, numbers, search entries and public lists are those of real filings.
What a load leaves out: files, receipts, letters, digests of facts.
"""

import datetime
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any

from django.utils import timezone

from sme_eval import queries, rules
from sme_eval.editions import Edition
from sme_eval.enums import RdBasis
from sme_eval.management import load_sql as sql
from sme_eval.management.invented import TRADES
from sme_eval.management.story import moment, settled_editions
from sme_eval.models import Evaluation
from sme_eval.workflow import PROVINCIAL, WORKFLOW
from torch_portal.accounts.enums import OfficeRole
from torch_portal.accounts.models import Enterprise, User
from torch_portal.filings.management import loading
from torch_portal.filings.management.invented import NAMES

LINE = WORKFLOW.line
YEARS = 3
ANNOUNCED_AFTER = 60  # days from the first day of a year's window to its list
PUBLIC_BEFORE = 16  # days from the list's publicity to its announcement
OPEN_SINCE = 3  # days
REVIEW = datetime.timedelta(days=7)
STEPS = {
    "draft": "",
    "submitted": "submit",
    "withdrawn": "submit withdraw",
    "correcting": "submit return_for_correction",
    "corrected": "submit return_for_correction submit",
    "refused": "submit refuse",
    "passed": "submit pass_form",
    "in_publicity": "submit pass_form publicise",
    "entered": "submit pass_form publicise announce",
    "resigned": "submit pass_form publicise announce resign",
    "revocation_noticed": "submit pass_form publicise announce notify_revocation",
    "revoked": "submit pass_form publicise announce notify_revocation revoke",
}
Weights = tuple[tuple[str, int], ...]
# (path, weight): of a year that is over, and of the newest one.
SETTLED: Weights = (
    ("entered", 88),
    ("refused", 5),
    ("withdrawn", 3),
    ("resigned", 2),
    ("revoked", 2),
)
NEWEST: Weights = (
    ("draft", 4), ("submitted", 20), ("corrected", 3), ("correcting", 5), ("passed", 12),
    ("in_publicity", 10), ("entered", 35), ("refused", 4), ("withdrawn", 3), ("resigned", 1),
    ("revoked", 1), ("revocation_noticed", 2),
)  # fmt: skip
NUMBERED = {"entered", "resigned", "revocation_noticed", "revoked"}
WAITING = {"submitted", "corrected"}
LATE = WAITING | {"draft", "correcting", "passed", "in_publicity"}
SCORED = NUMBERED | {"passed", "in_publicity"}
# Shares of S&T staff and of R&D in revenue, in percent; with a patent all of them pass.
STAFF_SHARES, RD_SHARES = (12, 18, 22, 27, 34, 48), (Decimal("4.2"), Decimal("5.3"), Decimal(8))
COLUMNS = (
    ("year", "int"), ("registration", "text"), ("batch", "int"), ("founded", "date"),
    ("industry", "text"), ("products", "text"), ("subject", "text"), ("field", "text"),
    ("staff", "numeric"), ("staff_st", "numeric"), ("revenue", "numeric"), ("cost", "numeric"),
    ("assets", "numeric"), ("research", "numeric"), ("points", "text"),
)  # fmt: skip
PLAN = loading.Plan(
    workflow=WORKFLOW,
    paths=STEPS,
    columns=dict(COLUMNS),
    fill=sql.FILL,
    trigger=("sme_eval_evaluation", "evaluation_search_words"),
    deciding=frozenset({"refuse", "announce"}),
    anchors={"publicise": (-24 * PUBLIC_BEFORE, "decided_at")},
    officials=PROVINCIAL,
)


@dataclass
class Making:
    """A load that is running; newest: the paths of the newest year, lists: those begun so far."""

    chance: random.Random
    ground: loading.Ground
    editions: list[Edition]
    at: datetime.datetime
    newest: Weights = NEWEST
    lists: dict[tuple[object, ...], int] = field(default_factory=dict)


@dataclass(frozen=True)
class Way:
    """One enterprise in one year: by which path, when filed, when decided."""

    path: str
    firm: Enterprise
    edition: Edition
    sent: datetime.datetime
    decided: datetime.datetime


def load(*, filings: int, seed: int, at: datetime.datetime) -> dict[str, int]:
    """So many evaluations over all authorities; returns how many went which way.

    Raises ValueError when the enterprises of this seed have been evaluated already.
    """
    chance = random.Random(seed)  # noqa: S311  (reproducible examples, no secret)
    editions = settled_editions(timezone.localdate(at))[-YEARS:]
    making = Making(chance, _ground(chance, -(-filings // len(editions))), editions, at)
    return loading.copy(PLAN, making.ground, _rows(making, filings))


def load_passed(*, place: str, filings: int, seed: int, at: datetime.datetime) -> dict[str, int]:
    """So many forms of one authority that wait for a list; see load."""
    chance = random.Random(seed)  # noqa: S311  (reproducible examples, no secret)
    editions = settled_editions(timezone.localdate(at))[-1:]
    ground = _ground(chance, filings, place)
    making = Making(chance, ground, editions, at, newest=(("passed", 1),))
    return loading.copy(PLAN, ground, _rows(making, filings))


def _ground(chance: random.Random, firms: int, place: str = "") -> loading.Ground:
    return loading.ground(
        chance,
        line=LINE,
        agency_name="科技型中小企业评价工作机构",
        firm_names=[
            f"{chance.choice(NAMES)}{chance.choice(TRADES)[0]}（{n}）有限公司" for n in range(firms)
        ],
        place=place,
    )


def _rows(making: Making, count: int) -> Iterator[tuple[Any, ...]]:
    ground, editions = making.ground, making.editions
    firms = _not_evaluated(ground)
    if len(firms) * len(editions) < count:
        raise ValueError("the enterprises of this seed have evaluations: take another seed")
    agencies = {agency.jurisdiction_id: agency.pk for agency in ground.agencies}
    officials = _officials(list(agencies))
    for n in range(count):
        way = _way(making, firms[n // len(editions)], editions[n % len(editions)])
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
            timezone.localdate(way.sent) + REVIEW if way.path in WAITING else None,
            way.edition.code,
            _filing_number(ground, way) if way.path != "draft" else None,
            way.edition.year,
            *_numbers(making, way, n // loading.CHUNK),
            *_figures(making.chance, scored=way.path in SCORED),
        )


def _not_evaluated(ground: loading.Ground) -> list[Enterprise]:
    known = set(Evaluation.objects.values_list("enterprise_id", flat=True))
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


def _way(making: Making, firm: Enterprise, edition: Edition) -> Way:
    """A path with its moments; an open list has the day of its announcement still before it."""
    chance, at = making.chance, making.at
    weights = making.newest if edition is making.editions[-1] else SETTLED
    path = chance.choices([p for p, _w in weights], [w for _p, w in weights])[0]
    hour, days = chance.randint(8, 17), datetime.timedelta(days=chance.randint(0, 24))
    if path in LATE:
        last = min(edition.closes, timezone.localdate(at) - datetime.timedelta(days=1))
        later = at + datetime.timedelta(days=PUBLIC_BEFORE - OPEN_SINCE)
        return Way(path, firm, edition, moment(last - days, hour), later)
    sent = moment(edition.opens + days, hour)
    if path not in NUMBERED:
        return Way(path, firm, edition, sent, sent + datetime.timedelta(hours=4))
    day = edition.opens + datetime.timedelta(days=ANNOUNCED_AFTER)
    return Way(path, firm, edition, sent, min(moment(day, 9), at - datetime.timedelta(hours=6)))


def _filing_number(ground: loading.Ground, way: Way) -> str:
    year, firm = way.edition.year, way.firm
    serial = ground.take(f"filing:{LINE}:{firm.jurisdiction_id}:{year}")
    return f"KX{year}{firm.division}{serial:010d}"


def _numbers(making: Making, way: Way, chunk: int) -> tuple[str | None, int | None, datetime.date]:
    """Its number in the library, that of its list, and when the enterprise was founded."""
    founded = datetime.date(way.edition.year - making.chance.randint(2, 15), 5, 18)
    number = None
    if way.path in NUMBERED:
        day, place = timezone.localdate(way.decided), way.firm.jurisdiction_id
        parts = rules.Number(
            year=day.year,
            division=way.firm.division,
            timing=rules.timing_letter(founded, way.sent, way.edition.year),
            route="0",
            serial=making.ground.take(queries.number_series(place, day)),
        )
        number = rules.compose_number(parts)
    return number, _list_number(making, way, chunk), founded


def _list_number(making: Making, way: Way, chunk: int) -> int | None:
    """The list it stands on: one for each authority, year and stage in a transaction."""
    if way.path not in NUMBERED and way.path != "in_publicity":
        return None
    place, year = way.firm.jurisdiction_id, way.edition.year
    key = (place, year, way.path in NUMBERED, chunk)
    if key not in making.lists:
        making.lists[key] = making.ground.take(f"publicity:{LINE}:{place}:{year}")
    return making.lists[key]


def _figures(chance: random.Random, *, scored: bool) -> tuple[Any, ...]:
    """What the enterprise states, and the points of it."""
    staff, revenue = Decimal(chance.randint(10, 450)), Decimal(chance.randint(40, 1800)) * 10
    share, rd_share = chance.choice(STAFF_SHARES), chance.choice(RD_SHARES)
    _name, industry, technology, products, subject = chance.choice(TRADES)
    return (
        industry,
        "、".join(products),
        subject,
        technology.value,
        staff,
        staff * share / 100,
        revenue,
        revenue * chance.randint(78, 97) / 100,
        revenue * chance.randint(50, 110) / 100,
        revenue * rd_share / 100,
        _points(share, rd_share) if scored else None,
    )


@cache
def _points(share: int, rd_share: Decimal) -> str:
    """Points with these shares and one patent, as the rules give them."""
    facts = rules.Facts(
        filed_on=datetime.date(2020, 3, 2),
        staff_total=Decimal(100),
        staff_st=Decimal(share),
        revenue=Decimal(1000),
        rd_cost=10 * rd_share,
        rd_basis=RdBasis.REVENUE,
        ip_class1=1,
        ip_class2=0,
    )
    return json.dumps(rules.points(rules.score(facts)))
