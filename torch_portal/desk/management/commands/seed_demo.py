"""Filings for a demonstration or for load, reproducible, at every state."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from contracts.management import demo as contracts
from contracts.management import load as contracts_load
from torch_portal.accounts import demo
from torch_portal.common import clock
from torch_portal.filings.models import Filing

COPIED_FROM = 2000  # so many and more are written through COPY instead of one act after another


class Command(BaseCommand):
    """Adds filings to those there are; --once leaves an installation with filings alone.

    From COPIED_FROM on they come through COPY, without evidence and certificate files.
    """

    help = "Make realistic filings at every state: through the real acts, or by COPY in bulk."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many, from which seed."""
        parser.add_argument("--filings", type=int, default=30)
        parser.add_argument("--seed", type=int, default=38)
        parser.add_argument("--once", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print counts and seconds."""
        if options["once"] and Filing.objects.exists():
            return
        began = time.perf_counter()
        wanted = {"filings": options["filings"], "seed": options["seed"], "at": clock.now()}
        if wanted["filings"] >= COPIED_FROM:
            demo.load()
            made = contracts_load.load(**wanted)
        else:
            with transaction.atomic():
                demo.load()
                made = contracts.seed(**wanted)
        counts = ", ".join(f"{state} {n}" for state, n in sorted(made.items()))
        self.stdout.write(f"contracts: {counts}; {time.perf_counter() - began:.1f} s")
