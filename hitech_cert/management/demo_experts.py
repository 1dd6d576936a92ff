"""Experts and panels for a demonstration: a pool, panels at every stage, drawn by the real acts.

The demonstration's own expert leads where it matters: the seed of such a draw is looked for.
"""

import datetime
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hitech_cert import queries, rules
from hitech_cert.actions import drawing, experts, seats, sheets
from hitech_cert.enums import ExpertRole, SeatState
from hitech_cert.forms.experts.sheets import declared
from hitech_cert.management.story import Story
from hitech_cert.models import Application, Expert, Panel, Seat
from hitech_cert.queries import experts as pools
from hitech_cert.queries import panels as reads
from hitech_cert.queries.sheets import scores_of, submitted
from torch_portal.accounts.models import User
from torch_portal.common.ratios import rounded

OWN = "expert"  # the account of torch_portal.accounts.demo
DAY = datetime.timedelta(days=1)
POOL = {ExpertRole.TECHNICAL: 26, ExpertRole.FINANCE: 12}
FAMILIES = "沈韩杨朱秦许何吕施孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗"
PLACES = ("浙江大学", "杭州电子科技大学", "浙江省机电设计研究院", "中国计量大学", "浙江工业大学")
FIRMS = ("浙江正衡会计师事务所", "杭州诚信税务师事务所", "浙江中瑞会计师事务所")
POINTS = {
    "adv": 6, "sup": 6, "way": 5, "m1": 5, "m2": 5, "m3": 3, "m4": 3,
}  # fmt: skip


def convene(story: Story) -> Counter[str]:
    """A pool, and panels for accepted applications of the first batch; where these stand then."""
    own = _pool(story)
    first = Application.objects.filter(intake=story.first, filing__state="accepted")
    rows = first.select_related("filing", "enterprise").order_by("filing_id")
    steps = (_closed, _refused, _all_in, _under_way, _taken_up, _invited, _dissolved)
    at = story.first.closes_at + 10 * DAY
    chosen = list(rows[: len(steps)])
    for application, step in zip(chosen, steps, strict=False):
        panel = drawing.draw_panel(
            application=application, by=story.official, at=at, seed=_seed(application, own, at)
        )
        step(Panel.objects.get(pk=panel.pk), story, at + DAY)
    moved = Application.objects.filter(pk__in=[a.pk for a in chosen])
    return Counter(moved.values_list("filing__state", flat=True))


def _pool(story: Story) -> Expert:
    """Thirty-eight experts, the demonstration's own among them; safe to repeat."""
    known = Expert.objects.filter(user__username=OWN).first()
    if known is not None:
        return known
    at = story.first.opens_at - 30 * DAY
    own = User.objects.get(username=OWN)
    entries = [_entry(0, ExpertRole.TECHNICAL, own.get_full_name(), own.email), *_entries()]
    made = experts.import_experts(
        entries=entries,
        jurisdiction="33",
        reason="浙江省认定专家库首批入库",
        by=story.official,
        at=at,
    )
    return made[0]


def _entries() -> Iterator[experts.Entry]:
    place = 0
    for role, count in POOL.items():
        for _n in range(count):
            place += 1
            name = f"{FAMILIES[place % len(FAMILIES)]}{'明建文国志海'[place % 6]}"
            yield _entry(place, role, name, f"expert{place}@portal.example")


def _entry(place: int, role: ExpertRole, name: str, email: str) -> experts.Entry:
    technical = role == ExpertRole.TECHNICAL
    columns: dict[str, Any] = {
        "role": role,
        "fields": _fields(place) if technical else [],
        "employer": (PLACES if technical else FIRMS)[place % (5 if technical else 3)],
        "title": "教授" if technical else "",
        "licence": "senior" if technical else "cpa",
        "since": None if technical else datetime.date(2004, 7, 1),
        "resident": True,
    }
    return experts.Entry(name, email, columns)


def _fields(place: int) -> list[str]:
    """Whole fields of the first level; the demonstration's own expert can be drawn for any."""
    every = [str(n) for n in range(1, 9)]
    return sorted({every[place % 8], "1", "8"}) if place else every


def _seed(application: Application, own: Expert, at: datetime.datetime) -> str:
    """A seed by which the demonstration's expert leads; any one where he cannot be drawn."""
    pool = pools.pool(application.filing.jurisdiction_id)
    subject = pools.subject_of(application, at)
    wish = drawing.default_wish()
    seeds = [f"示例{n}" for n in range(400)]
    found = (s for s in seeds if rules.draw(pool, subject, s, wish).tech[:1] == (own.code,))
    return next(found, seeds[0])


def _seated(panel: Panel) -> list[Seat]:
    return [s for s in reads.seats_of(panel) if s.state in (SeatState.INVITED, SeatState.ACCEPTED)]


def _accept(seat: Seat, at: datetime.datetime) -> None:
    seats.accept_seat(seat=seat, by=seat.expert.user, at=at, no_interest=True, commitment=True)


def _submit(seat: Seat, at: datetime.datetime, less: int = 0) -> None:
    """A sheet that agrees with the figures; less: points taken from what the expert judges."""
    if seat.state == SeatState.INVITED:
        _accept(seat, at)
    entries = _filled(seat, less)
    by = seat.expert.user
    sheets.save_sheet(seat=seat, entries=entries, typed={}, reasons={}, by=by, at=at)
    sheets.submit_sheet(seat=seat, by=by, at=at)


def _filled(seat: Seat, less: int) -> dict[str, Any]:
    case = queries.case_of(seat.panel.application)
    bands = {n: band for n, band in case.innovation.bands().items() if band is not None}
    role = seat.role
    if role == ExpertRole.TECHNICAL:
        points = {name: max(0, most - less) for name, most in POINTS.items()}
        points |= {
            "cnt": bands["ip_number"].high,
            "transfer": bands["transformation"].high,
            "std": 1 if case.facts.standards else 0,
        }
    else:
        points = {n: bands[n].high for n in ("growth_net_assets", "growth_sales")}
    sheet = rules.Sheet(role=role)
    return {
        "points": points,
        "answers": dict.fromkeys(sheet.questions, True),
        "figures": _figures(case, role),
        "field_code": case.facts.core_field_code if role == ExpertRole.TECHNICAL else "",
        "struck_projects": [],
        "struck_products": [],
        "comment": "材料齐全，数据与专项报告一致。",
    }


def _figures(case: rules.Case, role: str) -> dict[str, str]:
    known = declared(case)
    names = rules.figures_asked(role, len(case.facts.sales))
    return {name: f"{_plain(known.get(name))}" for name in names}


def _close(panel: Panel, at: datetime.datetime) -> None:
    case = queries.case_of(panel.application)
    leader = reads.leader_of(panel)
    if leader is None:
        return
    known = declared(case)
    figures = {name: _plain(known.get(name)) for name in ("staff_st", "rd_total", "income")}
    total = rules.averages(*scores_of(submitted(panel)), case.edition)
    fits = total is not None and rules.passes(total.total, case.edition)
    sheet = rules.LeaderSheet(
        figures=figures | {"rd_domestic": _plain(known.get("rd_domestic"))},
        recognise=fits,
        reason="符合认定条件。" if fits else "创新能力评价得分未达到要求。",
    )
    sheets.close_review(panel=panel, sheet=sheet, by=leader.expert.user, at=at)


def _closed(panel: Panel, story: Story, at: datetime.datetime) -> None:
    for seat in _seated(panel):
        _submit(seat, at)
    _close(panel, at + DAY)


def _refused(panel: Panel, story: Story, at: datetime.datetime) -> None:
    for seat in _seated(panel):
        _submit(seat, at, less=4)
    _close(panel, at + DAY)


def _all_in(panel: Panel, story: Story, at: datetime.datetime) -> None:
    for seat in _seated(panel):
        _submit(seat, at)


def _under_way(panel: Panel, story: Story, at: datetime.datetime) -> None:
    """The own expert has accepted, one declined, two have submitted."""
    own, second, third, *rest = _seated(panel)
    _accept(own, at)
    seats.decline_seat(seat=second, by=second.expert.user, at=at, reason="近期出国")
    for seat in (third, rest[0]):
        _submit(seat, at)


def _taken_up(panel: Panel, story: Story, at: datetime.datetime) -> None:
    for seat in _seated(panel):
        _accept(seat, at)


def _invited(panel: Panel, story: Story, at: datetime.datetime) -> None:
    """Nobody has answered yet."""


def _dissolved(panel: Panel, story: Story, at: datetime.datetime) -> None:
    drawing.dissolve_panel(panel=panel, by=story.official, at=at, note="专家与企业有接触")


def _plain(value: Any) -> Decimal:
    """A figure with two decimals; nothing is nought."""
    return Decimal(0) if value is None else rounded(Fraction(value))
