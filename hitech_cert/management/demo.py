"""Applications for a demonstration, from the draft to acceptance, brought there by the real acts.

One enterprise each, since one application takes a year. Accepted ones stand in the first batch,
which is over; what is still checked stands in the second. One came by e-mail.
"""

import datetime
import random
from collections import Counter
from collections.abc import Iterator

from hitech_cert import actions, rules
from hitech_cert.enums import State
from hitech_cert.management.demo_experts import convene
from hitech_cert.management.invented import entries, firm
from hitech_cert.management.story import Story, attach, filer_of, story_of
from hitech_cert.models import Application
from torch_portal.accounts.models import Enterprise
from torch_portal.filings.management.invented import scan

# The people who sign in to a demonstration find the first two of these.
KNOWN = ("91330106MAGUJ65R6B", "91330106MAE942HR7E")
PATHS: tuple[tuple[str, int], ...] = (
    (State.SUBMITTED, 1),
    (State.CORRECTING, 1),
    (State.ACCEPTED, 12),
    (State.RECOMMENDED, 5),
    (State.SUBMITTED, 6),
    (State.CORRECTING, 1),
    (State.NOT_ACCEPTED, 1),
    (State.WITHDRAWN, 1),
    (State.DRAFT, 2),
)
OF_THE_FIRST = (State.ACCEPTED, State.NOT_ACCEPTED, State.WITHDRAWN)
ITEMS = (
    {
        "field": "rights",
        "problem": "incomplete",
        "remedy": "IP03 未附登记证书，请补传。",
        "clause": "国科发火〔2016〕195号 二(三)3",
    },
    {
        "field": "report_number",
        "problem": "incorrect",
        "remedy": "专项审计报告文号与报告首页不一致，请核对。",
        "clause": "国科发火〔2016〕195号 二(三)6",
    },
)
REFUSED = "近一年高新技术产品收入的专项报告由不具备资质的机构出具"


def seed(*, filings: int, seed: int, at: datetime.datetime) -> dict[str, int]:
    """So many applications of enterprises in Hangzhou; returns how many per state."""
    known = Application.objects.count()  # further ones state rights of their own
    chance = random.Random(seed + known)  # noqa: S311  (reproducible examples, no secret)
    story = story_of(at)
    states = [state for state, weight in PATHS for _n in range(weight)]
    firms = _firms(chance, story.now.year)
    made: dict[str, int] = {}
    for number in range(filings):
        state = states[number % len(states)]
        by_email = state == State.RECOMMENDED and number % 2 == 0
        application = (_mailed if by_email else _draft)(chance, next(firms), story, state)
        if state != State.DRAFT:
            _review(application, state, story)
        made[state] = made.get(state, 0) + 1
    reviewed = convene(story)
    made[State.ACCEPTED] = made.get(State.ACCEPTED, 0) - reviewed.total()
    return {state: n for state, n in (Counter(made) + reviewed).items() if n}


def _firms(chance: random.Random, year: int) -> Iterator[Enterprise]:
    """Those of the demonstration's people without an application this year, then invented ones."""
    known = Enterprise.objects.filter(credit_code__in=KNOWN).exclude(applications__year=year)
    yield from known.order_by("pk")
    while True:
        yield firm(chance)


def _filed(chance: random.Random, state: str, story: Story) -> datetime.datetime:
    """When an application that comes to this state was handed in."""
    if state in OF_THE_FIRST:
        return story.during_first(chance.randint(1, 20), chance.randint(9, 16))
    return story.ago(chance.randint(3, 20), chance.randint(9, 11))


def _draft(chance: random.Random, enterprise: Enterprise, story: Story, state: str) -> Application:
    """Written online by the enterprise, and handed in unless it shall stay a draft."""
    by, at = filer_of(enterprise), _filed(chance, state, story)
    application = actions.start(enterprise=enterprise, by=by, at=at - datetime.timedelta(hours=1))
    values, rows = entries(chance, enterprise, story.now.year)
    actions.save_draft(application=application, values=values, rows=rows, by=by, at=at)
    for kind in rules.NEEDED:
        attach(application, kind, at)
    if state != State.DRAFT:
        actions.submit(application=application, by=by, at=at, agency=story.agency)
    return application


def _mailed(chance: random.Random, enterprise: Enterprise, story: Story, state: str) -> Application:
    """Sent by e-mail, registered by the bureau the next day."""
    by, came = story.examiner, _filed(chance, state, story)
    at = came + datetime.timedelta(hours=20)
    application = actions.open_package(enterprise=enterprise, received_at=came, by=by, at=at)
    values, rows = entries(chance, enterprise, story.now.year)
    actions.keep_package(application=application, values=values, typed={}, rows=rows, by=by, at=at)
    for kind in rules.NEEDED:
        upload = scan(f"{kind.value}-{application.pk}")
        actions.attach_package(
            application=application, kind=kind.value, upload=upload, by=by, at=at
        )
    actions.hand_in_package(application=application, by=by, at=at, agency=story.agency)
    return application


def _review(application: Application, state: str, story: Story) -> None:
    """Answered by the bureau the day after, by the province another day later."""
    filer, by = filer_of(application.enterprise), story.examiner
    filed = application.filed_at or story.now
    at = filed + datetime.timedelta(hours=22)
    if state == State.WITHDRAWN:
        actions.withdraw(application=application, by=filer, at=at)
    elif state == State.CORRECTING:
        actions.return_for_correction(application=application, items=ITEMS, by=by, at=at)
    elif state == State.NOT_ACCEPTED:
        actions.reject(application=application, by=by, at=at, note=REFUSED)
    elif state != State.SUBMITTED:
        actions.recommend(application=application, by=by, at=at)
    if state == State.ACCEPTED:
        later = at + datetime.timedelta(hours=20)
        actions.accept(application=application, by=story.official, at=later)
