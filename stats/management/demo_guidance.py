"""Courseware, FAQ, questions and office hours for a demonstration, published by the real acts."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from stats.actions import courses, faq, guidance
from stats.enums import HoursWay
from stats.management import guidance_texts as texts
from stats.models import CourseMaterial, InstrumentVersion, Item, ItemNote, OfficeHours
from torch_portal.accounts.models import Agency, Enterprise, User
from torch_portal.filings.enums import Side

DAY = datetime.timedelta(days=1)
HOURS = (
    (1, 9, HoursWay.TELEPHONE, "0571-88880000"),
    (3, 14, HoursWay.VISIT, "二楼办事大厅3号窗口"),
)


@dataclass(frozen=True)
class Guides:
    """Who acts: an official of the whole country, the unit with an officer, and who asks."""

    torch: User
    unit: Agency
    officer: User
    firm: Enterprise
    asker: User


def seed_guidance(*, version: InstrumentVersion, guides: Guides, at: datetime.datetime) -> int:
    """Guidance on a version; returns how many pieces were made, 0 where there is some already."""
    if CourseMaterial.objects.filter(version=version).exists():
        return 0
    made = _courseware(version, guides, at) + _notes(version) + _hours(guides, at)
    return made + _faq(version, guides, at) + _questions(version, guides, at)


def _courseware(version: InstrumentVersion, guides: Guides, at: datetime.datetime) -> int:
    for order, (title, required, text) in enumerate(texts.MATERIALS, 1):
        courses.publish_material(
            version=version,
            material=courses.Material(title, text, texts.SOURCE, order, required),
            by=guides.torch,
            at=at - 20 * DAY,
        )
    courses.publish_quiz(
        version=version,
        test=courses.Test(texts.QUIZ_TITLE, texts.QUIZ_NEEDED, texts.QUIZ),
        by=guides.torch,
        at=at - 20 * DAY,
    )
    return len(texts.MATERIALS) + 1


def _notes(version: InstrumentVersion) -> int:
    known = set(Item.objects.filter(version=version).values_list("code", flat=True))
    rows = [
        ItemNote(version=version, item_code=code, errors=errors, changed=new, source=texts.SOURCE)
        for code, errors, new in texts.NOTES
        if code in known
    ]
    return len(ItemNote.objects.bulk_create(rows, ignore_conflicts=True))


def _hours(guides: Guides, at: datetime.datetime) -> int:
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = [
        OfficeHours(
            unit=guides.unit,
            begins_at=midnight + days * DAY + datetime.timedelta(hours=hour),
            ends_at=midnight + days * DAY + datetime.timedelta(hours=hour + 2),
            way=way,
            where=where,
            note="演示",
        )
        for days, hour, way, where in HOURS
    ]
    return len(OfficeHours.objects.bulk_create(rows))


def _faq(version: InstrumentVersion, guides: Guides, at: datetime.datetime) -> int:
    for code, question, answer in texts.FAQ:
        faq.publish_entry(
            about=guidance.About(version, code),
            entry=faq.Entry(question, answer, texts.SOURCE),
            by=guides.torch,
            at=at - 15 * DAY,
        )
    return len(texts.FAQ)


def _questions(version: InstrumentVersion, guides: Guides, at: datetime.datetime) -> int:
    """One answered and published, one that waits, one overdue."""
    for code, title, text, answer, days in texts.QUESTIONS:
        asked = at - days * DAY
        question = guidance.ask(
            enterprise=guides.firm,
            about=guidance.About(version, code),
            title=title,
            text=text,
            by=guides.asker,
            at=asked,
        )
        if not answer:
            continue
        guidance.reply(question=question, text=answer, by=guides.officer, at=asked + DAY)
        newest = question.messages.filter(side=Side.AGENCY).order_by("-pk")[0]
        faq.publish_entry(
            about=guidance.About(version, code),
            entry=faq.Entry(title, newest.text, texts.SOURCE, guides.firm.jurisdiction),
            question=question,
            by=guides.officer,
            at=asked + 2 * DAY,
        )
    return len(texts.QUESTIONS)
