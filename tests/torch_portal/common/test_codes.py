"""Unified social credit codes, division codes, jurisdictions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from torch_portal.common import codes

VALID = [
    "91110108MA01TE5T3U",
    "91440300MA5TRCH199",
    "91320505MA1T0R2H00",
    "9151010062TRCH019W",
    "914403001922038216",
    "9144030071526726XG",
    "91330100799655058B",
    "91110000802100433B",
    "12100000400002259P",
    "12100000400000624D",
]
ALPHABET = codes.CREDIT_CODE_ALPHABET


def made(head, body):
    """A valid code from eight characters of head and eight of an organisation code."""
    first = head + body + codes.body_check_character(body)
    return first + codes.check_character(first)


HEADS = st.text(ALPHABET, min_size=8, max_size=8)
BODIES = st.text(ALPHABET, min_size=8, max_size=8)


@pytest.mark.parametrize("code", VALID)
def test_credit_code_of_a_real_body_is_accepted(code):
    assert codes.credit_code(code) == code
    assert codes.is_credit_code(code)
    assert uscc.is_valid(code)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "length"),
        ("91440300192203821", "length"),
        ("9144030019220382166", "length"),
        ("91440300MA5TRCHI99", "letter"),
        ("9144030O1922038216", "letter"),
        ("91110108MA01TE5T3V", "letter"),
        ("91440300-92203821X", "letter"),
        ("914403001922038217", "check"),
        ("91110108MA01TE5T3W", "check"),
    ],
)
def test_credit_code_is_refused_with_its_reason(typed, reason):
    with pytest.raises(codes.CodeError) as caught:
        codes.credit_code(typed)
    assert caught.value.reason == reason
    assert not codes.is_credit_code(typed)
    assert "%(" not in str(caught.value)


def test_credit_code_with_a_wrong_inner_check_is_refused():
    first = "91440300" + "19220382" + "2"
    code = first + codes.check_character(first)
    assert uscc.is_valid(code)
    with pytest.raises(codes.CodeError) as caught:
        codes.credit_code(code)
    assert caught.value.reason == "body_check"


@pytest.mark.parametrize(
    "typed",
    [
        " 9144 0300 1922 0382 16 ",
        "９１４４０３００１９２２０３８２１６",
        "91440300\u200b1922038216",
        "\ufeff914403001922038216\r\n",
        "914403001922038216\u3000",
    ],
)
def test_credit_code_is_normalised(typed):
    assert codes.credit_code(typed) == "914403001922038216"


def test_credit_code_in_small_letters_is_normalised():
    assert codes.credit_code("9144030071526726xg") == "9144030071526726XG"


@given(head=HEADS, body=BODIES, place=st.integers(0, 17), letter=st.sampled_from(ALPHABET))
def test_credit_code_with_one_wrong_character_is_always_refused(head, body, place, letter):
    code = made(head, body)
    wrong = code[:place] + letter + code[place + 1 :]
    assert codes.is_credit_code(wrong) is (wrong == code)


def test_every_single_character_error_in_real_codes_is_refused():
    for code in VALID:
        for place in range(18):
            for letter in set(ALPHABET) - {code[place]}:
                assert not codes.is_credit_code(code[:place] + letter + code[place + 1 :])


@given(
    digits=st.text("0123456789", min_size=8, max_size=8),
    rest=st.text(ALPHABET, min_size=9, max_size=9),
)
def test_overall_check_agrees_with_the_oracle(digits, rest):
    assert codes.check_character(digits + rest) == uscc.calc_check_digit(digits + rest)


@pytest.mark.parametrize("code", ["330106", "710000", "660000", "659001", " 330106 "])
def test_division_of_plausible_shape_is_accepted(code):
    assert codes.division(code) == code.strip()


@pytest.mark.parametrize(
    ("typed", "reason"),
    [("33010", "shape"), ("3301066", "shape"), ("33010A", "shape"), ("160000", "region")],
)
def test_division_is_refused_with_its_reason(typed, reason):
    with pytest.raises(codes.CodeError) as caught:
        codes.division(typed)
    assert caught.value.reason == reason


def test_jurisdictions_are_thirty_seven():
    assert len(codes.JURISDICTIONS) == 37
    assert codes.jurisdiction("66") == "66"
    with pytest.raises(codes.CodeError):
        codes.jurisdiction("71")


@pytest.mark.parametrize(
    ("place", "expected"),
    [("330106", "33"), ("330203", "3302"), ("659001", "66"), ("650102", "65"), ("810000", "")],
)
def test_jurisdiction_of_a_division_is_that_of_its_longest_prefix(place, expected):
    assert codes.jurisdiction_of(place) == expected


def test_parent_of_a_city_planned_separately_is_its_province():
    assert codes.parent_of("3302") == "33"
    assert codes.parent_of("33") == ""


@pytest.mark.parametrize(
    ("area", "place", "inside"),
    [
        ("330000", "330106", True),
        ("33", "330106", True),
        ("330100", "330106", True),
        ("330100", "330203", False),
        ("330106", "330106", True),
        ("330106", "330105", False),
        ("320000", "330100", False),
        ("500000", "500101", True),
        ("66", "659001", True),
        ("66", "652301", True),
        ("65", "659001", True),
        ("66", "330106", False),
    ],
)
def test_area_of_an_agency_covers_what_lies_in_it(area, place, inside):
    assert codes.area_covers(area, place) is inside


@pytest.mark.parametrize(
    ("secret", "shown"),
    [("13800138000", "138****8000"), ("1234567", "*******"), ("12345678", "123*5678"), ("", "")],
)
def test_mask_hides_the_middle(secret, shown):
    assert codes.mask(secret) == shown
