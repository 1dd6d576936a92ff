"""Published tables with what was left out of them, to read."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stats.admin.frame import SurveyAdmin
from stats.models import PublicationTable
from torch_portal.filings.pages.rows import minute


@admin.register(PublicationTable)
class PublicationTableAdmin(SurveyAdmin):
    """Frozen when they were published."""

    page_template = "admin/stats/table.html"
    list_display = ("title", "of_round", "left_out")
    list_display_links = ("title",)
    list_select_related = ("round", "published_by")
    ordering = ("-round__year", "code", "dimension", "pk")

    def get_queryset(self, request: HttpRequest) -> Any:
        """What is published everybody may see."""
        return PublicationTable.objects.select_related("round", "published_by").prefetch_related(
            "suppressed"
        )

    @admin.display(description=gettext_lazy("Round"))
    def of_round(self, row: PublicationTable) -> str:
        """Of which round."""
        return row.round.title

    @admin.display(description=gettext_lazy("Left out"))
    def left_out(self, row: PublicationTable) -> int:
        """How many cells."""
        return len(row.suppressed.all())

    def shown(self, request: HttpRequest, row: PublicationTable) -> dict[str, Any]:
        """The rows, and why which are left out."""
        why = {each.key: each for each in row.suppressed.all()}
        who = f"{minute(row.published_at)} · {row.published_by.get_full_name()}"
        return {
            "heading": row.title,
            "facts": [
                (
                    _("Published"),
                    who,
                ),
                (_("Unit"), row.unit or "—"),
                (_("Digest (SHA-256)"), row.digest),
            ],
            "lines": [{"row": each, "why": why.get(each["key"])} for each in row.rows],
        }
