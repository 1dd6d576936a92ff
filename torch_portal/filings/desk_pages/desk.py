"""The desk of a line: what is the same at each of them."""

from functools import cached_property
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.roles import Denied, is_official, is_reviewer
from torch_portal.common import clock
from torch_portal.common.desk_admin import MANY, CappedPaginator, SavedFilters, due_mark
from torch_portal.filings.desk_pages.thread import ThreadPages
from torch_portal.filings.enums import Stage
from torch_portal.filings.models import SavedFilter, search
from torch_portal.filings.queries import calendars_for
from torch_portal.filings.transitions import Stale


class FilingPages(CappedPaginator):
    """What is found by words is counted by the shorter way, which may not be that of the page."""

    @cached_property
    def counted(self) -> int:
        """As many rows as there are, at most one above the cap."""
        rows: Any = self.object_list
        return int(search.counted_by_index(rows.order_by())[: MANY + 1].count())


class FilingDesk(SavedFilters, ThreadPages):
    """Reviewers decide here, officials read here; the enterprise's figures are never edited.

    The line states queues, columns, moves and pages (see DeskAdmin), `tone` and `send_message`.
    """

    kept = SavedFilter
    paginator = FilingPages
    denied = Denied
    stale = Stale

    def tone(self, state: str) -> str:
        """The meaning behind a state's colour."""
        raise TypeError(f"{type(self).__name__} does not say the tone of {state}")

    def may_enter(self, user: Any) -> bool:
        """Reviewers and officials; operators keep the house and see no filings."""
        return is_reviewer(user) or is_official(user)

    def may_decide(self, user: Any) -> bool:
        """Reviewers."""
        return is_reviewer(user)

    def whose(self, user: Any) -> dict[str, Any]:
        """The person's, of this line."""
        return {"user_id": user.pk, "line": self.workflow.line}

    def list_page(self, request: HttpRequest, changes: Any) -> dict[str, Any]:
        """With the way to the workload, for those who share it."""
        shown = super().list_page(request, changes)
        return shown | {"has_workload": is_reviewer(request.user)}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """What was handed in; a draft of the person's own enterprise is no work."""
        rows = super().get_queryset(request).filter(filing__submitted_at__isnull=False)
        return rows.select_related(
            "filing__agency", "filing__enterprise", "filing__thread", "filing__assigned_to"
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Words anywhere in names, numbers and codes: one index of character pairs."""
        if not search_term.strip():
            return queryset, False
        asked = search.query(search_term)
        if not asked:
            return queryset.none(), False
        return queryset.filter(search.condition(asked, "filing__")), False

    def prepare(self, request: HttpRequest, found: list[Any]) -> None:
        """The calendars of all places at once, for the due dates."""
        today = clock.today()
        open_ = [row for row in found if row.filing.stage in (Stage.SUBMITTED, Stage.IN_REVIEW)]
        calendars = calendars_for({row.filing.jurisdiction_id for row in open_})
        for row in found:
            row.due_mark = "", ""
        for row in open_:
            cover = row.filing
            row.due_mark = due_mark(cover.due_on, today, calendars[cover.jurisdiction_id])

    def buttons(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """Why there is no button is told to reviewers; officials only read anyway."""
        shown = super().buttons(request, row)
        return shown if is_reviewer(request.user) else shown | {"denied_reason": ""}

    @admin.display(description=_("Decide by"), ordering="filing__due_on")
    def due(self, row: Any) -> SafeString | str:
        """The words, coloured only when at risk, and the day."""
        risk, words = row.due_mark
        if not words:
            return "—"
        return format_html(
            '<span class="due{}">{}</span> <span class="soft">{}</span>',
            f" due--{risk}" if risk else "",
            words,
            f"{row.filing.due_on:%m-%d}",
        )

    @admin.display(description=_("Number"), ordering="filing__number")
    def number(self, row: Any) -> str:
        """The filing number."""
        return row.filing.number or ""

    @admin.display(description=_("State"))
    def state(self, row: Any) -> SafeString:
        """Where it stands, in words; the colour repeats them."""
        label, tone = self.workflow.labels[row.filing.state], self.tone(row.filing.state)
        return format_html('<span class="pill pill--{}">{}</span>', tone, label)

    @admin.display(description=_("Agency"))
    def agency(self, row: Any) -> str:
        """Which agency has it."""
        return row.filing.agency.name if row.filing.agency else ""

    @admin.display(description=_("Submitted on"), ordering="filing__submitted_at")
    def submitted(self, row: Any) -> str:
        """The day of the first submission."""
        when = row.filing.submitted_at
        return f"{timezone.localtime(when):%Y-%m-%d}" if when else ""
