"""Matching the national list, without a database: each trouble with its sentence."""

import datetime

import pytest

from hitech_cert.enums.after import Trouble
from hitech_cert.rules.national import Firm, Ground, Listed, match, plain_name

DAY = datetime.date(2020, 12, 21)
ISSUED = datetime.date(2020, 12, 1)
NUMBER = "GR202033008462"
ZHIWEI = Firm(1, "91330106MAGUJ65R6B", ("杭州知微能源科技股份有限公司",), waiting=11)
LANGTU = Firm(
    2,
    "91330106MAE942HR7E",
    ("杭州朗途生物医药有限公司", "杭州朗途(中国)生物技术有限公司"),
    waiting=12,
)


def row(place=3, name=ZHIWEI.names[0], code="", number=NUMBER, day=ISSUED, unread=""):
    return Listed(place, name, code, number, day, unread)


def matched(*rows, firms=(ZHIWEI, LANGTU), **more):
    return match(rows, Ground(firms, "33", DAY, **more))


def one(*rows, **more):
    return matched(*rows, **more)[0]


def changed(firm, **values):
    return Firm(**{**firm.__dict__, **values})


@pytest.mark.parametrize(
    "written",
    [
        "杭州知微能源科技股份有限公司",
        " 杭州知微能源科技 股份有限公司　",
        "杭州知微能源科技股份有限公司.",
    ],
)
def test_name_is_compared_without_blanks_and_points(written):
    assert one(row(name=written)).application == 11


def test_brackets_and_width_make_no_difference_and_former_names_count():
    assert plain_name("杭州朗途（中国）生物技术有限公司") == plain_name(LANGTU.names[1])
    assert one(row(name="杭州朗途（中国）生物技术有限公司")).application == 12


def test_credit_code_comes_first():
    assert one(row(name="", code="９１330106MAE942HR7E")).application == 12


@pytest.mark.parametrize(
    ("given", "trouble"),
    [
        ({"name": "杭州无此企业有限公司"}, Trouble.UNKNOWN),
        ({"name": "杭州朗途新药有限公司", "code": LANGTU.credit_code}, Trouble.NAME),
        ({"name": ZHIWEI.names[0], "code": LANGTU.credit_code}, Trouble.CONFLICT),
        ({"code": "91330106MA00000000"}, Trouble.CONFLICT),
        ({"number": "GR20203300846"}, Trouble.SHAPE),
        ({"number": "GR202011008462"}, Trouble.PROVINCE),
        ({"day": None}, Trouble.DAY),
        ({"day": None, "unread": "12月"}, Trouble.DAY),
        ({"day": DAY + datetime.timedelta(days=1)}, Trouble.DAY),
        ({"day": datetime.date(2019, 12, 1)}, Trouble.DAY),
    ],
)
def test_what_is_in_the_way(given, trouble):
    found = one(row(**given))
    assert (found.application, found.trouble) == (None, trouble)
    assert str(found.problem.message) % found.problem.values


def test_name_of_two_firms_is_left_to_a_person():
    twin = changed(ZHIWEI, id=3, credit_code="91330106MAE942HR70", waiting=13)
    found = one(row(), firms=(ZHIWEI, twin))
    assert (found.trouble, found.candidates) == (Trouble.AMBIGUOUS, (1, 3))
    assert one(row(code=ZHIWEI.credit_code), firms=(ZHIWEI, twin)).application == 11


def test_former_name_of_one_that_is_the_name_of_another_is_ambiguous():
    heir = changed(LANGTU, names=("杭州新朗途有限公司", ZHIWEI.names[0]))
    assert one(row(), firms=(ZHIWEI, heir)).trouble == Trouble.AMBIGUOUS


def test_number_or_firm_twice_stops_both_rows():
    other = row(4, name=LANGTU.names[0])
    assert [m.trouble for m in matched(row(), other)] == [Trouble.TWICE] * 2
    again = row(5, number="GR202033008463")
    assert [m.trouble for m in matched(row(), again)] == [Trouble.TWICE] * 2


def test_number_of_another_enterprise_is_taken():
    assert one(row(), owners={NUMBER: 2}).trouble == Trouble.TAKEN
    assert one(row(), owners={NUMBER: 1}).application == 11


def test_taken_over_before_is_known_and_nothing_is_left_to_do():
    done = changed(ZHIWEI, waiting=None, certified={NUMBER: (11, ISSUED)}, standing=True)
    found = one(row(), firms=(done,))
    assert (found.known, found.trouble, found.application) == (True, "", 11)
    assert one(row(day=None), firms=(done,)).known
    assert one(row(day=DAY), firms=(done,)).trouble == Trouble.OTHER
    assert one(row(number="GR202033008463"), firms=(done,)).trouble == Trouble.OTHER


def test_certified_before_and_reported_again_takes_the_new_number():
    again = changed(ZHIWEI, certified={"GR201733000001": (5, ISSUED)}, standing=True)
    assert one(row(), firms=(again,)).application == 11


@pytest.mark.parametrize(
    ("values", "trouble"),
    [
        ({"waiting": None, "stands": "专家评审"}, Trouble.NOT_REPORTED),
        ({"objection": True}, Trouble.OBJECTION),
        ({"publicity_to": DAY}, Trouble.PUBLICITY),
        ({"publicity_to": DAY - datetime.timedelta(days=1)}, ""),
    ],
)
def test_only_what_was_reported_and_is_free_is_taken(values, trouble):
    assert one(row(), firms=(changed(ZHIWEI, **values),)).trouble == trouble
