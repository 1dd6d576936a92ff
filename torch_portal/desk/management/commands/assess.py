"""assess LINE: facts as JSON on standard input, findings and figures as JSON Lines out."""

import json
import sys
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser

import contracts.rules
import hitech_cert.rules
import incubators.rules
import sme_eval.rules
import stats.rules
from torch_portal.common.factsheet import FactsError

# Each offers FACTS_SCHEMA and assess(object) -> answer, raising FactsError.
LINES = {
    "contracts": contracts.rules,
    "hitech_cert": hitech_cert.rules,
    "incubators": incubators.rules,
    "sme_eval": sme_eval.rules,
    "stats": stats.rules,
}


class Command(BaseCommand):
    """Reads everything, answers everything, or prints nothing and ends with 2."""

    help = "Check facts of one service line against its rules; no stored data is touched."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """LINE [--schema]."""
        parser.add_argument("line", choices=sorted(LINES), metavar="LINE")
        parser.add_argument(
            "--schema", action="store_true", help="print the JSON Schema of the facts and stop"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """One answer a line, in the order of the facts."""
        rules = LINES[options["line"]]
        if options["schema"]:
            self._print(rules.FACTS_SCHEMA)
            return
        answers = []
        for number, facts in objects(_standard_input()):
            try:
                answers.append(rules.assess(facts))
            except FactsError as error:
                malformed(number, str(error))
        for answer in answers:
            self._print(answer)

    def _print(self, answer: Any) -> None:
        self.stdout.write(json.dumps(answer, ensure_ascii=False))


def malformed(number: int, what: str) -> NoReturn:
    """End with 2 and one line that names the line of the input."""
    raise CommandError(" ".join(f"line {number}: {what}".split()), returncode=2)


def _standard_input() -> str:
    """All of standard input as text; bytes that are no UTF-8 are refused with their line."""
    data = sys.stdin.buffer.read()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        malformed(data[: error.start].count(b"\n") + 1, "the text is not UTF-8")


def objects(text: str) -> list[tuple[int, Any]]:
    """The objects of the input with the line each begins on.

    One object over any number of lines, or JSON Lines. A first line that is a whole JSON value
    means JSON Lines.
    """
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if not lines:
        malformed(1, "there are no facts")
    first, line = lines[0]
    if len(lines) == 1 or _is_json(line):
        return [(number, _loads(line, number)) for number, line in lines]
    return [(first, _loads(text, 1))]


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _loads(text: str, number: int) -> Any:
    """The JSON value of a text that begins on line `number` of the input."""
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        malformed(number + error.lineno - 1, f"not JSON: {error.msg} (column {error.colno})")
    except RecursionError:
        malformed(number, "nested too deeply")
    except ValueError as error:
        malformed(number, str(error))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names are each given once."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(f"{name}: given twice")
        found[name] = value
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number of JSON")
