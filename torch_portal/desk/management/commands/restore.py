"""Bring database and files back from a folder."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db.migrations.loader import MigrationLoader

from torch_portal.desk.backups import BackupError, restore


class Command(BaseCommand):
    """Into an empty database only. Ends with check_consistency and its exit code."""

    help = "Restore database and files from a backup, and check them."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where from."""
        parser.add_argument("--from", type=Path, required=True, dest="source", help="the backup")

    def handle(self, *_args: Any, **options: Any) -> None:
        """All of it came back alike, or an error says what did not."""
        try:
            made = restore(options["source"])
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"restored what was backed up at {made['made_at']}, alike in every row")
        known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
        if known - set(made["migrations"]):
            self.stdout.write("The backup is of an earlier portal: now run manage.py prepare.")
        else:
            call_command("check_consistency", stdout=self.stdout)
