"""What the pages of guidance share: the version they are about."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from stats.models import InstrumentVersion
from stats.queries import guidance as queries
from torch_portal.accounts.roles import standing
from torch_portal.common import clock


def version_asked(request: HttpRequest) -> InstrumentVersion:
    """The version of the address, else the one the person's enterprises answer now."""
    asked = request.GET.get("version", "")
    if asked:
        if not asked.isdecimal() or len(asked) > 18:
            raise Http404
        published = InstrumentVersion.objects.filter(published_at__isnull=False)
        return get_object_or_404(published.select_related("instrument"), pk=asked)
    found = queries.version_for(standing(request.user).member_of)
    if found is None:
        raise Http404
    return found


def hours_rows(request: HttpRequest) -> list[dict[str, Any]]:
    """The office hours of the units responsible for the person's enterprises."""
    rows = queries.office_hours(queries.units_of(request.user), clock.now())
    return [
        {
            "unit": row.unit.name,
            "begins_at": row.begins_at,
            "ends_at": row.ends_at,
            "way": row.get_way_display(),
            "where": row.where,
            "note": row.note,
        }
        for row in rows[:6]
    ]
