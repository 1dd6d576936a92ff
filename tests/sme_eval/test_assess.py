"""The assess interface of the SME evaluation: shapes that others build on."""

import dataclasses
import io
import json
import sys

import jsonschema
import pytest
from django.core.management import CommandError, call_command
from rest_framework.test import APIClient

from sme_eval import rules
from sme_eval.rules.assess import ENTRIES
from tests.sme_eval.test_rules import VECTORS
from torch_portal.common.factsheet import FactsError

FACTS = VECTORS["base"]
STANDARD = {"route": "standard", "published_on": "2018-01-01", "unit_rank": 1, "level": "national"}


def run(monkeypatch, text, *options):
    """The answers of the command to a text on standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    out = io.StringIO()
    call_command("assess", "sme_eval", *options, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_answer_has_the_agreed_shape():
    answer = rules.assess(FACTS)
    assert list(answer) == ["line", "edition", "eligible", "by", "points", "values", "findings"]
    assert (answer["line"], answer["edition"]) == ("sme_eval", "SME2020")
    assert (answer["eligible"], answer["by"], answer["findings"]) == (True, "score", [])
    assert answer["points"] == {"personnel": 20, "rd": 50, "achievements": 30, "total": 100}


def test_values_have_every_intermediate_figure():
    found = rules.assess(FACTS | {"staff_st": "14.99", "rd_cost": "299.99"})["values"]
    assert (found["staff_ratio"], found["staff_ratio_pct"]) == ("1499/5000", "29.98")
    assert (found["staff_band"], found["staff_next_points"]) == ("B", 20)
    assert (found["staff_missing"], found["staff_missing_if_added"]) == ("0.01", "0.02")
    assert (found["rd_revenue_ratio"], found["rd_revenue_ratio_pct"]) == ("29999/500000", "6.00")
    assert (found["rd_revenue_band"], found["rd_revenue_missing"]) == ("B", "0.01")
    assert (found["rd_cost_band"], found["rd_cost_points"]) == ("F", 0)
    assert found["total_missing"] == 0
    assert [c["no"] for c in found["conditions"]] == [1, 2, 3, 4, 5]
    assert found["conditions"][1]["measures"][0] == {
        "name": "staff_total",
        "value": "50",
        "limit": "500",
        "margin": "450",
    }
    assert found["number_timing"] == "0"


def test_basis_without_amount_gives_null_and_never_divides():
    answer = rules.assess(FACTS | {"revenue": "0"})
    assert (answer["points"]["rd"], answer["points"]["total"]) == (None, None)
    assert answer["values"]["rd_revenue_ratio"] is None
    assert answer["values"]["rd_cost_ratio"] == "3/40"
    assert (answer["eligible"], answer["by"]) == (False, None)
    assert "basis_unavailable" in [f["code"] for f in answer["findings"]]


def test_direct_route_wins_over_a_score_that_would_do():
    answer = rules.assess(FACTS | {"direct": [STANDARD]})
    assert (answer["eligible"], answer["by"]) == (True, "direct")
    assert answer["values"]["direct"] == [{"route": "standard", "ok": True}]


def test_finding_has_code_level_field_message_clause():
    (finding,) = rules.assess(FACTS | {"staff_total": "500.01", "staff_st": "400"})["findings"]
    assert list(finding) == ["code", "level", "field", "message", "clause"]
    assert (finding["code"], finding["level"], finding["field"]) == (
        "size_staff",
        "block",
        "staff_total",
    )
    assert finding["clause"] == "国科发政〔2017〕115号 第六条第(二)项"
    assert "%(" not in finding["message"]


@pytest.mark.parametrize("name", ["restricted_industry", "misconduct", "serious_dishonesty"])
def test_missing_answer_leaves_the_verdict_open(name):
    facts = {key: value for key, value in FACTS.items() if key != name}
    assert rules.assess(facts)["eligible"] is None
    assert rules.assess(facts | {"abnormal_list": True})["eligible"] is False


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"colour": "red"}, "colour"),
        ({"staff_total": "499.755"}, "staff_total"),
        ({"staff_total": "0"}, "staff_total"),
        ({"staff_total": 50}, "staff_total"),
        ({"staff_total": 50.5}, "staff_total"),
        ({"staff_total": None}, "staff_total"),
        ({"staff_st": "50.01"}, "staff_st"),
        ({"rd_cost": "-1"}, "rd_cost"),
        ({"rd_cost": "1,000"}, "rd_cost"),
        ({"rd_cost": "NaN"}, "rd_cost"),
        ({"rd_basis": "turnover"}, "rd_basis"),
        ({"ip_class1": -1}, "ip_class1"),
        ({"ip_class2": "1.5"}, "ip_class2"),
        ({"ip_class2": True}, "ip_class2"),
        ({"filed_on": "2017-05-02"}, "filed_on"),
        ({"filed_on": "2027-01-01"}, "filed_on"),
        ({"filed_on": "2020-02-30"}, "filed_on"),
        ({"established_on": "2020-05-07"}, "established_on"),
        ({"misconduct": "no"}, "misconduct"),
        ({"direct": {}}, "direct"),
        ({"direct": ["standard"]}, "direct[0]"),
        ({"direct": [{}]}, "direct[0].route"),
        ({"direct": [{"route": "prize"}]}, "direct[0].route"),
        ({"direct": [{"route": ["standard"]}]}, "direct[0].route"),
        ({"direct": [STANDARD | {"unit_rank": None}]}, "direct[0].unit_rank"),
        ({"direct": [STANDARD | {"unit_rank": -1}]}, "direct[0].unit_rank"),
        ({"direct": [STANDARD | {"level": "best"}]}, "direct[0].level"),
        ({"direct": [STANDARD, STANDARD | {"valid_to": "2020-01-01"}]}, "direct[1].valid_to"),
    ],
)
def test_entry_that_cannot_be_read_or_true_is_refused_by_name(change, field):
    with pytest.raises(FactsError) as caught:
        rules.assess(FACTS | change)
    assert caught.value.field.rstrip(".") == field
    assert str(caught.value).startswith(field)


def test_every_figure_is_required():
    for name in ("filed_on", "staff_total", "rd_basis", "cost_total", "ip_class1"):
        with pytest.raises(FactsError) as caught:
            rules.assess({key: value for key, value in FACTS.items() if key != name})
        assert caught.value.field == name


def test_every_fact_can_be_given():
    assert {entry.name for entry in ENTRIES} == {f.name for f in dataclasses.fields(rules.Facts)}


def test_schema_accepts_what_is_accepted_and_refuses_what_is_refused():
    jsonschema.Draft202012Validator.check_schema(rules.FACTS_SCHEMA)
    validator = jsonschema.Draft202012Validator(rules.FACTS_SCHEMA)
    assert validator.is_valid(FACTS | {"direct": [STANDARD], "established_on": None})
    assert validator.is_valid(FACTS | {"ip_class1": "2"})
    for wrong in (
        {"colour": 1},
        {"staff_total": "499.755"},
        {"rd_cost": "-1"},
        {"rd_cost": 1},
        {"rd_basis": None},
        {"direct": [{"route": "prize"}]},
        {"direct": [STANDARD | {"valid_to": "2020-01-01"}]},
    ):
        assert not validator.is_valid(FACTS | wrong), wrong


def test_command_answers_json_lines_in_order(monkeypatch):
    lines = [json.dumps(FACTS | {"ip_class1": 0, "ip_class2": n}) for n in (0, 2, 4)]
    answers = run(monkeypatch, "\n".join(lines))
    assert [a["points"]["achievements"] for a in answers] == [0, 12, 24]
    assert run(monkeypatch, "", "--schema") == [rules.FACTS_SCHEMA]


def test_command_prints_nothing_when_a_later_line_is_wrong(monkeypatch):
    lines = [json.dumps(FACTS), json.dumps(FACTS | {"staff_total": "499.755"})]
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("\n".join(lines).encode())))
    with pytest.raises(CommandError) as caught:
        call_command("assess", "sme_eval", stdout=out)
    assert (caught.value.returncode, out.getvalue()) == (2, "")
    assert str(caught.value).startswith("line 2: staff_total: ")


def test_http_gives_the_same_answer_without_an_account(db):
    answer = APIClient().post("/api/v1/assess/sme_eval/", FACTS, format="json")
    assert answer.status_code == 200
    assert answer.json()["points"] == rules.assess(FACTS)["points"]


def test_http_names_what_is_malformed(db):
    wrong = FACTS | {"staff_st": "50.01"}
    answer = APIClient().post("/api/v1/assess/sme_eval/", wrong, format="json")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "staff_st"
