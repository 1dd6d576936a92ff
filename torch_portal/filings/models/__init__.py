"""The tables of a filing: its cover, events, contents, and the ledgers beside."""

from torch_portal.filings.models.absences import Absence, stands_in_for
from torch_portal.filings.models.access import Access, AccessQuerySet
from torch_portal.filings.models.contents import (
    Attachment,
    AttachmentQuerySet,
    CorrectionItem,
    attachment_path,
)
from torch_portal.filings.models.conversation import (
    KeptFile,
    Rating,
    RatingQuerySet,
    Thread,
    ThreadFile,
    ThreadMessage,
    ThreadMessageQuerySet,
    ThreadReading,
    thread_file_path,
)
from torch_portal.filings.models.covers import (
    Event,
    Filing,
    FilingQuerySet,
    may_see,
)
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
    SavedFilter,
    overrides_for,
)
from torch_portal.filings.models.lookups import RegistryLookup
from torch_portal.filings.models.qualifications import Qualification, QualificationQuerySet
from torch_portal.filings.models.search import SearchEntry
from torch_portal.filings.models.settings import LocalRule, ReadyText
from torch_portal.filings.models.webhooks import Delivery, Webhook

__all__ = [
    "Absence",
    "Access",
    "AccessQuerySet",
    "Attachment",
    "AttachmentQuerySet",
    "CalendarDay",
    "CorrectionItem",
    "Delivery",
    "Event",
    "Filing",
    "FilingQuerySet",
    "IdempotencyKey",
    "ImportHabit",
    "ImportRow",
    "ImportRun",
    "ImportRunQuerySet",
    "KeptFile",
    "LocalRule",
    "NumberSeries",
    "Qualification",
    "QualificationQuerySet",
    "Rating",
    "RatingQuerySet",
    "ReadyText",
    "RegistryLookup",
    "SavedFilter",
    "SearchEntry",
    "Thread",
    "ThreadFile",
    "ThreadMessage",
    "ThreadMessageQuerySet",
    "ThreadReading",
    "Webhook",
    "attachment_path",
    "may_see",
    "overrides_for",
    "stands_in_for",
    "thread_file_path",
]
