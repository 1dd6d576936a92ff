"""Figure rules.stats: check rules evaluated per second over one form, on one core.

Ours evaluates the trees of CK-101 to CK-115 as they are published. Its peers are the same fifteen
rules in simpleeval (read beforehand, Decimal values), in cel-python, and written by hand as Python
functions; all give the same verdicts and take turns. The ratio is to simpleeval, the faster of the
two libraries; at least 5 is asked for.
"""

import json
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from importlib.metadata import version

import django

from benchmarks import rules_peers
from stats import editions
from stats.rules import Case, case_of, rules_for, verdicts

ROUNDS, FORMS, SLOW_FORMS, ASKED = 9, 1_500, 60, 5
IDS = [f"CK-{number}" for number in range(101, 116)]
Work = Callable[[Case], object]


def forms() -> list[Case]:
    """Returns with amounts in 千元 with two decimals; one in twenty is blank."""
    gq, source = editions.instrument("GQ"), random.Random(7)
    codes = [item.code for item in gq.items.values() if item.table == "GQ-002"]
    return [
        case_of(
            gq.kinds,
            {
                code: f"{Decimal(source.randint(0, 10**9)) / 100:.2f}"
                for code in codes
                if source.random() > 0.05
            },
        )
        for _form in range(FORMS)
    ]


def per_second(work: Work, cases: list[Case]) -> float:
    """Rules per CPU second of this process, which has one thread."""
    began = time.process_time()
    for case in cases:
        work(case)
    return len(cases) * len(IDS) / (time.process_time() - began)


def measured() -> dict[str, float]:
    """The median of each, after one round to warm up; the verdicts are compared first."""
    rules = [rule for rule in rules_for(editions.instrument("GQ")) if rule.text.id in IDS]
    cases = forms()
    simple, cel = rules_peers.simpleeval(rules), rules_peers.cel(rules)
    works: dict[str, tuple[Work, list[Case]]] = {
        "ours": (lambda case: verdicts(rules, case), cases),
        "simpleeval": (lambda case: simple(case[0]), cases),
        "by_hand": (lambda case: rules_peers.by_hand(case[0]), cases),
        "cel": (lambda case: cel(case[0]), cases[:SLOW_FORMS]),
    }
    for name, (work, some) in works.items():
        if [work(case) for case in some] != [verdicts(rules, case) for case in some]:
            raise RuntimeError(f"{name} gives other verdicts")
    rounds = [
        {name: per_second(*work) for name, work in works.items()} for _round in range(ROUNDS + 1)
    ][1:]
    return {name: statistics.median(one[name] for one in rounds) for name in works}


def main() -> None:
    """Print the figure."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "torch_portal.settings")
    os.environ.setdefault("DEBUG", "1")
    django.setup()
    found = measured()
    told = {
        "figure": "rules.stats",
        "value": round(found["ours"]),
        "unit": "check rules/s of one core",
        "peer": f"simpleeval {version('simpleeval')}, the same rules read beforehand",
        "peer_value": round(found["simpleeval"]),
        "ratio": round(found["ours"] / found["simpleeval"], 2),
        "ratio_asked": ASKED,
        "cel_python": round(found["cel"]),
        "cel_python_version": version("cel-python"),
        "by_hand": round(found["by_hand"]),
    }
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
