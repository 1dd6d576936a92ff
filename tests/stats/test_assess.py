"""The assess interface of the survey: worked examples, shapes that others build on, refusals."""

import io
import json
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import jsonschema
import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from stats import editions, rules
from stats.enums import Severity
from torch_portal.common.factsheet import FactsError

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))
WORKED = VECTORS["worked"]
MINUS = {"instrument": "GQ", "data": {"qc05_0": "1000", "qc06": "300", "qc07": "500",
                                      "qc10": "150", "qc49": "48"}}  # fmt: skip


def finding(facts, code):
    """The finding of a rule on facts."""
    return next(f for f in rules.assess(facts)["findings"] if f["code"] == code)


@pytest.mark.parametrize("case", WORKED, ids=lambda case: case["id"])
def test_worked_example(case):
    answer = rules.assess(case["facts"])
    verdicts = answer["values"]["verdicts"]
    assert {code: verdicts[code] for code in case["verdicts"]} == case["verdicts"]
    found = {f["code"]: f["difference"] for f in answer["findings"]}
    wrong = {code for code, verdict in case["verdicts"].items() if verdict == "violated"}
    assert wrong <= set(found)
    assert {code: found[code] for code in case.get("difference", {})} == case.get("difference", {})
    asked = answer["values"]["explanations_needed"]
    assert asked == case.get("explanations", asked)


def test_answer_has_the_agreed_shape():
    answer = rules.assess(MINUS)
    assert list(answer) == ["line", "edition", "eligible", "by", "points", "values", "findings"]
    assert (answer["line"], answer["edition"]) == ("stats", "GQ-2022 CK-2022")
    assert (answer["by"], answer["points"]) == (None, {})
    assert answer["values"]["error"] == 1
    assert answer["values"]["valid_to"] == "2025-02-28"


def test_finding_has_the_values_both_sides_and_the_difference():
    assert finding(MINUS, "CK-101") == {
        "code": "CK-101",
        "level": "warn",
        "field": "qc05_0",
        "message": "营业收入=技术收入+产品销售收入+商品销售收入+其他营业收入. "
        "Values: 营业收入 qc05_0=1000 千元; 其中：技术收入 qc06=300 千元; "
        "产品销售收入 qc07=500 千元; 商品销售收入 qc10=150 千元; 其他营业收入 qc49=48 千元. "
        "1000 against 998, difference 2. Correct them, or explain why they are right.",
        "clause": "国统制〔2022〕11号 GQ-002 表式（缩进、其中项、编号）"
        "（未见官方审核关系，待确认）",
        "severity": "error",
        "values": {"qc05_0": "1000", "qc06": "300", "qc07": "500", "qc10": "150", "qc49": "48"},
        "left": "1000",
        "right": "998",
        "difference": "2",
        "tolerance": "1",
    }


def test_message_is_chinese_for_chinese_readers():
    with translation.override("zh-hans"):
        told = finding(MINUS, "CK-101")["message"]
    assert told.endswith("左边 1000，右边 998，差 2。请更正，或者说明理由。")


def test_mandatory_rule_blocks_and_names_the_blank():
    found = finding({"instrument": "HEAD", "data": {"qa04": "甲公司"}}, "CK-002")
    assert (found["level"], found["severity"], found["field"]) == ("block", "mandatory", "qa19")
    assert "qa19=blank" in found["message"]
    assert "cannot be submitted" in found["message"]
    assert found["difference"] is None


def test_mandatory_rule_with_numbers_tells_the_difference():
    found = finding({"instrument": "GQ-002", "data": {"qc05_0": "-1"}}, "CK-120")
    assert (found["field"], found["difference"]) == ("qc05_0", "1")
    assert "-1 against 0, difference 1. Correct them; the return" in found["message"]


def test_only_a_register_that_differs_leaves_no_difference_where_texts_are_compared():
    facts = {"instrument": "GQ", "data": {"qb11": 1, "qb13": "A"},
             "external": {"hitech_certificate_no": "B"}}  # fmt: skip
    found = finding(facts, "CK-503")
    assert (found["difference"], found["values"]["ext(hitech_certificate_no)"]) == (None, "B")
    assert "认定系统中的高企证书编号 ext(hitech_certificate_no)=B" in found["message"]
    assert found["message"].endswith("Correct them, or explain why they are right.")


def test_return_in_order_can_be_submitted():
    jq = {"instrument": "JQ-01", "data": dict.fromkeys(("jq001", "jq002"), 5)}
    assert rules.assess(jq)["eligible"] is True
    assert rules.assess(MINUS | {"instrument": "GQ-002"})["eligible"] is False
    grown = {"instrument": "INC-S", "data": {"tenants": 5, "tenant_employees": 4}}
    assert rules.assess(grown)["eligible"] is None


def test_table_is_checked_by_the_rules_that_speak_of_its_items():
    checked = rules.assess({"instrument": "GQ-003", "data": {}})["values"]["verdicts"]
    assert {"CK-201", "CK-304", "CK-402"} <= set(checked)
    assert {"CK-101", "CK-001", "CK-601"}.isdisjoint(checked)
    whole = rules.assess({"instrument": "GQ", "data": {}})["values"]["verdicts"]
    assert len(whole) == 63
    assert rules.assess({"instrument": "GQ-2022", "data": {}})["values"]["verdicts"] == whole


def test_every_rule_is_evaluated_by_some_instrument_and_can_be_violated():
    seen = {rule.text.id for each in editions.INSTRUMENTS for rule in rules.rules_for(each)}
    assert seen == {text.id for text in editions.CHECKS[0].rules}
    assert len(seen) == 72


REFUSED = [
    ([], "", "A JSON object"),
    ({"data": {}}, "instrument", "required"),
    ({"instrument": "GQ"}, "data", "required"),
    ({"instrument": "GQ-2021", "data": {}}, "instrument", "GQ-2022"),
    ({"instrument": 5, "data": {}}, "instrument", "One of these"),
    ({"instrument": "GQ", "data": {}, "day": "2022-01-01"}, "day", "no entry"),
    ({"instrument": "GQ", "data": []}, "data", "A JSON object"),
    ({"instrument": "GQ", "data": {"qzz99": "1"}}, "data.qzz99", "GQ-2022 has no such code"),
    ({"instrument": "GQ", "data": {}, "previous": {"jq001": 1}}, "previous.jq001", "another year"),
    ({"instrument": "GQ", "data": {}, "external": {"qc06": 1}}, "external.qc06", "no such code"),
    ({"instrument": "GQ", "data": {"qc06": 1.5}}, "data.qc06", "decimal number in quotes"),
    ({"instrument": "GQ", "data": {"qc06": "1,000"}}, "data.qc06", "decimal number in quotes"),
    ({"instrument": "GQ", "data": {"qc06": 10**18}}, "data.qc06", "decimal number in quotes"),
    ({"instrument": "GQ", "data": {"qa04": 10**5000}}, "data.qa04", "A text of at most 2000"),
    ({"instrument": "GQ", "data": {"qc06": True}}, "data.qc06", "decimal number in quotes"),
    ({"instrument": "GQ", "data": {"qc06": "1" * 19}}, "data.qc06", "decimal number in quotes"),
    ({"instrument": "GQ", "data": {"qb04": "2020-02-30"}}, "data.qb04", "A date like"),
    ({"instrument": "GQ", "data": {"qb04": "02/06/2020"}}, "data.qb04", "A date like"),
    ({"instrument": "GQ", "data": {"qa04": ["x"]}}, "data.qa04", "A text of at most 2000"),
    ({"instrument": "GQ", "data": {"qa04": "x" * 2001}}, "data.qa04", "A text of at most 2000"),
    ({"instrument": "GQ", "data": {"qb11": -1}}, "data.qb11", "zero or more"),
]


@pytest.mark.parametrize(("facts", "field", "message"), REFUSED)
def test_facts_that_cannot_be_read_are_refused_by_name(facts, field, message):
    with pytest.raises(FactsError, match=message) as refused:
        rules.assess(facts)
    assert refused.value.field == field


NAMES = st.sampled_from(["qc05_0", "qb11", "qa03", "qb04", "qd01", "qzz99"])
RAW = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12), st.just("1.5"),
    st.lists(st.integers(), max_size=1),
)  # fmt: skip
PARTS = st.one_of(RAW, st.dictionaries(NAMES, RAW, max_size=4))


def assessed(facts):
    """The answer, or the refusal of facts that cannot be read."""
    try:
        return rules.assess(facts)
    except FactsError as refused:
        return refused


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(editions.NAMES), PARTS, PARTS, PARTS)
def test_facts_of_any_kind_are_answered_or_refused_by_name(name, data, previous, external):
    facts = {"instrument": name, "data": data, "previous": previous, "external": external}
    found = assessed(facts)
    if isinstance(found, FactsError):
        assert found.field.partition(".")[0] in facts
    else:
        assert json.loads(json.dumps(found)) == found


@pytest.mark.parametrize("code", ["qc06", "qd01", "qb04", "qb11", "qa04"])
def test_blank_of_every_kind_is_read(code):
    for blank in (None, "", "  "):
        assert rules.assess({"instrument": "GQ", "data": {code: blank}})["line"] == "stats"
    assert rules.read_value("choice", "") is None


def test_schema_accepts_the_worked_examples_and_refuses_what_assess_refuses():
    validator = jsonschema.Draft202012Validator(rules.FACTS_SCHEMA)
    validator.check_schema(rules.FACTS_SCHEMA)
    assert all(validator.is_valid(case["facts"]) for case in WORKED)
    assert not validator.is_valid({"instrument": "GQ", "data": {"qc06": 1.5}})
    assert not validator.is_valid({"instrument": "XX", "data": {}})
    assert not validator.is_valid({"instrument": "GQ", "data": {}, "day": "x"})


def run(monkeypatch, text, *options):
    """The answers of the command to a text on standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    out = io.StringIO()
    call_command("assess", "stats", *options, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_command_answers_each_line_in_order(monkeypatch):
    lines = "\n".join(json.dumps(case["facts"]) for case in WORKED)
    assert run(monkeypatch, lines) == [rules.assess(case["facts"]) for case in WORKED]
    assert run(monkeypatch, "", "--schema") == [rules.FACTS_SCHEMA]


def test_command_refuses_with_field_and_line(monkeypatch):
    text = f'{json.dumps(MINUS)}\n{{"instrument": "GQ", "data": {{"qzz99": "1"}}}}'
    with pytest.raises(CommandError, match=r"^line 2: data\.qzz99: GQ-2022 has no") as refused:
        run(monkeypatch, text)
    assert refused.value.returncode == 2


@pytest.mark.django_db
def test_api_gives_the_same_answer_without_an_account():
    client = APIClient(headers={"Accept-Language": "en"})
    sent = client.post("/api/v1/assess/stats/", MINUS, format="json")
    assert sent.status_code == 200
    assert sent.json() == rules.assess(MINUS)
    wrong = client.post(
        "/api/v1/assess/stats/", {"instrument": "GQ", "data": {"x": 1}}, format="json"
    )
    assert wrong.status_code == 400
    assert wrong.json()["errors"][0]["field"] == "data.x"


@pytest.mark.parametrize(
    ("value", "exact", "eye"),
    [
        (None, None, ""),
        ("A1", "A1", "A1"),
        (Decimal("1.50"), "1.5", "1.5"),
        (Decimal("-0.00005"), "-0.00005", "-0.0001"),
        (Fraction(1, 3), "1/3", "0.3333"),
        (Fraction(-2, 3), "-2/3", "-0.6667"),
        (Fraction(5, 4), "1.25", "1.25"),
        (Decimal("1E+3"), "1000", "1000"),
        (Decimal(0), "0", "0"),
    ],
)
def test_values_are_exact_and_rounded_only_for_the_eye(value, exact, eye):
    assert rules.exact(value) == exact
    assert rules.for_the_eye(value) == eye


def test_seed_rules_have_their_severities():
    texts = editions.CHECKS[0].rules
    assert {s: sum(t.severity is s for t in texts) for s in Severity} == {
        Severity.MANDATORY: 12, Severity.ERROR: 44, Severity.WARNING: 16
    }  # fmt: skip


def test_what_a_set_of_rules_reads_is_named_by_place():
    wanted = rules.needed(rules.rules_for(editions.instrument("GQ")))
    assert {"qc05_0", "qd01"} <= set(wanted.now)
    assert {"qc05_0", "qd01"} <= set(wanted.before)
    assert set(wanted.before) < set(wanted.now)
    assert "contracts_registered_count" in wanted.outside
    assert wanted.now == tuple(sorted(wanted.now))
