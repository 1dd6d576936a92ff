"""A season of certification, made by the acts of people and always the same from a seed.

Three batches, forty applications, sixty experts: draws for each batch, experts who accept,
decline or are late, sheets within the bands of the figures or with a reason, leaders who sign.
"""

import datetime
import random
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import connection

from hitech_cert import actions, editions, queries
from hitech_cert.actions import drawing, seats, sheets
from hitech_cert.enums import ScoreItem, SeatState
from hitech_cert.models import Application, Expert, Intake, Panel, PanelDraw, Seat
from hitech_cert.queries import panels as reads
from hitech_cert.rules import LeaderSheet, averages
from hitech_cert.rules.experts import outliers, passes
from tests.factories import accounts
from tests.factories import hitech_cert as applications
from tests.factories import hitech_experts as f

DAY = datetime.timedelta(days=1)
START = datetime.datetime(2020, 5, 6, 2, 0, tzinfo=datetime.UTC)
BATCHES, APPLICATIONS, EXPERTS = 3, 40, 60
ITEMS = editions.ITEM_MOST
# The field of every application and of most experts, and the ones beside it.
FIELDS = (applications.FIELD, "8.3", "8.3.1", "8.3.5", "8.4", "1.1")
FREE = ("adv", "sup", "way", "m1", "m2", "m3", "m4")


@dataclass
class Season:
    """What came of it. averages, decided: by the place of the application."""

    seed: str
    experts: list[Expert] = field(default_factory=list)
    intakes: list[Intake] = field(default_factory=list)
    applications: list[Application] = field(default_factory=list)
    draws: list[PanelDraw] = field(default_factory=list)
    declined: int = 0
    replaced: int = 0
    dissolved: int = 0

    def outcome(self) -> list[tuple[Any, ...]]:
        """Number, seats by code, average and whether it passes, in the order of the filings."""
        rows = []
        for application in self.applications:
            panel = application.panels.exclude(state="dissolved").get()
            row = Application.objects.select_related("filing").get(pk=application.pk)
            seated = tuple(s.expert.code for s in f.seats_of(panel))
            score = (row.score_top, row.score_bottom, row.score_passes, panel.opinion)
            rows.append((row.filing.number, seated, *score))
        return rows


def season(house: Any, seed: str = "38") -> Season:
    """Everything up to the last leader's signature."""
    chance = random.Random(seed)  # noqa: S311  # the same season again, nothing secret
    _begin_codes_anew()
    made = Season(seed)
    made.experts = _pool(chance)
    made.intakes = [_intake(number) for number in range(1, BATCHES + 1)]
    shares = (14, 13, 13)
    place = 0
    for intake, share in zip(made.intakes, shares, strict=True):
        at = intake.opens_at + 2 * DAY
        for _n in range(share):
            made.applications.append(_accepted(house, chance, place, at))
            place += 1
        _review(made, intake, chance, intake.closes_at + 10 * DAY)
    return made


def _begin_codes_anew() -> None:
    """Experts are called by their keys: a season begins them where every other does."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER SEQUENCE hitech_cert_expert_id_seq RESTART WITH 900001")


def _pool(chance: random.Random) -> list[Expert]:
    made = [
        f.expert(n, "tech", fields=sorted({FIELDS[n % len(FIELDS)], chance.choice(FIELDS)}))
        for n in range(1, 43)
    ]
    return made + [f.expert(n, "fin") for n in range(43, EXPERTS + 1)]


def _intake(number: int) -> Intake:
    opens = START + (number - 1) * 50 * DAY
    return applications.intake(
        number=number,
        opens_at=opens,
        closes_at=opens + 40 * DAY,
        recommend_by=(opens + 45 * DAY).date(),
    )


def _accepted(house: Any, chance: random.Random, place: int, at: datetime.datetime) -> Application:
    """Filed, recommended and accepted by the acts of the bureau and of the province."""
    firm = accounts.enterprise(f.code(1000 + place), name=f"杭州第{place + 1}科技有限公司")
    by = accounts.member(firm)
    sales = 2200 + chance.randrange(0, 400)
    application = applications.draft(
        firm, by, at, rows={"rights": f.own_rights(place)}, sales_3=Decimal(sales)
    )
    actions.submit(application=application, by=by, at=at, agency=house.office)
    row = Application.objects.select_related("filing", "enterprise", "intake").get(
        pk=application.pk
    )
    actions.recommend(application=row, by=house.reviewer, at=at + DAY)
    actions.accept(application=row, by=f.province(), at=at + 2 * DAY)
    return row


def _review(made: Season, intake: Intake, chance: random.Random, at: datetime.datetime) -> None:
    """One batch: the draw with a public seed, answers, sheets, leaders."""
    draw = drawing.draw_batch(
        intake=intake, by=f.province(), at=at, seed=f"{made.seed}-{intake.number}"
    )
    drawing.carry_draws(at=at, chunk=5)
    draw.refresh_from_db()
    made.draws.append(draw)
    for place, panel in enumerate(draw.panels.order_by("application")):
        if place == 0:
            panel = _drawn_again(made, panel, at)
        _sit(made, panel, chance, at, place)
        _close(panel, at + 5 * DAY)


def _drawn_again(made: Season, panel: Panel, at: datetime.datetime) -> Panel:
    """The first panel of a batch does not hold: it is dissolved, and another is drawn."""
    drawing.dissolve_panel(panel=panel, by=f.province(), at=at, note="专家与企业有接触")
    made.dissolved += 1
    application = Application.objects.select_related("filing", "enterprise").get(
        pk=panel.application_id
    )
    again = drawing.draw_panel(
        application=application, by=f.province(), at=at, seed=f"{panel.draw.seed}-again"
    )
    return Panel.objects.get(pk=again.pk)


def _sit(
    made: Season, panel: Panel, chance: random.Random, at: datetime.datetime, place: int
) -> None:
    """Experts answer and fill in: now and then one declines, or is late and replaced."""
    first = f.seats_of(panel)[1]
    if place % 4 == 1:
        seats.decline_seat(seat=first, by=first.expert.user, at=at, reason="出差", tie=False)
        made.declined += 1
    elif place % 4 == 2:
        seats.replace_seat(seat=first, by=f.province(), at=at + DAY, note="逾期未答复")
        made.replaced += 1
    for seat in f.seats_of(panel):
        f.accept(seat, at + 2 * DAY)
        _fill(seat, chance, at + 3 * DAY)


def _fill(seat: Seat, chance: random.Random, at: datetime.datetime) -> None:
    """Points within the bands of the figures; one in eight off the band, with the reason."""
    seat = Seat.objects.select_related(
        "expert__user", "panel__application__filing", "panel__application__enterprise"
    ).get(pk=seat.pk)
    bands = queries.case_of(seat.panel.application).innovation.bands()
    points, reasons = {}, {}
    if seat.role == "tech":
        for item in FREE:
            most = ITEMS[ScoreItem(item)]
            points[item] = chance.randint(most // 2, most)
        for item, name in (("cnt", "ip_number"), ("transfer", "transformation")):
            points[item] = chance.randint(bands[name].low, bands[name].high)
        if chance.random() < 0.125:
            points["cnt"], reasons["cnt"] = 6, "核心专利对主要产品支撑弱"
        points["std"] = 0
    else:
        for name in ("growth_net_assets", "growth_sales"):
            points[name] = chance.randint(bands[name].low, bands[name].high)
    f.fill(seat, reasons=reasons, at=at, points=points)
    sheets.submit_sheet(seat=seat, by=seat.expert.user, at=at)


def _close(panel: Panel, at: datetime.datetime) -> None:
    """The leader finds the enterprise fit where the average suffices."""
    panel = Panel.objects.select_related(
        "application__filing", "application__enterprise", "draw"
    ).get(pk=panel.pk)
    tech, fin = f.sheets_of(panel)
    edition = queries.edition_of(panel.application)
    exact = averages(tech, fin, edition)
    fits = passes(exact.total, edition)
    submitted = panel.seats.filter(state=SeatState.SUBMITTED)
    totals = list(submitted.filter(role="tech").values_list("sheet__total", flat=True))
    far = "从严掌握" if list(outliers(totals)) else ""
    sheet: LeaderSheet = f.leader_sheet(panel, recognise=fits, explained=far)
    leader = reads.leader_of(panel)
    sheets.close_review(panel=panel, sheet=sheet, by=leader.expert.user, at=at)
