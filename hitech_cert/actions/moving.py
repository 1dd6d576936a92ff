"""What stops an act, at the entry it speaks of."""

from typing import Any

from torch_portal.common.findings import Finding, Level


def block(field: str, message: Any, clause: str, **values: Any) -> Finding:
    """A finding that stops an act; "" for the act as a whole."""
    return Finding(field or "act", Level.BLOCK, field, message, clause, values)
