"""What happens to the evaluations of a list: publicised, announced and numbered, struck off."""

import datetime

from django.db import connection, transaction
from django.utils import timezone

from sme_eval import queries
from sme_eval.actions import letters
from sme_eval.actions.reviewing import fire, need_note
from sme_eval.models import Evaluation
from sme_eval.workflow import GUIDE, WORKFLOW
from torch_portal.accounts.models import Jurisdiction, User
from torch_portal.filings import engine, numbering
from torch_portal.filings.models import Filing
from torch_portal.publicity.models import Batch, Entry
from torch_portal.publicity.terms import Publicity

ENTER = """
UPDATE sme_eval_evaluation AS e
SET number = given.number, entered_on = %s, valid_until = given.valid_until
FROM unnest(%s::bigint[], %s::text[], %s::date[]) AS given(id, number, valid_until)
WHERE e.filing_id = given.id
"""


def publicise(
    batch: Batch, entries: list[Entry], by: User, at: datetime.datetime
) -> dict[int, str]:
    """公示: the filings of these entries go public; {filing id: ""} of those that did."""
    filings = [entry.filing for entry in entries]
    moved = engine.fire_many(filings, WORKFLOW, "publicise", by=by, at=at)
    return {filing.pk: "" for filing in moved}


def announce(batch: Batch, entries: list[Entry], by: User, at: datetime.datetime) -> dict[int, str]:
    """公告: enter the library, numbered in the order of the list; {filing id: number}.

    The serials of a year and jurisdiction run without gap: they are taken in the transaction
    that keeps them, under the lock of their series (国科发火〔2018〕11号: character 11 by date).
    """
    filings = [entry.filing for entry in entries]
    moved = engine.fire_many(
        filings, WORKFLOW, "announce", by=by, at=at, decided_at=at, decided_by=by, due_on=None
    )
    return _enter(batch, moved, at)


def _enter(batch: Batch, moved: list[Filing], at: datetime.datetime) -> dict[int, str]:
    """Number and date for each, in one statement."""
    if not moved:
        return {}
    day = timezone.localdate(batch.step_at)
    rows = Evaluation.objects.select_related(
        "enterprise", "filing__agency", "filing__contact", "filing__created_by"
    ).in_bulk([f.pk for f in moved])
    first = numbering.take_many(queries.number_series(batch.jurisdiction_id, day), len(moved))
    for serial, filing in enumerate(moved, start=first):
        row = rows[filing.pk]
        edition = queries.edition_of(row, filing)
        row.number = queries.library_number(row, edition, day, serial)
        row.entered_on, row.valid_until = day, edition.number_valid_to()
    entered = list(rows.values())
    given = [e.pk for e in entered], [e.number for e in entered], [e.valid_until for e in entered]
    with connection.cursor() as cursor:
        cursor.execute(ENTER, [day, *given])
    letters.entered(entered, batch.jurisdiction_id, at)
    return {row.pk: row.number or "" for row in entered}


@transaction.atomic
def strike(*, evaluation: Evaluation, by: User, at: datetime.datetime, note: str) -> Filing:
    """An objection was upheld: the enterprise is not entered, and is told why."""
    need_note(note)
    fire(evaluation, "strike", by=by, at=at, note=note, decided_at=at, decided_by=by)
    letters.refused(evaluation, note, at)
    return evaluation.filing


def _title(jurisdiction: Jurisdiction, year: int, number: int) -> str:
    """The public title, in Chinese like every public list."""
    return f"{jurisdiction.name_zh}{year}年第{number}批拟入库科技型中小企业名单"


def _uphold(entry: Entry, by: User, at: datetime.datetime, note: str) -> None:
    """An objection was right: the enterprise is not entered."""
    evaluation = Evaluation.objects.select_related("filing").get(pk=entry.filing_id)
    strike(evaluation=evaluation, by=by, at=at, note=note)


STEPS = {"publicise": publicise, "announce": announce}
PUBLICITY = Publicity(
    title=_title,
    pool=queries.waiting_for_a_list,
    steps=STEPS,
    uphold=_uphold,
    days=10,
    clause=GUIDE,
)
