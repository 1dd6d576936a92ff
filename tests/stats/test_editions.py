"""Instruments and seed rules as data: complete, dated, with what is not confirmed."""

from collections import Counter
from datetime import date

import pytest

from stats import editions
from stats.enums import Kind
from stats.rules import parse

GQ = editions.instrument("GQ")


def test_annual_form_has_its_tables_and_items():
    assert Counter(item.table for item in GQ.items.values()) == {
        "HEAD": 19, "GQ-001": 24, "GQ-002": 67, "GQ-003": 21, "GQ-005": 82
    }  # fmt: skip
    assert len(GQ.items) == 213
    assert GQ.tables[4].code == "GQ-004"
    assert (GQ.tables[4].items, GQ.tables[4].unconfirmed != "") == ((), True)


def test_items_keep_order_unit_and_indent():
    revenue, technical, transfer = (GQ.items[c] for c in ("qc05_0", "qc06", "qc06_1"))
    assert (revenue.label_zh, revenue.unit, revenue.order, revenue.indent) == (
        "营业收入", "千元", 2, 0
    )  # fmt: skip
    assert (technical.indent, transfer.indent) == (1, 2)
    assert GQ.items["qd01"].kind is Kind.COUNT
    assert GQ.items["qb04"].kind is Kind.DATE
    for table in GQ.tables:
        assert [item.order for item in table.items] == list(range(1, len(table.items) + 1))


def test_choice_lists_belong_to_the_version():
    yes_no = GQ.lists[GQ.items["qb11"].choices]
    assert yes_no.choices == (("1", "是"), ("2", "否"))
    named = {item.choices for item in GQ.items.values()} - {""}
    assert named == set(GQ.lists)


def test_what_is_not_confirmed_says_so():
    assert GQ.items["qj80_4"].unconfirmed.startswith("表式写的计量单位是“项”")
    assert GQ.programme.unconfirmed
    assert GQ.lists["technical_field"].unconfirmed
    texts = editions.CHECKS[0].rules
    assert {text.id for text in texts if not text.unconfirmed} == {
        "CK-001", "CK-003", "CK-004", "CK-006", "CK-008", "CK-601", "CK-606"
    }  # fmt: skip
    assert all(editions.UNCONFIRMED_ZH in t.clause for t in texts if t.unconfirmed)
    assert all(text.source for text in texts)


def test_round_cannot_run_past_the_approval():
    programme = GQ.programme
    assert programme.approval_no == "国统制〔2022〕11号"
    assert programme.covers(date(2025, 2, 28))
    assert not programme.covers(date(2025, 3, 1))


@pytest.mark.parametrize(
    ("name", "version"),
    [("GQ", "GQ-2022"), ("GQ-2022", "GQ-2022"), ("GQ-005", "GQ-2022"), ("HEAD", "GQ-2022"),
     ("JQ-03", "JQ-2017"), ("INC-T", "INC-2018")],
)  # fmt: skip
def test_instrument_is_found_by_its_names(name, version):
    assert editions.instrument(name).version == version


def test_name_of_no_instrument_is_refused():
    with pytest.raises(editions.NoInstrument, match="GQ-006"):
        editions.instrument("GQ-006")


def test_names_are_unique():
    assert len(set(editions.NAMES)) == len(editions.NAMES)


def test_check_rules_hold_from_their_first_day():
    assert editions.on(date(2022, 1, 1)).code == "CK-2022"
    with pytest.raises(editions.NoInstrument):
        editions.on(date(2021, 12, 31))


def test_check_rules_are_72_with_unique_ids_and_can_be_read():
    texts = editions.CHECKS[0].rules
    assert len({text.id for text in texts}) == len(texts) == 72
    assert all(parse(text.expr) for text in texts)


def test_comparability_marks_speak_of_indicators_of_the_version():
    indicators = {item.indicator for item in GQ.items.values()}
    assert {mark.now for mark in GQ.comparability} == {"qj09.2020", "qj20.2020"} <= indicators
    assert GQ.items["qj09"].indicator == "qj09.2020"
    assert GQ.items["qc06"].indicator == "qc06"
