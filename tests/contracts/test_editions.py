"""Editions: contiguous, and the right limit for each day and place."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from contracts import editions
from torch_portal.common.workdays import Unit

ONE_DAY = timedelta(days=1)
MILLIONS = Decimal(5_000_000)


def limit(day, place, **more):
    """Days and unit of the review limit."""
    found = editions.on(day, place).review_limit(place, day, **more)
    return found.days, found.unit


def test_editions_are_contiguous_and_open_at_the_end():
    for earlier, later in zip(editions.EDITIONS, editions.EDITIONS[1:], strict=False):
        assert earlier.ends == later.starts
        assert earlier.starts < later.starts
    assert editions.EDITIONS[-1].ends is None


@pytest.mark.parametrize(
    ("starts", "code"),
    [
        (date(2000, 2, 16), "R2001"),
        (date(2020, 2, 6), "R2001+N2020"),
        (date(2022, 11, 1), "R2022"),
        (date(2026, 3, 1), "R2026"),
    ],
)
def test_edition_changes_on_its_first_day(starts, code):
    assert editions.on(starts).code == code
    if code != "R2001":
        assert editions.on(starts - ONE_DAY).code != code


def test_day_before_the_first_edition_is_refused():
    with pytest.raises(editions.NoEdition, match="on 2000"):
        editions.on(date(2000, 2, 15))


def test_edition_is_found_again_by_its_code():
    assert [editions.named(e.code) for e in editions.EDITIONS] == list(editions.EDITIONS)
    with pytest.raises(KeyError):
        editions.named("R1999")


def test_unconfirmed_edition_says_what_is_unconfirmed():
    for edition in editions.EDITIONS:
        assert edition.confirmed is (edition.unconfirmed == ())
        assert edition.source
    assert not editions.on(date(2026, 3, 1)).confirmed


@pytest.mark.parametrize(
    ("day", "place", "expected"),
    [
        (date(2020, 3, 2), "42", (30, Unit.CALENDAR)),
        (date(2020, 3, 2), "11", (30, Unit.CALENDAR)),
        (date(2026, 2, 28), "11", (30, Unit.CALENDAR)),
        (date(2026, 3, 1), "11", (15, Unit.WORKING)),
        (date(2004, 10, 31), "33", (30, Unit.CALENDAR)),
        (date(2004, 11, 1), "33", (10, Unit.CALENDAR)),
        (date(2026, 3, 1), "33", (10, Unit.CALENDAR)),
        (date(2021, 11, 1), "3302", (10, Unit.CALENDAR)),
        (date(2020, 3, 2), "41", (15, Unit.CALENDAR)),
        (date(2020, 1, 5), "31", (30, Unit.CALENDAR)),
        (date(2020, 1, 6), "31", (7, Unit.WORKING)),
        (date(2020, 3, 2), "2102", (30, Unit.CALENDAR)),
        (date(2020, 3, 2), "66", (30, Unit.CALENDAR)),
        (date(2026, 3, 1), "42", (15, Unit.WORKING)),
    ],
)
def test_review_limit_of_a_place_and_day(day, place, expected):
    assert limit(day, place) == expected


def test_review_limit_is_longer_with_experts_in_shanghai_only():
    assert limit(date(2020, 3, 2), "31", expert=True) == (20, Unit.WORKING)
    assert limit(date(2020, 3, 2), "33", expert=True) == (10, Unit.CALENDAR)
    assert limit(date(2020, 3, 2), "42", expert=True) == (30, Unit.CALENDAR)


@pytest.mark.parametrize(
    ("technical", "days"), [(MILLIONS - Decimal("0.01"), 15), (MILLIONS, 30), (None, 15)]
)
def test_review_limit_of_2026_is_longer_from_five_million(technical, days):
    assert limit(date(2026, 3, 1), "42", technical_yuan=technical) == (days, Unit.WORKING)


def test_large_amount_does_not_lengthen_the_limit_before_2026():
    assert limit(date(2026, 2, 28), "42", technical_yuan=MILLIONS) == (30, Unit.CALENDAR)


def test_every_limit_and_threshold_cites_its_clause():
    limits = [o.limit for o in editions.OVERLAYS] + [e.limit for e in editions.EDITIONS]
    reviews = [r for e in editions.EDITIONS for r in e.second_review.values()]
    assert all(item.clause for item in [*limits, *reviews])


def test_second_review_falls_back_from_place_to_nation():
    early, late = editions.on(date(2021, 1, 1)), editions.on(date(2026, 3, 1))
    assert early.second_review_in("32").amount == "total"
    assert early.second_review_in("42") is None
    assert late.second_review_in("42").amount == "technical"
    assert late.second_review_in("32").amount == "total"


@pytest.mark.parametrize(
    ("signed", "accepted", "allowed"),
    [
        (date(2020, 12, 31), date(2020, 12, 31), False),
        (date(2020, 12, 31), date(2021, 1, 1), False),
        (date(2021, 1, 1), date(2021, 1, 1), True),
    ],
)
def test_licence_needs_signing_and_acceptance_under_the_civil_code(signed, accepted, allowed):
    assert editions.on(accepted).licence_allowed(signed, accepted) is allowed


def test_term_is_checked_from_2022_on():
    checked = {e.code for e in editions.EDITIONS if e.term_check}
    assert checked == {"R2022", "R2026"}


def test_paper_follows_the_notice_only_while_it_rules():
    assert {e.code for e in editions.EDITIONS if e.paper == "notice"} == {"R2001+N2020"}


def test_usual_attachments_ask_for_rights_only_where_a_patent_moves():
    assert "patent_copy" in editions.usual_attachments("transfer", patent=True)
    assert "patent_copy" not in editions.usual_attachments("transfer", patent=False)
    assert "patent_copy" not in editions.usual_attachments("development", patent=True)
    assert editions.usual_attachments("", patent=False) == ()


def test_attachments_block_in_hunan_only():
    assert editions.attachments_block("43")
    assert not editions.attachments_block("42")


def test_number_has_sixteen_digits():
    number = editions.number(2020, "420100", 7)
    assert number == "2020420100000007"
    assert editions.NUMBER.fullmatch(number)
    assert editions.number(2020, "420100", 999_999).endswith("999999")
    assert editions.number(1000, "420100", 1) == "1000420100000001"
    assert editions.number(9999, "420100", 1) == "9999420100000001"


@pytest.mark.parametrize(
    "parts",
    [
        (2020, "42010", 1),
        (2020, "42010a", 1),
        (2020, "420100", 0),
        (2020, "420100", 1_000_000),
        (20, "420100", 1),
    ],
)
def test_number_with_a_part_that_does_not_fit_is_refused(parts):
    with pytest.raises(ValueError, match=r"number needs|serial runs"):
        editions.number(*parts)


def test_legacy_number_has_fourteen_digits():
    assert editions.legacy_number(98, "11", "01", 5, 37) == "98110105000037"
    assert editions.legacy_number(1998, "11", "1", 5, 37) == "98110105000037"
    assert editions.legacy_number(98, "11", "01", 0, 1) == "98110100000001"
    assert editions.legacy_number(98, "11", "01", 99, 999_999) == "98110199999999"


@pytest.mark.parametrize(
    "parts", [(98, "111", "01", 5, 37), (98, "11", "01", 100, 37), (98, "11", "01", 5, 0)]
)
def test_legacy_number_with_a_part_that_does_not_fit_is_refused(parts):
    with pytest.raises(ValueError, match="two digits"):
        editions.legacy_number(*parts)
