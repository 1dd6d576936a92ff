"""Make what a first start needs: a sample signing key; list the demonstration accounts."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from torch_portal.accounts import demo
from torch_portal.certificates.signer import make_demo_p12


class Command(BaseCommand):
    """Safe to repeat: a key that exists is never overwritten."""

    help = "Make the sample signing key if none is there; --accounts lists the accounts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to list the accounts instead."""
        parser.add_argument("--accounts", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Prepare or list."""
        if options["accounts"]:
            width = max(len(p.username) for p in demo.PEOPLE)
            for person in demo.PEOPLE:
                name = person.username.ljust(width)
                self.stdout.write(f"  {name}  {demo.PASSWORD}   {person.label}")
            return
        key = Path(settings.SIGNING_P12)
        if key.exists():
            return
        if not settings.CERTIFICATE_SAMPLE:
            raise CommandError(f"SIGNING_P12: there is no key at {key}.")
        key.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        make_demo_p12(key, settings.SIGNING_P12_PASSWORD, at=timezone.now())
