"""What the demonstration shows of guidance: every kind, published by the real acts, once."""

import pytest

from stats.actions.guidance import remind_overdue
from stats.management.demo_guidance import Guides, seed_guidance
from stats.management.guidance_texts import FAQ, NOTES, QUESTIONS
from stats.models import CourseMaterial, FaqEntry, ItemNote, OfficeHours, Question, Quiz
from stats.queries import guidance as queries
from tests.factories import accounts
from tests.factories.guidance import AT, version

pytestmark = pytest.mark.django_db


def test_demonstration_shows_every_kind_of_guidance_once(house):
    codes = {code for code, *_rest in (*NOTES, *FAQ, *QUESTIONS) if code}
    gq = version(sorted(codes))
    guides = Guides(accounts.official(None), house.office, house.reviewer, house.firm, house.filer)
    assert seed_guidance(version=gq, guides=guides, at=AT) > 20
    assert seed_guidance(version=gq, guides=guides, at=AT) == 0
    assert CourseMaterial.objects.count() == 4
    assert Quiz.objects.get().questions.count() == 5
    assert ItemNote.objects.count() == len(NOTES)
    assert OfficeHours.objects.filter(ends_at__gt=AT).count() == 2
    assert Question.objects.count() == len(QUESTIONS)
    assert FaqEntry.objects.filter(question_asked__isnull=False).count() == 1
    assert remind_overdue(at=AT) == 1
    found = queries.help_for(gq, "qj09", house.filer)
    assert "不可直接比较" in found.note.changed
