"""Load what every installation needs, and with --demo what a demonstration shows."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from stats.actions.authoring import load_editions
from torch_portal.accounts import actions as regions
from torch_portal.accounts import demo
from torch_portal.desk.retention import load_rules
from torch_portal.notices.actions import load_notice
from torch_portal.papers.actions import load_policies


class Command(BaseCommand):
    """Safe to repeat; what operators changed stays."""

    help = (
        "Load regions, the notice, paper policies, retention rules and the questionnaires of the "
        "survey; --demo adds accounts."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether the demonstration's accounts are wanted."""
        parser.add_argument("--demo", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load everything in the order of its references."""
        regions.load_regions()
        load_notice()
        load_policies()
        load_rules()
        load_editions()
        if options["demo"]:
            demo.load()
        self.stdout.write("seeded")
