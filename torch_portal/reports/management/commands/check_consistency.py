"""Every invariant across tables: event chains, numbers, files and digests, papers, each line."""

import sys
import time
from typing import Any

from django.core.management.base import BaseCommand

from torch_portal.certificates import documents
from torch_portal.certificates import queries as certificates
from torch_portal.certificates.models import Certificate
from torch_portal.desk import digests
from torch_portal.desk.lines import LINES
from torch_portal.filings import queries as filings
from torch_portal.filings.models import Attachment, Event, Filing
from torch_portal.papers import queries as papers
from torch_portal.papers.models import Paper
from torch_portal.reports.exports import monthly
from torch_portal.reports.tables import freezing

PARTS = {"filings": filings.problems, "certificates": certificates.problems}
PARTS |= {"papers": papers.problems, "digests": digests.problems, "documents": documents.problems}
PARTS |= {"tables": freezing.problems, "archives": monthly.problems}
PARTS |= {code: line.problems for code, line in LINES.items()}
COUNTED = {
    "filings": Filing,
    "events": Event,
    "attachments": Attachment,
    "certificates": Certificate,
    "papers": Paper,
}


class Command(BaseCommand):
    """Reads only. Exit 0 with one line of counts when all is well, 1 with the list when not."""

    help = "Check the event chain, numbers, files with their digests and every other invariant."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Ask every part, print what each found, and say what was looked at."""
        begun = time.monotonic()
        found = [f"{part}: {problem}" for part, ask in PARTS.items() for problem in ask()]
        for line in found:
            self.stdout.write(line)
        counts = ", ".join(f"{m._default_manager.count()} {name}" for name, m in COUNTED.items())
        words = f"{len(found)} problems" if found else "no problem"
        self.stdout.write(f"checked {counts}: {words}, {time.monotonic() - begun:.2f} s")
        if found:
            sys.exit(1)
