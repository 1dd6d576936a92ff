"""What the evaluation agency does: the form review. Each act: who may, may it now, one event."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from sme_eval import permissions, queries
from sme_eval.actions import corrections, documents, letters
from sme_eval.models import Evaluation
from sme_eval.workflow import WORKFLOW
from torch_portal.accounts.models import User
from torch_portal.common.findings import Finding, Level, Refused, blocking
from torch_portal.filings import assigning, engine
from torch_portal.filings.models import CorrectionItem, Event, Filing

NOTE_CLAUSE = "行政许可法 第三十八条"


def fire(
    evaluation: Evaluation, name: str, *, by: User, at: datetime.datetime, **more: object
) -> Event:
    """Check the person and make the move."""
    permissions.check_may_move(by, evaluation.filing, WORKFLOW.moves[name])
    return engine.fire(evaluation.filing, WORKFLOW, name, by=by, at=at, **more)  # type: ignore[arg-type]  # columns of the cover


def need_note(note: str) -> None:
    """Refused when a reason is missing."""
    if not note.strip():
        message = _("Say why, in words that the enterprise can act on.")
        raise Refused([Finding("note", Level.BLOCK, "note", message, NOTE_CLAUSE)])


@transaction.atomic
def return_for_correction(
    *,
    evaluation: Evaluation,
    items: Sequence[dict[str, str]],
    by: User,
    at: datetime.datetime,
    note: str = "",
) -> Filing:
    """退回补正 with the complete list (一次告知); the system tells the enterprise at once.

    items: {"field", "problem", "remedy", "clause"}; at least one with a remedy, else Refused.
    """
    corrections.check(evaluation, items, note)
    filing = evaluation.filing
    turn = 1 + max(filing.corrections.values_list("round", flat=True), default=0)
    data = {"round": turn, "items": [dict(i) for i in items], **corrections.marks(evaluation)}
    fire(
        evaluation,
        "return_for_correction",
        by=by,
        at=at,
        note=note,
        data=data,
        due_on=None,
        accepted_on=None,
        due_provisional=False,
    )
    corrections.ask(evaluation, items, CorrectionItem(round=turn, asked_at=at, asked_by=by))
    letters.returned(evaluation, items, at)
    documents.correction(evaluation, by, at, note)
    return filing


@transaction.atomic
def pass_form(*, evaluation: Evaluation, by: User, at: datetime.datetime, note: str = "") -> Filing:
    """通过形式审查: the points of the form as filed are kept; the province goes on with it.

    Raises Refused when the rules of its edition still stop it.
    """
    permissions.check_may_move(by, evaluation.filing, WORKFLOW.moves["pass_form"])
    engine.check_possible(evaluation.filing, WORKFLOW, "pass_form")
    answer, found = queries.examination(evaluation)
    if blocking(found):
        raise Refused(blocking(found))
    fire(
        evaluation,
        "pass_form",
        by=by,
        at=at,
        note=note,
        as_seen=True,
        facts_digest=engine.digest(queries.digestible(evaluation, at=evaluation.filed_at or at)),
        data={"points": answer["points"], "by": answer["by"]},
        due_on=None,
    )
    kept = {
        "points": answer["points"],
        "by_route": answer["by"],
        "direct_routes": answer["routes"],
    }
    Evaluation.objects.filter(pk=evaluation.pk).update(**kept)
    for name, value in kept.items():
        setattr(evaluation, name, value)
    return evaluation.filing


@transaction.atomic
def send_back(*, evaluation: Evaluation, by: User, at: datetime.datetime, note: str) -> Filing:
    """The province sends it back to the agency, which reviews it again."""
    need_note(note)
    fire(evaluation, "send_back", by=by, at=at, note=note)
    return evaluation.filing


@transaction.atomic
def refuse(*, evaluation: Evaluation, by: User, at: datetime.datetime, note: str) -> Filing:
    """不予入库: it does not meet the conditions (国科发政〔2017〕115号 第六条)."""
    need_note(note)
    fire(evaluation, "refuse", by=by, at=at, note=note, decided_at=at, decided_by=by, due_on=None)
    letters.refused(evaluation, note, at)
    documents.refusal(evaluation, by, at, note)
    return evaluation.filing


def assign(
    *,
    evaluation: Evaluation,
    by: User,
    at: datetime.datetime,
    to: int | None = None,
    note: str = "",
) -> Filing:
    """Give the form into the hands of a colleague (id), or take it oneself; Refused, Stale."""
    return assigning.assign(
        filing=evaluation.filing, workflow=WORKFLOW, code="to", by=by, at=at, to=to, note=note
    )
