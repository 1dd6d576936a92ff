"""Recommendations, cases and hotline: dates, duplicates, lengths, consent, numbers."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach import editions
from outreach.enums import CaseKind, Channel, Goods, Offer
from outreach.rules import (
    ALL_RULES,
    Certificate,
    ExemplaryCase,
    HotlineRow,
    Recommendation,
    batch_date,
    characters,
    check_case,
    check_forwarding,
    check_hotline,
    check_publication,
    check_recommendation,
    claims,
    duplicate_key,
    has_consent,
    public_view,
    replaced,
    resolve,
)
from torch_portal.notices import models, notice_2020

D = Decimal
DAY = date(2020, 3, 9)
CODE = "91110108MA01TE5T3U"


def found(findings):
    """Code, field and level of each finding."""
    return [(f.code, f.field, f.level.value) for f in findings]


# --- recommendations --------------------------------------------------------------------------

SERVICE = Recommendation(
    Offer.SERVICE, "复工人员排查系统", "RW", CODE, "用于园区复工。", cases=1, division="330106",
    area="3301", contact="13800138000",
)  # fmt: skip
PRODUCT = replace(
    SERVICE, offer=Offer.PRODUCT, name="核酸检测试剂盒", category="EP-1", goods=Goods.REAGENT,
    capacity=D(1000), unit="盒/日", certificates=(Certificate("国械注准20203400001", DAY),),
)  # fmt: skip


@pytest.mark.parametrize(
    ("day", "batch"),
    [
        ((2020, 3, 9), (2020, 3, 10)),
        ((2020, 3, 10), (2020, 3, 10)),
        ((2020, 3, 11), (2020, 3, 20)),
        ((2020, 3, 20), (2020, 3, 20)),
        ((2020, 3, 21), (2020, 3, 30)),
        ((2020, 3, 30), (2020, 3, 30)),
        ((2020, 3, 31), (2020, 4, 10)),
        ((2020, 2, 21), (2020, 2, 29)),
        ((2020, 2, 29), (2020, 2, 29)),
        ((2021, 2, 28), (2021, 2, 28)),
        ((2020, 12, 31), (2021, 1, 10)),
    ],
)
def test_batch_is_the_next_tenth_twentieth_or_thirtieth(day, batch):
    assert batch_date(date(*day)) == date(*batch)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_batch_is_never_before_and_never_far(day):
    batch = batch_date(day)
    assert day <= batch <= day + timedelta(days=10)
    last = (batch + timedelta(days=1)).month != batch.month
    assert batch.day in (10, 20, 30) or (batch.month == 2 and last)
    assert batch_date(batch) == batch


def test_worked_examples_of_recommendations():
    bare = replace(PRODUCT, certificates=())
    assert found(check_recommendation(bare, DAY)) == [("REC-03", "certificates", "block")]
    assert check_recommendation(SERVICE, DAY) == []
    known = {duplicate_key(CODE, "复工人员排查系统"): "REC2020000007"}
    (finding,) = check_recommendation(SERVICE, DAY, known=known)
    assert (finding.code, finding.field) == ("REC-05", "name")
    assert "REC2020000007" in finding.text()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("测温仪 ＡＢ１", "测温仪AB1", True),
        ("测温仪ab1", "测温仪 AB 1", True),
        ("测温\u200b仪", "测温\n仪", True),
        ("测温仪(AB)", "测温仪（AB）", True),
        ("测温仪AB1", "测温仪AB2", False),
    ],
)
def test_names_are_the_same_in_width_case_and_blanks(one, other, same):
    assert (duplicate_key(CODE, one) == duplicate_key(CODE.lower(), other)) is same
    assert duplicate_key(CODE, one) != duplicate_key("91110108MA01KPGY7C", one)


@pytest.mark.parametrize(
    ("change", "findings"),
    [
        ({}, []),
        ({"division": "330206"}, [("REC-01", "enterprise", "block")]),
        ({"category": "XX"}, [("REC-02", "category", "block")]),
        ({"certificates": (Certificate("x", DAY - timedelta(days=1)),)},
         [("REC-04", "certificates", "block")]),
        ({"certificates": (Certificate("x"),)}, []),
        ({"certificates": (Certificate(" "),)}, [("REC-04", "certificates", "block")]),
        ({"certificates": (Certificate("应急1", DAY, emergency=True),)}, []),
        ({"capacity": D(0)}, [("REC-06", "capacity", "block")]),
        ({"capacity": None, "unit": ""}, [("REC-06", "capacity", "block")]),
        ({"unit": ""}, [("REC-06", "unit", "block")]),
        ({"summary": "甲" * 500}, []),
        ({"summary": "甲" * 501}, [("REC-L1", "summary", "block")]),
        ({"name": " "}, [("REC-L1", "name", "block")]),
        ({"summary": "请电联13800138000"}, [("REC-09", "summary", "block")]),
        ({"summary": "可治愈"}, []),
    ],
)  # fmt: skip
def test_recommendation_out_of_order_is_found_at_its_entry(change, findings):
    assert found(check_recommendation(replace(PRODUCT, **change), DAY)) == findings


@pytest.mark.parametrize("goods", Goods)
def test_regulated_goods_need_a_certificate(goods):
    told = replace(PRODUCT, category="LV", goods=goods, certificates=())
    needed = goods is not Goods.OTHER
    expected = [("REC-03", "certificates", "block")] if needed else []
    assert found(check_recommendation(told, DAY)) == expected


@pytest.mark.parametrize("text", ["根治", "１００％ 有效", "百分之百有效", "药到\n病除"])
def test_promise_of_effect_without_certificate_is_looked_at(text):
    told = replace(SERVICE, summary=f"本方法{text}。")
    assert len(claims(told)) == 1
    assert found(check_recommendation(told, DAY)) == [("REC-07", "summary", "warn")]
    assert check_recommendation(replace(told, ticked=True), DAY) == []


def test_forwarding_needs_an_opinion_and_a_tick():
    assert found(check_forwarding(SERVICE, DAY)) == [("REC-08", "opinion", "block")]
    assert check_forwarding(replace(SERVICE, opinion="建议推荐"), DAY) == []
    told = replace(SERVICE, opinion="建议推荐", summary="根治")
    assert found(check_forwarding(told, DAY)) == [("REC-07", "summary", "block")]
    assert check_forwarding(replace(told, ticked=True), DAY) == []


def test_contact_is_not_published():
    shown = public_view(SERVICE)
    assert "contact" not in shown
    assert "13800138000" not in str(shown)


# --- cases ------------------------------------------------------------------------------------

CASE = ExemplaryCase(
    "三天建成检测线", CaseKind.MATERIAL, "甲" * 1500, CODE, evidence=1, consent_on=DAY,
    facts_by="甲", wording_by="乙",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0), ("  甲 ", 1), ("甲，乙。", 4), ("a b", 3), ("甲\r\n乙", 3), ("甲\n乙", 3),
        ("e\u0301", 1), ("é", 1), ("甲\u200b乙", 2), ("😀", 1), ("👩\u200d🔬", 1), ("1️⃣", 1),
        ("𠀀", 1), ("\u3000甲\u3000", 1),
    ],
)  # fmt: skip
def test_characters_are_counted_as_people_count_them(text, count):
    assert characters(text) == count


@pytest.mark.parametrize(
    ("size", "message"),
    [(299, "(299/300"), (300, ""), (1500, ""), (1501, "(1501/1500")],
)
def test_case_has_300_to_1500_characters(size, message):
    findings = check_case(replace(CASE, body=f" {'甲' * size}\n"))
    assert found(findings) == ([("CASE-02", "body", "block")] if message else [])
    assert all(message in f.text() for f in findings)


@pytest.mark.parametrize(
    ("change", "findings"),
    [
        ({"credit_code": "x"}, [("CASE-01", "credit_code")]),
        ({"title": "甲" * 40}, []),
        ({"title": "甲" * 41}, [("CASE-02", "title")]),
        ({"title": " "}, [("CASE-02", "title")]),
        ({"evidence": 0}, [("CASE-03", "evidence")]),
        ({"photos_with_people": 2, "released": 2}, []),
        ({"photos_with_people": 2, "released": 1}, [("CASE-07", "photos")]),
        ({"body": "甲" * 400 + "患者张伟，男"}, [("CASE-08", "body")]),
        ({"body": "甲" * 400 + "13800138000"}, [("CASE-08", "body")]),
        ({"consent_on": None}, []),
    ],
)
def test_case_out_of_order_is_found_at_its_entry(change, findings):
    assert [(f.code, f.field) for f in check_case(replace(CASE, **change))] == findings


def test_case_without_consent_is_reported_and_never_published():
    told = replace(CASE, consent_on=None)
    assert check_case(told) == []
    assert found(check_publication(told, DAY)) == [("CASE-04", "consent", "block")]
    assert check_publication(CASE, DAY) == []


def test_consent_ends_on_the_day_it_is_withdrawn():
    told = replace(CASE, withdrawn_on=DAY + timedelta(days=2))
    held = [has_consent(told, DAY + timedelta(days=n)) for n in (-1, 0, 1, 2)]
    assert held == [False, True, True, False]
    (finding,) = check_publication(told, DAY + timedelta(days=2))
    assert "2020-03-11" in finding.text()


def test_open_violation_is_shown_and_stops_publication():
    told = replace(CASE, violation=True)
    assert found(check_case(told)) == [("CASE-05", "credit_code", "warn")]
    assert found(check_publication(told, DAY)) == [("CASE-05", "credit_code", "block")]


@pytest.mark.parametrize(
    ("facts_by", "wording_by", "fields"),
    [
        ("", "乙", ["facts_by"]),
        ("甲", "", ["wording_by"]),
        ("", "", ["facts_by", "wording_by"]),
        ("甲", "甲", ["wording_by"]),
    ],
)
def test_two_people_review(facts_by, wording_by, fields):
    told = replace(CASE, facts_by=facts_by, wording_by=wording_by)
    assert found(check_publication(told, DAY)) == [("CASE-R1", f, "block") for f in fields]


# --- hotline ----------------------------------------------------------------------------------

SEED = [
    HotlineRow(order, service, Channel(kind), value)
    for order, (service, _zh, _en, kind, value, _referral) in enumerate(notice_2020.HOTLINES, 1)
]


def test_hotline_of_the_notice_is_in_order():
    assert check_hotline(SEED) == []
    kinds = [row.channel.value for row in SEED]
    assert kinds == ["telephone"] * 6 + ["email", "referral"]
    assert SEED[3].value == "010-88656206"


def test_forms_are_those_of_the_hotline_table():
    assert (editions.TELEPHONE, editions.TELEPHONE_BEIJING, editions.EMAIL) == (
        models.TELEPHONE, models.TELEPHONE_BEIJING, models.EMAIL
    )  # fmt: skip


@pytest.mark.parametrize(
    ("channel", "value", "code"),
    [
        ("telephone", "010-88656337", ""),
        ("telephone", "010-8865623", "HOT-01"),
        ("telephone", "0571-8765432", ""),
        ("telephone", "0571-87654321-8001", ""),
        ("telephone", "88656337", ""),
        ("telephone", "0571 87654321", "HOT-01"),
        ("telephone", "０１０－88656337", "HOT-01"),
        ("telephone", "010-88656337\n", "HOT-01"),
        ("email", "peix@ctp.gov.cn", ""),
        ("email", "peix@ctp", "HOT-02"),
        ("email", "peix ctp.gov.cn", "HOT-02"),
        ("referral", "请联系所在地科技管理部门", ""),
    ],
)
def test_numbers_and_addresses_have_their_form(channel, value, code):
    findings = check_hotline([HotlineRow(1, "zones", Channel(channel), value)])
    assert [f.code for f in findings] == ([code] if code else [])


ROW = HotlineRow(1, "zones", Channel.TELEPHONE, "010-88656197", valid_to=date(2020, 6, 30))


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({"valid_from": date(2020, 7, 1)}, []),
        ({"valid_from": date(2020, 6, 30)}, ["HOT-03", "HOT-04"]),
        ({"valid_from": date(2020, 6, 30), "service": "stats"}, ["HOT-04"]),
        ({"valid_from": date(2020, 6, 30), "order": 2}, ["HOT-03"]),
        ({"owner": "33"}, []),
    ],
)
def test_service_and_place_have_one_entry_a_day(change, codes):
    assert [f.code for f in check_hotline([ROW, replace(ROW, valid_to=None, **change)])] == codes


def test_change_keeps_the_old_row():
    new = replace(ROW, value="010-88656198", valid_from=date(2020, 5, 1))
    old, kept = replaced(ROW, new)
    assert (old.value, old.valid_to, kept) == (ROW.value, date(2020, 4, 30), new)
    assert check_hotline([old, kept]) == []
    with pytest.raises(ValueError, match="after"):
        replaced(ROW, replace(new, valid_from=ROW.valid_from))


def test_nearest_unit_with_an_entry_answers():
    rows = [replace(ROW, valid_to=None), replace(ROW, owner="33", value="0571-87054000"),
            replace(ROW, owner="33103001", value="0571-88212688")]  # fmt: skip

    def asked(*units, day=DAY):
        return resolve(rows, "zones", units, day).value

    assert asked("33103001", "33") == "0571-88212688"
    assert asked("33103002", "33") == "0571-87054000"
    assert asked("42103001", "42") == asked() == "010-88656197"
    assert asked("33103001", "33", day=date(2020, 7, 1)) == "010-88656197"
    assert resolve(rows, "stats", (), DAY) is None


def test_every_rule_has_a_sentence_and_a_clause():
    codes = {rule.code for rule in ALL_RULES}
    wanted = {f"IMR-0{n}" for n in range(1, 8)} | {f"REC-0{n}" for n in range(1, 10)}
    wanted |= {f"CASE-0{n}" for n in (1, 2, 3, 4, 5, 7, 8)} | {f"HOT-0{n}" for n in range(1, 5)}
    assert wanted <= codes
    assert all(rule.clause and str(rule.sentence).endswith(".") for rule in ALL_RULES)
    assert editions.RECOMMENDATIONS.unconfirmed
    assert editions.CASES.unconfirmed
    assert len(editions.RECOMMENDATIONS.groups) == 9
