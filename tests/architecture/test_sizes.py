"""The house numbers: small functions, small modules, few parameters. The lists only shrink."""

import ast
import statistics

from tests.architecture.tree import ROOT, name_of, sources, syntax

MEDIAN, P95 = 10, 40
MODULE, MODULE_STOP, TEST_MODULE = 300, 500, 600
PARAMETERS = 5
# One settings file, read from top to bottom; it may grow to the hard stop and no further.
LONG_MODULES = {"torch_portal/settings.py": MODULE_STOP}
# A move and a message are each written in one place, with everything that the row keeps.
MANY_PARAMETERS = {"torch_portal/filings/engine.py:fire", "torch_portal/notices/actions.py:post"}


def functions():
    """Every function of ours: file, node."""
    return [
        (name_of(path), node)
        for path in sources()
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def length(node):
    """Lines of a function, its decorators apart."""
    return node.end_lineno - node.lineno + 1


def lines(path):
    """Lines of a file."""
    return len(path.read_text(encoding="utf-8").splitlines())


def parameters(node):
    """Parameters that a caller has to think of, beside who and when."""
    arguments = [a.arg for a in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
    return [a for a in arguments if a not in {"self", "cls", "by", "at"}]


def test_functions_are_small():
    sizes = sorted(length(node) for _name, node in functions())
    assert statistics.median(sizes) <= MEDIAN
    p95 = statistics.quantiles(sizes, n=20)[-1]
    longest = sorted(((length(n), f, n.name) for f, n in functions()), reverse=True)[:10]
    assert p95 <= P95, longest


def test_modules_are_small():
    sizes = {name_of(path): lines(path) for path in sources()}
    long = {n: s for n, s in sizes.items() if s > LONG_MODULES.get(n, MODULE)}
    assert long == {}
    assert max(sizes.values()) <= MODULE_STOP


def test_list_of_long_modules_only_shrinks():
    assert {n: lines(ROOT / n) for n in LONG_MODULES if lines(ROOT / n) <= MODULE} == {}


def test_test_modules_are_small():
    sizes = {name_of(p): lines(p) for p in sorted((ROOT / "tests").rglob("*.py"))}
    assert {n: s for n, s in sizes.items() if s > TEST_MODULE} == {}


def test_functions_have_few_parameters():
    many = {f"{f}:{n.name}" for f, n in functions() if len(parameters(n)) > PARAMETERS}
    assert many == MANY_PARAMETERS
