"""Outliers one by one: looked at, with what was found out. The value is the respondent's."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stats import actions, queries
from stats.admin.frame import SurveyAdmin
from stats.models import Outlier
from stats.queries import quality as desk
from stats.queries.reports import VERSION
from torch_portal.filings.matter_admin import Answer, AnswerForm
from torch_portal.filings.pages.rows import minute


class NoteForm(AnswerForm):
    """What was found out; the respondent does not read it."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["note"].label = _("What was found out")
        self.fields["note"].help_text = _("Kept for the levels of review.")


@admin.register(Outlier)
class OutlierAdmin(SurveyAdmin):
    """Those of the returns that this person may see."""

    list_display = ("respondent", "what", "this_year", "last_year", "looked_at")
    list_display_links = ("respondent",)
    list_filter = ("kind",)
    ordering = ("seen_at", "-report__risk", "pk")
    answers = {
        "seen": Answer(
            actions.note_outlier,
            gettext_lazy("Looked at"),
            gettext_lazy("The return ranks lower; the value stays as it is."),
        )
    }
    answer_form = NoteForm
    row_argument = "outlier"

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the return and its version."""
        related = [f"report__{name}" for name in VERSION]
        return (
            super()
            .get_queryset(request)
            .select_related("report__enterprise", "report__filing", "seen_by", *related)
        )

    def may_answer(self, request: HttpRequest, row: Outlier) -> bool:
        """While nobody has looked at it."""
        return row.seen_at is None

    @admin.display(description=gettext_lazy("Respondent"))
    def respondent(self, row: Outlier) -> str:
        """Whose figure it is."""
        return row.report.enterprise.name

    @admin.display(description=gettext_lazy("Figure"))
    def what(self, row: Outlier) -> str:
        """Which figure."""
        return self._words(row)["what"]

    @admin.display(description=gettext_lazy("This year"))
    def this_year(self, row: Outlier) -> str:
        """In the unit of the item."""
        return desk.eye(row.now)

    @admin.display(description=gettext_lazy("Last year"))
    def last_year(self, row: Outlier) -> str:
        """In the unit of the item."""
        return desk.eye(row.before)

    @admin.display(description=gettext_lazy("Looked at"), boolean=True)
    def looked_at(self, row: Outlier) -> bool:
        """Whether somebody did."""
        return row.seen_at is not None

    def _words(self, row: Outlier) -> dict[str, str]:
        return desk.outlier_words(row, queries.items_of(row.report.round.version))

    def shown(self, request: HttpRequest, row: Outlier) -> dict[str, Any]:
        """The figures, what would be in order, and what was found out."""
        words = self._words(row)
        facts = [
            (_("Figure"), words["what"]),
            (_("Found by"), row.get_kind_display()),
            (_("Group (industry|size)"), row.group or "—"),
            (_("This year"), desk.eye(row.now)),
            (_("Last year"), desk.eye(row.before)),
            (_("Ratio"), words["ratio"]),
            (_("In order"), words["bounds"]),
        ]
        if row.seen_at and row.seen_by:
            who = f"{minute(row.seen_at)} · {row.seen_by.get_full_name()}"
            facts.append((_("Looked at"), f"{who}\n{row.note}"))
        return {
            "heading": row.report.enterprise.name,
            "facts": facts,
            "filing_name": str(row.report.filing),
            "filing_url": reverse("admin:stats_return_change", args=[row.report_id]),
        }
