"""Write database and files into a folder, with digests."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from torch_portal.desk.backups import BackupError, back_up


class Command(BaseCommand):
    """May run while people work: what it writes is of one moment. Keys are not in it."""

    help = "Back up database and files into a new folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to."""
        parser.add_argument("--to", type=Path, required=True, help="a new or empty folder")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Say what was written."""
        try:
            made = back_up(options["to"], at=timezone.now())
        except BackupError as error:
            raise CommandError(str(error)) from error
        rows = sum(told[0] for told in made["tables"].values() if len(told) == 2)
        self.stdout.write(
            f"{options['to']}: {len(made['tables'])} tables and sequences, {rows} rows, "
            f"{made['files']} files. The signing key and the secrets are not in it."
        )
