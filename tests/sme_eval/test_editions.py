"""One rule set for each filing year, with windows that end at midnight in Shanghai."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from sme_eval import editions, rules
from sme_eval.enums import AttachmentKind
from torch_portal.common.findings import Level


def test_there_is_one_edition_for_each_year_without_gap():
    assert [edition.year for edition in editions.EDITIONS] == list(range(2017, 2027))
    assert len({edition.code for edition in editions.EDITIONS}) == 10


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2017, 5, 3), "SME2017"),
        (date(2019, 12, 31), "SME2019"),
        (date(2020, 1, 1), "SME2020"),
        (date(2026, 12, 31), "SME2026"),
    ],
)
def test_year_of_filing_chooses_the_edition(day, code):
    assert editions.on(day).code == code


@pytest.mark.parametrize("day", [date(2017, 5, 2), date(2027, 1, 1)])
def test_day_without_rules_is_refused(day):
    with pytest.raises(editions.NoEdition, match=str(day)):
        editions.on(day)


def test_edition_is_found_again_by_its_code():
    assert [editions.named(e.code) for e in editions.EDITIONS] == list(editions.EDITIONS)
    with pytest.raises(KeyError):
        editions.named("SME2016")


def test_what_is_not_confirmed_is_said():
    for edition in editions.EDITIONS:
        assert edition.confirmed is (edition.unconfirmed == ())
        assert edition.document_no
        assert edition.guide


@pytest.mark.parametrize(
    ("at", "taken"),
    [
        (datetime(2020, 10, 20, 15, 59, 59, tzinfo=UTC), True),
        (datetime(2020, 10, 20, 16, 0, 0, tzinfo=UTC), False),
        (datetime(2019, 12, 31, 16, 0, 0, tzinfo=UTC), True),
        (datetime(2019, 12, 31, 15, 59, 59, tzinfo=UTC), False),
    ],
)
def test_last_second_of_the_last_day_counts(at, taken):
    edition = editions.named("SME2020")
    assert edition.takes(at) is taken
    found = rules.check_window(at, edition)
    assert [f.level for f in found] == ([] if taken else [Level.BLOCK])


@pytest.mark.parametrize(
    ("year", "opens", "closes"),
    [
        (2018, date(2018, 1, 1), date(2018, 12, 31)),
        (2019, date(2019, 1, 1), date(2019, 10, 31)),
        (2020, date(2020, 1, 1), date(2020, 10, 20)),
        (2021, date(2021, 1, 1), date(2021, 10, 20)),
        (2024, date(2024, 6, 27), date(2024, 12, 31)),
        (2025, date(2025, 6, 30), date(2025, 9, 30)),
        (2026, date(2026, 6, 1), date(2026, 8, 31)),
    ],
)
def test_window_of_a_year(year, opens, closes):
    edition = editions.named(f"SME{year}")
    assert (edition.opens, edition.closes) == (opens, closes)


def test_window_can_be_set_where_the_notice_is_silent():
    edition = editions.named("SME2020").with_window(submit_open=date(2020, 3, 1), submit_close=None)
    assert (edition.opens, edition.closes) == (date(2020, 3, 1), date(2020, 10, 20))


def test_2020_is_wholly_online_and_checks_nobody_on_site():
    edition = editions.named("SME2020")
    assert edition.document_no == "国科火字〔2020〕44号"
    assert edition.onsite == editions.OnsiteTriggers()
    assert edition.publicity_by == date(2020, 10, 31)
    assert (edition.publicity.days, edition.spot_check_rate) == (10, Fraction(1, 20))
    assert edition.number_valid_to() == date(2020, 12, 31)


def test_onsite_triggers_change_with_the_year():
    found = {e.year: e.onsite for e in editions.EDITIONS}
    assert found[2024] == editions.OnsiteTriggers(few_staff=Decimal(5))
    assert (found[2025].high_share, found[2025].small_rd) == (Fraction(9, 10), None)
    assert (found[2026].high_share, found[2026].small_rd) == (None, Decimal(10))


def test_fraud_bars_three_years_from_2024_on():
    assert {e.year: e.fraud_bar_years for e in editions.EDITIONS if e.fraud_bar_years} == {
        2024: 3,
        2025: 3,
        2026: 3,
    }


def test_conditions_are_worded_anew_in_2022():
    before, after = editions.named("SME2021"), editions.named("SME2022")
    assert (before.audit_collection, after.audit_collection) == (False, True)
    for number in (1, 3, 4):
        assert before.basic_condition_text[number] != after.basic_condition_text[number]
    assert before.basic_condition_text[5] == after.basic_condition_text[5]


def test_financial_proof_is_due_at_the_spot_check_and_from_2024_on_with_the_filing():
    before, after = editions.named("SME2020"), editions.named("SME2024")
    assert before.due("filing") == (AttachmentKind.FIRST_PAGE,)
    assert after.due("filing") == (AttachmentKind.FIRST_PAGE, AttachmentKind.SUPPORT)
    assert AttachmentKind.RD_SCHEDULE in before.due("check")
    assert before.due("direct") == (AttachmentKind.ROUTE_PROOF,)
    assert AttachmentKind.LICENCE in before.due("registration")
