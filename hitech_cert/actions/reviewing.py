"""The local check by the bureau and the acceptance by the province.

Each act: who may, may it now, one event, the letter and the notice.
"""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from hitech_cert import permissions, queries
from hitech_cert.actions import corrections, documents, letters
from hitech_cert.actions.intakes import REPORT_UNTIL
from hitech_cert.models import Application
from hitech_cert.workflow import GUIDE, NOTICE, WORKFLOW
from torch_portal.accounts.models import User
from torch_portal.common.findings import Finding, Level, Refused, blocking
from torch_portal.filings import assigning, engine
from torch_portal.filings.models import CorrectionItem, Event, Filing
from torch_portal.filings.wording import long_date
from torch_portal.papers import actions as papers
from torch_portal.papers.enums import PaperKind, PaperState
from torch_portal.papers.models import Paper
from torch_portal.papers.queries import Named

NOTE_CLAUSE = "行政许可法 第三十八条"


def fire(
    application: Application, name: str, *, by: User, at: datetime.datetime, **more: Any
) -> Event:
    """Check the person and make the move."""
    permissions.check_may_move(by, application.filing, WORKFLOW.moves[name])
    return engine.fire(application.filing, WORKFLOW, name, by=by, at=at, **more)


def need_note(note: str) -> None:
    """Refused when a reason is missing."""
    if not note.strip():
        message = _("Say why, in words that the enterprise can act on.")
        raise Refused([Finding("note", Level.BLOCK, "note", message, NOTE_CLAUSE)])


@transaction.atomic
def recommend(
    *, application: Application, by: User, at: datetime.datetime, note: str = ""
) -> Filing:
    """网上推荐: the bureau has checked it; the province goes on with it.

    Raises Refused when the rules of its edition still stop it, or when the last day of the batch
    for bureaus is over: the province extends it or takes the application into the next batch.
    """
    found = [*_too_late(application, at), *_standing(application, "recommend", by)]
    if found:
        raise Refused(found)
    last = datetime.date(application.year, *REPORT_UNTIL)
    fire(
        application,
        "recommend",
        by=by,
        at=at,
        note=note,
        as_seen=True,
        facts_digest=_digest(application, at),
        due_on=last,
        due_provisional=False,
        overdue_flagged_on=None,
        assigned_to=None,
    )
    letters.recommended(application, at)
    return application.filing


def _digest(application: Application, at: datetime.datetime) -> str:
    """Of the tables as they were filed."""
    moment = application.filed_at or at
    return engine.digest(queries.digestible(application, at=moment))


def _standing(application: Application, name: str, by: User) -> list[Finding]:
    """What the rules have against it, after who may and whether it can be made now."""
    permissions.check_may_move(by, application.filing, WORKFLOW.moves[name])
    engine.check_possible(application.filing, WORKFLOW, name)
    _answer, found = queries.examination(application)
    return blocking(found)


def _too_late(application: Application, at: datetime.datetime) -> list[Finding]:
    intake = application.intake
    if intake is None or timezone.localdate(at) <= intake.recommend_by:
        return []
    message = _(
        "Bureaus recommended to %(batch)s until %(day)s. Ask the province to extend it, or to "
        "take the application into the next batch."
    )
    values = {"batch": intake.title, "day": long_date(intake.recommend_by)}
    return [Finding("recommend_late", Level.BLOCK, "", message, NOTICE, values)]


@transaction.atomic
def return_for_correction(
    *,
    application: Application,
    items: Sequence[dict[str, str]],
    by: User,
    at: datetime.datetime,
    note: str = "",
) -> Filing:
    """退回补正 with the complete list (一次告知); the system tells the enterprise at once.

    items: {"field", "problem", "remedy", "clause"}; at least one with a remedy, else Refused.
    """
    corrections.check(application, items, note)
    filing = application.filing
    turn = 1 + max(filing.corrections.values_list("round", flat=True), default=0)
    data = {"round": turn, "items": [dict(i) for i in items], **corrections.marks(application)}
    fire(
        application,
        "return_for_correction",
        by=by,
        at=at,
        note=note,
        data=data,
        due_on=None,
        due_provisional=False,
    )
    corrections.ask(application, items, CorrectionItem(round=turn, asked_at=at, asked_by=by))
    letters.returned(application, items, at)
    documents.correction(application, by, at, note)
    return filing


@transaction.atomic
def reject(*, application: Application, by: User, at: datetime.datetime, note: str) -> Filing:
    """不予受理: it cannot be taken, with grounds and clause; the year is free again."""
    need_note(note)
    fire(application, "reject", by=by, at=at, note=note, decided_at=at, decided_by=by, due_on=None)
    letters.not_accepted(application, note, at)
    documents.declined(application, by, at, note)
    return application.filing


@transaction.atomic
def send_back(*, application: Application, by: User, at: datetime.datetime, note: str) -> Filing:
    """The province sends it back to the bureau, which checks it again by the day of the batch."""
    need_note(note)
    intake = application.intake
    due = intake.recommend_by if intake else None
    fire(
        application, "send_back", by=by, at=at, note=note, due_on=due, overdue_flagged_on=None,
        assigned_to=None,
    )  # fmt: skip
    return application.filing


@transaction.atomic
def accept(*, application: Application, by: User, at: datetime.datetime, note: str = "") -> Filing:
    """受理: it takes part in the expert review of its batch; its paper is deferred.

    国科火字〔2020〕38号 三. Raises Refused when the rules still stop it, or without a batch.
    """
    found = _standing(application, "accept", by)
    if application.intake is None:
        message = _("The application stands in no batch. Send it back, or open a batch for it.")
        found.append(Finding("no_batch", Level.BLOCK, "", message, NOTICE))
    if found:
        raise Refused(found)
    fire(
        application,
        "accept",
        by=by,
        at=at,
        note=note,
        as_seen=True,
        facts_digest=_digest(application, at),
        data={"clause": f"{GUIDE} 二(三)"},
        accepted_on=timezone.localdate(at),
    )
    paper = papers.defer(
        filing=application.filing,
        kind=PaperKind.APPLICATION,
        by=by,
        at=at,
        named=_paper_day(application),
    )
    letters.accepted(application, at, paper_sentence(paper))
    documents.acceptance(application, paper, by, at)
    return application.filing


def _paper_day(application: Application) -> Named | None:
    """The last day for paper, where the batch names one."""
    intake = application.intake
    if intake is None or intake.paper_by is None:
        return None
    return Named(intake.paper_by, intake.source)


def paper_sentence(paper: Paper) -> str:
    """What is owed on paper, in Chinese; the ledger of paper keeps it and reminds."""
    with translation.override(letters.LANGUAGE):
        if paper.state == PaperState.NOT_REQUIRED:
            return _("No paper is needed.")
        if paper.due_on is None:
            return _("Paper is deferred until the emergency has ended; you will be told the day.")
        return _("Hand in the paper by %(day)s.") % {"day": long_date(paper.due_on)}


def assign(
    *,
    application: Application,
    by: User,
    at: datetime.datetime,
    to: int | None = None,
    note: str = "",
) -> Filing:
    """Give it into the hands of a colleague (id), or take it oneself; Refused, Stale."""
    return assigning.assign(
        filing=application.filing, workflow=WORKFLOW, code="to", by=by, at=at, to=to, note=note
    )
