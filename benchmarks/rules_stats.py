"""Figure rules.stats: check rules evaluated per second over one form, on one core.

Ours evaluates the trees of CK-101 to CK-115 as they are published; the peer is the same fifteen
rules written by hand as Python functions over the same Decimal values, with the same tolerances
and the same answer for blanks. Both take turns; the ratio says what the language costs.
"""

import json
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from decimal import Decimal

import django

from stats import editions
from stats.enums import Verdict
from stats.rules import Case, case_of, rules_for, verdicts

ROUNDS, FORMS = 9, 1_500
ONE, TWO = Decimal(1), Decimal(2)
Form = Mapping[str, Decimal]
IDS = [f"CK-{number}" for number in range(101, 116)]


def ck101(v: Form) -> bool:
    return abs(v["qc05_0"] - (v["qc06"] + v["qc07"] + v["qc10"] + v["qc49"])) <= ONE


def ck102(v: Form) -> bool:
    return v["qc06"] >= v["qc06_1"] + v["qc06_2"] + v["qc06_3"] + v["qc06_4"] - ONE


def ck103(v: Form) -> bool:
    return v["qc55"] <= v["qc05_0"]


def ck104(v: Form) -> bool:
    return v["qc09"] <= v["qc07"]


def ck105(v: Form) -> bool:
    return v["qc11"] <= v["qc52"]


def ck106(v: Form) -> bool:
    return v["qc38"] + v["qc11_1"] <= v["qc11"] + ONE


def ck107(v: Form) -> bool:
    zero = Decimal(0)
    losses = v.get("qc228", zero) + v.get("qc235", zero)
    gains = sum((v.get(c, zero) for c in ("qc229", "qc225", "qc239", "qc233", "qc232")), zero)
    costs = v["qc220"] + v["qc221"] + v["qc222"] + v["qc223"] + v["qc236"] + v["qc224"]
    return abs(v["qc120"] - (v["qc05_0"] - costs - losses + gains)) <= 10


def ck108(v: Form) -> bool:
    return abs(v["qc234"] - (v["qc120"] + v["qc227"] - v["qc230"])) <= TWO


def ck109(v: Form) -> bool:
    return abs(v["qc12"] - (v["qc234"] - v["qc231"])) <= TWO


def ck110(v: Form) -> bool:
    return abs(v["qc24"] - (v["qc25"] + v["qc27_1"])) <= ONE


def ck111(v: Form) -> bool:
    return abs(v["qc24"] - (v["qc31"] + v["qc33"])) <= ONE


def ck112(v: Form) -> bool:
    return v["qc237"] <= v["qc31"]


def ck113(v: Form) -> bool:
    return v["qc32"] <= v["qc31"]


def ck114(v: Form) -> bool:
    return v["qc14"] + v["qc16"] <= v["qc13"] + ONE


def ck115(v: Form) -> bool:
    return v["qc18"] + v["qc20"] <= v["qc17"] + ONE


BY_HAND: tuple[Callable[[Form], bool], ...] = (
    ck101, ck102, ck103, ck104, ck105, ck106, ck107, ck108,
    ck109, ck110, ck111, ck112, ck113, ck114, ck115,
)  # fmt: skip


def by_hand(form: Form) -> list[Verdict]:
    """The verdict of each rule written by hand."""
    found = []
    for rule in BY_HAND:
        try:
            found.append(Verdict.PASSED if rule(form) else Verdict.VIOLATED)
        except KeyError:
            found.append(Verdict.SKIPPED)
    return found


def forms() -> list[Case]:
    """Returns with amounts in 千元 with two decimals; one in twenty is blank."""
    gq, source = editions.instrument("GQ"), random.Random(7)
    codes = [item.code for item in gq.items.values() if item.table == "GQ-002"]
    return [
        case_of(
            gq.kinds,
            {
                code: f"{source.randint(0, 10**9) / 100:.2f}"
                for code in codes
                if source.random() > 0.05
            },
        )
        for _form in range(FORMS)
    ]


def main() -> None:
    """Print the figure."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "torch_portal.settings")
    os.environ.setdefault("DEBUG", "1")
    django.setup()
    rules = [rule for rule in rules_for(editions.instrument("GQ")) if rule.text.id in IDS]
    cases = forms()
    assert [verdicts(rules, case) for case in cases] == [by_hand(case[0]) for case in cases]

    def per_second(work: Callable[[Case], object]) -> float:
        began = time.process_time()
        for case in cases:
            work(case)
        return FORMS * len(IDS) / (time.process_time() - began)

    pairs = [
        (per_second(lambda case: verdicts(rules, case)), per_second(lambda case: by_hand(case[0])))
        for _round in range(ROUNDS + 1)
    ][1:]
    ours, peer = (statistics.median(side) for side in zip(*pairs, strict=True))
    told = {
        "figure": "rules.stats",
        "value": round(ours),
        "unit": "check rules/s of one core",
        "peer": "the same fifteen rules as Python functions by hand",
        "peer_value": round(peer),
        "ratio": round(ours / peer, 2),
    }
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
