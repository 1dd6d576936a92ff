"""Quizzes as officers type them, and how a try is marked; no database."""

import pytest

from stats.rules import quiz
from tests.factories.guidance import QUIZ

CODES = {"qc05_0", "qd01"}


def texts(text):
    return [finding.text() for finding in quiz.read(text, CODES)[1]]


def test_blocks_become_questions_with_their_right_answers():
    asked, found = quiz.read(QUIZ, CODES)
    assert found == []
    one, two = asked
    assert (one.text, one.item_code) == ("营业收入按什么单位填写？", "qc05_0")
    assert (one.options, one.right) == (["元", "千元"], [1])
    assert one.why == "表内金额指标以千元为单位。"
    assert (two.item_code, two.right) == ("", [0, 1])


def test_full_width_signs_and_windows_lines_are_read_too():
    asked, found = quiz.read("单位？［qd01］\r\n－　个\r\n＊　人\r\n", CODES)
    assert found == []
    assert (asked[0].item_code, asked[0].options, asked[0].right) == ("qd01", ["个", "人"], [1])


WRONG = [
    ("", "Line 1: no question is written"),
    ("- 元\n* 千元", "Line 1: an answer stands before any question"),
    ("单位？\n千元\n* 元\n- 人", "Line 2: begin an answer with"),
    ("单位？\n*\n* 元\n- 人", "Line 2: no words stand behind the sign"),
    ("单位？\n* 元\n- 元\n- 人", "Line 3: this answer stands there twice"),
    ("单位？\n* 元", "Line 1: a question has from 2 to 8 answers"),
    ("单位？\n- 元\n- 人", "Line 1: no answer is right"),
    ("单位？ [qz99]\n* 元\n- 人", "Line 1: the version has no item “qz99”"),
    ("字" * 401 + "\n* 元\n- 人", "Line 1: a line has at most 400 characters"),
]


@pytest.mark.parametrize(("text", "said"), WRONG)
def test_what_cannot_be_a_quiz_is_refused_with_its_line(text, said):
    assert any(words.startswith(said) for words in texts(text)), texts(text)


@pytest.mark.parametrize(("count", "refused"), [(8, False), (9, True)])
def test_number_of_answers_is_bounded(count, refused):
    block = "\n".join(["选哪个？", "* 甲", *(f"- {n}" for n in range(count - 1))])
    assert bool(texts(block)) is refused


@pytest.mark.parametrize(("count", "refused"), [(50, False), (51, True)])
def test_number_of_questions_is_bounded(count, refused):
    assert bool(texts("\n\n".join(f"问{n}\n* 甲\n- 乙" for n in range(count)))) is refused


def test_all_that_is_wrong_is_said_at_once():
    assert len(texts("一？\n* 元\n\n二？ [no]\n- 元\n- 人")) == 3


@pytest.mark.parametrize(
    ("chosen", "right"),
    [({1: [0], 2: [0, 1]}, [1, 2]), ({1: [0], 2: [0]}, [1]), ({1: [0, 1]}, []), ({}, [])],
)
def test_right_is_every_right_option_and_no_other(chosen, right):
    assert quiz.marked([(1, [0]), (2, [0, 1])], chosen) == right
