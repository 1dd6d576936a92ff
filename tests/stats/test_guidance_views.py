"""Pages of guidance: courseware, quiz, FAQ, questions, help at an item; and their desks."""

import re

import pytest
from django.urls import reverse

from stats.actions import faq
from stats.actions import guidance as actions
from stats.models import (
    AnswerTarget,
    CourseMaterial,
    FaqEntry,
    ItemNote,
    OfficeHours,
    Question,
    Quiz,
    ReadReceipt,
)
from tests.factories import accounts
from tests.factories.contracts import pdf
from tests.factories.guidance import AT, QUIZ, ask, material, quiz, version
from torch_portal.common import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def gq(house):
    return version()


@pytest.fixture
def national(house):
    return accounts.official(None, name="national")


@pytest.fixture
def as_(client):
    def enter(person):
        client.force_login(person)
        client.post("/i18n/setlang/", {"language": "en"})
        return client

    return enter


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def entry(gq, by, **words):
    words = {"question": "含增值税吗？", "answer": "不含。", "source": "国统制〔2022〕11号"} | words
    return faq.publish_entry(
        about=actions.About(gq, "qc05_0"), entry=faq.Entry(**words), by=by, at=AT
    )


def test_courses_show_what_is_to_be_read(house, gq, national, as_):
    row = material(gq, national, required=True, uploads=[pdf()])
    quiz(gq, national)
    client = as_(house.filer)
    page = text(client.get(reverse("stats:courses")))
    assert "0 of 1 that every respondent reads" in page
    assert "To be read" in page
    answer = client.post(reverse("stats:material_read", args=[row.pk]), follow=True)
    assert "You confirmed on" in text(answer)
    assert ReadReceipt.objects.get().enterprise == house.firm
    assert "1 of 1" in text(client.get(reverse("stats:courses")))
    file = client.get(reverse("stats:material_file", args=[row.pk, row.files.get().pk]))
    assert file["Content-Type"] == "application/pdf"
    assert "sandbox" in file["Content-Security-Policy"]


def test_material_of_another_place_is_not_found(house, gq, national, as_):
    place = house.far_office.jurisdiction
    row = material(gq, national, jurisdiction=place, uploads=[pdf()])
    client = as_(house.filer)
    file = reverse("stats:material_file", args=[row.pk, row.files.get().pk])
    for url in (reverse("stats:material", args=[row.pk]), file):
        assert client.get(url).status_code == 404
    assert client.post(reverse("stats:material_read", args=[row.pk])).status_code == 404


@pytest.mark.parametrize("asked", ["x", "9" * 30, "0"])
def test_version_that_is_none_is_not_found(house, gq, as_, asked):
    assert as_(house.filer).get(reverse("stats:courses"), {"version": asked}).status_code == 404


def test_courses_before_any_version_are_not_found(house, as_):
    assert as_(house.filer).get(reverse("stats:courses")).status_code == 404


def test_quiz_shows_result_and_explanations(house, gq, national, as_):
    row = quiz(gq, national)
    one, two = row.questions.order_by("order")
    client = as_(house.filer)
    url = reverse("stats:quiz", args=[row.pk])
    assert "表内金额指标以千元为单位" not in text(client.get(url))
    sent = {f"question-{one.pk}": "1", f"question-{two.pk}": ["0", "x"]}
    page = text(client.post(url, sent))
    assert "Not passed yet" in page
    assert "1 of 2 are right" in page
    assert "表内金额指标以千元为单位" in page
    bad = client.post(url, {f"question-{one.pk}": "7"})
    assert bad.status_code == 422
    assert "An answer was chosen that is not offered" in text(bad)


def test_faq_is_public_and_searched(gq, national, client):
    entry(gq, national)
    entry(gq, national, question="劳务派遣算从业人员吗？", answer="算。")
    assert "2 条答复" in text(client.get(reverse("stats:faq")))
    page = text(client.get(reverse("stats:faq"), {"q": "增值税"}))
    assert "1 条答复" in page
    assert "劳务派遣" not in page
    assert "没有找到" in text(client.get(reverse("stats:faq"), {"q": "<b>没有"}))


@pytest.mark.parametrize("count", [1, 3])
def test_faq_takes_the_same_reads_for_any_number(gq, national, client, count, django_assert_num_queries):  # noqa: E501  # fmt: skip
    for _each in range(count):
        entry(gq, national)
    with django_assert_num_queries(2):
        client.get(reverse("stats:faq"))


def test_help_is_a_page_and_a_part(house, gq, national, as_):
    entry(gq, national)
    ItemNote.objects.create(
        version=gq, item_code="qc05_0", errors="按元填报。", changed="口径未变。", source="x"
    )
    client = as_(house.filer)
    url = reverse("stats:help", args=["qc05_0"])
    page = text(client.get(url))
    for words in ("按元填报。", "口径未变。", "含增值税吗？", "Ask the responsible unit"):
        assert words in page
    part = text(client.get(url, headers={"HX-Request": "true"}))
    assert "<html" not in part
    assert "按元填报。" in part
    assert client.get(reverse("stats:help", args=["qz99"])).status_code == 404


def test_question_is_asked_answered_and_settled(house, gq, as_):
    client = as_(house.filer)
    url = reverse("stats:ask") + "?code=qc05_0"
    assert 'value="qc05_0"' in text(client.get(url))
    sent = {"enterprise": house.firm.pk, "item_code": "qc05_0", "title": "税", "text": "短"}
    bad = client.post(url, sent)
    assert bad.status_code == 422
    assert "Write at least 10 characters" in text(bad)
    assert "短" in text(bad)
    answer = client.post(url, sent | {"text": "营业收入是否包含增值税？"}, follow=True)
    assert "Waits for an answer" in text(answer)
    question = Question.objects.get()
    actions.reply(question=question, text="不含。", by=house.reviewer, at=clock.now())
    shown = reverse("stats:question", args=[question.pk])
    page = text(client.get(shown))
    assert house.office.name in page
    assert house.reviewer.get_full_name() not in page.replace("reviewer@", "")
    assert client.post(shown, {"text": " "}).status_code == 422
    settled = client.post(reverse("stats:question_settle", args=[question.pk]), follow=True)
    assert "Settled" in text(settled)


def test_enterprise_of_somebody_else_cannot_be_chosen(house, gq, as_):
    sent = {"enterprise": house.other_firm.pk, "title": "税", "text": "营业收入是否包含增值税？"}
    answer = as_(house.filer).post(reverse("stats:ask"), sent)
    assert answer.status_code == 422
    assert not Question.objects.exists()


def test_question_of_another_enterprise_is_not_found(house, gq, as_):
    question = ask(house, gq)
    client = as_(house.stranger)
    assert client.get(reverse("stats:question", args=[question.pk])).status_code == 404
    assert client.post(reverse("stats:question_settle", args=[question.pk])).status_code == 404
    assert question.title not in text(client.get(reverse("stats:questions")))


def test_reader_reads_and_does_not_write(house, gq, as_):
    question = ask(house, gq)
    client = as_(house.reader)
    shown = reverse("stats:question", args=[question.pk])
    assert "<textarea" not in text(client.get(shown))
    assert client.post(shown, {"text": "补充"}).status_code == 403
    assert "Your account may not file" in text(client.get(reverse("stats:ask")))


@pytest.mark.parametrize("count", [1, 3])
def test_questions_take_the_same_reads_for_any_number(house, gq, as_, count, django_assert_max_num_queries):  # noqa: E501  # fmt: skip
    for _each in range(count):
        ask(house, gq)
    client = as_(house.filer)
    with django_assert_max_num_queries(8):
        client.get(reverse("stats:questions"))


# --- the desks ------------------------------------------------------------------------------------


def test_unit_answers_at_the_desk(house, gq, as_):
    question = ask(house, gq)
    client = as_(house.reviewer)
    assert question.title in text(client.get(reverse("admin:stats_question_changelist")))
    page = text(client.get(reverse("admin:stats_question_change", args=[question.pk])))
    assert "Send the answer" in page
    url = reverse("admin:stats_question_answer", args=[question.pk, "answer"])
    bad = client.post(url, {"note": ""})
    assert bad.status_code == 422
    assert "Write at least 1 characters" in text(bad)
    client.post(url, {"note": "不含增值税。"})
    assert question.messages.count() == 2


@pytest.mark.parametrize("person", ["far_reviewer", "stranger", "filer", "operator"])
def test_desk_of_questions_is_closed_to_others(house, gq, as_, person):
    question = ask(house, gq)
    client = as_(getattr(house, person))
    url = reverse("admin:stats_question_change", args=[question.pk])
    assert client.get(url).status_code in {302, 403, 404}
    answer = reverse("admin:stats_question_answer", args=[question.pk, "answer"])
    client.post(answer, {"note": "答"})
    assert question.messages.count() == 1


def test_reviewer_publishes_from_an_answered_question(house, gq, as_):
    question = ask(house, gq)
    actions.reply(question=question, text="不含增值税。", by=house.reviewer, at=AT)
    client = as_(house.reviewer)
    add = reverse("admin:stats_faqentry_add")
    assert client.get(add).status_code == 403
    page = text(client.get(f"{add}?question={question.pk}"))
    assert "不含增值税。" in page
    sent = {
        "version": gq.pk, "jurisdiction": "33", "item_code": "qc05_0", "question": "含税吗？",
        "answer": house.firm.name, "source": "国统制〔2022〕11号", "grown_from": question.pk,
    }  # fmt: skip
    bad = client.post(add, sent)
    assert bad.status_code == 422
    assert "The text names the enterprise" in text(bad)
    client.post(add, sent | {"answer": "不含。"})
    assert FaqEntry.objects.get().question_asked == question


def test_officials_publish_and_withdraw_courseware(house, gq, national, as_):
    client = as_(national)
    sent = {"version": gq.pk, "order": 1, "title": "说明", "text": "先读单位。", "source": "x"}
    add = reverse("admin:stats_coursematerial_add")
    bad = client.post(add, sent | {"source": ""})
    assert bad.status_code == 422
    assert "Name the form, notice or regulation" in text(bad)
    client.post(add, sent | {"uploads": [pdf()]})
    row = CourseMaterial.objects.get()
    assert row.files.count() == 1
    page = text(client.get(reverse("admin:stats_coursematerial_change", args=[row.pk])))
    assert "先读单位。" in page
    client.post(reverse("admin:stats_coursematerial_answer", args=[row.pk, "withdraw"]))
    row.refresh_from_db()
    assert row.withdrawn_by == national


def test_officials_publish_a_quiz_from_text(house, gq, national, as_):
    client = as_(national)
    add = reverse("admin:stats_quiz_add")
    sent = {"version": gq.pk, "title": "测验", "needed": 2, "questions": "单位？\n- 元"}
    bad = client.post(add, sent)
    assert bad.status_code == 422
    assert "Line 1: a question has from 2 to 8 answers" in text(bad)
    client.post(add, sent | {"questions": QUIZ})
    row = Quiz.objects.get()
    page = text(client.get(reverse("admin:stats_quiz_change", args=[row.pk])))
    assert "0 / 0" in page


def test_official_of_a_place_publishes_for_it_alone(house, gq, as_):
    client = as_(house.official)
    sent = {"version": gq.pk, "question": "问？", "answer": "答。", "source": "x"}
    add = reverse("admin:stats_faqentry_add")
    for place in ("", "32"):
        assert client.post(add, sent | {"jurisdiction": place}).status_code == 422
    client.post(add, sent | {"jurisdiction": "33"})
    assert FaqEntry.objects.get().jurisdiction_id == "33"


def test_settings_are_kept_with_a_reason(house, gq, national, as_):
    client = as_(national)
    note = {
        "version": gq.pk,
        "item_code": "qz99",
        "errors": "按元填报",
        "source": "x",
        "reason": "x",
    }
    add = reverse("admin:stats_itemnote_add")
    assert "has no item “qz99”" in text(client.post(add, note))
    client.post(add, note | {"item_code": "qc05_0"})
    assert ItemNote.objects.get().errors == "按元填报"
    client.post(
        reverse("admin:stats_answertarget_add"),
        {"jurisdiction": "33", "days": 2, "source": "浙科统〔2022〕1号", "reason": "x"},
    )
    assert AnswerTarget.objects.get().days == 2
    client.post(
        reverse("admin:stats_officehours_add"),
        {
            "unit": house.office.pk, "begins_at_0": "2022-12-01", "begins_at_1": "14:00",
            "ends_at_0": "2022-12-01", "ends_at_1": "16:00", "way": "telephone",
            "where": "0571-88888888", "reason": "x",
        },
    )  # fmt: skip
    assert OfficeHours.objects.get().unit == house.office


def test_reviewer_changes_no_settings(house, gq, as_):
    client = as_(house.reviewer)
    for name in ("itemnote", "answertarget", "officehours", "coursematerial", "quiz"):
        assert client.get(reverse(f"admin:stats_{name}_changelist")).status_code == 200
        assert client.get(reverse(f"admin:stats_{name}_add")).status_code == 403


def test_unit_is_told_that_a_question_without_answer_cannot_be_settled(house, gq, as_):
    question = ask(house, gq)
    client = as_(house.reviewer)
    told = client.post(reverse("stats:question_settle", args=[question.pk]), follow=True)
    assert "no answer yet" in text(told)
    question.refresh_from_db()
    assert question.awaits == "agency"
