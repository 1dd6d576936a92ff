"""Make everything ready to serve: database, sample key, seed, static files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone


class Command(BaseCommand):
    """Safe to repeat: nothing that exists is overwritten."""

    help = "Migrate, make the sample signing key if none is there, seed, collect static files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether the demonstration's accounts are wanted."""
        parser.add_argument("--demo", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        """All four, in order."""
        call_command("migrate", verbosity=0)
        self._signing_key()
        call_command("seed", demo=options["demo"], stdout=self.stdout)
        if options["demo"]:
            call_command("seed_demo", once=True, stdout=self.stdout)
        if not _static_is_fresh():
            call_command("collectstatic", interactive=False, verbosity=0)

    def _signing_key(self) -> None:
        key = Path(settings.SIGNING_P12)
        if key.exists():
            return
        if not settings.CERTIFICATE_SAMPLE:
            raise CommandError(f"SIGNING_P12: there is no key at {key}.")
        from torch_portal.certificates.signer import make_demo_p12

        key.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        make_demo_p12(key, settings.SIGNING_P12_PASSWORD, at=timezone.now())


def _static_is_fresh() -> bool:
    """Whether nothing has changed since the static files were last collected."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not manifest.exists():
        return False
    made = manifest.stat().st_mtime
    found = (storage.path(path) for finder in get_finders() for path, storage in finder.list([]))
    return all(Path(path).stat().st_mtime <= made for path in found)
