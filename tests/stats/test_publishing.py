"""Two officers, static checks, a digest; what is published stays."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from stats import editions
from stats.actions import authoring, publishing
from stats.enums import Mark
from stats.models import (
    CheckRule,
    Choice,
    ChoiceList,
    Comparability,
    InstrumentVersion,
    Item,
)
from stats.queries import instruments as queries
from stats.rules import verdicts
from tests.factories import accounts
from tests.factories import stats_instruments as factory
from torch_portal.accounts.roles import Denied
from torch_portal.common.findings import Refused
from torch_portal.filings.transitions import Stale

pytestmark = pytest.mark.django_db
AT = factory.PUBLISHED_AT
LATER = AT + datetime.timedelta(days=1)


@pytest.fixture(scope="module")
def _world(django_db_setup, django_db_blocker):
    """GQ-2022 in force with its rules, made once for the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        first, second = factory.officers()
        factory.published(people=(first, second))
        yield first, second
        transaction.set_rollback(True)


@pytest.fixture
def officers(_world):
    """Both officers, by hand-over and confirmation."""
    return _world


def draft(first, **changes):
    """The next version as a draft."""
    start = {"source": factory.row(), "name": "GQ-2023", "starts_on": datetime.date(2023, 1, 1)}
    return authoring.start_version(**start | changes, by=first, at=AT)


def rule_of(version, **changes):
    """An unsaved rule of the instrument."""
    return CheckRule(instrument=version.instrument, key=changes.pop("key", "CK-900"), **changes)


def values(**changes):
    """What an officer writes of a rule."""
    return {
        "scope": "GQ-002", "severity": "error", "expression": "qc06 <= qc05_0", "tolerance": 0,
        "missing": "skip", "message_zh": "技术收入不应大于营业收入", "basis": "form",
        "source": "国统制〔2022〕11号", "active_from": datetime.date(2022, 1, 1),
    } | changes  # fmt: skip


def said(refused):
    """The sentences of a refusal."""
    return [finding.text() for finding in refused.value.findings]


def test_version_in_force_is_read_as_published(officers):
    row = factory.row()
    assert row.schema == editions.to_data(editions.instrument("GQ"))
    assert row.schema_hash == publishing.digest_of(row.schema)
    assert queries.items_of(row)["qc05_0"].unit == "千元"


def test_rules_in_force_are_those_of_the_edition(officers):
    rules = queries.compiled_rules(factory.row())
    assert len(rules.rules) == 72 - 9  # nine speak of clusters and incubators
    assert rules.rows["CK-101"] == CheckRule.objects.get(key="CK-101").pk
    assert {"id", "tree", "severity"} <= set(rules.in_browser[0])


def test_rules_are_compiled_once_for_a_revision(officers, django_assert_num_queries):
    version = factory.row()
    queries.compiled_rules(version)
    with django_assert_num_queries(0):
        assert queries.compiled_rules(version).rules


def test_officer_does_not_confirm_what_they_handed_over(officers):
    first, _second = officers
    version = draft(first)
    publishing.ask_version(version=version, by=first, at=AT)
    with pytest.raises(Denied, match="second officer"):
        publishing.publish_version(version=version, by=first, at=AT)


def test_author_does_not_confirm_either(officers):
    first, second = officers
    version = draft(first)
    publishing.ask_version(version=version, by=second, at=AT)
    with pytest.raises(Denied, match="second officer"):
        publishing.publish_version(version=version, by=first, at=AT)


def test_draft_that_nobody_handed_over_is_not_published(officers):
    first, second = officers
    with pytest.raises(Stale, match="Nobody handed it over"):
        publishing.publish_version(version=draft(first), by=second, at=AT)


def test_writing_takes_a_draft_from_the_second_officer(officers):
    first, second = officers
    version = draft(first)
    publishing.ask_version(version=version, by=first, at=AT)
    authoring.write_version(version=version, data=queries.plain(version), by=first, at=AT)
    with pytest.raises(Stale):
        publishing.publish_version(version=version, by=second, at=AT)


@pytest.mark.parametrize("person", ["official", "operator", "reviewer"])
def test_only_officials_of_the_country_write(officers, person):
    made = {
        "official": lambda: accounts.official("33"),
        "operator": accounts.operator,
        "reviewer": lambda: accounts.reviewer(accounts.agency(code="330199")),
    }[person]()
    with pytest.raises(Denied, match="whole country"):
        publishing.ask_rules(rules=[], by=made, at=AT)
    with pytest.raises(Denied, match="whole country"):
        authoring.write_rule(rule=rule_of(factory.row()), values=values(), by=made, at=AT)


def _raw(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


CHANGES = {
    "version": lambda: InstrumentVersion.objects.update(source="x"),
    "version_again": lambda: InstrumentVersion.objects.update(published_at=None),
    "version_gone": lambda: _raw("DELETE FROM stats_instrumentversion"),
    "item": lambda: Item.objects.filter(code="qc05_0").update(label_zh="x"),
    "item_gone": lambda: Item.objects.filter(code="qc05_0").delete(),
    "list": lambda: ChoiceList.objects.filter(version__version="GQ-2022").update(code="x"),
    "choice": lambda: Choice.objects.filter(list__version__version="GQ-2022").delete(),
    "mark": lambda: Comparability.objects.update(mark=Mark.FULL),
    "rule": lambda: CheckRule.objects.filter(key="CK-101").update(tolerance=5),
    "rule_gone": lambda: CheckRule.objects.filter(key="CK-101").delete(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_database_refuses_to_change_what_is_published(officers, change):
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        CHANGES[change]()


def test_actions_refuse_to_write_what_is_published(officers):
    first, _second = officers
    version = factory.row()
    with pytest.raises(Stale, match="stays as it is"):
        authoring.write_version(version=version, data=queries.plain(version), by=first, at=AT)
    rule = CheckRule.objects.get(key="CK-101")
    with pytest.raises(Stale, match="next version"):
        authoring.write_rule(rule=rule, values=values(), by=first, at=AT)


def test_next_version_of_a_rule_counts_and_the_old_one_stays(officers):
    first, second = officers
    old = CheckRule.objects.get(key="CK-101")
    new = authoring.revise_rule(rule=old, by=first, at=AT)
    assert authoring.revise_rule(rule=old, by=first, at=AT) == new
    authoring.write_rule(rule=new, values={"tolerance": 5}, by=first, at=AT)
    publishing.ask_rules(rules=[new], by=first, at=AT)
    assert queries.compiled_rules(factory.row()).rows["CK-101"] == old.pk
    publishing.publish_rules(rules=[new], by=second, at=AT)
    rules = queries.compiled_rules(factory.row())
    assert rules.rows["CK-101"] == new.pk
    rule = next(rule for rule in rules.rules if rule.text.id == "CK-101")
    assert (new.version, rule.text.tolerance) == (2, 5)
    case = ({"qc05_0": 1000, "qc06": 995, "qc07": 0, "qc10": 0, "qc49": 0}, {}, {}, {}, {}, {})
    assert verdicts([rule], case) == ["passed"]


def test_withdrawn_rule_counts_no_more_and_says_why(officers):
    first, _second = officers
    rule = CheckRule.objects.get(key="CK-103")
    with pytest.raises(Refused) as refused:
        publishing.withdraw_rule(rule=rule, by=first, at=AT, note="误报")
    assert said(refused) == ["Say in at least 10 characters why the rule is withdrawn."]
    publishing.withdraw_rule(rule=rule, by=first, at=AT, note="与2022年统计口径不符，暂停使用")
    assert "CK-103" not in queries.compiled_rules(factory.row()).rows
    with pytest.raises(Stale, match="not in force"):
        publishing.withdraw_rule(rule=rule, by=first, at=AT, note="与2022年统计口径不符，暂停使用")


def test_rule_that_names_an_unknown_code_is_not_handed_over(officers):
    first, _second = officers
    text = values(expression="qc05_0 == qc06 + qzz99")
    rule = authoring.write_rule(rule=rule_of(factory.row()), values=text, by=first, at=AT)
    with pytest.raises(Refused) as refused:
        publishing.ask_rules(rules=[rule], by=first, at=AT)
    assert said(refused) == [
        "Unknown code qzz99 at position 17. Use the code of an item of GQ-2022."
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("__import__('os')", "Position 0: “_” is no sign of the language."),
        ("qc05_0.__class__ == 1", "Position 6: “.” is no sign of the language."),
        ("9**9**9 > 1", "Position 1: “**” is no sign of the language."),
        ("(" * 10_000 + "1" + ")" * 10_000, "longer than 1000 characters"),
        ("qc05_0 + 1", "Position"),
        ("", "Position 0"),
    ],
)
def test_text_that_is_no_expression_is_refused_with_its_place(officers, text, message):
    first, _second = officers
    with pytest.raises(Refused) as refused:
        authoring.write_rule(
            rule=rule_of(factory.row()), values=values(expression=text), by=first, at=AT
        )
    assert message in said(refused)[0]
    assert refused.value.findings[0].field == "expression"
    assert not CheckRule.objects.filter(key="CK-900").exists()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"scope": "GQ-009"}, "There is no table GQ-009."),
        ({"active_from": datetime.date(2030, 1, 1)}, "No version of the instrument begins from"),
        ({"message_zh": "错"}, "fewer than 4 characters"),
    ],
)
def test_rule_that_fits_no_version_is_not_handed_over(officers, changes, message):
    first, _second = officers
    rule = authoring.write_rule(
        rule=rule_of(factory.row()), values=values(**changes), by=first, at=AT
    )
    with pytest.raises(Refused) as refused:
        publishing.ask_rules(rules=[rule], by=first, at=AT)
    assert any(message in sentence for sentence in said(refused))
    rule.refresh_from_db()
    assert rule.asked_at is None


def test_version_without_a_code_that_rules_name_is_not_handed_over(officers):
    first, _second = officers
    version = draft(first)
    data = queries.plain(version)
    for table in data["tables"]:
        table["items"] = [item for item in table["items"] if item["code"] != "qc49"]
    authoring.write_version(version=version, data=data, by=first, at=AT)
    with pytest.raises(Refused) as refused:
        publishing.ask_version(version=version, by=first, at=AT)
    assert said(refused)[0].startswith(
        "Rule CK-101 is in force and does not fit: Unknown code qc49 at position 31."
    )
    assert len(said(refused)) == 1


def test_version_that_begins_after_the_approval_is_not_handed_over(officers):
    first, _second = officers
    last = factory.row().approval.valid_to
    version = draft(first, starts_on=last)
    publishing.ask_version(version=version, by=first, at=AT)
    late = draft(first, starts_on=last + datetime.timedelta(days=1), name="GQ-2025")
    with pytest.raises(Refused) as refused:
        publishing.ask_version(version=late, by=first, at=AT)
    assert "is valid until 2025-02-28 only" in said(refused)[0]


def test_name_and_day_of_a_version_are_used_once(officers):
    first, _second = officers
    with pytest.raises(Refused) as refused:
        draft(first, name="GQ-2022", starts_on=datetime.date(2022, 1, 1))
    assert [finding.field for finding in refused.value.findings] == ["name", "starts_on"]


def test_approval_covers_its_last_day_and_none_after(officers):
    approval = factory.row().approval
    assert approval.covers(datetime.date(2025, 1, 1), datetime.date(2025, 2, 28))
    assert not approval.covers(datetime.date(2025, 1, 1), datetime.date(2025, 3, 1))
    approval.valid_from = datetime.date(2022, 1, 2)
    assert not approval.covers(datetime.date(2022, 1, 1), datetime.date(2022, 3, 1))


def test_values_compare_by_meaning_and_mark(officers):
    first, _second = officers
    old, new = factory.row(), draft(first)
    data = queries.plain(new)
    meanings = {i["code"]: i for table in data["tables"] for i in table["items"]}
    meanings["qd01"]["indicator"] = "qd01.2023"
    meanings["qd03"]["indicator"] = "qd03.2023"
    mark = {"indicator": "qd01", "now": "qd01.2023", "mark": "partial", "note": "口径扩大"}
    authoring.write_version(version=new, data=data | {"comparability": [mark]}, by=first, at=AT)
    new = factory.row("GQ-2023")
    assert queries.comparable("qc05_0", old, new) == queries.Compared(Mark.FULL)
    assert queries.comparable("qd01", old, new) == queries.Compared(Mark.PARTIAL, "口径扩大")
    assert queries.comparable("qd03", old, new).mark == Mark.BROKEN
    assert queries.comparable("qzz", old, old).mark == Mark.BROKEN


def test_draft_is_read_with_few_queries(officers, django_assert_num_queries):
    first, _second = officers
    version = factory.row(draft(first).version)
    with django_assert_num_queries(4):
        queries.instrument_of(version)
