"""Evaluations for a demonstration, at every state, brought there by the real acts.

One enterprise each, since an enterprise is evaluated once a year. The days lie in the filing
window of a year that has been open long enough for a list to be announced; forms that wait lie at
its end, the open list and what follows an entry just before now.
"""

import datetime
import random
from collections.abc import Iterator

from sme_eval import actions
from sme_eval.editions import Edition
from sme_eval.enums import State
from sme_eval.management import demo_lists
from sme_eval.management.invented import entries, firm
from sme_eval.management.story import Days, People, attach, days_of, filer_of, people_of
from sme_eval.models import Evaluation
from torch_portal.accounts.models import Enterprise

# The people who sign in to a demonstration find the first two of these.
KNOWN = ("91330106MAGUJ65R6B", "91330106MAE942HR7E")
PATHS: tuple[tuple[str, int], ...] = (
    (State.ENTERED, 1),
    (State.CORRECTING, 1),
    (State.ENTERED, 7),
    (State.REVOCATION_NOTICED, 1),
    (State.REVOKED, 1),
    (State.RESIGNED, 1),
    (State.IN_PUBLICITY, 5),
    (State.PASSED, 5),
    (State.SUBMITTED, 5),
    (State.DRAFT, 1),
    (State.NOT_ENTERED, 1),
    (State.WITHDRAWN, 1),
)
NUMBERED = (State.ENTERED, State.REVOCATION_NOTICED, State.REVOKED, State.RESIGNED)
ITEMS = (
    {
        "field": "attachments",
        "problem": "incomplete",
        "remedy": "信息表首页缺少法定代表人签字和企业公章，请补签补盖后重新上传。",
        "clause": "国科火字〔2017〕144号 科技型中小企业评价工作指引",
    },
    {
        "field": "projects",
        "problem": "incorrect",
        "remedy": "第二个研发项目名称与研发支出辅助账不一致，请按辅助账填写。",
        "clause": "科技型中小企业信息表 填写说明",
    },
)
REFUSED = "主要产品属于产业结构调整指导目录规定的限制类"


def seed(*, filings: int, seed: int, at: datetime.datetime) -> dict[str, int]:
    """So many evaluations of enterprises in Hangzhou; returns how many per state."""
    chance = random.Random(seed)  # noqa: S311  (reproducible examples, no secret)
    days, people = days_of(at), people_of()
    states = [state for state, weight in PATHS for _n in range(weight)]
    firms = _firms(chance, days.edition.year)
    made: dict[str, list[Evaluation]] = {}
    for number in range(filings):
        state = states[number % len(states)]
        filed = _filed(chance, state, days)
        evaluation = _draft(chance, next(firms), days.edition, filed)
        made.setdefault(state, []).append(evaluation)
        if state != State.DRAFT:
            _submit_and_review(evaluation, state, people, filed)
    numbered = [e for state in NUMBERED for e in made.get(state, ())]
    demo_lists.numbered_list(numbered, days, people)
    demo_lists.after_entry(made, days, people)
    demo_lists.open_list(made.get(State.IN_PUBLICITY, []), days, people)
    demo_lists.list_in_preparation(made.get(State.PASSED, []), days, people)
    return {state: len(rows) for state, rows in made.items()}


def _filed(chance: random.Random, state: str, days: Days) -> datetime.datetime:
    """When a form that comes to this state was handed in."""
    day, hour = chance.randint(1, 4), chance.randint(9, 16)
    if state in NUMBERED:
        return days.after_opening(day, hour)
    return days.before_closing(day + 7 if state == State.IN_PUBLICITY else day, hour)


def _firms(chance: random.Random, year: int) -> Iterator[Enterprise]:
    """Those of the demonstration's people that were not evaluated this year, then invented ones."""
    known = Enterprise.objects.filter(credit_code__in=KNOWN).exclude(evaluations__year=year)
    yield from known.order_by("pk")
    while True:
        yield firm(chance)


def _draft(
    chance: random.Random, enterprise: Enterprise, edition: Edition, at: datetime.datetime
) -> Evaluation:
    by = filer_of(enterprise)
    begun = at - datetime.timedelta(hours=1)
    evaluation = actions.start(enterprise=enterprise, by=by, at=begun)
    values, rows = entries(chance, enterprise, edition.year)
    actions.save_draft(evaluation=evaluation, values=values, rows=rows, by=by, at=at)
    for kind in (*edition.due("registration"), *edition.due("filing")):
        attach(evaluation, kind, at)
    return evaluation


def _submit_and_review(
    evaluation: Evaluation, state: str, people: People, at: datetime.datetime
) -> None:
    """Handed in, and answered by the agency the same day."""
    filer = filer_of(evaluation.enterprise)
    actions.submit(evaluation=evaluation, by=filer, at=at, agency=people.agency)
    by, later = people.examiner, at + datetime.timedelta(hours=6)
    if state == State.WITHDRAWN:
        actions.withdraw(evaluation=evaluation, by=filer, at=later)
    elif state == State.CORRECTING:
        actions.return_for_correction(evaluation=evaluation, items=ITEMS, by=by, at=later)
    elif state == State.NOT_ENTERED:
        actions.refuse(evaluation=evaluation, by=by, at=later, note=REFUSED)
    elif state != State.SUBMITTED:
        actions.pass_form(evaluation=evaluation, by=by, at=later)
