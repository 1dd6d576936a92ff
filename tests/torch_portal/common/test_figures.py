"""Numbers that are no money, as people type them."""

from decimal import Decimal

import pytest
from django.utils import translation

from torch_portal.common import figures


@pytest.mark.parametrize(
    ("typed", "places", "unit", "number"),
    [
        ("35", 0, "", "35"),
        ("35人", 0, "人", "35"),
        ("１，２００．５", 2, "", "1200.50"),
        (" 1 200 ", 0, "", "1200"),
        ("12.30", 1, "", "12.3"),
        ("0", 2, "万元", "0.00"),
        ("1,234.56 万元", 2, "万元", "1234.56"),
        ("99999999999999", 0, "", "99999999999999"),
    ],
)
def test_number_is_read(typed, places, unit, number):
    assert str(figures.parse(typed, places=places, unit=unit)) == number


@pytest.mark.parametrize(
    ("typed", "places", "words"),
    [
        ("3.5", 0, "whole number"),
        ("3.005", 2, "At most 2 decimals"),
        ("-1", 2, "negative"),
        ("−1", 2, "negative"),
        ("12万元", 2, "“12万元” is not a number"),
        ("1,20", 2, "is not a number"),
        ("", 2, "is not a number"),
        ("1e3", 2, "is not a number"),
        ("100000000000000", 0, "too large"),
    ],
)
def test_what_cannot_be_read_says_why(typed, places, words):
    with pytest.raises(figures.NumberError) as caught:
        figures.parse(typed, places=places, unit="人")
    with translation.override("en"):
        assert words in str(caught.value)


def test_number_keeps_its_kind():
    assert isinstance(figures.parse("1", places=2), Decimal)
