"""Static checks of a rule and the dry run over returns that are there."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from stats import editions
from stats.editions import CheckText, Comparability, Instrument
from stats.editions.instruments import from_data
from stats.enums import Missing, Severity
from stats.rules import CheckRule, Inspected, case_of, dry_run, inspect, rules_for
from torch_portal.common.findings import Level

GQ = editions.instrument("GQ")
RULE = CheckText(
    id="CK-900", scope="GQ-002", severity=Severity.ERROR, expr="qc06 <= qc05_0",
    tolerance=Decimal(0), missing=Missing.SKIP, message_zh="技术收入不大于营业收入",
    basis="design", source="平台设定",
)  # fmt: skip


def small(version, *codes, **changes) -> Instrument:
    """A version of an instrument with some amounts."""
    data = {
        "programme": {"code": "X", "name_zh": "x", "authority": "x", "approver": "x",
                      "approval_no": "x", "valid_to": "2030-12-31"},
        "code": "X", "version": version, "period": "year", "starts": "2020-01-01", "source": "x",
        "external": [], "lists": [], "comparability": [], "unconfirmed": [],
        "tables": [{"code": "X-1", "title_zh": "x", "items": [
            {"code": code, "label_zh": code, "kind": "number"} for code in codes]}],
    }  # fmt: skip
    return from_data(data | changes)


def found(expr, *, instrument=GQ, before=None, later=(), **changes):
    """Code, level, field and words of each finding."""
    rule = replace(RULE, expr=expr, **changes)
    findings = inspect(Inspected(rule, instrument, before, later))
    return [(f.code, f.level, f.field, f.text()) for f in findings]


def test_rule_in_order_has_no_finding():
    assert found("qc06 <= qc05_0") == []


def test_unknown_code_is_named_with_its_position():
    assert found("qc05_0 == qc06 + qzz99") == [
        ("unknown_code", Level.BLOCK, "expr",
         "Unknown code qzz99 at position 17. Use the code of an item of GQ-2022.")
    ]  # fmt: skip


def test_unknown_register_value_is_named_with_its_position():
    ((code, level, _field, text),) = found("qj80_1 == ext(contracts)")
    assert (code, level) == ("unknown_name", Level.BLOCK)
    assert text.startswith("Unknown register value contracts at position 14.")


def test_text_that_is_no_expression_is_a_finding_with_place_and_remedy():
    ((code, level, field, text),) = found("qc05_0 = qc06")
    assert (code, level, field) == ("unreadable", Level.BLOCK, "expr")
    assert text == "Position 7: “=” is no sign of the language. Equality is written ==."


def test_all_unknown_codes_are_told_at_once():
    assert [f[0] for f in found("qx1 == qx2 + ext(qx3)")] == [
        "unknown_code", "unknown_code", "unknown_name"
    ]  # fmt: skip


def test_code_of_a_later_version_is_told_as_such():
    now, later = small("X-2022", "a"), small("X-2023", "a", "b")
    ((code, level, _field, text),) = found("a == b", instrument=now, later=(later,))
    assert (code, level) == ("later", Level.BLOCK)
    assert text.startswith("b at position 5 is an item of X-2023 only, and the rule is for X-2022.")


def test_last_year_has_the_item_and_the_same_meaning():
    before = small("X-2021", "a", "b")
    now = small("X-2022", "a", "b", "c")
    assert found("a == prev(b)", instrument=now, before=before) == []
    ((code, _level, _field, text),) = found("a == prev(c)", instrument=now, before=before)
    assert (code, text[:14]) == ("no_last_year", "X-2021 has no ")
    assert found("a == prev(c)", instrument=now) == []


def test_broken_comparability_forbids_last_year():
    tables = GQ.tables
    items = tuple(replace(i, indicator="qj20") if i.code == "qj20" else i for i in tables[-1].items)
    before = replace(GQ, version="GQ-2018", tables=(*tables[:-1], replace(tables[-1], items=items)))
    ((code, level, _field, text),) = found("qj20 >= prev(qj20)", before=before)
    assert (code, level) == ("broken", Level.BLOCK)
    assert "科技活动经费口径" in text
    assert found("qj20 >= prev(qj20)", before=GQ) == []
    partial = (Comparability("qj20", "qj20.2020", "partial", "x"),)
    assert found("qj20 >= prev(qj20)", instrument=replace(GQ, comparability=partial),
                 before=before) == []  # fmt: skip


@pytest.mark.parametrize(
    ("expr", "name", "words"),
    [
        ("qa03 + 1 == 2", "qa03", "cannot be reckoned with"),
        ("nz(qb04) == 0", "qb04", "cannot be reckoned with"),
        ("ratio(qc06, prev(qa03)) < 1", "prev(qa03)", "cannot be reckoned with"),
        ("is_int(ext(hitech_certificate_no))", "ext(hitech_certificate_no)", "cannot be reckoned"),
        ("qa03 == 5", "qa03", "never equals a number"),
        ("5 == qa03", "qa03", "never equals a number"),
        ("qc06 == 'A'", "qc06", "never equals a text"),
        ("qa03 < qa04", "qa03", "has no order"),
        ("uscc_ok(qc06)", "qc06", "holds no credit code"),
    ],
)
def test_kinds_have_to_fit(expr, name, words):
    first = found(expr)[0]
    assert first[:2] == ("type", Level.BLOCK)
    assert first[3].startswith(f"{name} ")
    assert words in first[3]


@pytest.mark.parametrize(
    "expr", ["qb04 >= prev(qb04)", "qb09 == 2", "qb16 == 'A'", "qa03 == 'A'", "uscc_ok(qa03)"]
)
def test_kinds_that_fit_have_no_finding(expr):
    assert found(expr) == []


def test_units_that_differ_are_a_warning():
    ((code, level, _field, text),) = found("qc05_0 + 1 >= qd01")
    assert (code, level) == ("units", Level.WARN)
    assert text.startswith("qc05_0 and qd01 have different units.")
    assert found("ratio(qc51, qd05) >= 20", missing=Missing.SKIP)[0][0] == "division"
    assert found("qc51 >= qd05 * 20") == []


@pytest.mark.parametrize(
    ("expr", "missing", "level", "words"),
    [
        ("ratio(qc06, 0) < 1", Missing.SKIP, Level.BLOCK, "always 0"),
        ("ratio(qc06, qc05_0) < 1", Missing.FAIL, Level.WARN, "Where qc05_0 is 0 the rule counts"),
        ("ratio(qc06, qc05_0) < 1", Missing.SKIP, Level.INFO, "Where qc05_0 is 0 the rule is left"),
        ("ratio(qc06, qc05_0 - 1) < 1", Missing.SKIP, Level.INFO, "Where qc05_0 - 1 is 0"),
    ],
)
def test_division_that_can_be_by_zero_is_told(expr, missing, level, words):
    ((code, found_level, _field, text),) = found(expr, missing=missing)
    assert (code, found_level) == ("division", level)
    assert words in text


@pytest.mark.parametrize(
    "expr", ["ratio(qc06, 2) < 1", "qc05_0 == 0 or ratio(qc06, qc05_0) < 1",
             "0 < qc05_0 and ratio(qc06, qc05_0) < 1"]
)  # fmt: skip
def test_division_that_is_guarded_is_not_told(expr):
    assert found(expr, missing=Missing.FAIL) == []


def test_tolerance_has_to_be_used_and_not_negative():
    assert found("qc06 <= qc05_0", tolerance=Decimal(1)) == []
    ((code, level, field, text),) = found("qc06 <= qc05_0", tolerance=Decimal("-0.01"))
    assert (code, level, field) == ("tolerance", Level.BLOCK, "tolerance")
    assert "-0.01 is not possible" in text
    assert found("qc06 <= qc05_0", tolerance=Decimal("NaN"))[0][1] is Level.BLOCK
    for expr in ("not isnull(qc06)", "qa03 == 'A'", "ratio(qc06, 2) < 1"):
        ((code, level, _field, text),) = found(expr, tolerance=Decimal(1))
        assert (code, level) == ("tolerance", Level.WARN)
        assert text == "No comparison uses the tolerance of 1. Write 0."


def test_policy_for_blanks_has_to_be_carried_out():
    ((code, level, field, _text),) = found("qc06 <= qc05_0", missing=Missing.NULL_OK)
    assert (code, level, field) == ("missing", Level.WARN, "missing")
    assert found("isnull(qc06) or qc06 <= qc05_0", missing=Missing.NULL_OK) == []
    assert found("nz(qc06) <= qc05_0", missing=Missing.NULL_OK) == []


def test_rule_without_item_or_sense_or_message_is_told():
    assert [f[:2] for f in found("1 == 2")] == [("no_item", Level.BLOCK)]
    assert [f[:2] for f in found("qc06 <= qc06")] == [("same_sides", Level.WARN)]
    assert [f[:3] for f in found("qc06 <= qc05_0", message_zh=" 错了 ")] == [
        ("message", Level.BLOCK, "message_zh")
    ]
    assert found("qc06 <= qc05_0", message_zh="四个汉字") == []


@pytest.mark.parametrize("text", editions.CHECKS[0].rules, ids=lambda text: text.id)
def test_seed_rule_can_be_published(text):
    home = next(
        each for each in editions.INSTRUMENTS
        if any(rule.text.id == text.id for rule in rules_for(each))
    )  # fmt: skip
    findings = inspect(Inspected(text, home, before=home))
    assert [f.text() for f in findings if f.level is not Level.INFO] == []


def cases(*pairs):
    """Returns with two amounts."""
    return [case_of(GQ.kinds, {"qc06": part, "qc05_0": whole}) for part, whole in pairs]


def test_dry_run_counts_and_stops_an_error_rule_above_a_fifth():
    rule = CheckRule(RULE)
    fifth = cases((1, 2), (1, 2), (1, 2), (1, 2), (3, 2), (1, None))
    (tally,) = dry_run([rule], fifth)
    assert (tally.passed, tally.violated, tally.skipped) == (4, 1, 1)
    assert (tally.share, tally.stops) == (Fraction(1, 5), False)
    (more,) = dry_run([rule], [*fifth, *cases((3, 2))])
    assert (more.share, more.stops) == (Fraction(1, 3), True)


@pytest.mark.parametrize(
    ("severity", "stops"),
    [(Severity.MANDATORY, True), (Severity.ERROR, True), (Severity.WARNING, False)],
)
def test_dry_run_stops_no_warning(severity, stops):
    (tally,) = dry_run([CheckRule(replace(RULE, severity=severity))], cases((3, 2)))
    assert tally.stops is stops


def test_dry_run_over_nothing_has_no_share():
    (tally,) = dry_run([CheckRule(RULE)], iter(()))
    assert (tally.share, tally.stops) == (0, False)
