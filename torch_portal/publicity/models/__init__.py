"""Lists that are publicised, their entries, their record, and the objections to them."""

from torch_portal.publicity.models.batches import (
    Batch,
    BatchEvent,
    BatchQuerySet,
    Entry,
    EntryQuerySet,
)
from torch_portal.publicity.models.objections import (
    Objection,
    ObjectionFile,
    ObjectionQuerySet,
    objection_path,
)

__all__ = [
    "Batch",
    "BatchEvent",
    "BatchQuerySet",
    "Entry",
    "EntryQuerySet",
    "Objection",
    "ObjectionFile",
    "ObjectionQuerySet",
    "objection_path",
]
