"""Serving begins only with complete settings."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def check_complete() -> None:
    """Refuse to start when production settings are missing, naming them all.

    Raises ImproperlyConfigured. `make run` sets DEMO and supplies what it needs.
    """
    if settings.MISSING:
        names = ", ".join(settings.MISSING)
        raise ImproperlyConfigured(f"Set these environment variables (docs/operations.md): {names}")
