"""The expression language: what it reads and refuses, its trees, and what they come to."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stats.rules import NotReadable, case_of, evaluate, from_json, parse, read_text, show, to_json
from stats.rules.tree import MOST_DEPTH, MOST_NODES, walk
from tests.stats import growing

KINDS = {"a": "number", "b": "number", "c": "number", "t": "text", "d": "date", "k": "choice",
         "u": "text"}  # fmt: skip
CREDIT = "91350100M000100Y43"


def holds(text, tolerance="0", previous=None, external=None, **data):
    """What an expression comes to."""
    case = case_of(KINDS, data, previous, external)
    return evaluate(parse(text), case, Decimal(tolerance))


# --- reading --------------------------------------------------------------------------------------


def test_operators_bind_as_in_arithmetic():
    assert parse("a + b * c == 1 or not a == 2 and b < 3") == (
        "or",
        ("==", ("+", ("code", "a"), ("*", ("code", "b"), ("code", "c"))), ("num", "1")),
        (
            "and",
            ("not", ("==", ("code", "a"), ("num", "2"))),
            ("<", ("code", "b"), ("num", "3")),
        ),
    )


def test_subtraction_goes_from_left_to_right():
    assert holds("a - b - c == 5", a=10, b=3, c=2) is True
    assert show(parse("a - (b - c) == 5")) == "a - (b - c) == 5"


def test_numbers_lose_needless_zeros():
    assert parse("a == 007.50") == parse("a == 7.5")


def test_references_keep_their_place():
    parsed = read_text("a == prev(b) + ext(c)")
    assert parsed.places == (
        (("code", "a"), 0), (("prev", "b"), 10), (("ext", "c"), 19)
    )  # fmt: skip


REFUSED = [
    ("", 0, "no expression", "has to be true"),
    ("   ", 3, "no expression", "has to be true"),
    ("a", 0, "a value, not a condition", "== 0"),
    ("a + 1", 0, "a value, not a condition", "== 0"),
    ("a == ", 5, "ends too early", "missing"),
    ("a = 1", 2, "“=” is no sign", "written =="),
    ("a / b == 1", 2, "“/” is no sign", "ratio(a, b)"),
    ("9**9**9", 1, "no sign", "no powers"),
    ("a // b == 1", 2, "no sign", "ratio"),
    ("__import__('os')", 0, "no sign", "begins with a letter"),
    ("qc05_0.__class__ == 1", 6, "“.” is no sign", "inside a number"),
    ("a[0] == 1", 1, "no sign", "round brackets"),
    ("open('x') == 1", 0, "no function “open”", "The functions are"),
    ("a == 1; b == 2", 6, "no sign", "item codes"),
    ("a ＝ 1", 2, "no sign", "half-width"),
    ("a == 1 b", 7, "“b” follows", "operator"),
    ("a == 1)", 6, "“)” follows", "operator"),
    ("(a == 1", 7, "“)” is missing", "Write it here"),
    ("a < b < c", 6, "chained", "a < b and b < c"),
    ("a == not b", 5, "cannot stand behind", "in brackets"),
    ("a and b == 1", 0, "A condition is expected", "== 0"),
    ("(a == 1) + 1 == 2", 0, "A number is expected", "an item, a number"),
    ("(a == 1) == (b == 1)", 0, "A number is expected", "an item, a number"),
    ("not a", 4, "A condition is expected", "== 0"),
    ("a == nz", 5, "is a function", "nz(...)"),
    ("nz() == 1", 3, "A value is expected, not “)”", "an item code"),
    ("nz(a, b) == 1", 0, "takes 1 to 1 values, not 2", "Add or remove"),
    ("min(a) == 1", 0, "takes 2 to 50 values, not 1", "Add or remove"),
    ("prev(a + 1) == 1", 7, "“)” is missing", "here"),
    ("prev(1) == 1", 5, "bare name", "prev(name)"),
    ("uscc_ok(1)", 8, "An item is expected", "code of an item"),
    ("in_list(a, b)", 11, "only numbers and codes", "themselves"),
    ("a < 'x'", 4, "compared with an item", "=="),
    ("a + 1 == 'x'", 9, "compared with an item", "=="),
    ("a == 'x y'", 5, "no sign", "1 to 40"),
    ('a == "x"', 5, "no sign", "single quotes"),
    ("or == 1", 0, "A value is expected, not “or”", "an item code"),
    (f"{'x' * 41} == 1", 0, "at most 40", "code of an item"),
    (f"a == {'9' * 19}", 5, "18 digits before", "shorter"),
    (f"a == 0.{'1' * 13}", 5, "12 after the point", "shorter"),
    ("(" * 10_000, 1000, "longer than 1000", "two rules"),
    ("(" * 31 + "a" + ")" * 31 + "== 1", 30, "deeper than 30", "two rules"),
    ("-" * 31 + "a == 1", 30, "deeper than 30", "two rules"),
    ("+".join(["a"] * 101) + " == 1", 199, "more than 200 parts", "two rules"),
]


@pytest.mark.parametrize(("text", "place", "message", "remedy"), REFUSED)
def test_text_that_is_no_expression_is_refused_with_place_and_remedy(text, place, message, remedy):
    with pytest.raises(NotReadable) as refused:
        parse(text)
    told = str(refused.value)
    assert refused.value.position == place
    assert told.startswith(f"Position {place}: ")
    assert message in told
    assert remedy in told


def test_limits_are_reached_exactly():
    assert parse("(" * 30 + "a" + ")" * 30 + " == 1") == parse("a == 1")
    assert parse("-" * 30 + "a == 1")[0] == "=="
    assert len(list(walk(parse("+".join(["a"] * 99) + " == 1")))) == MOST_NODES - 1
    assert parse(f"a == {'9' * 18}.{'9' * 12}")[2] == ("num", f"{'9' * 18}.{'9' * 12}")
    assert parse("a == 1" + " " * 994)[0] == "=="


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("( (a) ) == 1", "a == 1"),
        ("(a+b)*c==1", "(a + b) * c == 1"),
        ("a+(b*c)==1", "a + b * c == 1"),
        ("-(a+b)==1", "-(a + b) == 1"),
        ("a - -b == 1", "a - -b == 1"),
        ("not (a==1 and b==2)", "not (a == 1 and b == 2)"),
        ("not(a==1)and b==2", "not a == 1 and b == 2"),
        ("a==1 and (b==1 and c==1)", "a == 1 and (b == 1 and c == 1)"),
        ("(a==1 or b==1) and c==1", "(a == 1 or b == 1) and c == 1"),
        ("in_list(k,1,-2,'A')", "in_list(k, 1, -2, 'A')"),
        ("min(a,b,ratio(a,prev(b)))<=ext(x)", "min(a, b, ratio(a, prev(b))) <= ext(x)"),
    ],
)
def test_tree_is_shown_with_the_brackets_it_needs(text, shown):
    assert show(parse(text)) == shown
    assert parse(shown) == parse(text)


# --- stored form ----------------------------------------------------------------------------------


def test_stored_form_is_stable():
    tree = parse("qc05_0 == qc06 + 1")
    assert to_json(tree) == {
        "version": 1,
        "expr": ["==", ["code", "qc05_0"], ["+", ["code", "qc06"], ["num", "1"]]],
    }
    assert from_json(to_json(tree)) == tree


def nested(levels):
    """A tree of nothing but minus signs."""
    tree = ["code", "a"]
    for _level in range(levels):
        tree = ["neg", tree]
    return ["==", tree, ["num", "1"]]


@pytest.mark.parametrize(
    "expr",
    [
        None, 1, "a == 1", [], ["=="], ["==", ["code", "a"]], ["==", ["code", "a"], ["code"]],
        ["==", ["code", "a b"], ["num", "1"]], ["==", ["num", "1e9"], ["num", "1"]],
        ["==", ["code", "and"], ["num", "1"]], ["open", ["code", "a"]], ["code", "a"],
        ["==", ["num", "1.0"], ["num", "1"]], ["==", ["code", "a"], ["num", 1]],
        ["and", ["code", "a"], ["code", "b"]], ["==", ["code", "a", "b"], ["num", "1"]],
        [["=="], ["code", "a"], ["num", "1"]]
    ],
    ids=lambda expr: str(expr)[:40],
)  # fmt: skip
def test_stored_form_that_no_text_gives_is_refused(expr):
    with pytest.raises(NotReadable, match="no expression"):
        from_json({"version": 1, "expr": expr})


@pytest.mark.parametrize("levels", [31, 500, 5_000])
def test_stored_form_that_is_too_deep_is_refused(levels):
    assert from_json({"version": 1, "expr": nested(30)})[0] == "=="
    with pytest.raises(NotReadable, match="no expression"):
        from_json({"version": 1, "expr": nested(levels)})


@pytest.mark.parametrize("stored", [{"version": 2, "expr": []}, {"version": True, "expr": []}])
def test_stored_form_of_another_version_is_refused(stored):
    with pytest.raises(NotReadable, match="not known"):
        from_json(stored)


@pytest.mark.parametrize(
    "stored", [None, [], {}, {"version": 1}, {"version": 1, "expr": [], "x": 1}]
)
def test_stored_form_of_another_shape_is_refused(stored):
    with pytest.raises(NotReadable):
        from_json(stored)


# --- what it comes to -----------------------------------------------------------------------------

TRUTH = {True: "a == 1", False: "a == 2", None: "b == 1"}


@pytest.mark.parametrize("left", TRUTH)
@pytest.mark.parametrize("right", TRUTH)
def test_logic_has_three_values(left, right):
    both = holds(f"{TRUTH[left]} and {TRUTH[right]}", a=1)
    either = holds(f"{TRUTH[left]} or {TRUTH[right]}", a=1)
    pair = {left, right}
    assert both is (False if False in pair else None if None in pair else True)
    assert either is (True if True in pair else None if None in pair else False)
    assert holds(f"not ({TRUTH[left]})", a=1) is (None if left is None else not left)


@pytest.mark.parametrize(
    ("sign", "inside", "outside"),
    [
        ("==", ("99", "101"), ("98.9", "101.1")),
        ("<=", ("101", "0"), ("101.000000000001",)),
        (">=", ("99", "500"), ("98.999999999999",)),
        ("<", ("100.9", "0"), ("101",)),
        (">", ("99.1",), ("99",)),
        ("!=", ("101.1", "98.9"), ("101", "99")),
    ],
)
def test_tolerance_moves_each_comparison(sign, inside, outside):
    assert [holds(f"a {sign} 100", "1", a=value) for value in inside] == [True] * len(inside)
    assert [holds(f"a {sign} 100", "1", a=value) for value in outside] == [False] * len(outside)


def test_decimals_are_exact():
    assert holds("a + b == 0.3", a="0.1", b="0.2") is True
    big = "999999999999999999"
    assert holds(f"a * b * a + 0.000000000001 == {big} * {big} * a", a=big, b=big) is False
    assert holds("ratio(a, b) * 3 == 1", a=1, b=3) is True
    assert holds("ratio(a, b) <= 0.333333333333", a=1, b=3) is False


def test_division_by_nothing_is_unknown():
    assert holds("ratio(a, b) == 1", a=1, b=0) is None
    assert holds("nz(ratio(a, b)) + ratio(a, a) == 1", a=1, b=0) is True
    assert holds("isnull(ratio(a, b))", a=1, b=0) is True


def test_blank_is_not_zero():
    assert holds("a == 0", a="") is None
    assert holds("a == 0") is None
    assert holds("nz(a) == 0", a=None) is True
    assert holds("isnull(a)", a="  ") is True
    assert holds("isnull(t)", t="x") is False


def test_functions():
    assert holds("abs(a) == 2 and -a == 2", a=-2) is True
    assert holds("min(a, b, 1) == 1 and max(a, b, 1) == 3", a=2, b=3) is True
    assert holds("min(a, ratio(b, 3)) == ratio(1, 3)", a=2, b=1) is True
    assert holds("min(a, b) == 1", a=1) is None
    assert [holds("is_int(a)", a=value) for value in ("2", "2.5", None)] == [True, False, None]
    assert holds("is_int(ratio(a, 2))", a=4) is True
    assert holds("in_list(k, 1, 2, 'A1')", k="2") is True
    assert holds("in_list(k, 1, 2, 'A1')", k="A1") is True
    assert holds("in_list(k, 1)", k="01") is False
    assert holds("in_list(k, 1)") is None
    assert holds("in_list(a + 1, -1)", a=-2) is True


def test_last_year_and_registers_are_read_apart():
    assert holds("a == prev(a) + 1", a=2, previous={"a": 1}) is True
    assert holds("a == prev(a) + 1", a=2) is None
    assert evaluate(parse("ext(n) == 3"), case_of({"n": "count"}, {}, None, {"n": "3"})) is True


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        (CREDIT, True),
        (CREDIT[:-1] + "5", False),
        (CREDIT[:-1], False),
        (CREDIT.replace("M", "I"), False),
        (CREDIT.lower(), False),
        ("", None),
    ],
)
def test_credit_code_is_checked(code, outcome):
    assert holds("uscc_ok(u)", u=code) is outcome


def test_texts_are_equal_or_not_and_only_days_have_an_order():
    assert holds("t == 'A1'", t="A1") is True
    assert holds("t != 'A1'", t="A2") is True
    assert holds("d >= t", d="2020-03-01", t="2020-02-29") is True
    assert holds("d >= t", d="2020-03-01", t="spring") is None
    assert holds("t == a", t="1", a=1) is None
    assert holds("t + 1 == 2", t="1") is None


def test_choice_is_a_number_only_where_it_is_written_like_one():
    assert holds("k == 2", k="2") is True
    assert holds("k == 2", k="02") is None
    assert holds("k == '02'", k="02") is True


@pytest.mark.parametrize(
    "raw", [True, 1.5, [1], "1e5", "NaN", "１", Decimal("NaN"), Decimal("1e40"), 10**19, "1" * 19]
)
def test_value_that_cannot_be_read_counts_as_missing(raw):
    assert holds("isnull(a)", a=raw) is True


def test_fraction_and_decimal_mix():
    assert evaluate(parse("ratio(a, 3) + a == 4"), case_of(KINDS, {"a": Decimal(3)})) is True
    assert Fraction(1, 3) + Fraction(Decimal("0.5")) == Fraction(5, 6)


# --- fuzzing --------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    ["a", "qc05_0", "1", "0.5", "(", ")", "+", "-", "*", "==", "<=", "<", "and", "or", "not",
     "nz(", "ratio(", "prev(", "ext(", "in_list(", "min(", ",", "'A1'", " ", "=", "/", "__", "."]
)  # fmt: skip


def reading(text):
    """The tree of a text, or its refusal."""
    try:
        return parse(text)
    except NotReadable as refused:
        return refused


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=40).map(" ".join)))
def test_reading_raises_nothing_but_its_own_error(text):
    found = reading(text)
    if isinstance(found, NotReadable):
        assert 0 <= found.position <= len(text)
        assert str(found.remedy)
        assert str(found)
    else:
        assert parse(show(found)) == found


@settings(max_examples=400, deadline=None)
@given(st.randoms(use_true_random=False))
def test_trees_come_back_from_text_and_evaluation_never_fails(source):
    tree = growing.condition(source, 3)
    if len(list(walk(tree))) <= MOST_NODES:
        assert parse(show(tree)) == tree
        assert from_json(to_json(tree)) == tree
    case = case_of(
        growing.KINDS, growing.values(source), growing.values(source), growing.outside(source)
    )
    assert evaluate(tree, case, Decimal(source.choice(("0", "1", "0.5")))) in (True, False, None)


ANYTHING = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8), st.floats()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None)
@given(ANYTHING)
def test_stored_form_of_any_kind_is_read_or_refused(stored):
    with pytest.raises(NotReadable):
        from_json(stored)
    with pytest.raises(NotReadable):
        from_json({"version": 1, "expr": stored})


@settings(max_examples=200, deadline=None)
@given(ANYTHING, ANYTHING)
def test_values_of_any_kind_are_read(one, other):
    case = case_of(KINDS, {"a": one, "t": one, "k": one}, {"a": other})
    assert evaluate(parse("a == prev(a) or t == k"), case) in (True, False, None)


def test_depth_is_bounded_for_every_way_of_nesting():
    for opening, closing in (("(", ")"), ("nz(", ")"), ("-", ""), ("abs(-", ")")):
        with pytest.raises(NotReadable, match="deeper"):
            parse(opening * (MOST_DEPTH + 1) + "a" + closing * (MOST_DEPTH + 1) + " == 1")
    with pytest.raises(NotReadable, match="deeper"):
        parse("not " * (MOST_DEPTH + 1) + "a == 1")
