"""Verify a certificate file on this machine."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import OperationalError
from django.utils.translation import gettext as _

from torch_portal.certificates import queries, verification
from torch_portal.certificates.enums import Status
from torch_portal.certificates.inspection import Kind, inspect_pdf


class Command(BaseCommand):
    """Exit 0: valid; 1: altered, untrusted, superseded or ended; 2: not a certificate."""

    help = "Verify signature, digest and, where the register can be reached, status of a PDF."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file."""
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print what was found and leave with the code that tells it."""
        try:
            pdf = options["file"].read_bytes()
        except OSError as error:
            self.stderr.write(str(error))
            sys.exit(2)
        seen = inspect_pdf(pdf, trust_roots=verification.roots())
        self.stdout.write(f"sha256 {seen.digest_sha256}")
        for problem in seen.problems:
            self.stdout.write(str(problem))
        if seen.kind is not Kind.VALID:
            sys.exit(2 if seen.kind is Kind.NOT_A_CERTIFICATE else 1)
        self.stdout.write(f"{_('Registration number')} {seen.certificate_number}")
        sys.exit(self._status(seen))

    def _status(self, seen: Any) -> int:
        try:
            found = queries.by_number_and_code(seen.certificate_number, seen.verify_code)
        except OperationalError:
            self.stdout.write(_("Signature good; the register cannot be reached for the status."))
            return 0
        told = verification.answer(found)
        self.stdout.write(f"{told['headline']}: {told['sentence']}")
        return 0 if found is not None and found.status == Status.VALID else 1
