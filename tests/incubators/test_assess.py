"""`assess incubators` and its address: worked examples, shape, refusals, both ways the same."""

import copy
import io
import json
import sys
from pathlib import Path

import jsonschema
import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from incubators import rules
from torch_portal.common.factsheet import FactsError

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))
WORKED = VECTORS["worked"]
CASE = WORKED[4]["facts"]
SPLIT = {"raw": ["100.00", "100.00", "100.00"], "budget_yuan": "100.00", "policy": "PRO_RATA"}


def changed(path, value):
    """The facts of a worked example with one entry changed; KeyError never."""
    facts = copy.deepcopy(CASE)
    *way, last = path
    place = facts
    for step in way:
        place = place[step]
    place[last] = value
    return facts


@pytest.mark.parametrize("case", WORKED, ids=lambda case: case["id"])
def test_worked_example(case):
    values = rules.assess(case["facts"])["values"]
    assert {name: values[name] for name in case["values"]} == case["values"]


def test_answer_has_the_agreed_shape():
    answer = rules.assess(CASE)
    assert list(answer) == ["line", "edition", "eligible", "by", "points", "values", "findings"]
    assert (answer["line"], answer["eligible"], answer["by"]) == ("incubators", True, None)
    assert answer["values"]["tenants"] == [
        {"tenant": "甲", "waived_yuan": "80000.00", "eligible_yuan": "60000.00",
         "flags": ["MONTHS_OVER_LIMIT"]}
    ]  # fmt: skip


def test_split_is_answered_to_the_fen():
    assert rules.assess({"split": SPLIT})["values"] == {"split": ["33.34", "33.33", "33.33"]}
    ranked = {"raw": ["60", "50", "10"], "budget_yuan": "100", "policy": "RANK"}
    assert rules.assess({"split": ranked})["values"] == {"split": ["60.00", "40.00", "0.00"]}


def test_finding_has_field_remedy_and_clause():
    answer = rules.assess(changed(["ownership"], "STATE"))
    assert answer["eligible"] is False
    assert (answer["values"]["raw_yuan"], answer["values"]["subsidy_yuan"]) == ("18000.00", "0.00")
    assert answer["values"]["flags"][0] == "NOT_ELIGIBLE"
    (found,) = answer["findings"]
    assert (found["code"], found["level"], found["field"]) == ("RR-M1", "block", "ownership")
    assert found["clause"].startswith("国科火字〔2020〕38号 第五条")
    with translation.override("zh-hans"):
        told = rules.assess(changed(["ownership"], "STATE"))["findings"][0]["message"]
    assert "国有" in told


def test_fees_count_only_where_the_programme_says_so():
    facts = changed(["tenants", 0, "fee_yuan"], "1000.00")
    assert rules.assess(facts)["values"]["waived_yuan"] == "80000.00"
    facts["programme"]["include_fees"] = True
    assert rules.assess(facts)["values"]["waived_yuan"] == "84000.00"


def confirming(*amounts):
    """The facts with what the tenant named for its lines, "absent" for no entry."""
    facts = copy.deepcopy(CASE)
    for line, amount in zip(facts["tenants"][0]["lines"], amounts, strict=False):
        if amount != "absent":
            line["confirmed_yuan"] = amount
    return rules.assess(facts)["values"]


def test_estimate_before_anybody_was_asked_counts_every_line():
    assert confirming("absent")["eligible_yuan"] == "60000.00"


def test_once_somebody_was_asked_only_confirmed_lines_count():
    values = confirming("absent", "20000.00", None, "19999.99")
    assert values["eligible_yuan"] == "20000.00"
    assert values["flags"] == ["UNCONFIRMED", "MISMATCH"]
    assert confirming(*["20000.00"] * 4)["eligible_yuan"] == "60000.00"


TENANT, LINE = ["tenants", 0], ["tenants", 0, "lines", 1]
REFUSED = [
    ([], "", "A JSON object"),
    ({}, "programme", "required"),
    ({"programme": {"rate": "0.1"}}, "tenants", "required"),
    (changed(["day"], "x"), "day", "no entry"),
    (changed(["programme", "rate"], 0.5), "programme.rate", "quotes"),
    (changed(["programme", "rate"], "50"), "programme.rate", "between 0 and 1"),
    (changed(["programme", "rate"], "1.01"), "programme.rate", "between 0 and 1"),
    (changed(["programme", "cap_yuan"], "-1"), "programme.cap_yuan", "negative"),
    (changed(["programme", "max_months"], -1), "programme.max_months", "zero or more"),
    (changed(["programme", "prorate_by_lease"], True), "programme.year", "name the year"),
    (changed(["programme", "ownerships"], ["PRIVATE"]), "programme.ownerships[0]", "STATE"),
    (changed(["ownership"], "PRIVATE"), "ownership", "One of these"),
    (changed([*TENANT, "rent_yuan"], "-1"), "tenants[0].rent_yuan", "negative"),
    (changed([*TENANT, "rent_yuan"], "1,000"), "tenants[0].rent_yuan", "quotes"),
    (changed([*TENANT, "lease_from"], "2021-01-01"), "tenants[0].lease_to", "before it begins"),
    (changed([*TENANT, "lease_to"], "2020-02-30"), "tenants[0].lease_to", "A date like"),
    (changed([*LINE, "month"], "2020-13"), "tenants[0].lines[1].month", "form"),
    (changed([*LINE, "month"], "2020-2"), "tenants[0].lines[1].month", "form"),
    (changed([*LINE, "kind"], "FREE"), "tenants[0].lines[1].kind", "EXEMPT"),
    (changed([*LINE, "rent"], "1"), "tenants[0].lines[1].rent", "no entry"),
    (changed([*LINE, "confirmed_yuan"], "-1"), "tenants[0].lines[1].confirmed_yuan", "negative"),
    ({"split": SPLIT | {"policy": "NONE"}}, "split.policy", "PRO_RATA, RANK"),
    ({"split": SPLIT | {"raw": ["1", "0.001"]}}, "split.raw[1]", "two decimals"),
    ({"split": SPLIT | {"raw": ["-1"]}}, "split.raw[0]", "negative"),
    ({"split": SPLIT | {"budget_yuan": 100}}, "split.budget_yuan", "quotes"),
    ({"split": SPLIT, "programme": {}}, "programme", "no entry"),
    ({"split": []}, "split", "A JSON object"),
]


@pytest.mark.parametrize(("facts", "field", "message"), REFUSED)
def test_facts_that_cannot_be_read_are_refused_by_name(facts, field, message):
    with pytest.raises(FactsError, match=message) as refused:
        rules.assess(facts)
    assert refused.value.field == field


PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
ANY = st.recursive(PLAIN, lambda more: st.lists(more, max_size=2) | st.dictionaries(
    st.sampled_from(["tenant", "rent_yuan", "lines", "month", "ratio", "kind", "rate", "raw"]),
    more, max_size=4), max_leaves=6)  # fmt: skip
PLACES = st.sampled_from(
    [["programme"], ["programme", "rate"], ["tenants"], TENANT, [*TENANT, "lines"], LINE,
     [*LINE, "month"], [*LINE, "ratio"], [*LINE, "confirmed_yuan"], [*TENANT, "rent_yuan"]]
)  # fmt: skip


def assessed(facts):
    """The answer, or the refusal of facts that cannot be read."""
    try:
        return rules.assess(facts)
    except FactsError as refused:
        return refused


@settings(deadline=None)
@given(PLACES, ANY)
def test_facts_of_any_kind_are_answered_or_refused(path, value):
    found = assessed(changed(path, value))
    if isinstance(found, FactsError):
        assert found.field
    else:
        assert json.loads(json.dumps(found)) == found


def test_schema_accepts_the_worked_examples_and_refuses_what_assess_refuses():
    validator = jsonschema.Draft202012Validator(rules.FACTS_SCHEMA)
    validator.check_schema(rules.FACTS_SCHEMA)
    assert all(validator.is_valid(case["facts"]) for case in WORKED)
    assert validator.is_valid({"split": SPLIT})
    assert not validator.is_valid(changed([*LINE, "kind"], "FREE"))
    assert not validator.is_valid({"split": SPLIT, "programme": {}})


def run(monkeypatch, text, *options):
    """The answers of the command to a text on standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    out = io.StringIO()
    call_command("assess", "incubators", *options, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_command_answers_each_line_in_order(monkeypatch):
    facts = [*(case["facts"] for case in WORKED), {"split": SPLIT}]
    lines = "\n".join(json.dumps(each) for each in facts)
    assert run(monkeypatch, lines) == [rules.assess(each) for each in facts]
    assert run(monkeypatch, "", "--schema") == [rules.FACTS_SCHEMA]


def test_command_refuses_with_field_and_line(monkeypatch):
    text = f"{json.dumps(CASE)}\n{json.dumps(changed([*LINE, 'kind'], 'FREE'))}"
    with pytest.raises(CommandError, match=r"^line 2: tenants\[0\]\.lines\[1\]\.kind") as refused:
        run(monkeypatch, text)
    assert refused.value.returncode == 2


@pytest.mark.django_db
def test_api_gives_the_same_answer_without_an_account():
    client = APIClient(headers={"Accept-Language": "en"})
    sent = client.post("/api/v1/assess/incubators/", CASE, format="json")
    assert sent.status_code == 200
    assert sent.json() == rules.assess(CASE)
    wrong = client.post("/api/v1/assess/incubators/", {"split": []}, format="json")
    assert wrong.status_code == 400
    assert wrong.json()["errors"][0]["field"] == "split"
