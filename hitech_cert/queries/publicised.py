"""Changes that everybody may read while they are publicised, and for a year after."""

import datetime

from django.db.models import QuerySet

from hitech_cert.enums.after import ChangeState
from hitech_cert.models import Change

SHOWN_DAYS = 365


def public_changes(day: datetime.date) -> QuerySet[Change]:
    """In publicity, or confirmed after it within the last year; newest first."""
    since = day - datetime.timedelta(days=SHOWN_DAYS)
    rows = Change.objects.filter(
        public_from__lte=day,
        public_to__gte=since,
        state__in=[ChangeState.PUBLIC, ChangeState.CONFIRMED],
    )
    return rows.select_related(
        "application__enterprise", "application__filing__jurisdiction", "to_jurisdiction"
    ).order_by("-public_from", "-pk")
