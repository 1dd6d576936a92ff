"""Returns for a demonstration, at every state, brought there by the real acts.

Two rounds: last year's data in a round that is open now, the data before in one that is published.
"""

import datetime
import random
from collections import Counter
from collections.abc import Iterator

from stats import actions
from stats.enums import RoundState, State
from stats.management.demo_guidance import Guides, seed_guidance
from stats.management.invented import EXPLANATION, firm, values
from stats.management.story import (
    Story,
    examiner_of,
    filer_of,
    round_of,
    story_of,
    version_of,
)
from stats.models import Assignment, Return, Round
from stats.queries.frames import Units
from torch_portal.accounts.models import Enterprise, Jurisdiction
from torch_portal.filings.enums import QualificationKind
from torch_portal.filings.models import Qualification

# The people who sign in to a demonstration find the first two of these.
KNOWN = ("91330106MAGUJ65R6B", "91330106MAE942HR7E")
PATHS: tuple[tuple[str, int], ...] = (
    (State.DRAFT, 1), (State.RETURNED, 1), (State.SUBMITTED, 6), (State.LOCAL_APPROVED, 4),
    (State.CITY_APPROVED, 3), (State.PROVINCE_APPROVED, 3), (State.ACCEPTED, 6),
    (State.CHECKED, 1), (State.CANCEL_REQUESTED, 1), (State.CANCELLED, 1), ("", 2), ("exempt", 1),
)  # fmt: skip
STEPS = {
    State.LOCAL_APPROVED: 1, State.CITY_APPROVED: 2, State.PROVINCE_APPROVED: 3, State.ACCEPTED: 4,
}  # fmt: skip
ITEMS = (
    {
        "field": "qc05_0",
        "problem": "incorrect",
        "remedy": "营业收入同比变动较大，请核对计量单位是否为千元，并说明原因。",
        "clause": "国统制〔2022〕11号",
    },
)
VOID = "企业已迁出本市，本轮改由迁入地报送"
SIGNED = "已与上年数据逐项比对，汇总数据无误"
HOUR = datetime.timedelta(hours=1)


def seed(*, filings: int, seed: int, at: datetime.datetime) -> dict[str, int]:
    """So many respondents in Hangzhou; returns how many returns per state ("" not begun)."""
    chance = random.Random(seed)  # noqa: S311  (reproducible examples, no secret)
    story = story_of(at)
    version = version_of(story)
    before, now = (round_of(story, version, story.today.year - n) for n in (2, 1))
    firms = list(_firms(chance, filings, now))
    for number, enterprise in enumerate(firms):
        _certify(enterprise, number, story)
    if before.state == RoundState.APPROVED:
        _published(before, firms, story)
    _opened(now, firms, story)
    states = [state for state, weight in PATHS for _n in range(weight)]
    made: Counter[str] = Counter()
    for number, enterprise in enumerate(firms):
        state = states[number % len(states)]
        _return(Assignment.objects.get(round=now, enterprise=enterprise), state, story, number)
        made[state or "not begun"] += 1
    actions.count_totals(survey_round=now, at=at)
    actions.find_outliers(survey_round=now, at=at)
    _guided(firms[0], now, story)
    return dict(made)


def _guided(enterprise: Enterprise, survey_round: Round, story: Story) -> None:
    """Courseware and FAQ of the version, and questions of one respondent to its unit."""
    rows = Assignment.objects.select_related("responsible_unit", "round__version")
    seat = rows.get(round=survey_round, enterprise=enterprise)
    unit = seat.responsible_unit
    guides = Guides(story.torch, unit, examiner_of(unit), enterprise, filer_of(enterprise))
    seed_guidance(version=seat.round.version, guides=guides, at=story.now)


def _firms(chance: random.Random, count: int, now: Round) -> Iterator[Enterprise]:
    """Those of the demonstration's people that have not answered, then invented ones."""
    known = Enterprise.objects.filter(credit_code__in=KNOWN).exclude(returns__round=now)
    found = list(known.order_by("pk"))[:count]
    yield from found
    for _n in range(count - len(found)):
        yield firm(chance)


def _certify(enterprise: Enterprise, number: int, story: Story) -> None:
    """Most of the invented ones are certified; the known ones only where their own line says so."""
    if number % 5 == 4 or enterprise.credit_code in KNOWN:
        return
    day = datetime.date(story.today.year - 2, 11, 30)
    Qualification.objects.create(
        enterprise=enterprise,
        kind=QualificationKind.HNTE_CERTIFICATE,
        number=f"GR{day.year}33{enterprise.pk:06d}",
        valid_from=day,
        valid_to=day.replace(year=day.year + 3),
        source="演示数据",
        recorded_at=story.now,
        recorded_by=story.torch,
    )


def _listed(survey_round: Round, firms: list[Enterprise]) -> None:
    """Everybody of these on the list, whatever the registers say."""
    units = Units()
    seats = [(enterprise, *units.of(enterprise.division)) for enterprise in firms]
    Assignment.objects.bulk_create(
        [
            Assignment(
                round=survey_round,
                enterprise=enterprise,
                responsible_unit_id=unit,
                city_unit_id=city,
                source="演示名录",
            )
            for enterprise, unit, city in seats
            if unit is not None
        ],
        ignore_conflicts=True,
    )


def _opened(survey_round: Round, firms: list[Enterprise], story: Story) -> None:
    """The list with these on it, and the round open."""
    _listed(survey_round, firms)
    if survey_round.state == RoundState.APPROVED:
        actions.freeze_frame(survey_round=survey_round, by=story.torch, at=story.now)
        actions.open_round(survey_round=survey_round, by=story.torch, at=story.now)


def _published(survey_round: Round, firms: list[Enterprise], story: Story) -> None:
    """Last year's round: everybody answered, the province signed off, the tables are out."""
    _opened(survey_round, firms, story)
    at = story.now.replace(year=story.now.year - 1, day=min(story.now.day, 28))
    for number, enterprise in enumerate(firms):
        seat = Assignment.objects.get(round=survey_round, enterprise=enterprise)
        report = _filled(seat, at, size=8 + number % 7)
        _submit(report, at)
        _approve(report, 4, story, at)
    others = Assignment.objects.filter(round=survey_round, report__isnull=True)
    for seat in others:
        actions.exempt(assignment=seat, by=story.torch, at=at, note="演示：本轮未纳入")
    actions.count_totals(survey_round=survey_round, at=story.now)
    actions.close_round(survey_round=survey_round, by=story.torch, at=story.now)
    for place in Jurisdiction.objects.filter(enterprises__in=firms).distinct():
        actions.sign_off(
            survey_round=survey_round,
            jurisdiction=place,
            by=story.province,
            at=story.now,
            note=SIGNED,
        )
    actions.accept_round(survey_round=survey_round, by=story.torch, at=story.now)
    actions.publish_round(survey_round=survey_round, by=story.torch, at=story.now)


def _filled(seat: Assignment, at: datetime.datetime, *, size: int) -> Return:
    """A whole return of figures that hang together."""
    by = filer_of(seat.enterprise)
    report = actions.start(assignment=seat, by=by, at=at)
    last_day = datetime.date(seat.round.year, 12, 31)
    held = Qualification.objects.valid_on(last_day).filter(enterprise=seat.enterprise_id).first()
    certificate = (held.number, held.valid_from.isoformat()) if held else None
    told = values(seat.enterprise, size, certificate=certificate, by=by.get_full_name())
    for table, entries in told.items():
        actions.save_table(report=report, table=table, entries=entries, by=by, at=at)
    return report


def _submit(report: Return, at: datetime.datetime) -> None:
    by = filer_of(report.enterprise)
    actions.check(report=report, by=by, at=at)
    for key in report.results.exclude(severity="mandatory").values_list("key", flat=True):
        actions.explain(report=report, key=key, text=EXPLANATION, by=by, at=at)
    actions.submit(report=report, by=by, at=at)


def _approve(report: Return, steps: int, story: Story, at: datetime.datetime) -> None:
    """So many levels approve, a day apart; a unit without a city above hands to the province."""
    chain = [(actions.approve_local, examiner_of(report.unit))]
    if report.city_unit is not None:
        chain.append((actions.approve_city, examiner_of(report.city_unit)))
    chain += [(actions.approve_province, story.province), (actions.accept, story.torch)]
    steps = steps - (4 - len(chain)) if steps > 2 else min(steps, len(chain) - 2)
    for number, (act, by) in enumerate(chain[:steps], start=1):
        act(report=report, by=by, at=at + number * HOUR)


def _return(seat: Assignment, state: str, story: Story, number: int) -> None:
    """One respondent at the state that is wanted; a large one and a mistaken unit among them."""
    at = story.now - datetime.timedelta(days=2)
    if state == "exempt":
        actions.exempt(assignment=seat, by=story.province, at=at, note="已办理注销登记")
        return
    if not state:
        return
    size = 60 if number % 9 == 2 else 9 + number % 8
    report = _filled(seat, at, size=size)
    if state == State.DRAFT:
        return
    if state == State.CHECKED:
        actions.check(report=report, by=filer_of(seat.enterprise), at=at)
        return
    _submit(report, at)
    _reviewed(report, state, story, at + 3 * HOUR)


def _reviewed(report: Return, state: str, story: Story, at: datetime.datetime) -> None:
    unit, filer = examiner_of(report.unit), filer_of(report.enterprise)
    if state == State.RETURNED:
        actions.return_for_correction(report=report, items=ITEMS, by=unit, at=at)
    elif state in (State.CANCEL_REQUESTED, State.CANCELLED):
        actions.request_cancellation(report=report, by=filer, at=at, note=VOID)
        if state == State.CANCELLED:
            actions.cancel(report=report, by=unit, at=at + HOUR, note=VOID)
    elif state in STEPS:
        _approve(report, STEPS[State(state)], story, at)
