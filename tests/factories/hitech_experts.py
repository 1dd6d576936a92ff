"""Experts, accepted applications and panels, brought there by the actions that people use."""

import datetime
import random
from typing import Any

from hitech_cert import queries
from hitech_cert.actions import drawing, experts, seats, sheets
from hitech_cert.models import Application, Expert, Panel, Seat
from hitech_cert.queries import panels as reads
from hitech_cert.queries.sheets import scores_of, submitted
from hitech_cert.rules import LeaderSheet
from hitech_cert.workflow import WORKFLOW
from tests.factories import accounts
from tests.factories import hitech_cert as applications
from torch_portal.accounts.models import User
from torch_portal.filings import engine
from torch_portal.filings.management.invented import credit_code

AT = datetime.datetime(2020, 8, 3, 2, 0, tzinfo=datetime.UTC)
TECH_POINTS = {
    "adv": 6, "sup": 6, "cnt": 7, "way": 5, "std": 0, "transfer": 20,
    "m1": 5, "m2": 5, "m3": 3, "m4": 3,
}  # fmt: skip
FIN_POINTS = {"growth_net_assets": 6, "growth_sales": 5}


def province(jurisdiction: str = "33") -> User:
    """An official of the certification body; always the same for a jurisdiction."""
    username = f"body-{jurisdiction}"
    known = User.objects.filter(username=username).first()
    return known or accounts.official(jurisdiction, name=username)


def expert(place: int, role: str = "tech", jurisdiction: str = "33", **columns: Any) -> Expert:
    """An expert of the pool; technical ones of instruments (8.3) unless told otherwise."""
    values = {
        "role": role,
        "fields": ["8.3"] if role == "tech" else [],
        "employer": f"第{place}研究所",
        "title": "正高级工程师" if role == "tech" else "注册会计师",
        "licence": "senior" if role == "tech" else "cpa",
        "since": None if role == "tech" else datetime.date(2005, 1, 1),
        "resident": True,
    }
    entry = experts.Entry(
        name=f"专家{place}", email=f"expert{place}@example.com", columns=values | columns
    )
    return experts.add_expert(
        entry=entry, jurisdiction=jurisdiction, reason="入库", by=province(jurisdiction), at=AT
    )


def pool(tech: int = 10, fin: int = 6, **columns: Any) -> list[Expert]:
    """So many experts of each kind, technical ones first."""
    made = [expert(place, "tech", **columns) for place in range(1, tech + 1)]
    return made + [expert(place, "fin") for place in range(tech + 1, tech + fin + 1)]


def own_rights(place: int) -> list[dict[str, Any]]:
    """Rights that no other enterprise of a test has."""
    first = applications.right(
        1, kind="invention_patent", number=applications.patent(100 + place),
        name=f"一种校准方法{place}", granted_on=datetime.date(2019, 6, 4),
    )  # fmt: skip
    return [
        first,
        *(applications.right(n, number=f"2018SR{place:04d}{n:03d}") for n in range(2, 5)),
    ]


def accepted(
    house: Any, firm: Any = None, by: Any = None, place: int = 0, **values: Any
) -> Application:
    """An application that the body took up; place: tells the rights of several apart."""
    values.setdefault("rows", {"rights": own_rights(place)})
    application = applications.submitted(
        firm or house.firm, by or house.filer, house.office, **values
    )
    body = province()
    for move in ("recommend", "accept"):
        person = house.reviewer if move == "recommend" else body
        engine.fire(application.filing, WORKFLOW, move, by=person, at=AT)
    return Application.objects.select_related("filing", "enterprise").get(pk=application.pk)


def panel(house: Any, **more: Any) -> Panel:
    """A panel of three and two, its experts invited."""
    pool()
    return drawing.draw_panel(application=accepted(house), by=province(), at=AT, seed="七", **more)


def seats_of(panel: Panel) -> list[Seat]:
    """Who sits on it, technical experts first."""
    return [s for s in reads.seats_of(panel) if s.state in ("invited", "accepted", "submitted")]


def accept(seat: Seat, at: datetime.datetime = AT) -> Seat:
    """The expert has no interest and signs."""
    return seats.accept_seat(
        seat=seat, by=seat.expert.user, at=at, no_interest=True, commitment=True
    )


def entries(seat: Seat, **changes: Any) -> dict[str, Any]:
    """A complete sheet that agrees with the figures of the application."""
    case = queries.case_of(seat.panel.application)
    points = TECH_POINTS if seat.role == "tech" else FIN_POINTS
    if seat.role == "tech":
        rd = case.research
        figures = {"rd_total": f"{rd.taken.total}", "rd_domestic": f"{rd.taken.domestic}",
                   "income": f"{case.facts.ht_income}"}  # fmt: skip
        answers = ("complete", "one_year", "owns_rights", "staff_share")
    else:
        sales, assets = case.facts.sales, case.facts.net_assets
        figures = {f"sales_{n}": f"{v}" for n, v in enumerate(sales, 1)}
        figures |= {f"net_assets_{n}": f"{v}" for n, v in enumerate(assets, 1)}
        figures["total_income"] = f"{case.total_income}"
        answers = ("complete", "intermediary", "report", "rd_grouped", "income_grouped")
    made = {
        "points": dict(points),
        "answers": dict.fromkeys(answers, True),
        "figures": figures,
        "field_code": case.facts.core_field_code if seat.role == "tech" else "",
        "struck_projects": [],
        "struck_products": [],
        "comment": "材料齐全，同意。",
    }
    for name, value in changes.items():
        made[name] = made[name] | value if isinstance(value, dict) else value
    return made


def fill(seat: Seat, reasons: Any = None, at: datetime.datetime = AT, **changes: Any) -> Seat:
    """The sheet is saved as the expert has it."""
    sheets.save_sheet(
        seat=seat, entries=entries(seat, **changes), typed={}, reasons=reasons or {},
        by=seat.expert.user, at=at,
    )  # fmt: skip
    return seat


def submit(seat: Seat, at: datetime.datetime = AT, **changes: Any) -> Seat:
    """Accepted where that is still to be done, filled in and submitted."""
    if seat.state == "invited":
        accept(seat, at)
    fill(seat, at=at, **changes)
    sheets.submit_sheet(seat=seat, by=seat.expert.user, at=at)
    seat.refresh_from_db()
    return seat


def all_submitted(panel: Panel, at: datetime.datetime = AT) -> Panel:
    """Every sheet of the panel is in."""
    for seat in seats_of(panel):
        submit(seat, at)
    return panel


def leader_sheet(panel: Panel, **changes: Any) -> LeaderSheet:
    """The leader's sheet with the figures as declared and a fitting opinion."""
    case = queries.case_of(panel.application)
    values: dict[str, Any] = {
        "figures": {
            "staff_st": case.facts.staff_st,
            "rd_total": case.facts.sales[0] / 4,
            "rd_domestic": case.facts.sales[0] / 4,
            "income": case.facts.ht_income,
        },
        "recognise": True,
        "reason": "符合认定条件。",
    }
    return LeaderSheet(**values | changes)


def close(panel: Panel, at: datetime.datetime = AT, **changes: Any) -> Panel:
    """The leader signs."""
    leader = reads.leader_of(panel)
    return sheets.close_review(
        panel=panel, sheet=leader_sheet(panel, **changes), by=leader.expert.user, at=at
    )


def sheets_of(panel: Panel) -> Any:
    """The points of all submitted sheets."""
    return scores_of(submitted(panel))


def code(place: int) -> str:
    """A credit code in Hangzhou, well-formed and nobody's; always the same for a place."""
    chance = random.Random(place)  # noqa: S311  # invents a code, guards nothing
    return credit_code(chance, "330106")
