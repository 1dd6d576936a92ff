"""The rows of an application: fetched together, in their order, for their years."""

import datetime
from typing import Any

from django.utils import timezone

from hitech_cert.models import Application
from torch_portal.common.together import fetch_together

# Where Django keeps the rows that were fetched, and this room what it worked out of them.
FETCHED, EXAMINED = "_prefetched_objects_cache", "_examined"
TABLES = ("rights", "staff", "projects", "costs", "products", "results", "standards")


def with_tables(applications: Any) -> Any:
    """Applications with the rows of all their tables, one query for each table."""
    return applications.prefetch_related(*TABLES)


def fetch_tables(application: Application, *beside: str) -> Application:
    """The rows of all its tables, and these relations of its cover, in one query."""
    fetch_together({application: TABLES, application.filing: beside})
    return application


def in_order(rows: Any) -> list[Any]:
    """Rows of a table in their order; no query when they are fetched."""
    return sorted(rows.all(), key=lambda row: (getattr(row, "code", ""), row.pk))


def years_of(application: Application) -> tuple[int, int, int]:
    """The three fiscal years before the year of application, oldest first."""
    return application.year - 3, application.year - 2, application.year - 1


def day_of(application: Application) -> datetime.date:
    """The day of its last complete submission; of a draft that of its last save."""
    at = application.filed_at or application.saved_at or application.filing.created_at
    return timezone.localdate(at)


def forget_rows(application: Application) -> None:
    """What was read of the tables holds no longer."""
    for name in (FETCHED, EXAMINED):
        application.__dict__.pop(name, None)
