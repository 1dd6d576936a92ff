"""Returns by the hundred thousand, through COPY, for figures and exercises.

Reproducible by seed, over all authorities, each enterprise once in the round of the demonstration.
Event chains, numbers, revisions and search entries are those of real returns. What a load leaves
out: receipts, letters, signed scans, violated rules, digests of facts.
"""

import datetime
import json
import random
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.utils import timezone

from stats.actions.rounds import move_round
from stats.editions.quality import LARGE_POINTS, LARGE_REVENUE, REVENUE
from stats.enums import RoundState
from stats.management import load_sql as sql
from stats.management.invented import FIGURES, TRADES
from stats.management.story import round_of, story_of, version_of
from stats.models import Return, Round
from stats.queries.reports import digest_of
from stats.workflow import WORKFLOW
from torch_portal.accounts.enums import OfficeRole
from torch_portal.accounts.models import Enterprise, User
from torch_portal.filings.management import loading
from torch_portal.filings.management.invented import NAMES

LINE = WORKFLOW.line
STEPS = {
    "draft": "",
    "submitted": "submit",
    "returned": "submit return_for_correction",
    "corrected": "submit return_for_correction submit",
    "local_approved": "submit approve_local",
    "province_approved": "submit approve_local approve_province",
    "accepted": "submit approve_local approve_province accept",
    "cancel_requested": "submit request_cancellation",
    "cancelled": "submit request_cancellation cancel",
}
WEIGHTS = (
    ("draft", 12), ("submitted", 22), ("returned", 5), ("corrected", 6), ("local_approved", 18),
    ("province_approved", 12), ("accepted", 22), ("cancel_requested", 1), ("cancelled", 2),
)  # fmt: skip
COLUMNS = (("survey_round", "bigint"), ("data", "text"), ("digest", "text"), ("risk", "int"))
PLAN = loading.Plan(
    workflow=WORKFLOW,
    paths=STEPS,
    columns=dict(COLUMNS),
    fill=sql.FILL,
    trigger=("stats_return", "return_search_words"),
    deciding=frozenset({"accept"}),
    officials=frozenset({"approve_province", "accept"}),
)
LARGEST = 60


def load(*, filings: int, seed: int, at: datetime.datetime) -> dict[str, int]:
    """So many returns over all authorities; returns how many went which way.

    Raises ValueError when the enterprises of this seed have answered already.
    """
    chance = random.Random(seed)  # noqa: S311  (reproducible examples, no secret)
    story = story_of(at)
    survey_round = round_of(story, version_of(story), story.today.year - 1)
    ground = loading.ground(
        chance,
        line=LINE,
        agency_name="科学技术局统计岗",
        firm_names=[
            f"{chance.choice(NAMES)}{chance.choice(TRADES)[0]}（{n}）有限公司"
            for n in range(filings)
        ],
    )
    firms = _without_return(ground, survey_round)
    if len(firms) < filings:
        raise ValueError("the enterprises of this seed have answered: take another seed")
    if survey_round.state == RoundState.APPROVED:
        for state in (RoundState.FRAME_FROZEN, RoundState.OPEN):
            move_round(survey_round, state, by=story.torch, at=at)
    return loading.copy(PLAN, ground, _rows(chance, ground, survey_round, firms[:filings]))


def _without_return(ground: loading.Ground, survey_round: Round) -> list[Enterprise]:
    known = set(Return.objects.filter(round=survey_round).values_list("enterprise_id", flat=True))
    firms = [firm for rows in ground.firms.values() for firm in rows if firm.pk not in known]
    return sorted(firms, key=lambda firm: firm.credit_code[::-1])


def _rows(
    chance: random.Random, ground: loading.Ground, survey_round: Round, firms: list[Enterprise]
) -> Iterator[tuple[Any, ...]]:
    agencies = {agency.jurisdiction_id: agency.pk for agency in ground.agencies}
    officials = _officials(list(agencies))
    paths, weights = zip(*WEIGHTS, strict=True)
    opens = timezone.make_aware(datetime.datetime.combine(survey_round.opens_on, datetime.time(9)))
    for firm in firms:
        path = chance.choices(paths, weights)[0]
        sent = opens + datetime.timedelta(
            days=chance.randint(0, 15), minutes=chance.randint(0, 480)
        )
        size, trade = chance.randint(1, LARGEST), chance.choice(TRADES)
        data = _head(firm) | _figures(size, trade)
        place = firm.jurisdiction_id
        yield (
            path,
            firm.pk,
            place,
            agencies[place],
            ground.filer,
            ground.examiners[agencies[place]],
            officials[place],
            sent,
            sent + datetime.timedelta(days=2),
            None,
            survey_round.version.version[:24],
            _number(ground, firm, survey_round) if path != "draft" else None,
            survey_round.pk,
            json.dumps(data, ensure_ascii=False),
            digest_of(data),
            LARGE_POINTS if int(data[REVENUE]) >= LARGE_REVENUE else 0,
        )


def _head(firm: Enterprise) -> dict[str, str]:
    return {"qa03": firm.credit_code, "qa04": firm.name, "qa19": firm.division}


@cache
def _figures(size: int, trade: tuple[str, str, str]) -> dict[str, str]:
    """The figures of a firm of this size and trade, as the demonstration has them."""
    _name, product, industry = trade
    profile = {"qb03_0": product, "qb03_1": industry, "qb11": "2", "qc226_1": "2"}
    told = {code: str(n * size) for rows in FIGURES.values() for code, n in rows.items()}
    return profile | told


def _number(ground: loading.Ground, firm: Enterprise, survey_round: Round) -> str:
    serial = ground.take(f"filing:{LINE}:{firm.jurisdiction_id}:{survey_round.year}")
    return f"TJ{survey_round.year}{firm.division}{serial:07d}"


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
