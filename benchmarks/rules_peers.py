"""The peers of the figure rules.stats: the same fifteen rules by hand, in simpleeval and in CEL.

All read the published rules, answer the same for blanks and are held to the same verdicts. CEL has
no decimals: it gets the amounts as whole hundredths, and the tolerances with them.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import celpy
from celpy import celtypes
from simpleeval import SimpleEval

from stats.enums import Verdict
from stats.rules import CheckRule, Node, references, show

ONE, TWO = Decimal(1), Decimal(2)
HUNDRED = 100
Form = Mapping[str, Decimal]


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


def told(rule: CheckRule, scale: int = 1) -> str:
    """The rule in arithmetic that both libraries read, its tolerance written out."""
    sign, left, right = rule.tree
    slack = int(rule.text.tolerance * scale)
    if sign == "==":
        return f"abs(({show(left)}) - ({show(right)})) <= {slack}"
    return f"({show(left)}) {sign} ({show(right)}) {'-' if sign == '>=' else '+'} {slack}"


def codes_of(node: Node) -> set[str]:
    """The item codes of a tree."""
    return {reference[1] for reference in references(node)}


def simpleeval(rules: Sequence[CheckRule]) -> Callable[[Form], list[Verdict]]:
    """The rules in simpleeval, read once beforehand; a blank is None there."""
    machine = SimpleEval(functions={"abs": abs, "nz": lambda value: value or 0})
    texts = [told(rule) for rule in rules]
    read = [(text, machine.parse(text)) for text in texts]
    blank: dict[str, Decimal | None] = dict.fromkeys(
        code for rule in rules for code in codes_of(rule.tree)
    )

    def verdicts(form: Form) -> list[Verdict]:
        machine.names = blank | form
        found = []
        for text, tree in read:
            try:
                holds = machine.eval(text, previously_parsed=tree)
                found.append(Verdict.PASSED if holds else Verdict.VIOLATED)
            except TypeError:
                found.append(Verdict.SKIPPED)
        return found

    return verdicts


def cel(rules: Sequence[CheckRule]) -> Callable[[Form], list[Verdict]]:
    """The rules in CEL, compiled once; nz(code) is a name of its own that is never blank."""
    environment = celpy.Environment()
    functions = {"abs": lambda value: celtypes.IntType(abs(value))}
    padded = [code for code in codes_of(rules[6].tree) if f"nz({code})" in rules[6].text.expr]
    programs: list[Any] = []
    for rule in rules:
        text = told(rule, HUNDRED)
        for code in padded:
            text = text.replace(f"nz({code})", f"nz_{code}")
        programs.append(environment.program(environment.compile(text), functions=functions))

    def verdicts(form: Form) -> list[Verdict]:
        known = {code: celtypes.IntType(int(value * HUNDRED)) for code, value in form.items()}
        known |= {f"nz_{code}": known.get(code, celtypes.IntType(0)) for code in padded}
        found = []
        for program in programs:
            try:
                holds = program.evaluate(known)
                found.append(Verdict.PASSED if holds else Verdict.VIOLATED)
            except celpy.CELEvalError:
                found.append(Verdict.SKIPPED)
        return found

    return verdicts
