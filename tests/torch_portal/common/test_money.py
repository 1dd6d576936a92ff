"""Amounts: typed, printed, rounded, in capital figures."""

from decimal import Decimal

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from torch_portal.common import money

FEN = st.integers(min_value=0, max_value=10**14 - 1)


@pytest.mark.parametrize(
    ("typed", "yuan"),
    [
        ("0", "0.00"),
        ("1200000.5", "1200000.50"),
        ("1,200,000.50", "1200000.50"),
        ("１，２００，０００．５０", "1200000.50"),
        (" 1 200 000 元", "1200000.00"),
        ("120万", "1200000.00"),
        ("120.5万元", "1205000.00"),
        ("1.2亿", "120000000.00"),
        ("0.0001万", "1.00"),
        ("￥3,000", "3000.00"),
        ("人民币500元", "500.00"),
        ("9999999999999999.99", "9999999999999999.99"),
    ],
)
def test_amount_as_typed_is_read(typed, yuan):
    assert str(money.parse(typed)) == yuan


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "-1",
        "−1",
        "一百万",
        "1.005",
        "0.0000001万",
        "12,00",
        "1,2000",
        "1e6",
        "abc",
        "1.",
        ".5",
        "1元2角",
        "100美元",
        "10000000000000000",
        "NaN",
        "1 万亿",
    ],
)
def test_amount_that_cannot_be_read_is_refused_with_a_message(typed):
    with pytest.raises(money.AmountError) as caught:
        money.parse(typed)
    assert str(caught.value)
    assert "%(" not in str(caught.value)


def test_amount_is_displayed_with_separators():
    assert money.display(Decimal("1200000.5")) == "1,200,000.50"
    assert money.plain(Decimal("1200000.5")) == "1200000.50"


@given(FEN)
def test_displayed_amount_reads_back(fen):
    amount = Decimal(fen) / 100
    assert money.parse(money.display(amount)) == amount


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [("0.004", "0.00"), ("0.005", "0.01"), ("2.675", "2.68"), ("-0.005", "-0.01")],
)
def test_rounding_is_half_up(amount, rounded):
    assert str(money.half_up(Decimal(amount))) == rounded


def test_percent_is_half_up_to_two_decimals():
    assert str(money.percent(Decimal("784.19"), Decimal("981.77"))) == "79.88"


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.30", "叁角"),
        ("1.00", "壹元整"),
        ("10", "壹拾元整"),
        ("35000.00", "叁万伍仟元整"),
        ("90008.06", "玖万零捌元零陆分"),
        ("1234567.80", "壹佰贰拾叁万肆仟伍佰陆拾柒元捌角"),
        ("1409.50", "壹仟肆佰零玖元伍角"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("100000001", "壹亿零壹元整"),
        ("100009060", "壹亿零玖仟零陆拾元整"),
        ("10203040506.78", "壹佰零贰亿零叁佰零肆万零伍佰零陆元柒角捌分"),
        ("1000000000000", "壹万亿元整"),
        ("1000100000000.10", "壹万零壹亿元壹角"),
        (
            "9999999999999999.99",
            "玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分",
        ),
    ],
)
def test_capital_amount(amount, words):
    assert money.capitals(Decimal(amount)) == "人民币" + words


@pytest.mark.parametrize("amount", ["1.005", "-0.01", "10000000000000000", "NaN", "Infinity"])
def test_capital_amount_out_of_reach_is_refused(amount):
    with pytest.raises(ValueError, match="capital amounts need"):
        money.capitals(Decimal(amount))


def test_capital_amount_of_a_float_is_refused():
    with pytest.raises(ValueError, match="Decimal"):
        money.capitals(0.1)


@given(FEN.filter(lambda fen: fen < 10**14))
def test_capital_amount_reads_back(fen):
    amount = Decimal(fen) / 100
    assert read(money.capitals(amount)) == amount


@given(st.integers(min_value=0, max_value=10**13 - 1))
def test_capital_amount_agrees_with_the_oracle(fen):
    amount = Decimal(fen) / 100
    assert money.capitals(amount) == "人民币" + cn2an.an2cn(str(amount), "rmb")


def read(words):
    """The amount that capital figures say, by their own grammar."""
    figures = {word: value for value, word in enumerate("零壹贰叁肆伍陆柒捌玖")}
    units = {"拾": 10, "佰": 100, "仟": 1000}
    total = group = digit = fen = 0
    for word in words.removeprefix("人民币").removesuffix("整"):
        if word in figures:
            digit = figures[word]
        elif word in units:
            group, digit = group + digit * units[word], 0
        elif word == "万":
            group, digit = (group + digit) * 10**4, 0
        elif word == "亿":
            total, group, digit = (total + group + digit) * 10**8, 0, 0
        elif word == "元":
            total, group, digit = total + group + digit, 0, 0
        else:
            fen, digit = fen + digit * {"角": 10, "分": 1}[word], 0
    return total + Decimal(fen) / 100
