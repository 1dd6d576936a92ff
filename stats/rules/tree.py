"""The tree of an expression: nested tuples, the same as JSON lists, and back to text.

Version 1. Leaves: ("num", "0.5"), ("text", "A1"), ("code", "qc05_0"), ("prev", code) for last
year's value, ("ext", name) for a value that the portal knows. Everything else is its operator or
function with its operands: ("+", left, right), ("neg", x), ("not", x), ("nz", x), ("ratio", a, b).
"""

from collections.abc import Iterator
from typing import Any

VERSION = 1
MOST_NODES, MOST_DEPTH, MOST_OPERANDS = 200, 30, 50
Node = tuple[Any, ...]

REFERENCES = frozenset({"code", "prev", "ext"})
LEAVES = REFERENCES | {"num", "text"}
COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})
# How strongly an operator binds its operands; a comparison takes no comparison beside it.
BINDING = {"or": 10, "and": 20, "+": 50, "-": 50, "*": 60} | dict.fromkeys(COMPARISONS, 40)
NOT_BINDS, NEG_BINDS, ALONE = 30, 70, 100
# Functions with the fewest and the most operands they take.
FUNCTIONS = {
    "nz": (1, 1),
    "isnull": (1, 1),
    "ratio": (2, 2),
    "abs": (1, 1),
    "min": (2, MOST_OPERANDS),
    "max": (2, MOST_OPERANDS),
    "is_int": (1, 1),
    "prev": (1, 1),
    "ext": (1, 1),
    "uscc_ok": (1, 1),
    "in_list": (2, MOST_OPERANDS),
}
LOGIC = COMPARISONS | {"and", "or", "not", "isnull", "is_int", "uscc_ok", "in_list"}


def operands(node: Node) -> Node:
    """The nodes below a node; none below a leaf."""
    return () if node[0] in LEAVES else node[1:]


def walk(node: Node) -> Iterator[Node]:
    """The node and every node below it, from left to right."""
    yield node
    for below in operands(node):
        yield from walk(below)


def references(node: Node) -> list[Node]:
    """Each value that the expression rests on, once, in the order of the text."""
    return list(dict.fromkeys(n for n in walk(node) if n[0] in REFERENCES))


def reference_name(node: Node) -> str:
    """A reference as the text has it: qc05_0, prev(qc05_0), ext(name)."""
    return str(node[1]) if node[0] == "code" else f"{node[0]}({node[1]})"


def is_logic(node: Node) -> bool:
    """Whether it is true, false or unknown; else it is a number or a text."""
    return node[0] in LOGIC


def show(node: Node) -> str:
    """The text of a tree with no more brackets than it needs; reading it gives the tree again."""
    kind = node[0]
    if kind == "num":
        return str(node[1])
    if kind == "text":
        return f"'{node[1]}'"
    if kind in REFERENCES:
        return reference_name(node)
    if kind == "not":
        return f"not {_within(node[1], NOT_BINDS)}"
    if kind == "neg":
        return f"-{_within(node[1], NEG_BINDS)}"
    if kind in BINDING:
        return _infix(node)
    return f"{kind}({', '.join(show(below) for below in node[1:])})"


def _infix(node: Node) -> str:
    binds = BINDING[node[0]]
    left = binds + 1 if node[0] in COMPARISONS else binds
    return f"{_within(node[1], left)} {node[0]} {_within(node[2], binds + 1)}"


def _within(node: Node, binds: int) -> str:
    """A node as operand of something that binds this strongly."""
    return show(node) if strength(node) >= binds else f"({show(node)})"


def strength(node: Node) -> int:
    """How strongly a node holds together without brackets."""
    kind = node[0]
    if kind == "not":
        return NOT_BINDS
    if kind == "neg":
        return NEG_BINDS
    return BINDING.get(kind, ALONE)
