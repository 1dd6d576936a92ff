"""Which rows an export is about: the list of the review desk, asked again as its person."""

import datetime
from typing import Any

from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from torch_portal.accounts.changes.exports import CHANGES
from torch_portal.accounts.models import User
from torch_portal.accounts.roles import Denied
from torch_portal.certificates.exports import CERTIFICATES
from torch_portal.common.columns import Report
from torch_portal.common.desk_admin.queue import QueueFilter
from torch_portal.common.desk_admin.saved import plain_query
from torch_portal.common.findings import Finding, Level, Refused
from torch_portal.desk.lines import LINES
from torch_portal.filings.exports import ACCESSES, RATINGS
from torch_portal.notices.exports import HOTLINE
from torch_portal.papers.exports import PAPERS

SHARED = (PAPERS, CERTIFICATES, RATINGS, ACCESSES, CHANGES, HOTLINE)


def reports() -> dict[str, Report]:
    """Every list that can be exported, by its code: those of the lines, then the shared ones."""
    of_lines = [r for line in LINES.values() for r in line.EXPORTS]
    return {r.code: r for r in (*of_lines, *SHARED)}


def report_for(user: Any, code: str) -> Report:
    """The list of this code, for somebody who works at its desk; Denied otherwise."""
    report = reports().get(code)
    if report is None or not _desk(report).has_view_permission(_request(user, "")):
        raise Denied(_("There is no list of this name that you work with."))
    return report


def _desk(report: Report) -> Any:
    return admin.site.get_model_admin(report.model)


def _request(user: Any, query: str) -> HttpRequest:
    request = HttpRequest()
    request.method = "GET"
    request.GET = QueryDict(plain_query(QueryDict(query)))
    request.user, request.session = user, {}  # type: ignore[assignment]
    return request


def listing(report: Report, user: User, query: str) -> ChangeList:
    """The list as the person sees it under this query: what visible_to allows, in its order."""
    request = _request(user, query)
    desk = _desk(report)
    if not (user.is_active and desk.has_view_permission(request)):
        raise Denied(_("You do not work with this list any more."))
    try:
        return desk.get_changelist_instance(request)
    except IncorrectLookupParameters as error:
        words = _("The filter of the list cannot be read. Go back to the list and filter anew.")
        raise Refused([Finding("EXPORT-09", Level.BLOCK, "filter", words, "")]) from error


def filter_words(changes: ChangeList) -> list[tuple[str, str]]:
    """The filter in words: (what, which) for the tab, the search and each filter."""
    told = [(str(spec.title), _chosen(spec, changes)) for spec in changes.filter_specs]
    found = [(what, which) for what, which in told if which]
    if changes.query:
        found.append((_("Search"), changes.query))
    return found


def _chosen(spec: Any, changes: ChangeList) -> str:
    """What is chosen of a filter; "" for everything."""
    if not isinstance(spec, SimpleListFilter):
        rest = list(spec.choices(changes))[1:]
        return next((str(choice["display"]) for choice in rest if choice.get("selected")), "")
    labels = {str(value): str(label) for value, label in spec.lookup_choices}
    chosen = spec.current.name if isinstance(spec, QueueFilter) else str(spec.value() or "")
    return labels.get(chosen, "")


def list_url(report: Report) -> str:
    """Where the list stands at the desk."""
    named = report.model._meta
    return reverse(f"admin:{named.app_label}_{named.model_name}_changelist")


def rows_of(
    report: Report,
    user: User | None,
    query: str,
    *,
    days: tuple[datetime.date | None, datetime.date | None] = (None, None),
    place: str = "",
) -> QuerySet[Any]:
    """The rows to export; the console of the installation (no user) starts from all of them."""
    if user is None:
        rows = report.model._default_manager.filter(report.base).order_by("pk")
    else:
        rows = listing(report, user, query).queryset.filter(report.base)
    since, until = days
    if since:
        rows = rows.filter(**{f"{report.day}__gte": _edge(report, since)})
    if until:
        after = until + datetime.timedelta(days=1)
        rows = rows.filter(**{f"{report.day}__lt": _edge(report, after)})
    return rows.filter(**{report.place: place}) if place else rows


def _edge(report: Report, day: datetime.date) -> datetime.date:
    return _midnight(day) if report.by_moment else day


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))
