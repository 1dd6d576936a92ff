"""Personal numbers, encrypted in the database (GB/T 22239-2019 8.1.4.8 c: confidentiality at rest).

Fernet of the `cryptography` package: AES-128-CBC with an HMAC, several keys for rotation.
"""

import base64
import hashlib
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models

# What a sealed value begins with in the database; anything else there was never sealed.
MARK = "sealed:"


def _keys() -> MultiFernet:
    """The keys of FIELD_KEYS, newest first; a demonstration derives one from its SECRET_KEY."""
    keys = list(settings.FIELD_KEYS)
    if not keys:
        secret = hashlib.sha256(b"field key" + settings.SECRET_KEY.encode()).digest()
        keys = [base64.urlsafe_b64encode(secret).decode()]
    return MultiFernet([Fernet(key) for key in keys])


def seal(plain: str) -> str:
    """The value as it is stored; nothing stays nothing."""
    return MARK + _keys().encrypt(plain.encode()).decode() if plain else ""


def unseal(stored: str) -> str:
    """The value itself. Raises UnreadableSeal when no key of FIELD_KEYS opens it."""
    if not stored.startswith(MARK):
        return stored
    try:
        return _keys().decrypt(stored.removeprefix(MARK).encode()).decode()
    except InvalidToken:
        raise UnreadableSeal from None


def reseal(stored: str) -> str:
    """The same value under the newest key."""
    return seal(unseal(stored))


class UnreadableSeal(ValueError):
    """None of the keys opens the value: an old key was taken out of FIELD_KEYS too early."""

    def __init__(self) -> None:
        super().__init__("No key of FIELD_KEYS opens this value; put the former key back.")


class SealedField(models.TextField):
    """Text that stands encrypted in the database and in the clear in Python.

    `max_length` bounds what people type. The same value is stored differently each time, so rows
    cannot be searched by it.
    """

    def get_prep_value(self, value: Any) -> Any:
        """Sealed on the way in."""
        plain = super().get_prep_value(value)
        return seal(plain) if isinstance(plain, str) else plain

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Opened on the way out."""
        return unseal(value) if isinstance(value, str) else value

    def get_lookup(self, lookup_name: str) -> Any:
        """Only emptiness can be asked of the database."""
        if lookup_name not in {"isnull", "exact"}:
            return None
        return super().get_lookup(lookup_name)
