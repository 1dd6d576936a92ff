"""What the lists beside the evaluations share: their columns, and a filter for what waits."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from torch_portal.filings.matter_admin import MatterAdmin


class OfEvaluationAdmin(MatterAdmin):
    """A list of what hangs on evaluations."""

    list_select_related: tuple[str, ...] = ("evaluation__enterprise", "evaluation__filing__agency")
    search_fields = ("evaluation__number", "evaluation__enterprise__name")
    search_help_text = _("Number in the library or name of the enterprise")

    @admin.display(description=_("Enterprise"), ordering="evaluation__enterprise__name")
    def enterprise(self, row: Any) -> str:
        """Whose evaluation it is."""
        return str(row.evaluation.enterprise.name)

    @admin.display(description=_("Number in the library"), ordering="evaluation__number")
    def library_number(self, row: Any) -> str:
        """The eighteen characters."""
        return row.evaluation.number or ""

    def shown(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """Whose it is, with the way to the evaluation."""
        evaluation = row.evaluation
        return {
            "heading": evaluation.enterprise.name,
            "filing_name": f"{evaluation.filing} · {evaluation.number or ''}",
            "filing_url": reverse("admin:sme_eval_evaluation_change", args=[evaluation.pk]),
            "state_label": row.get_state_display() if hasattr(row, "state") else "",
        }


def pill(tone: str, label: Any) -> SafeString:
    """A state in words; the colour repeats them."""
    html = '<span class="desk"><span class="pill pill--{}">{}</span></span>'
    return format_html(html, tone, label)
