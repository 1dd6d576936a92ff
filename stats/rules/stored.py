"""A tree as it is stored and sent to the browser: JSON with its version, read back with care."""

from typing import Any

from stats.rules.errors import NotReadable
from stats.rules.parser import parse
from stats.rules.tree import MOST_DEPTH, MOST_NODES, VERSION, Node, show
from torch_portal.common.i18n import _

# A chain of operators goes one level down for every second node, brackets and the like add theirs.
_DEEPEST, _LONGEST_WORD = MOST_NODES // 2 + MOST_DEPTH, 64


def to_json(tree: Node) -> dict[str, Any]:
    """{"version": 1, "expr": [...]}: the same tree always gives the same JSON."""
    return {"version": VERSION, "expr": _lists(tree)}


def _lists(node: Node) -> list[Any]:
    return [_lists(part) if isinstance(part, tuple) else part for part in node]


def from_json(stored: Any) -> Node:
    """The tree of a stored form; NotReadable for another version or what no text can say.

    It is held to the language by printing it and reading the text again.
    """
    if not isinstance(stored, dict) or set(stored) != {"version", "expr"}:
        raise _no_tree()
    if stored["version"] != VERSION or isinstance(stored["version"], bool):
        raise NotReadable(
            0,
            _("Trees of version %(version)s are not known."),
            _("Store the rule again from its text."),
            version=str(stored["version"])[:_LONGEST_WORD],
        )
    tree = _tuples(stored["expr"], [0], 0)
    try:
        again = parse(show(tree))
    except (IndexError, TypeError, ValueError):
        raise _no_tree() from None
    if again != tree:
        raise _no_tree()
    return tree


def _tuples(part: Any, count: list[int], depth: int) -> Node:
    """Lists as tuples; count: the nodes so far, in a list so that it is shared."""
    count[0] += 1
    if not isinstance(part, list) or count[0] > MOST_NODES or depth > _DEEPEST:
        raise _no_tree()
    if not part or not isinstance(part[0], str):
        raise _no_tree()
    return (part[0], *(_below(each, count, depth) for each in part[1:]))


def _below(part: Any, count: list[int], depth: int) -> Any:
    if isinstance(part, str) and len(part) <= _LONGEST_WORD:
        return part
    return _tuples(part, count, depth + 1)


def _no_tree() -> NotReadable:
    message = _("The stored tree is no expression of the language.")
    return NotReadable(0, message, _("Store the rule again from its text."))
