"""From text to tree: a Pratt parser with bounded size and depth that also checks types."""

from collections.abc import Callable
from typing import Any, NamedTuple, NoReturn, TypeVar

from stats.rules.errors import NotReadable
from stats.rules.tokens import WORDS, Token, tokens
from stats.rules.tree import (
    BINDING,
    COMPARISONS,
    FUNCTIONS,
    MOST_DEPTH,
    MOST_NODES,
    NEG_BINDS,
    NOT_BINDS,
    REFERENCES,
    Node,
    is_logic,
)
from torch_portal.common.i18n import _

T = TypeVar("T")


class Parsed(NamedTuple):
    """A tree and where each reference stands in the text (position from 0)."""

    tree: Node
    places: tuple[tuple[Node, int], ...]


def parse(text: str) -> Node:
    """The tree of an expression that is true or false; NotReadable says where and why not."""
    return read_text(text).tree


def read_text(text: str) -> Parsed:
    """The tree with the places of its references; NotReadable says where and why not."""
    parser = _Parser(tokens(text))
    tree = parser.whole()
    return Parsed(tree, tuple(parser.places))


class _Parser:
    """One reading of one text. place: of the word under the eye."""

    def __init__(self, words: list[Token]) -> None:
        self.words = words
        self.at = 0
        self.depth = 0
        self.nodes = 0
        self.places: list[tuple[Node, int]] = []

    # --- words ------------------------------------------------------------------------------

    @property
    def now(self) -> Token:
        return self.words[self.at]

    def take(self) -> Token:
        word = self.now
        self.at = min(self.at + 1, len(self.words) - 1)
        return word

    def expect(self, sign: str) -> None:
        if self.now.word != sign or self.now.kind != "sign":
            self.fail(_("“%(sign)s” is missing."), _("Write it here."), sign=sign)
        self.take()

    def fail(self, message: Any, remedy: Any, place: int | None = None, **values: Any) -> NoReturn:
        raise NotReadable(self.now.place if place is None else place, message, remedy, **values)

    def make(self, place: int, *node: Any) -> Node:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            message = _("The expression has more than %(most)s parts.")
            self.fail(message, _("Make it two rules."), place, most=MOST_NODES)
        return node

    # --- grammar ----------------------------------------------------------------------------

    def whole(self) -> Node:
        if self.now.kind == "end":
            self.fail(_("There is no expression."), _("Write what has to be true."))
        tree = self.expression(0)
        if self.now.kind != "end":
            self.fail(
                _("Nothing is expected after the expression, but “%(word)s” follows."),
                _("Join the parts by an operator, or remove it."),
                word=self.now.word,
            )
        if not is_logic(tree):
            message = _("The expression is a value, not a condition.")
            self.fail(message, _("Compare it with something, for example == 0."), 0)
        return tree

    def expression(self, least: int) -> Node:
        """An operand and the operators behind it that bind at least so strongly."""
        began = self.now.place
        left = self.operand(least)
        compared = False
        while (binds := BINDING.get(self.now.word, -1)) >= least and self.now.kind != "text":
            sign = self.take()
            if sign.word in COMPARISONS and compared:
                self.fail(
                    _("Comparisons cannot be chained."),
                    _("Write a < b and b < c."),
                    sign.place,
                )
            right_place = self.now.place
            right = self.expression(binds + 1)
            check_operands(sign, (left, began), (right, right_place))
            left = self.make(sign.place, sign.word, left, right)
            compared = sign.word in COMPARISONS
        return left

    def operand(self, least: int) -> Node:
        word = self.take()
        if word.kind in {"number", "text"}:
            return self.make(word.place, "num" if word.kind == "number" else "text", word.word)
        if word.word == "not":
            return self.negation(word, least)
        if word.kind == "name" and word.word not in WORDS:
            return self.call(word) if self.now.word == "(" else self.code(word)
        if word.word == "-":
            return self.minus(word)
        if word.word == "(":
            return self.deeper(word, self.bracket)
        return self.no_operand(word)

    def no_operand(self, word: Token) -> NoReturn:
        if word.kind == "end":
            message = _("The expression ends too early.")
            self.fail(message, _("Write the value that is missing."), word.place)
        message = _("A value is expected, not “%(word)s”.")
        remedy = _("Write an item code, a number, a function or a bracket.")
        self.fail(message, remedy, word.place, word=word.word)

    def deeper(self, word: Token, inner: Callable[[], T]) -> T:
        """What stands inside a bracket, a function, a minus or a not: one level down."""
        self.depth += 1
        if self.depth > MOST_DEPTH:
            message = _("The expression is nested deeper than %(most)s levels.")
            self.fail(message, _("Make it two rules."), word.place, most=MOST_DEPTH)
        found = inner()
        self.depth -= 1
        return found

    def bracket(self) -> Node:
        inside = self.expression(0)
        self.expect(")")
        return inside

    def negation(self, word: Token, least: int) -> Node:
        if least > NOT_BINDS:
            message = _("“not” cannot stand behind this operator.")
            self.fail(message, _("Put the part with not in brackets."), word.place)
        place = self.now.place
        inside = self.deeper(word, lambda: self.expression(NOT_BINDS))
        _want_logic(inside, place)
        return self.make(word.place, "not", inside)

    def minus(self, word: Token) -> Node:
        place = self.now.place
        inside = self.deeper(word, lambda: self.expression(NEG_BINDS))
        _want_number(inside, place)
        return self.make(word.place, "neg", inside)

    def code(self, word: Token) -> Node:
        if word.word in FUNCTIONS:
            message = _("“%(word)s” is a function.")
            remedy = _("Write %(word)s(...) with its values.")
            self.fail(message, remedy, word.place, word=word.word)
        return self.reference(word.place, "code", word.word)

    def reference(self, place: int, kind: str, name: str) -> Node:
        node = self.make(place, kind, name)
        self.places.append((node, place))
        return node

    def call(self, word: Token) -> Node:
        if word.word not in FUNCTIONS:
            message = _("There is no function “%(word)s”.")
            known = ", ".join(sorted(FUNCTIONS))
            remedy = _("The functions are %(known)s.")
            self.fail(message, remedy, word.place, word=word.word, known=known)
        self.expect("(")
        if word.word in REFERENCES:
            return self.named(word)
        given = self.deeper(word, self.values)
        fewest, most = FUNCTIONS[word.word]
        if not fewest <= len(given) <= most:
            message = _("%(word)s takes %(fewest)s to %(most)s values, not %(given)s.")
            remedy = _("Add or remove values.")
            counts = {"fewest": fewest, "most": most, "given": len(given)}
            self.fail(message, remedy, word.place, word=word.word, **counts)
        check_values(word, given)
        return self.make(word.place, word.word, *(node for node, _place in given))

    def named(self, word: Token) -> Node:
        """prev(code) and ext(name): a bare name inside."""
        name = self.take()
        if name.kind != "name" or name.word in WORDS:
            message = _("%(word)s takes the bare name of one value.")
            remedy = _("Write %(word)s(name).")
            self.fail(message, remedy, name.place, word=word.word)
        self.expect(")")
        return self.reference(name.place, word.word, name.word)

    def values(self) -> list[tuple[Node, int]]:
        """The values of a function up to its closing bracket, with their places."""
        given = []
        while True:
            place = self.now.place
            given.append((self.expression(0), place))
            if self.now.word != "," or self.now.kind != "sign":
                break
            self.take()
        self.expect(")")
        return given


Placed = tuple[Node, int]


def check_operands(sign: Token, left: Placed, right: Placed) -> None:
    """The operands fit the operator; NotReadable at the one that does not."""
    for node, place in (left, right):
        if sign.word in {"and", "or"}:
            _want_logic(node, place)
        elif sign.word not in COMPARISONS or is_logic(node):
            _want_number(node, place)
    texts = [placed for placed in (left, right) if placed[0][0] == "text"]
    if texts and sign.word in COMPARISONS:
        values = [node for node, _place in (left, right) if node[0] in REFERENCES]
        if sign.word not in {"==", "!="} or not values:
            message = _("A code in quotes is only compared with an item by == or !=.")
            raise NotReadable(texts[0][1], message, _("Write a number, or == and an item."))


def check_values(word: Token, given: list[Placed]) -> None:
    """The values fit the function; NotReadable at the one that does not."""
    name = word.word
    for number, (node, place) in enumerate(given):
        if name == "in_list" and number:
            _want_plain(node, place)
        elif name == "uscc_ok":
            _want_item(node, place)
        else:
            _want_number(node, place)


def _want_logic(node: Node, place: int) -> None:
    if not is_logic(node):
        message = _("A condition is expected here, not a value.")
        raise NotReadable(place, message, _("Compare it with something, for example == 0."))


def _want_number(node: Node, place: int) -> None:
    if is_logic(node) or node[0] == "text":
        message = _("A number is expected here.")
        remedy = _("Write an item, a number or arithmetic with them.")
        raise NotReadable(place, message, remedy)


def _want_item(node: Node, place: int) -> None:
    if node[0] not in REFERENCES:
        message = _("An item is expected here.")
        raise NotReadable(place, message, _("Write the code of an item."))


def _want_plain(node: Node, place: int) -> None:
    plain = node[0] in {"num", "text"} or (node[0] == "neg" and node[1][0] == "num")
    if not plain:
        message = _("A list holds only numbers and codes in quotes.")
        raise NotReadable(place, message, _("Write the values themselves."))
