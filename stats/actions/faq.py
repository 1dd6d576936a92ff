"""Frequent questions: published by officials, or grown from a question that was answered."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from stats import permissions
from stats.actions.courses import refusal
from stats.actions.guidance import About, known
from stats.models import FaqEntry, Question
from torch_portal.accounts.models import Jurisdiction, User
from torch_portal.common.findings import Finding, Refused


@dataclass(frozen=True)
class Entry:
    """What a FAQ entry says; see the columns of FaqEntry. jurisdiction None: the country."""

    question: str
    answer: str
    source: str
    jurisdiction: Jurisdiction | None = None


@transaction.atomic
def publish_entry(
    *,
    about: About,
    entry: Entry,
    question: Question | None = None,
    by: User,
    at: datetime.datetime,
) -> FaqEntry:
    """Publish a FAQ entry, on its own or grown from an answered question.

    Officials publish in their places; who answers questions may publish from an answered one for
    the place it came from. Refused while the words name the enterprise, and for a question that
    has no answer.
    """
    place = entry.jurisdiction.pk if entry.jurisdiction else None
    if question is not None:
        question = Question.objects.select_related("enterprise").get(pk=question.pk)
    if question is not None and place == question.jurisdiction_id:
        permissions.check_may_answer(by, question)
    else:
        permissions.check_may_publish(by, place)
    found = [
        refusal(name, _("Write something here; the public reads it."))
        for name in ("question", "answer", "source")
        if not getattr(entry, name).strip()
    ]
    found += known(about)
    if question is not None:
        found += _from_question(question, entry)
    if found:
        raise Refused(found)
    row = FaqEntry(
        version=about.version,
        item_code=about.item_code,
        jurisdiction=entry.jurisdiction,
        question=" ".join(entry.question.split()),
        answer=entry.answer.strip(),
        source=entry.source.strip(),
        question_asked=question,
        published_at=at,
        published_by=by,
    )
    row.save(force_insert=True)
    return row


def _from_question(question: Question, entry: Entry) -> list[Finding]:
    found = []
    if question.answered_at is None:
        found.append(refusal("", _("Answer the question first; then it can be published.")))
    firm = question.enterprise
    for name in ("question", "answer"):
        text = getattr(entry, name)
        if any(mark and mark in text for mark in (firm.name, firm.credit_code)):
            words = _("The text names the enterprise that asked. Take its name and code out.")
            found.append(refusal(name, words, "《中华人民共和国统计法》"))
    return found
