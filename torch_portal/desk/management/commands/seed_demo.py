"""Filings for a demonstration or for load, reproducible, at every state."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from contracts.management import demo as contracts
from contracts.management import load as contracts_load
from hitech_cert.management import demo as hitech_cert
from hitech_cert.management import load as hitech_cert_load
from sme_eval.management import demo as sme_eval
from sme_eval.management import load as sme_eval_load
from stats.management import demo as stats
from stats.management import load as stats_load
from torch_portal.accounts import demo
from torch_portal.common import clock
from torch_portal.filings.models import Filing

COPIED_FROM = 2000  # so many and more are written through COPY instead of one act after another
SEEDS = {
    "contracts": contracts.seed,
    "hitech_cert": hitech_cert.seed,
    "sme_eval": sme_eval.seed,
    "stats": stats.seed,
}
LOADS = {
    "contracts": contracts_load.load,
    "hitech_cert": hitech_cert_load.load,
    "sme_eval": sme_eval_load.load,
    "stats": stats_load.load,
}


class Command(BaseCommand):
    """Adds filings to those there are; --once leaves a line with filings alone.

    From COPIED_FROM on they come through COPY, without evidence and certificate files.
    """

    help = "Make realistic filings at every state: through the real acts, or by COPY in bulk."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Of which line (else of each), how many, from which seed."""
        parser.add_argument("--line", choices=list(SEEDS))
        parser.add_argument("--filings", type=int, default=30, help="of each line")
        parser.add_argument("--seed", type=int, default=38)
        parser.add_argument("--once", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print counts and seconds, line by line."""
        for line in [options["line"]] if options["line"] else SEEDS:
            if options["once"] and Filing.objects.filter(line=line).exists():
                continue
            began = time.perf_counter()
            made = _made(line, filings=options["filings"], seed=options["seed"], at=clock.now())
            counts = ", ".join(f"{state} {n}" for state, n in sorted(made.items()))
            self.stdout.write(f"{line}: {counts}; {time.perf_counter() - began:.1f} s")


def _made(line: str, **wanted: Any) -> dict[str, int]:
    if wanted["filings"] >= COPIED_FROM:
        demo.load()
        return LOADS[line](**wanted)
    with transaction.atomic():
        demo.load()
        return SEEDS[line](**wanted)
