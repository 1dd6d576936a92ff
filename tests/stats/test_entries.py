"""One entry as it is typed: read by its kind, or refused with what to write instead."""

from dataclasses import replace
from datetime import date

import pytest

from stats import editions
from stats.editions import CheckText
from stats.enums import Missing, Severity
from stats.rules import CheckRule
from stats.rules.entries import BadEntry, read_entry
from stats.rules.totals import totals_of, worked_out

GQ = editions.instrument("GQ-2022")
TODAY = date(2023, 3, 1)


def read(code, typed, **changes):
    item = replace(GQ.items[code], **changes)
    return read_entry(item, GQ, typed, TODAY)


@pytest.mark.parametrize(
    ("code", "typed", "kept"),
    [
        ("qc05_0", "52000", "52000"),
        ("qc05_0", " 52,000.50 ", "52000.5"),
        ("qc05_0", "５２０００", "52000"),
        ("qc05_0", "52 000", "52000"),
        ("qc05_0", "+7", "7"),
        ("qc05_0", "-0.00", "0"),
        ("qc120", "(1,200)", "-1200"),
        ("qc120", "-1200", "-1200"),
        ("qc05_0", "52000 千元", "52000"),
        ("qc05_0", "007", "7"),
        ("qc05_0", "999999999999999", "999999999999999"),
        ("qc05_0", "", ""),
        ("qc05_0", "　", ""),
        ("qd01", "120", "120"),
        ("qd01", "120.0", "120"),
        ("qb04", "2016-05", "2016-05"),
        ("qb04", "2016年5月20日", "2016-05-20"),
        ("qb04", "2016/5/20", "2016-05-20"),
        ("qb04", "201605", "2016-05"),
        ("qb04", "2016", "2016"),
        ("qa12", "2023-03-01", "2023-03-01"),
        ("qb06", "173", "173"),
        ("qb06", "私营有限责任公司", "173"),
        ("qb06", "173 私营有限责任公司", "173"),
        ("qb20", "02", "02"),
        ("qa04", "杭州知微 \n能源", "杭州知微 能源"),
    ],
)
def test_entry_is_kept_in_one_way(code, typed, kept):
    assert read(code, typed) == kept


@pytest.mark.parametrize(
    ("code", "typed", "words"),
    [
        ("qc05_0", "52000000 元", "52000000 元 are 52000 千元"),
        ("qc05_0", "5,200万元", "5200 万元 are 52000 千元"),
        ("qd01", "120元", "The unit here is 人, not 元"),
        ("qc05_0", "1e3", "is not a number"),
        ("qc05_0", "约五万", "is not a number"),
        ("qc05_0", "1,23", "is not a number"),
        ("qc05_0", "--5", "is not a number"),
        ("qc05_0", "1000000000000000", "more than 15 digits"),
        ("qc05_0", "1.23456", "At most 4 decimals"),
        ("qd01", "120.5", "A whole number is needed here, in 人"),
        ("qd01", "-1", "A count cannot be below 0"),
        ("qb04", "2016-13", "There is no such day"),
        ("qb04", "1790", "is too early"),
        ("qb04", "去年", "is not a date"),
        ("qa12", "2023-03-02", "lies in the future"),
        ("qb06", "999", "is not in the list of GQ-2022"),
        ("qa04", "长" * 201, "At most 200 characters"),
        ("qc05_0", "9" * 401, "Shorten it"),
    ],
)
def test_entry_that_cannot_be_read_says_what_to_write(code, typed, words):
    with pytest.raises(BadEntry, match=words):
        read(code, typed)


def test_bounds_of_an_item_hold_on_both_sides():
    assert read("qb06_2", "100", least="0", most="100") == "100"
    assert read("qb06_2", "0", least="0", most="100") == "0"
    for typed, words in (("100.1", "At most 100"), ("-1", "At least 0")):
        with pytest.raises(BadEntry, match=words):
            read("qb06_2", typed, least="0", most="100")
    with pytest.raises(BadEntry, match="At most 0 decimals"):
        read("qc05_0", "1.5", decimals=0)


def rule(expression):
    text = CheckText(
        "T-1", "GQ-002", Severity.ERROR, expression, 0, Missing.SKIP, "合计", "form", ""
    )
    return CheckRule(text)


def test_total_of_parts_follows_the_rule():
    found = totals_of([rule("qc234 == qc120 + qc227 - nz(qc230)"), rule("qc234 == qc12 + qc231")])
    parts = found["qc234"]
    assert " ".join(map(str, parts)) == "qc120 qc227 -qc230?"
    assert worked_out(parts, {"qc120": "1000", "qc227": "20.5", "qc230": "115"}) == "905.5"
    assert worked_out(parts, {"qc120": "1000", "qc227": "20"}) == "1020"
    assert worked_out(parts, {"qc120": "1000"}) == ""


@pytest.mark.parametrize(
    "expression",
    [
        "qc05_0 >= qc06 + qc07",
        "qc05_0 == qc06",
        "qc06 + 1 == qc07",
        "qc05_0 == qc06 * 2 + qc07",
    ],
)
def test_other_rules_name_no_total(expression):
    assert totals_of([rule(expression)]) == {}
