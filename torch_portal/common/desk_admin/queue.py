"""The change list as a queue: tabs with honest counts, filters, rows as text."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.admin import SimpleListFilter
from django.contrib.admin.templatetags.admin_list import result_headers
from django.contrib.admin.views.main import SEARCH_VAR, ChangeList
from django.contrib.auth import get_user_model
from django.core.paginator import Paginator
from django.db.models import IntegerField, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.admin import ModelAdmin

from torch_portal.common.desk_admin.batch import LARGEST
from torch_portal.common.desk_admin.exported import export_url, whole_url
from torch_portal.common.workdays import Calendar, CalendarNotPublished, is_workday

MANY = 1000
SOON = 2
QUEUE = "queue"
ONE_DAY = datetime.timedelta(days=1)


class CappedCount(Subquery):
    """How many rows a query has, counting no further than one above MANY."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) capped)"
    output_field = IntegerField()
    empty_result_set_value = 0  # a tab that can hold nothing for this person

    def __init__(self, rows: QuerySet[Any]) -> None:
        super().__init__(rows.order_by().values("pk")[: MANY + 1])


def count_text(count: int) -> str:
    """A capped count as people read it: "1000+" when there are more than were counted."""
    return f"{MANY}+" if count > MANY else str(count)


class CappedPaginator(Paginator):
    """Pages over the first MANY rows: who needs a later one narrows the search instead."""

    @cached_property
    def counted(self) -> int:
        """As many rows as there are, at most one above MANY."""
        rows: Any = self.object_list
        return int(rows.order_by()[: MANY + 1].count())

    @cached_property
    def count(self) -> int:
        """Rows that can be paged to."""
        return min(self.counted, MANY)


@dataclass(frozen=True)
class Queue:
    """One tab of the desk: which rows, and in which order.

    alarm: rows in it are a reason to act at once.
    """

    name: str
    label: Any
    rows: Callable[[HttpRequest], Q]
    ordering: Sequence[Any]
    alarm: bool = False


class QueueFilter(SimpleListFilter):
    """The tabs. A search looks everywhere (the last tab) unless a tab is named."""

    title = gettext_lazy("Queue")
    parameter_name = QUEUE

    def __init__(self, request: HttpRequest, params: Any, model: Any, desk: Any) -> None:
        self.current: Queue = desk.current_queue(request)
        self.names = [(q.name, q.label) for q in desk.queues]
        super().__init__(request, params, model, desk)

    def lookups(self, _request: HttpRequest, _desk: Any) -> list[tuple[str, Any]]:
        """The tabs by name."""
        return self.names

    def queryset(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows of the tab."""
        return rows.filter(self.current.rows(request))


class ChoiceFilter(SimpleListFilter):
    """A filter with a fixed list, drawn as a select; unknown values select nothing away."""

    def queryset(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows of the chosen value."""
        chosen = self.value()
        known = {str(value) for value, _label in self.lookup_choices}
        return rows.filter(self.rows(request, chosen)) if chosen in known else rows

    def rows(self, request: HttpRequest, chosen: str) -> Q:
        """The condition behind a value."""
        raise TypeError(f"{type(self).__name__} does not say what {chosen} selects")


class QueuePages(ModelAdmin):
    """The list of a desk. The line states `queues`, `list_display`, `list_filter` and `row_link`
    (the column that leads to the filing).
    """

    queues: ClassVar[Sequence[Queue]] = ()
    change_list_template = "admin/desk/queue.html"
    list_display_links = None
    row_link: ClassVar[str] = ""
    exported: ClassVar[str] = ""  # the code under which the reports know this list
    # Code and label of further tables of the same rows; they leave whole, whatever is filtered.
    also_exported: ClassVar[Sequence[tuple[str, Any]]] = ()
    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    paginator = CappedPaginator
    actions = None

    def current_queue(self, request: HttpRequest) -> Queue:
        """The tab that the address names, else the first, or the last for a search."""
        asked = request.GET.get(QUEUE) or request.POST.get(QUEUE)
        fallback = self.queues[-1 if request.GET.get(SEARCH_VAR) else 0]
        return next((q for q in self.queues if q.name == asked), fallback)

    def get_ordering(self, request: HttpRequest) -> Any:
        """As the tab says."""
        return self.current_queue(request).ordering

    def address(self, page: str, *args: Any) -> str:
        """The address of a page of this desk."""
        name = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_{page}"
        return reverse(name, args=args)

    def tabs(self, request: HttpRequest, current: str) -> list[dict[str, Any]]:
        """The queues with their counts: one query."""
        rows = self.get_queryset(request)
        counts = {q.name: CappedCount(rows.filter(q.rows(request))) for q in self.queues}
        counted = get_user_model().objects.filter(pk=request.user.pk).values(**counts).get()
        return [
            {
                "label": q.label,
                "url": f"?{QUEUE}={q.name}",
                "count": count_text(counted[q.name]),
                "alarm": q.alarm and counted[q.name] > 0,
                "current": q.name == current,
            }
            for q in self.queues
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list; an address that makes no sense leads to the plain list."""
        page = super().changelist_view(request, extra_context)
        context = getattr(page, "context_data", None)
        if context and "cl" in context:
            context |= self.list_page(request, context["cl"])
        return page

    def list_page(self, request: HttpRequest, changes: ChangeList) -> dict[str, Any]:
        """What the list shows beside Django's own: tabs, filters, rows as text."""
        queue = self.current_queue(request)
        changes.full_result_count = changes.result_count
        specs = [s for s in changes.filter_specs if not isinstance(s, QueueFilter)]
        filters = [_choices(spec, changes) for spec in specs]
        return {
            "title": self.opts.verbose_name_plural,
            "tabs": self.tabs(request, queue.name),
            "queue": queue,
            "asked": request.GET.get(QUEUE, ""),
            "filters": filters,
            "chips": [f for f in filters if f["chosen"]],
            "headers": list(zip(changes.list_display, result_headers(changes), strict=True)),
            "rows": self.rows(request, list(changes.result_list), queue),
            "count": count_text(changes.paginator.counted),
            "capped": changes.paginator.counted > MANY,
            "pages": _pages(changes),
            "link": self.row_link,
            "export_url": export_url(self.exported, request) if self.exported else "",
            "more_exports": [(text, whole_url(code)) for code, text in self.also_exported],
            "batch_moves": self.batch_moves(request),
            "batch_filter": request.GET.urlencode(),
            "batch_all": min(changes.paginator.counted, LARGEST),
            "largest": LARGEST,
            "line": getattr(getattr(self, "workflow", None), "line", ""),
            "is_fullwidth": "1",
        }

    def rows(self, request: HttpRequest, found: list[Any], queue: Queue) -> list[dict[str, Any]]:
        """Each row as its address and the text of its cells."""
        self.prepare(request, found)
        cells = [(name, getattr(self, name)) for name in self.get_list_display(request)]
        suffix = f"?{QUEUE}={queue.name}"
        return [
            {
                "pk": row.pk,
                "batches": " ".join(self.batches_of(request, row)),
                "url": self.address("change", row.pk) + suffix,
                "cells": [(name, cell(row)) for name, cell in cells],
            }
            for row in found
        ]

    def batches_of(self, request: HttpRequest, row: Any) -> list[str]:
        """The moves that can be made on this row together with others."""
        return []

    def batch_moves(self, request: HttpRequest) -> list[dict[str, Any]]:
        """The moves that this person can make on many rows of the list at once."""
        return []

    def prepare(self, request: HttpRequest, found: list[Any]) -> None:
        """Fetch at once what the cells of all rows need."""

    def beside(self, request: HttpRequest, pk: int) -> dict[str, Any]:
        """Where a filing stands in its queue, and its neighbours; one query."""
        queue = self.current_queue(request)
        rows = self.get_queryset(request).filter(queue.rows(request)).order_by(*queue.ordering)
        keys = list(rows.values_list("pk", flat=True)[: MANY + 1])
        place = keys.index(pk) if pk in keys else -1
        after = keys[place + 1 : place + 2] or [k for k in keys[:1] if k != pk]
        return {
            "queue": queue,
            "place": place + 1,
            "of": count_text(len(keys)),
            "previous": keys[place - 1] if place > 0 else None,
            "next": after[0] if after else None,
        }


def due_mark(
    due_on: datetime.date | None, day: datetime.date, calendar: Calendar
) -> tuple[str, str]:
    """How near a due date is: ("late", "soon" or "", words); ("", "") without a date.

    What is left is counted in working days from tomorrow on, what is late in calendar days.
    """
    if due_on is None:
        return "", ""
    if due_on < day:
        late = (day - due_on).days
        return "late", ngettext("%(n)d day late", "%(n)d days late", late) % {"n": late}
    if due_on == day:
        return "soon", _("due today")
    left = sum(_worked(day + n * ONE_DAY, calendar) for n in range(1, (due_on - day).days + 1))
    words = ngettext("%(n)d working day left", "%(n)d working days left", left) % {"n": left}
    return "soon" if left <= SOON else "", words


def _worked(day: datetime.date, calendar: Calendar) -> bool:
    try:
        return is_workday(day, calendar=calendar)
    except CalendarNotPublished:
        return day.weekday() < 5


def _choices(spec: Any, changes: ChangeList) -> dict[str, Any]:
    """A filter as a select: name, words, options, and how to take it away again."""
    options = [(str(value), label) for value, label in spec.lookup_choices]
    chosen = spec.value() if spec.value() in dict(options) else ""
    return {
        "name": spec.parameter_name,
        "title": spec.title,
        "options": options,
        "chosen": chosen,
        "chosen_label": dict(options).get(chosen, ""),
        "remove_url": changes.get_query_string(remove=[spec.parameter_name]),
    }


def _pages(changes: ChangeList) -> dict[str, Any]:
    """The way to the pages before and after."""
    number, last = changes.page_num, changes.paginator.num_pages

    def url(page: int) -> str:
        return changes.get_query_string({"p": page}) if 1 <= page <= last else ""

    return {"number": number, "last": last, "before": url(number - 1), "after": url(number + 1)}
