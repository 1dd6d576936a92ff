"""Reads of the guidance: who answers whom until when, FAQ by words, help at an item."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from stats.editions.guidance import ANSWER_DAYS, ANSWER_SOURCE
from stats.models import (
    AnswerTarget,
    Assignment,
    Comparability,
    CourseMaterial,
    FaqEntry,
    InstrumentVersion,
    Item,
    ItemNote,
    OfficeHours,
    Question,
    Quiz,
    QuizAttempt,
    ReadReceipt,
)
from stats.models.courses import GuidanceQuerySet
from torch_portal.accounts.models import Agency, Enterprise, User
from torch_portal.accounts.roles import standing
from torch_portal.common.workdays import Due, Limit, Unit, foreseen
from torch_portal.filings.people import agencies_at
from torch_portal.filings.queries import calendar_for

MOST_WORDS = 6


def versions() -> QuerySet[InstrumentVersion]:
    """The published versions that are still asked, the newest first."""
    rows = InstrumentVersion.objects.filter(published_at__isnull=False, retired_at__isnull=True)
    return rows.select_related("instrument").order_by("-starts_on", "pk")


def version_for(enterprises: Iterable[int]) -> InstrumentVersion | None:
    """The version that these enterprises answer now, else the newest one; one or two queries."""
    asked = versions().filter(rounds__assignments__enterprise_id__in=list(enterprises))
    return asked.first() or versions().first()


def unit_for(enterprise: Enterprise) -> Agency | None:
    """The unit responsible for a respondent: of the newest frame, else the first of its place."""
    rows = Assignment.objects.filter(enterprise=enterprise).select_related("responsible_unit")
    newest = rows.order_by("-round__year", "-pk").first()
    if newest is not None:
        return newest.responsible_unit
    return next(iter(agencies_at("stats", enterprise.division)), None)


@dataclass(frozen=True)
class Target:
    """Working days to answer, and where that stands."""

    days: int
    source: str


def target_for(jurisdiction: str) -> Target:
    """The time target of a place, else of the country, else the portal's own."""
    place = Q(jurisdiction=jurisdiction) | Q(jurisdiction__isnull=True)
    rows = AnswerTarget.objects.filter(place)
    found = rows.order_by(F("jurisdiction").asc(nulls_last=True)).first()
    return Target(found.days, found.source) if found else Target(ANSWER_DAYS, ANSWER_SOURCE)


def due_for(jurisdiction: str, at: datetime.datetime) -> Due:
    """The last day to answer what was asked at this moment, by the calendar of the place."""
    target = target_for(jurisdiction)
    limit = Limit(target.days, Unit.WORKING, target.source)
    return foreseen(timezone.localdate(at), limit, calendar=calendar_for(jurisdiction))


def item_of(version: InstrumentVersion, code: str) -> Item | None:
    """An item of a version with its indicator; None for a code it does not have."""
    rows = Item.objects.filter(version=version, code=code)
    return rows.select_related("indicator", "version").first()


def faq(words: str = "", code: str = "") -> GuidanceQuerySet:
    """The FAQ that is published now: with all the words, on one item if a code is given."""
    rows = FaqEntry.objects.live()
    parts = words.split()[:MOST_WORDS]
    fields = ("question", "answer", "item_code", "source")
    each = [
        reduce(lambda a, b: a | b, (Q(**{f"{f}__icontains": w}) for f in fields)) for w in parts
    ]
    if each:
        rows = rows.filter(reduce(and_, each))
    if code:
        rows = rows.filter(item_code=code)
    rows = rows.select_related("version", "jurisdiction")
    return rows.order_by("-version__starts_on", "item_code", "pk")


@dataclass(frozen=True)
class Help:
    """Everything that stands at an item: definition, typical errors, what changed, its FAQ."""

    item: Item
    definition: str
    note: ItemNote | None
    marks: list[Comparability]
    faq: list[FaqEntry]


def help_for(version: InstrumentVersion, code: str, user: User) -> Help | None:
    """The help at an item of a version; None for an unknown code. Four queries."""
    item = item_of(version, code)
    if item is None:
        return None
    marks = Comparability.objects.filter(version=version, now=item.indicator)
    entries = faq(code=code).visible_to(user).filter(version__instrument=version.instrument_id)
    return Help(
        item=item,
        definition=item.definition_zh or item.indicator.definition_zh,
        note=ItemNote.objects.filter(version=version, item_code=code).first(),
        marks=list(marks.select_related("before")),
        faq=list(entries[:10]),
    )


def materials(version: InstrumentVersion, user: User) -> QuerySet[Any]:
    """The courseware of a version that this person reads, each with `read`: confirmed or not."""
    own = ReadReceipt.objects.filter(material=OuterRef("pk"), read_by=user)
    rows: QuerySet[Any] = CourseMaterial.objects.live().visible_to(user).filter(version=version)
    rows = rows.annotate(read=Exists(own), attached=Count("files"))
    return rows.select_related("jurisdiction").order_by("order", "pk")


def passed(user: User, quizzes: Iterable[int]) -> set[int]:
    """Those of the quizzes that this person passed; one query."""
    rows = QuizAttempt.objects.filter(taken_by=user, quiz__in=list(quizzes), passed=True)
    return set(rows.values_list("quiz_id", flat=True))


def office_hours(units: Iterable[int], at: datetime.datetime) -> QuerySet[OfficeHours]:
    """The hours of these units that are not over, the next first."""
    rows = OfficeHours.objects.filter(unit__in=list(units), ends_at__gt=at)
    return rows.select_related("unit").order_by("begins_at", "pk")


def units_of(user: User) -> set[int]:
    """The units responsible for this person's enterprises; two queries and one each at most."""
    own = standing(user).member_of
    rows = Assignment.objects.filter(enterprise_id__in=own)
    return set(rows.values_list("responsible_unit_id", flat=True))


def questions(user: User) -> QuerySet[Question]:
    """The questions that this person may see, the newest first."""
    rows = Question.objects.visible_to(user).select_related("enterprise", "unit", "version")
    return rows.order_by("-asked_at", "-pk")


def readers(material: CourseMaterial, user: User) -> list[Any]:
    """How many enterprises of each responsible unit confirmed a material, within sight."""
    seen = Assignment.objects.visible_to(user).filter(round__version=material.version_id)
    own = ReadReceipt.objects.filter(material=material, enterprise=OuterRef("enterprise_id"))
    rows = seen.annotate(read=Exists(own)).values("responsible_unit__name")
    counted = rows.annotate(all=Count("pk"), done=Count("pk", filter=Q(read=True)))
    return list(counted.order_by("responsible_unit__name"))


def answered(quiz: Quiz) -> list[dict[str, Any]]:
    """Each question of a quiz with how many of its tries answered it right; two queries."""
    tries = list(quiz.attempts.values_list("chosen", flat=True))
    return [
        {
            "row": question,
            "right": sum(
                sorted(t.get(str(question.pk), [])) == sorted(question.right) for t in tries
            ),
            "asked": len(tries),
        }
        for question in quiz.questions.order_by("order")
    ]
