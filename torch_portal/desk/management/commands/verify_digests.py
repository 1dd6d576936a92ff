"""Compare the event log with its signed daily digests."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from torch_portal.common import clock
from torch_portal.desk import digests
from torch_portal.desk.models import DayDigest


class Command(BaseCommand):
    """Reads only. Exit 0 when every digest agrees, 1 with the list when not."""

    help = "Check every daily digest: signature, files, the events and counts that it names."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print what does not agree, and how many days were looked at."""
        found = digests.problems()
        if late := digests.missing_tail(clock.today()):
            found.append(late)
        for line in found:
            self.stdout.write(line)
        words = f"{len(found)} problems" if found else "no problem"
        self.stdout.write(f"checked {DayDigest.objects.count()} digests: {words}")
        if found:
            sys.exit(1)
