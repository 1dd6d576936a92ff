"""The assess interface of the certification: shapes that others build on."""

import dataclasses
import io
import json
import sys

import jsonschema
import pytest
from django.core.management import CommandError, call_command
from rest_framework.test import APIClient

from hitech_cert import rules
from hitech_cert.rules.assess import ENTRIES
from tests.hitech_cert.test_worked import BASE
from torch_portal.common.factsheet import FactsError

SHEET = {"adv": 7, "sup": 7, "cnt": 5, "way": 5, "std": 0, "transfer": 20,
         "m1": 5, "m2": 5, "m3": 3, "m4": 3}  # fmt: skip
FIN = {"growth_net_assets": 8, "growth_sales": 10}
PASSED = {"tech": [SHEET] * 4, "fin": [FIN]}


def run(monkeypatch, text, *options):
    """The answers of the command to a text on standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    out = io.StringIO()
    call_command("assess", "hitech_cert", *options, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def levels(answer):
    """Code and level of each finding."""
    return [(f["code"], f["level"]) for f in answer["findings"]]


def test_answer_has_the_agreed_shape():
    answer = rules.assess(BASE)
    assert list(answer) == [
        "line", "edition", "eligible", "by", "points", "conditions", "values", "findings"
    ]  # fmt: skip
    assert (answer["line"], answer["edition"]) == ("hitech_cert", "HNTE2024")
    assert (answer["eligible"], answer["by"]) == (None, None)
    assert levels(answer) == [("reach", "info")]


def test_bands_have_letter_least_and_most_points():
    assert rules.assess(BASE)["points"] == {
        "ip_number": {"band": "B", "min": 5, "max": 6},
        "transformation": {"band": "B", "min": 19, "max": 24},
        "growth_sales": {"band": "A", "min": 9, "max": 10},
        "growth_net_assets": {"band": "B", "min": 7, "max": 8},
    }


def test_conditions_are_eight_with_their_clauses_and_the_seventh_is_for_experts():
    found = rules.assess(BASE)["conditions"]
    assert [c["no"] for c in found] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [c["ok"] for c in found] == [True] * 6 + [None, True]
    assert found[7]["clause"] == "国科发火〔2016〕32号 第十一条第(八)项"
    assert found[3]["measures"] == [
        {
            "name": "staff_ratio",
            "value": "1/10",
            "limit": "1/10",
            "margin": "0",
            "above": False,
            "missing": "0.00",
            "clause": "国科发火〔2016〕32号 第十一条第(四)项",
        }
    ]


def test_values_are_exact_and_rounded_only_for_the_eye():
    found = rules.assess(BASE | {"staff_total": "500", "staff_st": "49.98"})
    assert found["values"]["staff_ratio"] == "2499/25000"
    assert found["values"]["staff_ratio_pct"] == "10.00"
    assert found["conditions"][3]["ok"] is False
    assert found["conditions"][3]["measures"][0]["missing"] == "0.02"


def test_values_have_every_figure_of_the_interface():
    found = rules.assess(BASE)["values"]
    expected = {
        "days_since_registration": 2649,
        "staff_ratio": "1/10",
        "rd_total": "300",
        "rd_required": "1/20",
        "rd_ratio": "1/20",
        "rd_ratio_pct": "5.00",
        "domestic_share": "1",
        "income_share": "3/5",
        "income_share_pct": "60.00",
        "main_product_share": "2/3",
        "main_product_share_pct": "66.67",
        "growth_sales": "3/4",
        "growth_net_assets": "1/4",
        "transformations_per_year": "4",
    }
    assert {name: found[name] for name in expected} == expected
    assert found["core_field"] == ["电子信息", "软件", "计算机辅助设计与辅助工程管理软件"]


def test_figures_that_are_not_defined_are_null():
    none = rules.assess(
        BASE
        | {"staff_total": "0", "staff_st": "0", "sales": ["0"], "gross_income": "0", "ps": []}
        | {"ht_income": "0", "rd_years": [], "net_assets": ["-1", "2", "3"]}
    )
    names = ("staff_ratio", "rd_ratio", "domestic_share", "income_share", "main_product_share")
    assert [none["values"][name] for name in names] == [None] * 5
    assert none["values"]["growth_net_assets"] is None
    assert none["points"]["growth_net_assets"] == {"band": "MANUAL", "min": 0, "max": 0}
    assert [c["ok"] for c in none["conditions"]][3:6] == [False, False, False]
    assert none["eligible"] is False


def test_experts_decide_the_seventh_condition():
    answer = rules.assess(BASE | {"expert_scores": PASSED})
    assert answer["values"]["score_total"] == "78"
    assert answer["values"]["score_tech_totals"] == [60] * 4
    assert (answer["conditions"][6]["ok"], answer["eligible"], answer["by"]) == (
        True,
        True,
        "score",
    )
    assert answer["findings"] == []


def test_totals_alone_do_as_well():
    scores = {"tech_totals": [62, 60, 58, 60], "fin_totals": [11]}
    answer = rules.assess(BASE | {"expert_scores": scores})
    assert (answer["values"]["score_total"], answer["eligible"]) == ("71", True)
    half = rules.assess(BASE | {"expert_scores": {"tech_totals": [60, 61], "fin_totals": [10]}})
    assert half["values"]["score_total"] == "141/2"
    assert (half["values"]["score_above_70"], half["values"]["score_from_71"]) == (True, False)
    assert ("V25", "warn") in levels(half)


def test_one_side_of_the_panel_alone_decides_nothing():
    answer = rules.assess(BASE | {"expert_scores": {"tech_totals": [62]}})
    assert (answer["conditions"][6]["ok"], answer["eligible"]) == (None, None)


@pytest.mark.parametrize(
    ("change", "field", "level"),
    [
        ({"adv": 9}, "expert_scores.tech[0].adv", "block"),
        ({"cnt": 7}, "expert_scores.tech[0].cnt", "warn"),
        ({"cnt": 4}, "expert_scores.tech[0].cnt", "warn"),
        ({"transfer": 25}, "expert_scores.tech[0].transfer", "warn"),
        ({"transfer": 18}, "expert_scores.tech[0].transfer", "warn"),
    ],
)
def test_mistake_of_a_technical_sheet_is_seen(change, field, level):
    scores = {"tech": [SHEET | change, SHEET, SHEET, SHEET], "fin": [FIN]}
    found = rules.assess(BASE | {"expert_scores": scores})["findings"]
    assert [(f["code"], f["field"], f["level"]) for f in found] == [("V19", field, level)]


@pytest.mark.parametrize(("points", "level"), [(6, "warn"), (9, "warn"), (11, "block")])
def test_mistake_of_a_finance_sheet_is_seen(points, level):
    scores = {"tech": [SHEET] * 4, "fin": [FIN | {"growth_net_assets": points}]}
    found = rules.assess(BASE | {"expert_scores": scores})["findings"]
    assert [(f["field"], f["level"]) for f in found] == [
        ("expert_scores.fin[0].growth_net_assets", level)
    ]


@pytest.mark.parametrize(
    ("standards", "points", "seen"), [(1, 0, 1), (1, 1, 0), (0, 1, 1), (0, 0, 0), (None, 1, 0)]
)
def test_forgotten_bonus_is_seen(standards, points, seen):
    scores = {"tech": [SHEET | {"std": points}], "fin": [FIN]}
    facts = BASE | {"expert_scores": scores, "standards": standards}
    assert len(rules.assess(facts)["findings"]) == seen


@pytest.mark.parametrize(("total", "seen"), [(75, 0), (76, 1), (45, 0), (44, 1)])
def test_outlier_of_the_panel_is_seen(total, seen):
    scores = {"tech_totals": [60, 60, 60, total], "fin_totals": [15]}
    found = [c for c, _level in levels(rules.assess(BASE | {"expert_scores": scores}))]
    assert found.count("V19") == seen


@pytest.mark.parametrize(
    ("stated", "seen"),
    [("70.33", 0), ("70.333", 0), ("70.3", 1), ("70.34", 1), ("70", 1), ("71", 1)],
)
def test_average_of_the_leader_has_to_be_that_of_the_sheets(stated, seen):
    scores = {"tech_totals": [60, 60, 61], "fin_totals": [10], "leader_total": stated}
    found = rules.assess(BASE | {"expert_scores": scores})["findings"]
    assert [f["field"] for f in found].count("expert_scores.leader_total") == seen


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"colour": "red"}, "colour"),
        ({"staff_total": 50}, "staff_total"),
        ({"staff_total": 50.5}, "staff_total"),
        ({"staff_total": None}, "staff_total"),
        ({"staff_st": "NaN"}, "staff_st"),
        ({"gross_income": "1,000"}, "gross_income"),
        ({"sales": []}, "sales"),
        ({"sales": ["1", "2", "3", "4"]}, "sales"),
        ({"sales": ["1", 2]}, "sales[1]"),
        ({"sales": "1000"}, "sales"),
        ({"net_assets": [None]}, "net_assets[0]"),
        ({"rd_years": [{"personnel": 50}]}, "rd_years[0].personnel"),
        ({"rd_years": [{"salaries": "50"}]}, "rd_years[0].salaries"),
        ({"rd_years": [{}] * 4}, "rd_years"),
        ({"ps": [{"income": "1", "main": True}]}, "ps[0].ip"),
        ({"ps": [{"income": "1", "main": "yes", "ip": True}]}, "ps[0].main"),
        ({"ip_class1": -1}, "ip_class1"),
        ({"transformations": "1.5"}, "transformations"),
        ({"accident": "no"}, "accident"),
        ({"applied_on": "2015-12-31"}, "applied_on"),
        ({"applied_on": "2025-02-29"}, "applied_on"),
        ({"pilot": True}, "pilot"),
        ({"expert_scores": []}, "expert_scores"),
        ({"expert_scores": {"tech_totals": [60.5]}}, "expert_scores.tech_totals[0]"),
        ({"expert_scores": {"tech": [{"adv": 1}]}}, "expert_scores.tech[0].sup"),
        ({"expert_scores": {"chair": 1}}, "expert_scores.chair"),
    ],
)
def test_entry_that_cannot_be_read_is_refused_by_name(change, field):
    with pytest.raises(FactsError) as caught:
        rules.assess(BASE | change)
    assert caught.value.field.rstrip(".") == field


def test_every_figure_is_required():
    for name in ("registered_on", "staff_st", "sales", "rd_years", "ps", "transformations"):
        with pytest.raises(FactsError) as caught:
            rules.assess({key: value for key, value in BASE.items() if key != name})
        assert caught.value.field == name


@pytest.mark.parametrize("name", ["accident", "core_field_code"])
def test_question_without_an_answer_leaves_its_condition_open(name):
    answer = rules.assess({key: value for key, value in BASE.items() if key != name})
    assert answer["eligible"] is None
    assert [c["ok"] for c in answer["conditions"]].count(None) == 2


def test_every_fact_can_be_given():
    assert {entry.name for entry in ENTRIES} == {f.name for f in dataclasses.fields(rules.Facts)}


def test_schema_accepts_what_is_accepted_and_refuses_what_is_refused():
    jsonschema.Draft202012Validator.check_schema(rules.FACTS_SCHEMA)
    validator = jsonschema.Draft202012Validator(rules.FACTS_SCHEMA)
    assert validator.is_valid(BASE | {"expert_scores": PASSED, "accident": None})
    for wrong in (
        {"colour": 1},
        {"sales": []},
        {"sales": ["1"] * 4},
        {"sales": [1]},
        {"rd_years": [{"salaries": "1"}]},
        {"expert_scores": {"tech": [{"adv": 1}]}},
        {"ps": None},
    ):
        assert not validator.is_valid(BASE | wrong), wrong


def test_command_answers_json_lines_in_order(monkeypatch):
    lines = [json.dumps(BASE | {"ip_class2": n}) for n in (1, 3, 5)]
    bands = [a["points"]["ip_number"]["band"] for a in run(monkeypatch, "\n".join(lines))]
    assert bands == ["D", "C", "B"]
    assert run(monkeypatch, "", "--schema") == [rules.FACTS_SCHEMA]


def test_command_prints_nothing_when_a_later_line_is_wrong(monkeypatch):
    lines = [json.dumps(BASE), json.dumps(BASE | {"sales": ["1", 2.5]})]
    with pytest.raises(CommandError) as caught:
        run(monkeypatch, "\n".join(lines))
    assert caught.value.returncode == 2
    assert str(caught.value).startswith("line 2: sales[1]: ")


def test_http_gives_the_same_answer_without_an_account(db):
    answer = APIClient().post("/api/v1/assess/hitech_cert/", BASE, format="json")
    assert answer.status_code == 200
    assert answer.json()["conditions"] == rules.assess(BASE)["conditions"]


def test_http_names_what_is_malformed(db):
    answer = APIClient().post("/api/v1/assess/hitech_cert/", BASE | {"sales": []}, format="json")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "sales"
