"""The public self-check: answers without account, keeps what was typed, stores nothing."""

import re

import pytest

ADDRESS = "/assess/hitech/"
TYPED = {
    "registered_on": "2018-03-01",
    "applied_on": "2025-06-01",
    "staff_total": "50",
    "staff_st": "５",
    "sales_1": "1,000",
    "sales_2": "2000万元",
    "sales_3": "3000",
    "net_assets_1": "100",
    "net_assets_2": "125",
    "net_assets_3": "156.25",
    "personnel_1": "50",
    "personnel_2": "100",
    "personnel_3": "150",
    "gross_income": "1000",
    "non_taxable_income": "0",
    "ht_income": "600",
    "main_income": "400",
    "ip_class1": "0",
    "ip_class2": "5",
    "transformations": "12",
    "core_field_code": "1.1.3",
    "accident": "no",
}


@pytest.fixture
def ask(client, db):
    """The answer to a form, as a page or, live, as the part beside it."""

    def post(live=False, **changes):
        headers = {"HX-Request": "true"} if live else {}
        return client.post(ADDRESS, TYPED | changes, headers=headers)

    return post


def states(answer):
    """Whether each condition is met, by its mark."""
    marks = {"done": True, "needs-you": False, "": None}
    return [marks[row["mark"]] for row in answer["conditions"]]


def test_page_opens_without_an_account(client, db):
    page = client.get(ADDRESS)
    assert page.status_code == 200
    assert 'name="personnel_3"' in page.text
    assert '<optgroup label="电子信息 › 软件">' in page.text
    assert "no-store" in page["Cache-Control"]


def test_figures_that_suffice_leave_the_rest_to_experts(ask):
    answer = ask().context["answer"]
    assert (answer["eligible"], answer["stops"], answer["wrong"]) == (True, [], [])
    assert states(answer) == [True] * 6 + [None, True]
    assert answer["within"] == (40, 92)
    assert [i["points"] for i in answer["indicators"]] == ["5–6", "19–24", "9–10", "7–8"]


def test_each_condition_is_shown_with_value_limit_margin_and_clause(ask):
    page = ask(staff_st="4.99")
    (measure,) = page.context["answer"]["conditions"][3]["measures"]
    shown = (measure["value"], measure["sign"], measure["limit"], measure["margin"])
    assert shown == ("9.98%", "≥", "10%", "-0.02%")
    assert "国科发火〔2016〕32号 第十一条第(四)项" in page.text
    assert "0.01" in " ".join(item["message"] for item in page.context["answer"]["stops"])


def test_what_the_next_band_takes_is_told(ask):
    told = [i["next"] for i in ask().context["answer"]["indicators"]]
    assert "7–8" in told[0]
    assert "25–30" in told[1]
    assert told[2] == ""
    assert "35" in told[3]


def test_changing_one_figure_changes_the_answer(ask):
    assert ask(personnel_3="149.99").context["answer"]["eligible"] is False
    assert ask(personnel_3="150").context["answer"]["eligible"] is True


def test_score_out_of_reach_is_said(ask):
    answer = ask(
        ip_class2="1", transformations="0", net_assets_3="1", sales_2="1000", sales_3="1000"
    ).context["answer"]
    assert answer["within"][1] <= 70
    assert answer["eligible"] is False
    assert states(answer)[:6] == [True] * 6


def test_live_answer_is_only_the_part_beside_the_form(ask):
    part = ask(live=True)
    assert part.text.strip().startswith('<div class="selfcheck__answer" id="answer">')
    assert "<form" not in part.text


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"staff_total": "0"}, "staff_total"),
        ({"staff_st": "50.01"}, "staff_st"),
        ({"staff_total": "50.001"}, "staff_total"),
        ({"gross_income": "-5"}, "gross_income"),
        ({"personnel_2": "-1"}, "personnel_2"),
        ({"other_3": "1.001"}, "other_3"),
        ({"sales_2": "many"}, "sales_2"),
        ({"net_assets_3": "1.001"}, "net_assets_3"),
        ({"main_income": "600.01"}, "main_income"),
        ({"ip_class2": "1.5"}, "ip_class2"),
        ({"applied_on": "2015-12-31"}, "applied_on"),
        ({"core_field_code": "1.1"}, "core_field_code"),
    ],
)
def test_entry_that_is_wrong_is_pointed_at_and_kept(ask, changes, name):
    page = ask(**changes)
    assert name in [field.html_name for field in page.context["answer"]["wrong"]]
    assert f'id="field-{name}"' in page.text
    assert page.context["answer"]["eligible"] is not True
    for value in (v for v in changes.values() if name != "core_field_code"):
        assert f'value="{value}"' in page.text


def test_wrong_box_of_a_young_enterprise_is_the_right_one(ask):
    young = {"sales_1": "", "net_assets_1": "", "personnel_1": "", "other_2": "-1"}
    answer = ask(**young).context["answer"]
    assert [field.html_name for field in answer["wrong"]] == ["other_2"]


def test_every_wrong_entry_is_told_at_once(ask):
    answer = ask(staff_total="-1", sales_1="x", design_1="1.001").context["answer"]
    assert {"staff_total", "sales_1", "design_1"} <= {f.html_name for f in answer["wrong"]}


def test_what_is_missing_is_named_and_the_rest_is_answered(ask):
    answer = ask(live=True, sales_3="", gross_income="", accident="").context["answer"]
    names = [field.html_name for field in answer["missing"]]
    assert names == ["gross_income", "sales_3", "accident"]
    assert answer["eligible"] is None
    assert states(answer) == [True, True, True, True, None, None, None, None]


def test_years_of_a_young_enterprise_are_those_it_has(ask):
    answer = ask(sales_1="", sales_2="", personnel_1="", personnel_2="", net_assets_1="").context
    assert answer["answer"]["missing"] == []
    assert answer["answer"]["conditions"][4]["mark"] == "done"


def test_negative_net_assets_are_for_the_experts(ask):
    answer = ask(net_assets_2="-125").context["answer"]
    assert answer["wrong"] == []
    assert answer["indicators"][3]["band"] == ""
    assert any("三(七)" in item["clause"] for item in answer["hints"])


def test_main_products_make_more_than_half(ask):
    assert ask(main_income="300").context["answer"]["eligible"] is False
    assert ask(main_income="300.01").context["answer"]["eligible"] is True
    assert len(ask(main_income="0").context["answer"]["stops"]) == 2


def test_open_readings_are_shown_with_their_clauses(ask):
    page = ask()
    assert len(page.context["answer"]["readings"]) == 10
    assert "国科发火〔2016〕195号 三(七)4; 附件4" in page.text


def test_nothing_is_stored(ask, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = ask(live=True)
    assert not page.cookies or set(page.cookies) == {"csrftoken"}


def test_words_are_chinese_first(ask):
    assert re.search("高新技术企业自测", ask().text)
