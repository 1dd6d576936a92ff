"""Random expressions and random returns, from a source of randomness that can be repeated."""

from stats.rules.tree import COMPARISONS

CODES = ("n1", "n2", "n3", "c1", "c2", "t1", "t2", "d1", "d2")
KINDS = dict(zip(CODES, ("number", "number", "count", "choice", "choice", "text", "text",
                         "date", "date"), strict=True))  # fmt: skip
KINDS |= {"e1": "number", "e2": "text"}
COMPARE = sorted(COMPARISONS)
NUMBERS = ("0", "1", "2", "10", "0.5", "1.5", "-1", "-0.25", "3", "100", "999999999999999999",
           "0.000000000001", "", " 2 ", "1.50", "x", "1e3", "-0")  # fmt: skip
WORDS = ("A1", "02", "2", "2020-02-06", "2020-02-29", "2021", "", "91110108MA01234567",
         "911101080000000007", "高企")  # fmt: skip
# Few and close together, so that limits are met exactly.
SMALL = ("0", "1", "2", "0.5", "1.5", "-1", 1, 2)
LITERALS = ("0", "1", "2", "0.5", "1.5", "10", "100", "0.000000000001", "3")
TEXTS = ("A1", "02", "x", "2020-02-06")


def reference(random):
    """A value of this year, of last year or from outside."""
    kind = random.choice(("code", "code", "code", "prev", "ext"))
    return (kind, random.choice(("e1", "e2") if kind == "ext" else CODES))


def value(random, depth):
    """A number, or a reference that may turn out to be a text."""
    kinds = ("num", "reference") if depth <= 0 else (
        "num", "reference", "reference", "+", "-", "*", "neg", "nz", "ratio", "abs", "min", "max"
    )  # fmt: skip
    kind = random.choice(kinds)
    if kind == "num":
        return ("num", random.choice(LITERALS))
    if kind == "reference":
        return reference(random)
    count = {"neg": 1, "nz": 1, "abs": 1, "min": 3, "max": 2}.get(kind, 2)
    return (kind, *(value(random, depth - 1) for _each in range(count)))


def condition(random, depth):
    """An expression that is true, false or unknown."""
    if depth > 0 and random.random() < 0.5:
        kind = random.choice(("and", "or", "not"))
        count = 1 if kind == "not" else 2
        return (kind, *(condition(random, depth - 1) for _each in range(count)))
    kind = random.choice(("compare", "near", "near", "values", "text", "isnull", "is_int",
                          "uscc_ok", "in_list"))  # fmt: skip
    if kind == "compare":
        return (random.choice(COMPARE), value(random, depth), value(random, depth))
    if kind == "near":
        item = ("code", random.choice(("n1", "n2", "n3")))
        other = ("num", random.choice(LITERALS[:5])) if random.random() < 0.5 else (
            "prev", item[1]
        )  # fmt: skip
        return (random.choice(COMPARE), item, other)
    if kind == "values":
        return (random.choice(COMPARE), reference(random), reference(random))
    if kind == "text":
        return (random.choice(("==", "!=")), reference(random), ("text", random.choice(TEXTS)))
    if kind in {"isnull", "is_int"}:
        return (kind, value(random, depth - 1))
    if kind == "uscc_ok":
        return (kind, reference(random))
    listed = [("num", random.choice(LITERALS)), ("text", random.choice(TEXTS)),
              ("neg", ("num", random.choice(LITERALS)))]  # fmt: skip
    return (kind, value(random, depth - 1), *random.sample(listed, random.randint(1, 3)))


def values(random):
    """Raw values as a form has them: some right, some blank, some not to be read."""
    pool = NUMBERS + WORDS + (None, 5, -7, 10**18)
    return {
        code: random.choice(SMALL if random.random() < 0.5 else pool)
        for code in CODES
        if random.random() < 0.85
    }


def outside(random):
    """Raw values of registers."""
    return {"e1": random.choice(NUMBERS), "e2": random.choice(WORDS)}
