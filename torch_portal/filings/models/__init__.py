"""The tables of a filing: its cover, events, contents, and the ledgers beside."""

from torch_portal.filings.models.absences import Absence, stands_in_for
from torch_portal.filings.models.contents import (
    Attachment,
    AttachmentQuerySet,
    CorrectionItem,
    attachment_path,
)
from torch_portal.filings.models.covers import Event, Filing, FilingQuerySet, may_see
from torch_portal.filings.models.ledgers import (
    CalendarDay,
    IdempotencyKey,
    NumberSeries,
    SavedFilter,
    overrides_for,
)
from torch_portal.filings.models.search import SearchEntry

__all__ = [
    "Absence",
    "Attachment",
    "AttachmentQuerySet",
    "CalendarDay",
    "CorrectionItem",
    "Event",
    "Filing",
    "FilingQuerySet",
    "IdempotencyKey",
    "NumberSeries",
    "SavedFilter",
    "SearchEntry",
    "attachment_path",
    "may_see",
    "overrides_for",
    "stands_in_for",
]
