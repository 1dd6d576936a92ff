"""The public self-check: answers without account, keeps what was typed, stores nothing."""

import re

import pytest

from tests.sme_eval.test_rules import VECTORS

ADDRESS = "/assess/sme/"
NO = {
    "restricted_industry": "no",
    "misconduct": "no",
    "abnormal_list": "no",
    "serious_dishonesty": "no",
}
TYPED = {
    "filed_on": "2020-05-06",
    "established_on": "2015-06-01",
    "staff_total": "100",
    "staff_st": "9.99",
    "rd_cost": "60",
    "rd_basis": "revenue",
    "revenue": "1,000.00",
    "cost_total": "９００",
    "assets_total": "800万元",
    "ip_class1": "0",
    "ip_class2": "１",
    **NO,
}


@pytest.fixture
def ask(client, db):
    """The answer to a form, as a page or, live, as the part beside it."""

    def post(live=False, **changes):
        headers = {"HX-Request": "true"} if live else {}
        return client.post(ADDRESS, TYPED | changes, headers=headers)

    return post


def test_page_opens_without_an_account(client, db):
    page = client.get(ADDRESS)
    assert page.status_code == 200
    assert 'name="staff_total"' in page.text
    assert "no-store" in page["Cache-Control"]


def test_figures_are_understood_as_people_type_them(ask):
    answer = ask().context["answer"]
    assert answer["total"] == 56
    assert [i["points"] for i in answer["indicators"]] == [0, 50, 6]
    assert answer["eligible"] is False
    assert len(answer["stops"]) == 2
    assert "0.01" in answer["indicators"][0]["next"]


def test_both_bases_and_the_five_conditions_are_shown(ask):
    answer = ask().context["answer"]
    assert [(b["percent"], b["points"], b["chosen"]) for b in answer["bases"]] == [
        ("6.00", 50, True),
        ("6.67", 0, False),
    ]
    assert [row["condition"].ok for row in answer["conditions"]] == [None, True, True, True, False]
    page = ask().text
    assert "国科发政〔2017〕115号 第六条第(二)项" in page
    assert "+19,000" in page


def test_changing_one_figure_changes_the_answer(ask):
    answer = ask(staff_st="10").context["answer"]
    assert (answer["total"], answer["eligible"], answer["by"]) == (60, True, "score")


def test_live_answer_is_only_the_part_beside_the_form(ask):
    part = ask(live=True)
    assert part.status_code == 200
    assert part.text.strip().startswith('<div class="selfcheck__answer" id="answer">')
    assert "<form" not in part.text


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"staff_total": "499.755"}, "staff_total"),
        ({"staff_total": "0"}, "staff_total"),
        ({"staff_st": "100.01"}, "staff_st"),
        ({"rd_cost": "-5"}, "rd_cost"),
        ({"revenue": "many"}, "revenue"),
        ({"revenue": "5亿"}, "revenue"),
        ({"ip_class2": "1.5"}, "ip_class2"),
        ({"filed_on": "2016-01-01"}, "filed_on"),
        ({"established_on": "2020-05-07"}, "established_on"),
        ({"rd_basis": "turnover"}, "rd_basis"),
    ],
)
def test_entry_that_is_wrong_is_pointed_at_and_kept(ask, changes, name):
    page = ask(**changes)
    wrong = [field.html_name for field in page.context["answer"]["wrong"]]
    assert page.status_code == 200
    assert name in wrong
    assert f'id="field-{name}"' in page.text
    assert "field--bad" in page.text
    for value in (v for v in changes.values() if name != "rd_basis"):
        assert f'value="{value}"' in page.text


def test_every_wrong_entry_is_told_at_once(ask):
    answer = ask(staff_total="-1", revenue="x", rd_cost="1.001").context["answer"]
    assert {f.html_name for f in answer["wrong"]} == {"staff_total", "revenue", "rd_cost"}
    assert answer["eligible"] is None


def test_what_is_missing_is_named_and_the_rest_is_answered(ask):
    answer = ask(live=True, revenue="", assets_total="", misconduct="").context["answer"]
    assert [field.html_name for field in answer["missing"]] == ["revenue", "assets_total"]
    assert answer["indicators"][2]["points"] == 6
    assert answer["bases"][1]["points"] == 0


def test_direct_route_replaces_the_score(ask):
    certificate = {
        "hnte_certificate": "on",
        "hnte_certificate_valid_from": "2018-11-30",
        "hnte_certificate_valid_to": "2021-11-30",
    }
    answer = ask(**certificate).context["answer"]
    assert (answer["eligible"], answer["by"]) == (True, "direct")
    assert [route["holds"] for route in answer["routes"]] == [True]
    late = ask(**certificate | {"hnte_certificate_valid_to": "2020-05-05"}).context["answer"]
    assert late["eligible"] is False
    assert "2020-05-05" in late["routes"][0]["reasons"][0]


def test_route_that_is_not_filled_in_asks_for_it(ask):
    answer = ask(standard="on", standard_level="").context["answer"]
    assert len(answer["routes"][0]["reasons"]) == 3


def test_basis_without_amount_is_said_and_not_divided(ask):
    answer = ask(revenue="0").context["answer"]
    assert answer["total"] is None
    assert "第七条" in " ".join(item["clause"] for item in answer["stops"])


@pytest.mark.parametrize("case", [pytest.param(c, id=c["id"]) for c in VECTORS["cases"][:5]])
def test_page_says_what_the_rules_say(ask, case):
    facts = VECTORS["base"] | case["facts"]
    typed = {name: value for name, value in facts.items() if isinstance(value, str | int)}
    typed |= {name: "yes" if facts[name] else "no" for name in NO}
    assert ask(**typed).context["answer"]["total"] == case["points"][3]


def test_nothing_is_stored(ask, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = ask(live=True)
    assert not page.cookies or set(page.cookies) == {"csrftoken"}


def test_words_are_chinese_first(ask):
    assert re.search("科技型中小企业自测", ask(live=False).text)
