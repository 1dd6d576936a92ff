"""Courseware: published once, read with a receipt, quizzes taken as often as one likes."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError

from stats.actions import courses as actions
from stats.models import Assignment, CourseMaterial, QuizAttempt, ReadReceipt
from stats.queries import guidance as queries
from tests.factories import accounts
from tests.factories.contracts import pdf
from tests.factories.guidance import AT, material, quiz, version
from torch_portal.accounts.models import Jurisdiction
from torch_portal.accounts.roles import Denied
from torch_portal.common.findings import Refused
from torch_portal.filings.transitions import Stale

pytestmark = pytest.mark.django_db


@pytest.fixture
def gq(house):
    return version()


@pytest.fixture
def national(house):
    return accounts.official(None)


def said(refused):
    return {finding.field: finding.text() for finding in refused.value.findings}


def test_material_is_published_with_its_files_and_never_changed(gq, national):
    row = material(gq, national, uploads=[pdf()])
    assert row.files.get().pages == 1
    with pytest.raises(IntegrityError, match="never changed"):
        CourseMaterial.objects.filter(pk=row.pk).update(text="x")


def test_everything_that_speaks_against_a_material_is_said_at_once(gq, national):
    with pytest.raises(Refused) as refused:
        material(gq, national, title="", text=" ", source="")
    assert set(said(refused)) == {"title", "text", "source"}
    assert not CourseMaterial.objects.exists()


@pytest.mark.parametrize(("length", "refused"), [(120, False), (121, True)])
def test_title_is_bounded(gq, national, length, refused):
    if not refused:
        assert material(gq, national, title="长" * length).pk
        return
    with pytest.raises(Refused) as found:
        material(gq, national, title="长" * length)
    assert said(found)["title"].startswith("A title has at most 120 characters")


def test_file_of_the_wrong_kind_is_named(gq, national):
    bad = SimpleUploadedFile("课件.exe", b"MZ" + b"\0" * 2000)
    with pytest.raises(Refused) as refused:
        material(gq, national, uploads=[bad])
    assert "课件.exe" in said(refused)["uploads"]


def test_who_publishes(house, gq, national):
    zhejiang = Jurisdiction.objects.get(pk="33")
    for by, place in ((house.official, None), (house.reviewer, zhejiang), (house.filer, zhejiang)):
        with pytest.raises(Denied):
            material(gq, by, jurisdiction=place)
    assert material(gq, house.official, jurisdiction=zhejiang).jurisdiction == zhejiang
    assert material(gq, national, jurisdiction=zhejiang).pk


def test_each_place_reads_its_own(house, gq, national):
    everywhere = material(gq, national)
    here = material(gq, house.official, jurisdiction=Jurisdiction.objects.get(pk="33"))
    far = material(gq, national, jurisdiction=Jurisdiction.objects.get(pk="32"))
    read = {
        name: set(queries.materials(gq, getattr(house, name)))
        for name in ("filer", "reviewer", "official", "far_reviewer")
    }
    assert read["filer"] == read["reviewer"] == read["official"] == {everywhere, here}
    assert read["far_reviewer"] == {everywhere, far}
    assert set(queries.materials(gq, national)) == {everywhere, here, far}


def test_receipt_is_kept_once_for_each_enterprise(house, gq, national):
    row = material(gq, national, required=True)
    house.other_firm.memberships.create(user=house.filer, role="reader")
    for _twice in range(2):
        assert actions.confirm_read(material=row, by=house.filer, at=AT) == 2
    assert ReadReceipt.objects.count() == 2
    assert [m.read for m in queries.materials(gq, house.filer)] == [True]
    assert [m.read for m in queries.materials(gq, house.reader)] == [False]
    with pytest.raises(Denied):
        actions.confirm_read(material=row, by=house.reviewer, at=AT)


def test_withdrawn_material_is_read_no_more(house, gq, national):
    row = material(gq, national)
    with pytest.raises(Denied):
        actions.withdraw(guidance=row, by=house.official, at=AT)
    actions.withdraw(guidance=row, by=national, at=AT)
    row.refresh_from_db()
    assert list(queries.materials(gq, house.filer)) == []
    with pytest.raises(Stale):
        actions.confirm_read(material=row, by=house.filer, at=AT)


def test_officials_see_by_unit_who_confirmed(house, gq, national):
    row = material(gq, national)
    day = AT.date()
    round_ = gq.rounds.create(
        year=2022, title="年报", opens_on=day, closes_on=day, reassign_until=day, scan_until=day
    )
    for firm in (house.firm, house.other_firm):
        Assignment.objects.create(round=round_, enterprise=firm, responsible_unit=house.office)
    actions.confirm_read(material=row, by=house.filer, at=AT)
    assert queries.readers(row, house.official) == [
        {"responsible_unit__name": house.office.name, "all": 2, "done": 1}
    ]
    assert queries.readers(row, house.far_reviewer) == []


def test_list_takes_as_many_reads_for_three_as_for_one(
    house, gq, national, django_assert_num_queries
):
    material(gq, national)
    for count in (1, 3):
        person = type(house.filer).objects.get(pk=house.filer.pk)
        with django_assert_num_queries(2):
            assert len(queries.materials(gq, person)) == count
        if count == 1:
            material(gq, national), material(gq, national)


# --- quizzes --------------------------------------------------------------------------------------


def test_quiz_is_marked_question_by_question(house, gq, national):
    row = quiz(gq, national)
    one, two = row.questions.order_by("order").values_list("pk", flat=True)
    missed = actions.take_quiz(quiz=row, chosen={one: [1], two: [0]}, by=house.filer, at=AT)
    assert (missed.right, missed.asked, missed.passed) == (1, 2, False)
    assert queries.passed(house.filer, [row.pk]) == set()
    done = actions.take_quiz(quiz=row, chosen={one: [1], two: [0, 1]}, by=house.filer, at=AT)
    assert (done.right, done.passed) == (2, True)
    assert queries.passed(house.filer, [row.pk]) == {row.pk}
    assert [(a["right"], a["asked"]) for a in queries.answered(row)] == [(2, 2), (1, 2)]


def test_answer_that_is_not_offered_is_refused(house, gq, national):
    row = quiz(gq, national)
    first = row.questions.order_by("order").first()
    with pytest.raises(Refused) as refused:
        actions.take_quiz(quiz=row, chosen={first.pk: [9]}, by=house.filer, at=AT)
    assert said(refused)[""].startswith("An answer was chosen that is not offered")
    assert not QuizAttempt.objects.exists()


@pytest.mark.parametrize(("needed", "refused"), [(0, True), (1, False), (2, False), (3, True)])
def test_right_answers_asked_for_lie_within_the_quiz(gq, national, needed, refused):
    if not refused:
        assert quiz(gq, national, needed=needed).needed == needed
        return
    with pytest.raises(Refused) as found:
        quiz(gq, national, needed=needed)
    assert said(found)["needed"] == "From 1 to 2 answers can be asked for to pass."


def test_quiz_that_was_withdrawn_is_not_taken(house, gq, national):
    row = quiz(gq, national)
    actions.withdraw(guidance=row, by=national, at=AT)
    row.refresh_from_db()
    with pytest.raises(Stale):
        actions.take_quiz(quiz=row, chosen={}, by=house.filer, at=AT)
