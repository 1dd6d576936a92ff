"""The steps of benchmarks.panels, imported once Django knows its database."""

import datetime
import random
from decimal import Decimal
from typing import Any

from django.test import Client
from django.urls import reverse

from hitech_cert import editions, rules
from hitech_cert.actions import drawing, sheets
from hitech_cert.enums import SeatState, State
from hitech_cert.models import Application, Expert, Intake, Panel, ScoreSheet, Seat
from hitech_cert.queries import panels as reads
from hitech_cert.queries.sheets import scores_of, submitted
from hitech_cert.workflow import WORKFLOW
from torch_portal.accounts.models import Agency, Appointment, Enterprise, User
from torch_portal.filings.management.invented import credit_code
from torch_portal.filings.models import Event, Filing

PLACE = "33"
POINTS = {"adv": 6, "sup": 6, "cnt": 7, "way": 5, "std": 0, "transfer": 20, "m1": 5, "m2": 5,
          "m3": 3, "m4": 3}  # fmt: skip
GROWTH = {"growth_net_assets": 6, "growth_sales": 5}
chance = random.Random(38)


def load(count: int, experts: int, at: datetime.datetime) -> None:
    """The body, a pool, a batch and its accepted applications, as the acts would leave them."""
    official = User.objects.create(username="body", is_staff=True, last_name="认定")
    Appointment.objects.create(user=official, role="official", jurisdiction_id=PLACE)
    filer = User.objects.create(username="load-filer", is_active=False)
    leaves = [code for code, field in editions.FIELDS.items() if field.leaf]
    _experts(experts, official, leaves, at)
    intake = Intake.objects.create(
        jurisdiction_id=PLACE, year=at.year, number=1, title="第一批",
        opens_at=at - datetime.timedelta(days=90), closes_at=at - datetime.timedelta(days=20),
        recommend_by=at.date(), source="x",
    )  # fmt: skip
    agency = Agency.objects.create(
        name="科技局", code="330190", jurisdiction_id=PLACE, lines=["hitech_cert"]
    )
    codes = {credit_code(chance, "330106") for _n in range(count + 50)}
    firms = Enterprise.objects.bulk_create(
        Enterprise(credit_code=code, name=f"企业{code}", division="330106", jurisdiction_id=PLACE)
        for code in sorted(codes)[:count]
    )
    _applications(firms, intake, agency, filer, at)


def _experts(count: int, official: User, leaves: list[str], at: datetime.datetime) -> None:
    users = User.objects.bulk_create(
        User(username=f"expert{n}", last_name=f"专家{n}", email=f"e{n}@example.com")
        for n in range(count)
    )
    Expert.objects.bulk_create(
        Expert(
            user=user,
            jurisdiction_id=PLACE,
            role="tech" if n % 3 else "fin",
            fields=sorted({c.partition(".")[0] for c in chance.sample(leaves, 2)}),
            employer=f"单位{n % 150}",
            licence="senior",
            resident=True,
            added_at=at,
            added_by=official,
        )
        for n, user in enumerate(users)
    )


def _applications(
    firms: list[Enterprise], intake: Intake, agency: Agency, filer: User, at: datetime.datetime
) -> None:
    leaves = [code for code, field in editions.FIELDS.items() if field.leaf]
    filings = Filing.objects.bulk_create(
        [
            Filing(
                line="hitech_cert", number=f"GQ{at.year}{n:06d}", enterprise=firm,
                jurisdiction_id=PLACE, agency=agency, state=State.ACCEPTED,
                stage=WORKFLOW.stages[State.ACCEPTED], owner=WORKFLOW.owners[State.ACCEPTED],
                created_at=at, created_by=filer, submitted_at=at, version=1,
            )
            for n, firm in enumerate(firms)
        ],
        batch_size=1000,
    )  # fmt: skip
    Event.objects.bulk_create(
        (Event(filing=f, move="start", at=at, to_state=State.ACCEPTED) for f in filings),
        batch_size=1000,
    )
    year = {"sales": 1500, "net_assets": 900}
    figures = {f"{n}_{y}": Decimal(v * (10 + y) / 10) for n, v in year.items() for y in (1, 2, 3)}
    Application.objects.bulk_create(
        [
            Application(
                filing=filing, enterprise=firm, year=at.year, intake=intake, filed_at=at,
                core_field_code=leaves[n % len(leaves)], gross_income=Decimal(2300),
                non_taxable_income=Decimal(0), registered_on=at.date().replace(year=2010),
                **figures,
            )
            for n, (filing, firm) in enumerate(zip(filings, firms, strict=True))
        ],
        batch_size=1000,
    )  # fmt: skip


def draw(at: datetime.datetime) -> None:
    """As the official's act and the worker's task do it."""
    official = User.objects.get(username="body")
    drawing.draw_batch(intake=Intake.objects.get(), by=official, at=at, seed="20261127")
    while drawing.carry_draws(at=at):
        pass


def check_drawn(count: int) -> None:
    """Every application has its five seats, or stands on record as left out."""
    made = Panel.objects.count()
    left = len(Panel.objects.first().draw.left_out)
    if made + left != count or Seat.objects.count() != 5 * made:
        raise RuntimeError(f"{made} panels and {left} left out of {count}")
    if left > count // 20:
        raise RuntimeError(f"{left} left out")


def fill(at: datetime.datetime) -> None:
    """All sheets are in, as the acts would leave them."""
    Seat.objects.update(
        state=SeatState.SUBMITTED, answered_at=at, no_interest=True, commitment="195-8/2016"
    )
    ScoreSheet.objects.bulk_create(
        [
            ScoreSheet(
                seat_id=pk, saved_at=at, submitted_at=at, total=60 if role == "tech" else 11,
                entries={"points": POINTS if role == "tech" else GROWTH, "answers": {},
                         "figures": {}, "comment": "同意"},
            )
            for pk, role in Seat.objects.values_list("pk", "role")
        ],
        batch_size=2000,
    )  # fmt: skip


def averages() -> None:
    """The exact averages of every panel from its sheets, as the leader's page has them."""
    edition = editions.on(datetime.date(2026, 11, 27))
    for panel in Panel.objects.order_by("pk").iterator(1000):
        exact = rules.averages(*scores_of(submitted(panel)), edition)
        if exact is None or exact.total != 71:
            raise RuntimeError(f"panel {panel.pk}: {exact}")


def close(count: int, at: datetime.datetime) -> None:
    """So many leaders sign."""
    panels = Panel.objects.select_related("application__filing").order_by("pk")
    figures = dict.fromkeys(("staff_st", "rd_total", "rd_domestic", "income"), Decimal(0))
    sheet = rules.LeaderSheet(figures=figures, recognise=False, reason="研发占比不足")
    for panel in panels[:count]:
        leader = reads.leader_of(panel)
        if leader is None:
            raise RuntimeError(f"panel {panel.pk} has no leader")
        sheets.close_review(panel=panel, sheet=sheet, by=leader.expert.user, at=at)


_clients: dict[str, Client] = {}


def _open(user: User, address: str) -> Any:
    client = _clients.get(user.username)
    if client is None:
        client = _clients[user.username] = Client()
        client.force_login(user)
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answers {answer.status_code}")
    return answer


def desk() -> None:
    """The desk's list of running panels."""
    _open(User.objects.get(username="body"), reverse("admin:hitech_cert_panel_changelist"))


def expert() -> None:
    """The list of an expert with many reviews."""
    busy = Expert.objects.order_by("pk").first()
    if busy is not None:
        _open(busy.user, reverse("hitech_cert:expert_reviews"))
