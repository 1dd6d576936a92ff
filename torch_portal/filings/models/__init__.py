"""The tables of a filing: its cover, events, contents, and the ledgers beside."""

from torch_portal.filings.models.contents import (
    Attachment,
    AttachmentQuerySet,
    CorrectionItem,
    attachment_path,
)
from torch_portal.filings.models.covers import Event, Filing, FilingQuerySet, may_see
from torch_portal.filings.models.imports import (
    ImportHabit,
    ImportRow,
    ImportRun,
    ImportRunQuerySet,
)
from torch_portal.filings.models.ledgers import (
    CalendarDay,
    IdempotencyKey,
    NumberSeries,
    overrides_for,
)

__all__ = [
    "Attachment",
    "AttachmentQuerySet",
    "CalendarDay",
    "CorrectionItem",
    "Event",
    "Filing",
    "FilingQuerySet",
    "IdempotencyKey",
    "ImportHabit",
    "ImportRow",
    "ImportRun",
    "ImportRunQuerySet",
    "NumberSeries",
    "attachment_path",
    "may_see",
    "overrides_for",
]
