"""The columns of an act, as the tables of every part have them: who, and when."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q


def pair(name: str) -> Q:
    """x_at and x_by are both set or both empty."""
    empty = {f"{name}_at__isnull": True, f"{name}_by__isnull": True}
    both = {f"{name}_at__isnull": False, f"{name}_by__isnull": False}
    return Q(**empty) | Q(**both)


def person(label: Any, *, null: bool = False) -> "models.ForeignKey[Any, Any]":
    """A reference to who did it."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=null,
        editable=False,
        verbose_name=label,
        related_name="+",
    )
