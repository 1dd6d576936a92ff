"""Personal data in free text is found however it is written, and nothing else is."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torch_portal.common.findings import Level
from torch_portal.common.personal import (
    Kind,
    is_identity_number,
    personal_data,
    personal_problems,
)

# Made up: right in form and check digit, nobody's.
IDENTITY, WITH_X = "110101199003070011", "11010519491231002X"


def kinds(text):
    """What is found in a text."""
    return [each.kind for each in personal_data(text)]


def made(first):
    """The first 17 characters of an identity number with the check character that fits."""
    return next(first + c for c in "0123456789X" if is_identity_number(first + c))


IDENTITY = made(IDENTITY[:17])


@pytest.mark.parametrize(
    "written",
    [
        IDENTITY,
        f"身份证{IDENTITY}。",
        " ".join(IDENTITY),
        f"{IDENTITY[:6]} {IDENTITY[6:14]} {IDENTITY[14:]}",
        f"{IDENTITY[:6]}-{IDENTITY[6:14]}-{IDENTITY[14:]}",
        IDENTITY.translate({ord(d): ord(d) + 0xFEE0 for d in "0123456789"}),
        "\u200b".join(IDENTITY),
        WITH_X,
        WITH_X.lower(),
        WITH_X[:17] + "Ｘ",
        f"1 {IDENTITY} 2",
    ],
)
def test_identity_number_is_found_however_it_is_written(written):
    assert kinds(written) == [Kind.IDENTITY]


@pytest.mark.parametrize(
    "written",
    [
        WITH_X[:17] + "1",
        "990101199003070011",
        "110101199013070011",
        "110101199002300011",
        IDENTITY[:17],
        f"9{IDENTITY}",
        f"{IDENTITY}9",
        "91330106MA2CFRPX4T",
        "¥110,101,199,003,070,011",
    ],
)
def test_other_numbers_are_no_identity_number(written):
    assert Kind.IDENTITY not in kinds(written)


@pytest.mark.parametrize(
    "written",
    [
        "13800138000", "电话13800138000联系", "138 0013 8000", "138-0013-8000",
        "１３８００１３８０００",
        "+86 138 0013 8000", "008613800138000", "8613800138000", "1 3 8 0 0 1 3 8 0 0 0",
        "138\u200b0013\u200b8000", "X13800138000X", "19912345678", "138——0013——8000",
    ],
)  # fmt: skip
def test_mobile_number_is_found_however_it_is_written(written):
    assert kinds(written) == [Kind.MOBILE]


@pytest.mark.parametrize(
    "written",
    [
        "010-88656337", "01088656337", "（010）88656337", "0571 8765 4321",
        "０５７１－８７６５４３２１",
        "0999-8123456", "+86 10 8865 6337", "010-88656337-801",
    ],
)  # fmt: skip
def test_landline_number_is_found_however_it_is_written(written):
    assert kinds(written) == [Kind.LANDLINE]


@pytest.mark.parametrize(
    "written",
    [
        "", "2020-02-06", "2020年2月6日12:00", "12800138000", "1380013800", "138001380001",
        "88656337", "200家企业复工158家，复工率79.00%", "国科火字〔2020〕38号", "010-8865633",
        "010-18656337", "金额1,380,013,800元", "2134567890", "5000000.00元，90天，4.35%", "x",
        "面积10,000 m²，在孵50家，房租30-40元",
    ],
)  # fmt: skip
def test_ordinary_figures_are_not_personal(written):
    assert personal_data(written) == []


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("患者张伟，男，35岁", True),
        ("确诊病例李某某。", True),
        ("姓名：王小明", True),
        ("密切接触者 刘洋", True),
        ("患者高烧，已送医", False),
        ("病例于昨日确诊", False),
        ("确诊病例3人，疑似0人", False),
        ("患者人数增加", False),
        ("园区张江企业复工", False),
    ],
)
def test_names_told_as_those_of_patients_are_asked_about(written, found):
    assert kinds(written) == ([Kind.NAME] if found else [])


def test_places_are_those_of_the_text_and_numbers_are_hidden():
    text = f"请联系１３８ ００１３ ８０００或者{IDENTITY}"
    mobile, identity = personal_data(text)
    assert text[mobile.start : mobile.end] == "１３８ ００１３ ８０００"
    assert text[identity.start : identity.end] == IDENTITY
    assert mobile.shown == "138****8000"
    assert IDENTITY[3:14] not in identity.shown


def test_numbers_block_and_names_are_asked_about():
    problems = list(personal_problems("needs", "患者张伟，13800138000"))
    assert [(p.field, p.level) for p in problems] == [
        ("needs", Level.BLOCK), ("needs", Level.WARN)
    ][::-1]  # fmt: skip
    assert all("13800138000" not in str(p.values) for p in problems)


@given(st.text(), st.text("0123456789Xx-（ ", max_size=30))
def test_any_text_is_read(text, digits):
    whole = text + digits
    found = personal_data(whole)
    assert all(0 <= each.start < each.end <= len(whole) for each in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(st.text("一二三，。 \n", max_size=20), st.text("一二三，。 \n", max_size=20))
def test_a_number_is_found_in_any_surroundings(before, after):
    assert Kind.MOBILE in kinds(f"{before}13800138000{after}")
