"""Write the generated pages of docs/: states and rules of every service line, from the code."""

import difflib
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from torch_portal.desk.lines import LINES
from torch_portal.desk.written.contracts_rules import contracts_rules_page
from torch_portal.desk.written.hitech_rules import hitech_rules_page
from torch_portal.desk.written.incubator_rules import incubator_rules_page
from torch_portal.desk.written.outreach_rules import outreach_rules_page
from torch_portal.desk.written.sme_rules import sme_rules_page
from torch_portal.desk.written.stats_rules import stats_rules_page
from torch_portal.desk.written.words import chinese, page, table
from torch_portal.desk.written.zone_rules import zone_rules_page
from torch_portal.filings.transitions import Workflow


class Command(BaseCommand):
    """The pages are the same whatever language is active and however often they are written."""

    help = "Write the generated pages of docs/; with --check only compare (exit 1 and a diff)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to compare only."""
        parser.add_argument("--check", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write every page, or show how the committed ones differ."""
        folder = Path(settings.BASE_DIR) / "docs"
        differing = []
        for name, text in pages().items():
            path = folder / name
            committed = path.read_text(encoding="utf-8") if path.exists() else ""
            if committed == text:
                continue
            differing.append(name)
            if options["check"]:
                self.stdout.write(_difference(name, committed, text))
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
                self.stdout.write(f"wrote docs/{name}")
        if options["check"] and differing:
            raise CommandError(f"not as the code says: {', '.join(differing)}. Run: make docs")


def pages() -> dict[str, str]:
    """Every generated page by its name under docs/."""
    with translation.override("en"):
        made = {f"states/{code}.md": states_page(line.workflow) for code, line in LINES.items()}
        return made | {
            "rules/contracts.md": contracts_rules_page(),
            "rules/hitech_cert.md": hitech_rules_page(),
            "rules/incubators.md": incubator_rules_page(),
            "rules/outreach.md": outreach_rules_page(),
            "rules/sme_eval.md": sme_rules_page(),
            "rules/stats.md": stats_rules_page(),
            "rules/zones.md": zone_rules_page(),
        }


def _difference(name: str, committed: str, text: str) -> str:
    lines = difflib.unified_diff(
        committed.splitlines(), text.splitlines(), f"docs/{name}", "as the code says", lineterm=""
    )
    return "\n".join(lines)


# --- states -----------------------------------------------------------------------------------


def states_page(flow: Workflow) -> str:
    """States with stage and owner, the moves between them, and a diagram."""
    return page(
        f"# States of a filing: {flow.line}",
        "Each state has exactly one owner and one stage of the vocabulary that all lines share.",
        "```mermaid\nstateDiagram-v2\n" + "\n".join(_arrows(flow)) + "\n```",
        "## States",
        table(
            ("state", "label", "中文", "stage", "whose turn"),
            (
                (f"`{s}`", flow.labels[s], chinese(flow.labels[s]), f"`{stage}`", flow.owners[s])
                for s, stage in flow.stages.items()
            ),
        ),
        "## Moves",
        "Every move has an action of the same name; what it does is told before it is made.",
        table(
            ("move", "button", "中文", "who", "from", "to", "reason", "clause", "consequence"),
            (
                (
                    f"`{move.name}`",
                    move.label,
                    chinese(move.label),
                    move.turn,
                    ", ".join(f"`{s}`" for s in flow.stages if s in move.sources),
                    f"`{move.target}`" if move.target else "(same)",
                    "needed" if move.note else "",
                    move.clause,
                    move.consequence,
                )
                for move in flow.moves.values()
            ),
        ),
    )


def _arrows(flow: Workflow) -> Iterator[str]:
    yield f"    [*] --> {flow.start}"
    for move in flow.moves.values():
        for source in (state for state in flow.stages if state in move.sources):
            yield f"    {source} --> {move.target or source}: {move.name}"
    leaving = {s for move in flow.moves.values() if move.target for s in move.sources}
    for state in flow.stages:
        if state not in leaving:
            yield f"    {state} --> [*]"
