"""Questions to the responsible unit."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stats import permissions
from stats.actions.courses import refusal
from stats.editions.guidance import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    QUESTIONS_A_DAY,
    SHORTEST_QUESTION,
)
from stats.models import Answer, InstrumentVersion, Item, Question
from stats.queries import guidance as queries
from torch_portal.accounts.enums import OfficeRole
from torch_portal.accounts.models import Agency, Enterprise, User
from torch_portal.accounts.roles import check_filer, standing
from torch_portal.common.findings import Finding, Refused
from torch_portal.filings.enums import Side
from torch_portal.filings.transitions import Stale
from torch_portal.filings.wording import long_date
from torch_portal.notices import actions as notices

LANGUAGE = "zh-hans"
A_DAY = datetime.timedelta(days=1)
AT_ONCE = 500
ASKED = gettext_lazy("Question on the survey")
HANDED = gettext_lazy("A question was handed to you")
OVERDUE = gettext_lazy("Answer overdue")


@dataclass(frozen=True)
class About:
    """What a question is about: a version, and an item of it ("" for the survey as a whole)."""

    version: InstrumentVersion
    item_code: str = ""


@transaction.atomic
def ask(
    *,
    enterprise: Enterprise,
    about: About,
    title: str,
    text: str,
    by: User,
    at: datetime.datetime,
) -> Question:
    """Ask the unit responsible for the enterprise; it is told at once.

    Refused with everything at once: words missing or too long, a code of another version, too
    many questions in a day. The answer is due by the time target of the place.
    """
    check_filer(by, enterprise.pk)
    found = [*_titled(title), *_worded(text, SHORTEST_QUESTION), *known(about)]
    asked_today = Question.objects.filter(enterprise=enterprise, asked_at__gt=at - A_DAY).count()
    if asked_today >= QUESTIONS_A_DAY:
        words = _("You have asked %(most)s questions within a day. Please wait for the answers.")
        found.append(refusal("", words % {"most": QUESTIONS_A_DAY}))
    if found:
        raise Refused(found)
    due = queries.due_for(enterprise.jurisdiction_id, at)
    question = Question.objects.create(
        enterprise=enterprise,
        version=about.version,
        item_code=about.item_code,
        title=" ".join(title.split()),
        unit=queries.unit_for(enterprise),
        jurisdiction_id=enterprise.jurisdiction_id,
        asked_at=at,
        asked_by=by,
        awaits=Side.AGENCY,
        last_at=at,
        due_on=due.on,
        due_provisional=due.provisional,
    )
    _say(question, Side.ENTERPRISE, text, by, at)
    return question


def _titled(title: str) -> list[Finding]:
    if not title.strip():
        return [refusal("title", _("Say in short what you ask."))]
    if len(title) > LONGEST_TITLE:
        words = _("At most %(most)s characters; the rest belongs into the text.")
        return [refusal("title", words % {"most": LONGEST_TITLE})]
    return []


def _worded(text: str, shortest: int = 1) -> list[Finding]:
    if len(text.strip()) < shortest:
        words = _("Write at least %(least)s characters, so that it can be answered.")
        return [refusal("text", words % {"least": shortest})]
    if len(text) > LONGEST_TEXT:
        words = _("A message has at most %(most)s characters. Shorten it.")
        return [refusal("text", words % {"most": LONGEST_TEXT})]
    return []


def known(about: About) -> list[Finding]:
    """What is wrong with what a text is about: a code that the version does not have."""
    code = about.item_code
    if not code or Item.objects.filter(version=about.version, code=code).exists():
        return []
    words = _("The version %(version)s has no item “%(code)s”. Choose it from the form.")
    return [refusal("item_code", words % {"version": about.version, "code": code})]


@transaction.atomic
def reply(*, question: Question, text: str, by: User, at: datetime.datetime) -> Answer:
    """Write on a question for the own side; the other side is told and its word is awaited.

    A word of the enterprise begins a new time to answer, unless one is running. Raises Denied,
    or Refused with everything at once.
    """
    question = Question.objects.select_for_update(no_key=True).get(pk=question.pk)
    own = question.enterprise_id in standing(by).member_of
    if own:
        check_filer(by, question.enterprise_id)
    else:
        permissions.check_may_answer(by, question)
    if found := _worded(text):
        raise Refused(found)
    if own and question.awaits != Side.AGENCY:
        due = queries.due_for(question.jurisdiction_id, at)
        question.due_on, question.due_provisional = due.on, due.provisional
        question.reminded_on = None
    if not own and question.answered_at is None:
        question.answered_at, question.answered_by = at, by
    question.awaits = Side.AGENCY if own else Side.ENTERPRISE
    question.last_at = at
    question.save()
    return _say(question, Side.ENTERPRISE if own else Side.AGENCY, text, by, at)


@transaction.atomic
def settle(*, question: Question, by: User, at: datetime.datetime) -> None:
    """Nothing more is awaited: the enterprise has its answer, or the unit needs to add nothing.

    The unit cannot settle what it has not answered. Settled twice is once.
    """
    question = Question.objects.select_for_update(no_key=True).get(pk=question.pk)
    if question.enterprise_id in standing(by).member_of:
        check_filer(by, question.enterprise_id)
    else:
        permissions.check_may_answer(by, question)
        if question.answered_at is None:
            words = _("The question has no answer yet. Write one; nobody is left without.")
            raise Refused([refusal("", words)])
    question.awaits, question.last_at = "", at
    question.save(update_fields=["awaits", "last_at"])


@transaction.atomic
def hand_on(*, question: Question, unit: Agency | None, by: User, at: datetime.datetime) -> None:
    """Give a question to another unit of the same jurisdiction; the day to answer stays."""
    question = Question.objects.select_for_update(no_key=True).get(pk=question.pk)
    permissions.check_may_answer(by, question)
    if unit is None:
        raise Refused([refusal("unit", _("Choose the unit that knows the answer."))])
    if unit.jurisdiction_id != question.jurisdiction_id or not unit.serves("stats"):
        words = _("The unit has to be of the same jurisdiction and take the survey.")
        raise Refused([refusal("unit", words)])
    if unit.pk == question.unit_id:
        raise Refused([refusal("unit", _("The question lies with this unit already."))])
    if question.awaits != Side.AGENCY:
        raise Stale(_("No answer is awaited any more."))
    question.unit = unit
    question.save(update_fields=["unit"])
    _tell_unit(question, f"handed-{unit.pk}", HANDED, "", at)


def remind_overdue(*, at: datetime.datetime) -> int:
    """Tell the units of questions whose answer is overdue, each once a day; returns how many."""
    day = timezone.localdate(at)
    rows = Question.objects.overdue(day).exclude(reminded_on=day)
    told = 0
    for question in rows.select_related("enterprise", "unit").order_by("due_on", "pk")[:AT_ONCE]:
        with transaction.atomic():
            claimed = Question.objects.overdue(day).exclude(reminded_on=day)
            if claimed.filter(pk=question.pk).update(reminded_on=day):
                with translation.override(LANGUAGE):
                    day_due = long_date(question.due_on)
                    words = _("The answer was due on %(day)s.") % {"day": day_due}
                _tell_unit(question, f"overdue-{day:%Y%m%d}", OVERDUE, words, at)
                told += 1
    return told


def _say(question: Question, side: str, text: str, by: User, at: datetime.datetime) -> Answer:
    """Keep a message and tell the other side."""
    message = Answer.objects.create(
        question=question,
        side=side,
        text=text.strip(),
        sent_at=at,
        sent_by=by,
        sent_by_name=by.get_full_name(),
    )
    if side == Side.ENTERPRISE:
        _tell_unit(question, f"message-{message.pk}", ASKED, message.text, at)
    else:
        _tell_asker(question, message, at)
    return message


def _tell_unit(
    question: Question, occasion: str, subject: Any, body: str, at: datetime.datetime
) -> None:
    with translation.override(LANGUAGE):
        letters = [
            notices.Letter(
                key=f"stats-question-{question.pk}-{occasion}-{reader.pk}",
                user=reader,
                subject=f"{subject}: {question.title} ({question.enterprise.name})"[:200],
                body=body or question.title,
                link=reverse("admin:stats_question_change", args=[question.pk]),
            )
            for reader in answerers(question)
        ]
        notices.post_many(letters, at=at)


def _tell_asker(question: Question, message: Answer, at: datetime.datetime) -> None:
    with translation.override(LANGUAGE):
        letter = notices.Letter(
            key=f"stats-question-{question.pk}-answer-{message.pk}",
            user=question.asked_by,
            subject=_("Answer to your question: %(title)s") % {"title": question.title},
            body=message.text,
            link=reverse("stats:question", args=[question.pk]),
        )
        notices.post_many([letter], at=at)


def answerers(question: Question) -> list[User]:
    """Who is told of a question: the reviewers of its unit, else those of the jurisdiction."""
    people = User.objects.filter(is_active=True)
    if question.unit_id is not None:
        at_unit = people.filter(
            appointments__role=OfficeRole.REVIEWER, appointments__agency=question.unit_id
        )
        if found := list(at_unit.distinct().order_by("pk")):
            return found
    above = people.filter(
        appointments__agency=None, appointments__jurisdiction=question.jurisdiction_id
    )
    return list(above.distinct().order_by("pk"))
