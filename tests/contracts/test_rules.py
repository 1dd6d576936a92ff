"""Rules of technology contracts against worked examples: both sides of every limit."""

import dataclasses
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts import editions, rules
from contracts.enums import RefusalGround
from contracts.rules import decisions
from torch_portal.common.findings import Level

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))
DECISION_CODES = {"VH-15", "VH-16", "VH-17", "VH-18"}
YUAN = st.decimals(min_value=0, max_value=10**9, places=2)
DAY = date(2020, 3, 2)


def facts_of(overrides):
    """The base facts with some of them replaced."""
    return rules.facts_from_json(VECTORS["base"] | overrides)


def edition_of(facts):
    """The edition that the day of acceptance chooses."""
    return editions.on(facts.accepted_on, facts.jurisdiction)


def found_in(case):
    """Findings on a case, and the edition that judged it."""
    facts = facts_of(case["facts"])
    edition = edition_of(facts)
    return rules.check(facts, edition, complete=case.get("complete", True)), edition, facts


def decide(case):
    """Findings of the decision rule that a case names."""
    args = dict(case["args"])
    if case["check"] == "refusal":
        return rules.check_refusal(args["grounds"], args.get("note", ""))
    if case["check"] == "issue":
        return rules.check_issue(args["state"])
    if case["check"] == "change":
        before = rules.Facts(total_yuan=Decimal("1.00"))
        after = rules.Facts(total_yuan=Decimal(args["total_yuan"]))
        return rules.check_change(before, after, *args["versions"])
    total, day = Decimal(args["total_yuan"]), date.fromisoformat(args["accepted_on"])
    facts = rules.Facts(jurisdiction=args["jurisdiction"], accepted_on=day, total_yuan=total)
    return rules.check_second_review(facts, edition_of(facts), args["reviewers"])


def by_id(cases):
    """Parameters named by their ids."""
    return [pytest.param(case, id=case["id"]) for case in cases]


@pytest.mark.parametrize("case", by_id(VECTORS["cases"]))
def test_vector_finds_what_it_names(case):
    found, edition, facts = found_in(case)
    codes = {finding.code for finding in found}
    assert codes.issuperset(case.get("fails", []))
    assert codes.isdisjoint(case.get("passes", []))
    assert edition.code == case.get("edition", edition.code)
    figures = rules.values(facts, edition)
    for name, expected in case.get("values", {}).items():
        assert str(figures[name]) == expected, name


@pytest.mark.parametrize("case", by_id(VECTORS["decisions"]))
def test_decision_vector_finds_what_it_names(case):
    codes = {finding.code for finding in decide(case)}
    assert codes == set(case.get("fails", []))
    assert codes.isdisjoint(case.get("passes", []))


def test_every_rule_has_a_failing_and_a_passing_vector():
    cases = VECTORS["cases"] + VECTORS["decisions"]
    failing = {code for case in cases for code in case.get("fails", [])}
    passing = {code for case in cases for code in case.get("passes", [])}
    codes = {rule.code for rule in rules.RULES}
    assert failing == codes
    assert passing == codes


def test_open_vectors_of_the_dossier_are_all_here():
    ids = {
        case["id"][:4]
        for group in VECTORS.values()
        if group is not VECTORS["base"]
        for case in group
    }
    assert {f"O-{number:02d}" for number in range(1, 20)} <= ids


def test_base_case_has_no_finding_at_all():
    found, _, _ = found_in({"facts": {}})
    assert found == []


def test_every_rule_has_clause_sentence_and_place_in_order():
    codes = [rule.code for rule in rules.RULES]
    assert codes == sorted(codes)
    for rule in rules.RULES:
        assert rule.clause
        assert "\n" not in rule.clause
        assert rule.sentence
        assert rule.level is (Level.BLOCK if rule.code.startswith("VH") else Level.WARN)


def test_checks_leave_out_exactly_the_decisions():
    assert {r.code for r in rules.RULES} - {r.code for r in rules.CHECKS} == DECISION_CODES


def test_findings_of_decisions_block_and_cite():
    (finding,) = rules.check_refusal([], "")
    assert finding.level is Level.BLOCK
    assert "国科发政字〔2000〕063号 第十四条" in finding.clause


def test_incomplete_application_shows_all_missing_entries_at_once():
    found = rules.check(rules.Facts(), editions.on(DAY), complete=True)
    missing = {finding.field for finding in found if finding.code == "VH-00"}
    assert {"form", "kind", "total_yuan", "seller_code", "buyer_code", "classified"} <= missing
    assert missing.isdisjoint({"intermediary_division", "is_import"})


def test_nothing_known_yields_nothing_in_a_draft():
    assert rules.check(rules.Facts(), editions.on(DAY), complete=False) == []


def test_missing_usual_attachment_warns_but_blocks_in_hunan():
    present = frozenset({"contract_text", "cost_list", "undertaking"})
    facts = dataclasses.replace(facts_of({}), attachments=present)
    (warned,) = rules.check(facts, edition_of(facts))
    assert (warned.code, warned.level) == ("VH-13", Level.WARN)
    hunan = {"jurisdiction": "43", "seller_division": "430104", "agency_division": "430000"}
    strict = dataclasses.replace(facts_of(hunan), attachments=present)
    (blocked,) = rules.check(strict, edition_of(strict))
    assert (blocked.code, blocked.level) == ("VH-13", Level.BLOCK)


def test_missing_contract_text_blocks_everywhere():
    facts = dataclasses.replace(facts_of({}), attachments=frozenset())
    found = rules.check(facts, edition_of(facts))
    assert [f.level for f in found] == [Level.BLOCK, Level.WARN, Level.WARN, Level.WARN]


def test_total_of_zero_is_found_once():
    facts = dataclasses.replace(facts_of({}), total_yuan=Decimal(0), technical_yuan=None)
    (finding,) = rules.check(facts, edition_of(facts))
    assert (finding.code, finding.field) == ("VH-05", "total_yuan")
    stated = dataclasses.replace(facts, technical_yuan=Decimal(5), deductions=None)
    fields = [f.field for f in rules.check(stated, edition_of(stated), complete=False)]
    assert fields == ["total_yuan"]


def test_stated_technical_amount_stands_where_lines_are_unknown():
    facts = rules.Facts(total_yuan=Decimal(100), technical_yuan=Decimal(60))
    assert rules.technical_of(facts) == 60
    assert rules.technical_of(dataclasses.replace(facts, deductions=())) == 100


def test_figures_of_unknown_facts_are_none():
    figures = rules.values(rules.Facts(), editions.on(DAY))
    assert figures["technical_yuan"] is None
    assert figures["technical_ratio_pct"] is None
    assert figures["due_on"] is None


def test_figures_without_a_total_show_the_stated_technical_amount_only():
    figures = rules.values(rules.Facts(technical_yuan=Decimal(60)), editions.on(DAY))
    assert figures["technical_yuan"] == 60
    assert figures["non_technical_yuan"] is None
    assert figures["technical_ratio_pct"] is None


def test_due_day_in_an_unpublished_year_is_provisional():
    facts = rules.Facts(accepted_on=date(2026, 12, 28), jurisdiction="42")
    figures = rules.values(facts, edition_of(facts))
    assert figures["due_provisional"] is True
    assert figures["due_on"] == date(2027, 1, 18)


def test_refusal_text_bears_the_mark_and_the_defect():
    text = rules.refusal_text(["RF-8"], "封面缺章")
    assert text.startswith("未予登记")
    assert str(RefusalGround.RF8.label) in text
    assert text.endswith("封面缺章")
    assert str(RefusalGround.RF1.label) not in text


def test_second_review_is_asked_for_by_total_in_jiangsu_only():
    facts = rules.Facts(total_yuan=Decimal(5_000_000), jurisdiction="32", accepted_on=DAY)
    assert rules.needs_second_review(facts, editions.on(DAY))
    elsewhere = dataclasses.replace(facts, jurisdiction="42")
    assert not rules.needs_second_review(elsewhere, editions.on(DAY))


def test_second_review_finding_names_the_threshold_of_the_place():
    facts = rules.Facts(total_yuan=Decimal(5_000_000), jurisdiction="32")
    (finding,) = rules.check_second_review(facts, editions.on(DAY), [1])
    assert finding.values == {"threshold": "5,000,000.00"}


def test_recognised_is_the_only_state_that_gets_a_certificate():
    assert list(decisions.issue("recognised")) == []
    assert len(list(decisions.issue("revoked"))) == 1


@pytest.mark.parametrize("case", by_id(VECTORS["tax"]))
def test_transfer_tax_of_a_year(case):
    transfers = [
        rules.Transfer(**{name: Decimal(value) for name, value in row.items()})
        for row in case["transfers"]
    ]
    year = rules.transfer_tax(transfers)
    for name, expected in case["expect"].items():
        assert getattr(year, name) == Decimal(expected), name


@pytest.mark.parametrize("case", by_id(VECTORS["shares"]))
def test_shares_are_half_up_to_two_decimals(case):
    amounts = {name: Decimal(value) for name, value in case["amounts"].items()}
    assert sum(amounts.values()) == Decimal(case["total"])
    shares = rules.shares(amounts)
    assert {name: str(share) for name, share in shares.items()} == case["expect"]


def test_shares_of_nothing_are_nought():
    assert rules.shares({"a": Decimal(0)}) == {"a": Decimal(0)}


@given(total=YUAN, lines=st.lists(YUAN, max_size=4), more=YUAN, which=st.integers(0, 3))
def test_raising_a_deduction_never_raises_the_technical_amount(total, lines, more, which):
    before = [rules.Deduction("equipment", yuan) for yuan in [*lines, Decimal(0)]]
    after = list(before)
    place = which % len(after)
    after[place] = rules.Deduction("equipment", after[place].yuan + more)
    assert rules.technical_amount(total, after) <= rules.technical_amount(total, before)


@given(incomes=st.lists(YUAN, min_size=1, max_size=5), more=YUAN)
def test_more_income_never_means_less_tax(incomes, more):
    zero = Decimal(0)
    year = [rules.Transfer(income, zero, zero, zero) for income in incomes]
    raised = [*year, rules.Transfer(more, zero, zero, zero)]
    assert rules.transfer_tax(raised).tax >= rules.transfer_tax(year).tax
