"""Questions to the responsible unit: who is asked, until when, and what grows from it."""

import datetime

import pytest
from django.db import IntegrityError

from stats import tasks
from stats.actions import courses, faq
from stats.actions import guidance as actions
from stats.enums import QuestionState
from stats.models import AnswerTarget, Assignment, FaqEntry, Question
from stats.queries import guidance as queries
from tests.factories import accounts
from tests.factories.guidance import AT, ask, version
from torch_portal.accounts.roles import Denied
from torch_portal.common.findings import Refused
from torch_portal.filings.enums import Side
from torch_portal.filings.transitions import Stale
from torch_portal.notices.models import Message

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def gq(house):
    return version()


def said(refused):
    return {finding.field: finding.text() for finding in refused.value.findings}


def fresh(question):
    return Question.objects.get(pk=question.pk)


def test_question_goes_to_the_unit_of_the_place_and_is_due_in_three_working_days(house, gq):
    question = ask(house, gq)
    assert question.unit == house.office
    assert question.due_on == datetime.date(2022, 12, 1)
    assert question.state_on(question.due_on) == QuestionState.WAITING
    assert question.state_on(question.due_on + DAY) == QuestionState.OVERDUE
    told = Message.objects.filter(key__startswith=f"stats-question-{question.pk}-")
    assert {m.to_user for m in told} == {house.reviewer, house.second}


def test_question_goes_to_the_unit_of_the_newest_frame(house, gq):
    unit = accounts.agency("330102", "330106", name="西湖区科技局")
    day = AT.date()
    row = gq.rounds.create(
        year=2021, title="2021年报", opens_on=day, closes_on=day, reassign_until=day, scan_until=day
    )
    Assignment.objects.create(round=row, enterprise=house.firm, responsible_unit=unit)
    assert ask(house, gq).unit == unit


def test_question_without_a_unit_goes_to_the_jurisdiction(house, gq):
    house.office.areas.all().delete()
    question = ask(house, gq)
    assert question.unit is None
    told = Message.objects.filter(key__startswith=f"stats-question-{question.pk}-")
    assert [m.to_user for m in told] == [house.official]


@pytest.mark.parametrize(("place", "days", "due"), [(None, 1, 29), ("33", 2, 30), ("32", 1, 1)])
def test_time_target_of_the_place_counts_in_working_days(house, gq, place, days, due):
    AnswerTarget.objects.create(jurisdiction_id=place, days=days, source="x")
    assert ask(house, gq).due_on.day == due


def test_place_has_its_target_before_the_country(house, gq):
    AnswerTarget.objects.create(jurisdiction=None, days=1, source="全国")
    AnswerTarget.objects.create(jurisdiction_id="33", days=5, source="浙江")
    assert queries.target_for("33") == queries.Target(5, "浙江")
    assert queries.target_for("32") == queries.Target(1, "全国")


BAD = [
    ({"title": " "}, "title", "Say in short what you ask."),
    ({"title": "长" * 121}, "title", "At most 120 characters"),
    ({"text": "为什么？"}, "text", "Write at least 10 characters"),
    ({"text": "长" * 2001}, "text", "A message has at most 2000 characters"),
    ({"item_code": "qb99"}, "item_code", "The version GQ-2022 has no item “qb99”"),
]


@pytest.mark.parametrize(("bad", "field", "words"), BAD)
def test_question_that_cannot_be_answered_is_refused(house, gq, bad, field, words):
    with pytest.raises(Refused) as refused:
        ask(house, gq, **bad)
    assert said(refused)[field].startswith(words)
    assert not Question.objects.exists()


def test_everything_that_is_wrong_with_a_question_is_said_at_once(house, gq):
    with pytest.raises(Refused) as refused:
        ask(house, gq, title="", text="", item_code="x")
    assert set(said(refused)) == {"title", "text", "item_code"}


def test_texts_at_their_limits_are_taken(house, gq):
    assert ask(house, gq, title="长" * 120, text="长" * 2000).title == "长" * 120
    assert ask(house, gq, text="字" * 10).pk


def test_questions_of_a_day_are_bounded(house, gq):
    asked = [ask(house, gq) for _each in range(20)]
    with pytest.raises(Refused, match="guidance"):
        ask(house, gq)
    assert ask(house, gq, at=AT + DAY).pk > asked[-1].pk


def test_only_who_files_for_the_enterprise_asks(house, gq):
    about = actions.About(gq)
    for person in (house.reader, house.stranger, house.reviewer):
        with pytest.raises(Denied):
            actions.ask(
                enterprise=house.firm, about=about, title="问", text="问" * 10, by=person, at=AT
            )  # fmt: skip


def test_answer_is_told_to_who_asked_and_a_further_word_begins_a_new_time(house, gq):
    question = ask(house, gq)
    actions.reply(question=question, text="不含增值税。", by=house.reviewer, at=AT + DAY)
    row = fresh(question)
    assert (row.awaits, row.answered_by) == (Side.ENTERPRISE, house.reviewer)
    assert row.state_on(AT.date() + 60 * DAY) == QuestionState.ANSWERED
    letter = Message.objects.get(key__contains="-answer-")
    assert (letter.to_user, letter.body) == (house.filer, "不含增值税。")
    actions.reply(question=question, text="那么消费税呢？", by=house.filer, at=AT + 3 * DAY)
    row = fresh(question)
    assert row.awaits == Side.AGENCY
    assert row.due_on == datetime.date(2022, 12, 6)
    assert row.answered_at == AT + DAY


def test_second_word_of_the_enterprise_does_not_move_the_day(house, gq):
    question = ask(house, gq)
    actions.reply(question=question, text="补充一点。", by=house.filer, at=AT + 2 * DAY)
    assert fresh(question).due_on == question.due_on


def test_who_may_answer(house, gq):
    question = ask(house, gq)
    national = accounts.official(None)
    for person in (house.far_reviewer, house.stranger, accounts.official("32"), house.operator):
        with pytest.raises(Denied):
            actions.reply(question=question, text="答", by=person, at=AT)
    for person in (house.reviewer, house.official, national):
        actions.reply(question=question, text="答", by=person, at=AT)
    assert question.messages.count() == 4


def test_nobody_answers_the_own_enterprise(house, gq):
    question = ask(house, gq)
    house.firm.memberships.create(user=house.reviewer, role="reader")
    with pytest.raises(Denied):
        actions.reply(question=question, text="答", by=house.reviewer, at=AT)


def test_settling(house, gq):
    question = ask(house, gq)
    with pytest.raises(Refused, match="guidance"):
        actions.settle(question=question, by=house.reviewer, at=AT)
    actions.reply(question=question, text="答", by=house.reviewer, at=AT)
    for _twice in range(2):
        actions.settle(question=question, by=house.filer, at=AT)
    assert fresh(question).state_on(AT.date()) == QuestionState.SETTLED


def test_question_is_handed_to_another_unit_of_the_place(house, gq):
    question = ask(house, gq)
    unit = accounts.agency("330102", "330106", name="西湖区科技局")
    for bad in (house.far_office, house.office):
        with pytest.raises(Refused):
            actions.hand_on(question=question, unit=bad, by=house.reviewer, at=AT)
    actions.hand_on(question=question, unit=unit, by=house.reviewer, at=AT)
    assert fresh(question).unit == unit
    with pytest.raises(Denied):
        actions.reply(question=fresh(question), text="答", by=house.reviewer, at=AT)
    actions.reply(question=question, text="答", by=accounts.reviewer(unit), at=AT)
    with pytest.raises(Stale):
        actions.hand_on(question=question, unit=house.office, by=house.official, at=AT)


def test_no_unit_chosen_is_said(house, gq):
    with pytest.raises(Refused) as refused:
        actions.hand_on(question=ask(house, gq), unit=None, by=house.reviewer, at=AT)
    assert said(refused) == {"unit": "Choose the unit that knows the answer."}


def test_message_is_never_changed(house, gq):
    message = ask(house, gq).messages.get()
    with pytest.raises(IntegrityError, match="never changed"):
        type(message).objects.filter(pk=message.pk).update(text="x")


# --- overdue --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("later", "told"), [(3, 0), (4, 1)])
def test_overdue_questions_are_told_from_the_day_after_the_last(house, gq, later, told):
    ask(house, gq)
    assert actions.remind_overdue(at=AT + later * DAY) == told


def test_overdue_question_is_told_once_a_day(house, gq):
    ask(house, gq)
    at = AT + 5 * DAY
    assert [actions.remind_overdue(at=at), actions.remind_overdue(at=at)] == [1, 0]
    assert actions.remind_overdue(at=at + DAY) == 1
    letters = Message.objects.filter(key__contains="-overdue-", to_user=house.reviewer)
    assert [m.subject.partition(":")[0] for m in letters] == ["答复逾期"] * 2
    assert "2022年12月1日" in letters[0].body


def test_answered_question_is_not_overdue(house, gq):
    question = ask(house, gq)
    actions.reply(question=question, text="答", by=house.reviewer, at=AT)
    assert actions.remind_overdue(at=AT + 30 * DAY) == 0


def test_reminding_takes_as_many_reads_for_three_as_for_one(house, gq, django_assert_num_queries):
    ask(house, gq)
    day = AT.date() + 10 * DAY
    for count in (1, 3):
        with django_assert_num_queries(1):
            assert len(Question.objects.overdue(day)) == count
        if count == 1:
            ask(house, gq), ask(house, gq)


def test_task_is_safe_to_run_twice(house, gq):
    ask(house, gq)
    assert [tasks.remind_overdue_questions(), tasks.remind_overdue_questions()] == [1, 0]


# --- what is published ----------------------------------------------------------------------------

WORDS = {"question": "营业收入是否含增值税？", "answer": "不含。", "source": "国统制〔2022〕11号"}


def publish(gq, by, asked=None, place=None, code="qc05_0", **words):
    return faq.publish_entry(
        about=actions.About(gq, code),
        entry=faq.Entry(**WORDS | words, jurisdiction=place),
        question=asked, by=by, at=AT,
    )  # fmt: skip


def test_answered_question_becomes_a_public_entry(house, gq):
    question = ask(house, gq)
    with pytest.raises(Refused) as refused:
        publish(gq, house.reviewer, question, house.firm.jurisdiction)
    assert said(refused)[""].startswith("Answer the question first")
    actions.reply(question=question, text="不含。", by=house.reviewer, at=AT)
    entry = publish(gq, house.reviewer, question, house.firm.jurisdiction)
    assert entry.question_asked == question
    assert list(queries.faq("增值税")) == [entry]


def test_reviewer_publishes_for_the_own_place_alone(house, gq):
    question = ask(house, gq)
    actions.reply(question=question, text="不含。", by=house.reviewer, at=AT)
    for by, place in ((house.reviewer, None), (house.official, None), (house.filer, None)):
        with pytest.raises(Denied):
            publish(gq, by, question, place)
    assert publish(gq, accounts.official(None), question).jurisdiction is None


@pytest.mark.parametrize("name", ["name", "credit_code"])
def test_entry_that_names_the_enterprise_is_refused(house, gq, name):
    question = ask(house, gq)
    actions.reply(question=question, text="不含。", by=house.reviewer, at=AT)
    with pytest.raises(Refused) as refused:
        publish(
            gq, house.official, question, house.firm.jurisdiction,
            answer=f"{getattr(house.firm, name)}应填不含税。",
        )  # fmt: skip
    assert said(refused)["answer"].startswith("The text names the enterprise")


def test_entry_without_words_is_refused_at_each(house, gq):
    with pytest.raises(Refused) as refused:
        publish(gq, accounts.official(None), code="zz", answer=" ", source="")
    assert set(said(refused)) == {"answer", "source", "item_code"}


def test_search_asks_for_every_word_and_leaves_out_what_was_withdrawn(house, gq):
    national = accounts.official(None)
    one = publish(gq, national)
    two = publish(gq, national, code="qd01", question="从业人员含劳务派遣吗？", answer="含。")
    assert set(queries.faq()) == {one, two}
    assert list(queries.faq("营业收入 增值税")) == [one]
    assert list(queries.faq("营业收入 派遣")) == []
    assert list(queries.faq("QD01")) == [two]
    assert list(queries.faq(code="qc05_0")) == [one]
    courses.withdraw(guidance=one, by=national, at=AT)
    with pytest.raises(Stale):
        courses.withdraw(guidance=one, by=national, at=AT)
    assert list(queries.faq()) == [two]


def test_published_entry_is_never_changed(house, gq):
    entry = publish(gq, accounts.official(None))
    with pytest.raises(IntegrityError, match="never changed"):
        FaqEntry.objects.filter(pk=entry.pk).update(answer="x")


def test_who_sees_a_question(house, gq):
    ask(house, gq)
    seen = {
        name: Question.objects.visible_to(getattr(house, name)).count()
        for name in ("filer", "reader", "stranger", "reviewer", "far_reviewer", "official")
    }
    assert seen == {
        "filer": 1, "reader": 1, "stranger": 0, "reviewer": 1, "far_reviewer": 0, "official": 1,
    }  # fmt: skip
