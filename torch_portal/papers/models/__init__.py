"""Paper originals, the emergencies that defer them, and what each jurisdiction asks for."""

from torch_portal.papers.models.emergencies import (
    Emergency,
    PaperPolicy,
    default_after,
    default_before,
)
from torch_portal.papers.models.ledger import Paper, PaperQuerySet, Reminder

__all__ = [
    "Emergency",
    "Paper",
    "PaperPolicy",
    "PaperQuerySet",
    "Reminder",
    "default_after",
    "default_before",
]
