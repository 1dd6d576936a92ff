"""The interpreter in the browser gives what the server gives: trees, verdicts and differences."""

import json
import random
import shutil
from decimal import Decimal

import pytest
from playwright.sync_api import sync_playwright

from stats import editions
from stats.editions import CheckText
from stats.enums import Missing, Severity
from stats.rules import (
    CheckRule,
    case_of,
    exact,
    for_browser,
    rules_for,
    show,
    verdicts,
    witness,
)
from stats.rules.tree import MOST_NODES, walk
from tests.architecture.tree import ROOT
from tests.journeys.conftest import FLAGS
from tests.stats import growing

CASES = 10_000
SCRIPT = (ROOT / "static/stats/checks.js").read_text(encoding="utf-8")
POLICY = "default-src 'none'; script-src 'self'"
PAGE = "<!doctype html><title>checks</title><script src='/checks.js'></script>"
RUN = """sent => {
  const { kinds, cases } = JSON.parse(sent);
  return JSON.stringify(cases.map(({ rule, values }) =>
    TorchChecks.check(rule, TorchChecks.caseOf(kinds, ...values))));
}"""


@pytest.fixture(scope="module")
def page():
    """A page that has nothing but the interpreter, under the policy of the portal."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    assert path, "Chromium is missing: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        opened = browser.new_page()
        opened.route("**/*", answer)
        opened.goto("http://checks.test/")
        yield opened
        browser.close()


def answer(route):
    """The page or its script; no other address is asked for."""
    script = route.request.url.endswith("/checks.js")
    route.fulfill(
        status=200,
        headers={"Content-Security-Policy": POLICY},
        content_type="text/javascript" if script else "text/html",
        body=SCRIPT if script else PAGE,
    )


def expected(rule, case):
    """What the server says of a rule on a case."""
    (verdict,) = verdicts([rule], case)
    found = witness(rule, case)
    return {
        "verdict": str(verdict),
        "field": found.field,
        "used": {name: exact(value) for name, value in found.used.items()},
        "left": exact(found.left),
        "right": exact(found.right),
        "difference": exact(found.difference),
    }


def rule_of(tree, tolerance, missing, number=0):
    """A check rule of a tree."""
    return CheckRule(
        CheckText(
            id=f"R-{number}", scope="T", severity=Severity.ERROR, expr=show(tree),
            tolerance=Decimal(tolerance), missing=missing, message_zh="审核关系", basis="design",
            source="平台设定",
        )
    )  # fmt: skip


def random_case(source, number):
    """A rule and the values of a return; small trees often, large ones sometimes."""
    tree = growing.condition(source, source.choice((0, 1, 1, 2, 2, 3)))
    while len(list(walk(tree))) > MOST_NODES:
        tree = growing.condition(source, 1)
    rule = rule_of(
        tree, source.choice(("0", "0", "1", "0.5")), source.choice(list(Missing)), number
    )
    values = [growing.values(source), growing.values(source), growing.outside(source)]
    return rule, values


def compare(page, cases, kinds):
    """The cases on which both differ, with what each says."""
    sent = [{"rule": for_browser(rule), "values": values} for rule, values in cases]
    told = json.loads(page.evaluate(RUN, json.dumps({"kinds": kinds, "cases": sent})))
    pairs = zip(cases, told, strict=True)
    return [
        (rule.text.expr, json.dumps(values, ensure_ascii=False), got, want)
        for (rule, values), got in pairs
        if got != (want := expected(rule, case_of(kinds, *values)))
    ]


def test_browser_and_server_agree_on_random_rules_and_returns(page):
    source = random.Random(20261127)  # noqa: S311 - cases that can be made again, no secret
    cases = [random_case(source, number) for number in range(CASES)]
    differing = [
        each
        for start in range(0, CASES, 1_000)
        for each in compare(page, cases[start : start + 1_000], growing.KINDS)
    ]
    assert differing == []
    seen = {
        expected(rule, case_of(growing.KINDS, *values))["verdict"] for rule, values in cases[:500]
    }
    assert seen == {"passed", "violated", "skipped"}


def test_browser_and_server_agree_on_the_seed_rules(page):
    source = random.Random(38)  # noqa: S311 - cases that can be made again, no secret
    for instrument in editions.INSTRUMENTS:
        kinds = dict(instrument.kinds)
        cases = []
        for rule in rules_for(instrument):
            for _turn in range(10):
                data, last = ({code: plausible(source, kinds[code]) for code in instrument.items}
                              for _year in range(2))  # fmt: skip
                outside = {name: plausible(source, kinds[name]) for name in instrument.external}
                named = used(rule)
                cases.append((rule, [pick(data, named), pick(last, named), outside]))
        assert compare(page, cases, kinds) == []


def used(rule):
    """The codes that a rule names."""
    return {node[1] for node in walk(rule.tree) if node[0] in {"code", "prev"}}


def pick(values, names):
    """Only the values of these names."""
    return {name: value for name, value in values.items() if name in names}


def plausible(source, kind):
    """A value as a respondent might type it; a blank now and then."""
    if source.random() < 0.15:
        return source.choice((None, "", " "))
    if kind in {"number", "count"}:
        return source.choice((str(source.randint(-3, 9)), f"{source.randint(0, 300) / 100:.2f}", 4))
    if kind == "choice":
        return source.choice(("1", "2", "173", "230", "01"))
    return source.choice(("2020-02-06", "2021-03-01", "91350100M000100Y43", "甲公司"))


def test_browser_refuses_a_tree_of_another_version(page):
    told = page.evaluate(
        """() => { try { TorchChecks.evaluate({version: 2, expr: []}, [], "0"); return ""; }
                   catch (error) { return error.message; } }"""
    )
    assert told == "tree of version 2"


def test_interpreter_compiles_nothing_from_text():
    assert "eval(" not in SCRIPT
    assert "Function(" not in SCRIPT
    assert "import " not in SCRIPT
