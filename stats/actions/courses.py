"""Courseware: publish and withdraw it, confirm to have read it, take a quiz."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from stats import permissions
from stats.editions.guidance import CLAUSE, LONGEST_TITLE
from stats.models import (
    CourseFile,
    CourseMaterial,
    InstrumentVersion,
    Quiz,
    QuizAttempt,
    QuizQuestion,
    ReadReceipt,
)
from stats.models.courses import Guidance
from stats.rules import quiz as quiz_rules
from torch_portal.accounts.models import Jurisdiction, User
from torch_portal.accounts.roles import Denied, standing
from torch_portal.common.findings import Finding, Level, Refused
from torch_portal.filings.transitions import Stale
from torch_portal.filings.uploads import check_uploads


@dataclass(frozen=True)
class Material:
    """What a material says; see the columns of CourseMaterial. jurisdiction None: the country."""

    title: str
    text: str
    source: str
    order: int = 1
    required: bool = False
    jurisdiction: Jurisdiction | None = None


@dataclass(frozen=True)
class Test:
    """A quiz to publish: questions as `stats.rules.quiz` reads them, right answers to pass."""

    title: str
    needed: int
    questions: str
    jurisdiction: Jurisdiction | None = None


def refusal(field: str, message: str, clause: str = CLAUSE) -> Finding:
    """What stands against an act, at an entry."""
    return Finding("guidance", Level.BLOCK, field, message, clause)


@transaction.atomic
def publish_material(
    *,
    version: InstrumentVersion,
    material: Material,
    uploads: "Sequence[UploadedFile[Any]]" = (),
    by: User,
    at: datetime.datetime,
) -> CourseMaterial:
    """Publish a material with its files; Refused with everything that stands against it."""
    permissions.check_may_publish(by, material.jurisdiction.pk if material.jurisdiction else None)
    checked, bad = check_uploads(uploads)
    found = [refusal("uploads", words) for words in bad]
    found += _titled(material.title)
    if not material.source.strip():
        found.append(refusal("source", _("Name the form, notice or regulation it explains.")))
    if not material.text.strip() and not uploads:
        found.append(refusal("text", _("Write a text or choose a file.")))
    if version.published_at is None:
        found.append(refusal("version", _("The version is not published yet; publish it first.")))
    if found:
        raise Refused(found)
    row = CourseMaterial.objects.create(
        version=version, **_columns(material), published_at=at, published_by=by
    )
    for upload, known in checked:
        kept = CourseFile(material=row, **asdict(known))
        kept.file.save(known.name, upload, save=False)
        kept.save()
    return row


def _columns(said: Any) -> dict[str, Any]:
    """The fields of a dataclass by name; rows stay rows."""
    return {name: getattr(said, name) for name in said.__dataclass_fields__}


def _titled(title: str) -> list[Finding]:
    if not title.strip():
        return [refusal("title", _("Give it a title."))]
    if len(title) > LONGEST_TITLE:
        words = _("A title has at most %(most)s characters. Shorten it.")
        return [refusal("title", words % {"most": LONGEST_TITLE})]
    return []


@transaction.atomic
def withdraw(*, guidance: Guidance, by: User, at: datetime.datetime) -> None:
    """Take courseware, a quiz or a FAQ entry back; what was confirmed stays on record.

    Stale when somebody did before.
    """
    permissions.check_may_publish(by, guidance.jurisdiction_id)
    rows = type(guidance)._base_manager.filter(pk=guidance.pk, withdrawn_at__isnull=True)
    if not rows.update(withdrawn_at=at, withdrawn_by=by):
        raise Stale(_("It was withdrawn before."))


def confirm_read(*, material: CourseMaterial, by: User, at: datetime.datetime) -> int:
    """Confirm for each of the person's enterprises to have read it; twice is once.

    Returns for how many enterprises. Denied to who belongs to none.
    """
    own = standing(by).member_of
    if not own:
        raise Denied(_("Only members of an enterprise confirm to have read it."))
    if material.withdrawn_at is not None:
        raise Stale(_("The material was withdrawn; read the one in its place."))
    rows = [
        ReadReceipt(material=material, enterprise_id=pk, read_at=at, read_by=by)
        for pk in sorted(own)
    ]
    ReadReceipt.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


@transaction.atomic
def publish_quiz(
    *, version: InstrumentVersion, test: Test, by: User, at: datetime.datetime
) -> Quiz:
    """Publish a quiz from the text of its questions; Refused with every line that is wrong."""
    permissions.check_may_publish(by, test.jurisdiction.pk if test.jurisdiction else None)
    codes = set(version.items.values_list("code", flat=True))
    asked, found = quiz_rules.read(test.questions, codes)
    found += _titled(test.title)
    if asked and not 1 <= test.needed <= len(asked):
        words = _("From 1 to %(most)s answers can be asked for to pass.")
        found.append(refusal("needed", words % {"most": len(asked)}))
    if found:
        raise Refused(found)
    row = Quiz.objects.create(
        version=version,
        title=test.title.strip(),
        needed=test.needed,
        jurisdiction=test.jurisdiction,
        published_at=at,
        published_by=by,
    )
    QuizQuestion.objects.bulk_create(
        QuizQuestion(
            quiz=row,
            order=order,
            text=each.text,
            options=each.options,
            right=each.right,
            why=each.why,
            item_code=each.item_code,
        )
        for order, each in enumerate(asked, 1)
    )
    return row


def take_quiz(
    *, quiz: Quiz, chosen: Mapping[int, Collection[int]], by: User, at: datetime.datetime
) -> QuizAttempt:
    """Mark a try and keep it. chosen: places of the options by key of the question."""
    if quiz.withdrawn_at is not None:
        raise Stale(_("The quiz was withdrawn; take the one in its place."))
    questions = list(quiz.questions.order_by("order").values_list("pk", "right", "options"))
    bad = [
        key
        for key, _right, options in questions
        if any(not 0 <= place < len(options) for place in chosen.get(key, ()))
    ]
    if bad:
        raise Refused([refusal("", _("An answer was chosen that is not offered. Choose again."))])
    right = quiz_rules.marked([(key, places) for key, places, _options in questions], chosen)
    return QuizAttempt.objects.create(
        quiz=quiz,
        chosen={str(key): sorted(chosen.get(key, ())) for key, _right, _options in questions},
        right=len(right),
        asked=len(questions),
        passed=len(right) >= quiz.needed,
        taken_at=at,
        taken_by=by,
    )
