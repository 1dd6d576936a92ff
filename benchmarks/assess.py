"""Figures assess.LINE and assess.LINE.http of two lines: assessments per second.

The first in Python on one core, facts as JSON in and the answer as JSON out, findings in Chinese;
its peer only checks the same facts against their JSON Schema (jsonschema), which knows no rule.
The second over real loopback sockets to a whole portal; its peer is an empty request to the same
portal (/healthz), so that the ratio says what the rules cost. Both take turns with their peers.
"""

import argparse
import itertools
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator

import django
import jsonschema
from django.utils import translation

from benchmarks import serving
from hitech_cert import rules as hitech_rules
from sme_eval import rules as sme_rules

LINES = {"sme_eval": sme_rules, "hitech_cert": hitech_rules}

FIGURES = tuple(f"assess.{line}{way}" for line in LINES for way in ("", ".http"))
ROUNDS, BATCH = 7, 400
SME = {
    "filed_on": "2020-05-06",
    "established_on": "2015-06-01",
    "staff_total": "86.25",
    "rd_cost": "212.37",
    "rd_basis": "revenue",
    "revenue": "4310.06",
    "cost_total": "3987.41",
    "assets_total": "5120.00",
    "ip_class1": 0,
    "ip_class2": 2,
    "restricted_industry": False,
    "misconduct": False,
    "abnormal_list": False,
    "serious_dishonesty": False,
    "direct": [{"route": "hnte_certificate", "valid_from": "2017-05-06", "valid_to": "2020-05-05"}],
}
RD = {
    "personnel": "96.40",
    "direct": "31.07",
    "depreciation": "12.50",
    "amortisation": "3.20",
    "design": "4.10",
    "trial": "2.75",
    "other": "38.66",
    "ext_domestic": "20.00",
    "ext_overseas": "7.35",
}
HITECH = {
    "registered_on": "2015-06-01",
    "applied_on": "2020-05-06",
    "staff_total": "86.25",
    "sales": ["2910.44", "3505.18", "4310.06"],
    "rd_years": [RD | {"year": year} for year in (2017, 2018, 2019)],
    "gross_income": "4420.10",
    "non_taxable_income": "35.00",
    "ht_income": "3105.62",
    "ps": [
        {"income": "2205.62", "main": True, "ip": True},
        {"income": "900.00", "main": False, "ip": False},
    ],
    "net_assets": ["1820.00", "2011.36", "2390.81"],
    "ip_class1": 0,
    "transformations": 13,
    "accident": False,
    "core_field_code": "1.1.3",
}


def sheets(line: str) -> Iterator[str]:
    """Facts as JSON, each with other figures, some that pass and some that do not."""
    facts = {"sme_eval": SME, "hitech_cert": HITECH}[line]
    for number in itertools.count():
        personnel = f"{4 + number % 40}.{number % 100:02d}"
        yield json.dumps(facts | {"staff_st": personnel, "ip_class2": number % 6})


def in_turn(ours: Callable[[], float], peer: Callable[[], float]) -> tuple[float, float]:
    """Medians of both after one round to warm up, measured in turn."""
    ours(), peer()
    pairs = [(ours(), peer()) for _round in range(ROUNDS)]
    mine, other = zip(*pairs, strict=True)
    return statistics.median(mine), statistics.median(other)


def python(line: str) -> tuple[float, float]:
    """Assessments and schema checks per CPU second of this process, which has one thread."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "torch_portal.settings")
    os.environ.setdefault("DEBUG", "1")
    django.setup()
    rules, source = LINES[line], sheets(line)
    validator = jsonschema.Draft202012Validator(rules.FACTS_SCHEMA)

    def per_second(work: Callable[[str], object]) -> float:
        batch = list(itertools.islice(source, BATCH))
        began = time.process_time()
        for sheet in batch:
            work(sheet)
        return BATCH / (time.process_time() - began)

    with translation.override("zh-hans"):
        return in_turn(
            lambda: per_second(lambda s: json.dumps(rules.assess(json.loads(s)))),
            lambda: per_second(lambda s: validator.validate(json.loads(s))),
        )


class Caller:
    """One caller with a kept connection; each request as if from another address."""

    def __init__(self, address: str, numbers: "itertools.count[int]", line: str = "") -> None:
        self.client, self.numbers, self.line = serving.Client(address), numbers, line
        self.sheet = next(sheets(line)).encode() if line else b""

    def __call__(self) -> None:
        """One request: an assessment, or the empty one."""
        n = next(self.numbers)
        self.client.headers["X-Forwarded-For"] = f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}"
        if not self.line:
            serving.expect(self.client.send("GET", "/healthz"), 200)
        else:
            path = f"/api/v1/assess/{self.line}/"
            sent = self.client.send("POST", path, self.sheet, "application/json")
            serving.expect(sent, 200)


def http(line: str) -> tuple[float, float]:
    """Assessments and empty requests per second through gunicorn, by the same callers."""
    os.environ["NUM_PROXIES"] = "1"  # the limit counts callers, and here are many
    numbers = itertools.count(1)
    serving.SECONDS = serving.SECONDS / 4
    with serving.portal() as address:

        def rate(called: str) -> float:
            callers = [Caller(address, numbers, called) for _client in range(serving.CLIENTS)]
            return serving.rate(callers)

        return in_turn(lambda: rate(line), lambda: rate(""))


def main() -> None:
    """Print the figure that was asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("figure", choices=FIGURES)
    name = parser.parse_args().figure
    line, inside = name.split(".")[1], not name.endswith(".http")
    value, peer = python(line) if inside else http(line)
    peers = ("jsonschema checking the same facts, no rule", "GET /healthz of the same portal")
    told = {
        "figure": name,
        "value": round(value, 1),
        "unit": "assessments/s of one core" if inside else "assessments/s",
        "peer": peers[0] if inside else peers[1],
        "peer_value": round(peer, 1),
        "ratio": round(value / peer, 2),
    }
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
