"""The queue of spot checks: what was declared beside what the statements say, and the result."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sme_eval import actions, queries
from sme_eval.admin.frame import OfEvaluationAdmin, pill
from sme_eval.enums import FOUND, AttachmentKind, CheckState
from sme_eval.models import SpotCheck
from torch_portal.common import clock
from torch_portal.filings.matter_admin import Answer, AnswerForm, WaitingFilter
from torch_portal.filings.pages.rows import file_row, minute
from torch_portal.filings.permissions import may_review
from torch_portal.filings.wording import long_date

TONES = {
    CheckState.ASKED: "plain",
    CheckState.GIVEN: "office",
    CheckState.ON_SITE: "office",
    CheckState.AGREES: "done",
    CheckState.DIFFERS: "needs-you",
    CheckState.SILENT: "needs-you",
}
PROPOSED = (CheckState.DIFFERS, CheckState.SILENT)


class CheckFilter(WaitingFilter):
    """At first what the agency can work on."""

    def kinds(self) -> dict[str, tuple[Any, Q]]:
        """To compare, waiting for material, late, on site, concluded, all."""
        late = queries.late_checks(clock.today())
        open_ = Q(state__in=queries.OPEN_CHECKS)
        given = Q(state__in=[CheckState.GIVEN, CheckState.ON_SITE])
        return {
            "": (gettext_lazy("To be compared or concluded"), given | late),
            "asked": (gettext_lazy("Material asked for"), Q(state=CheckState.ASKED)),
            "late": (gettext_lazy("No material in time"), late),
            "site": (gettext_lazy("On-site check"), Q(state=CheckState.ON_SITE)),
            "proposed": (gettext_lazy("Revocation proposed"), Q(state__in=PROPOSED)),
            "no": (gettext_lazy("Concluded"), ~open_),
            "all": (gettext_lazy("All"), Q()),
        }


class ResultForm(AnswerForm):
    """What was found, and on what it rests."""

    field_order = ("state", "note")
    state = forms.ChoiceField(
        label=gettext_lazy("Result"),
        required=False,
        choices=[("", "—"), *((s.value, s.label) for s in FOUND)],
    )


@admin.register(SpotCheck)
class SpotCheckAdmin(OfEvaluationAdmin):
    """The agency concludes; a proposed revocation is announced on the evaluation's page."""

    row_argument = "check"
    page_template = "admin/sme_eval/check.html"
    answer_form = ResultForm
    answers = {
        "conclude": Answer(
            actions.conclude,
            gettext_lazy("Keep the result"),
            gettext_lazy(
                "It stands in the history. A revocation is only proposed by it: the provincial "
                "department announces it."
            ),
        )
    }
    list_display = ("enterprise", "library_number", "year", "standing", "due", "given_on")
    list_filter = (CheckFilter,)
    list_select_related = (*OfEvaluationAdmin.list_select_related, "draw")
    ordering = ("draw__due_on", "pk")

    @admin.display(description=gettext_lazy("Year"), ordering="draw__year")
    def year(self, check: SpotCheck) -> int:
        """Of the evaluation."""
        return check.draw.year

    @admin.display(description=gettext_lazy("State"), ordering="state")
    def standing(self, check: SpotCheck) -> SafeString:
        """Where it stands."""
        return pill(TONES[CheckState(check.state)], check.get_state_display())

    @admin.display(description=gettext_lazy("Material due on"), ordering="draw__due_on")
    def due(self, check: SpotCheck) -> str:
        """The last day for the material."""
        return f"{check.draw.due_on:%Y-%m-%d}"

    @admin.display(description=gettext_lazy("Handed in"), ordering="given_at")
    def given_on(self, check: SpotCheck) -> str:
        """When the material came."""
        return minute(check.given_at) if check.given_at else "—"

    def may_answer(self, request: HttpRequest, row: SpotCheck) -> bool:
        """The agency, until it is concluded."""
        return row.state in queries.OPEN_CHECKS and may_review(request.user, row.evaluation.filing)

    def shown(self, request: HttpRequest, row: SpotCheck) -> dict[str, Any]:
        """Figures side by side, the statements, what the rules say of both."""
        draw, filing = row.draw, row.evaluation.filing
        facts = [
            (_("Draw"), f"{draw.year} · {minute(draw.drawn_at)}"),
            (_("Material due on"), long_date(draw.due_on)),
        ]
        if row.given_at:
            facts.append((_("Handed in"), minute(row.given_at)))
        if row.checked_at and row.checked_by:
            who = f"{minute(row.checked_at)} · {row.checked_by.get_full_name()}"
            facts.append((_("Result"), f"{row.get_state_display()}\n{who}\n{row.result}"))
        kinds = queries.edition_of(row.evaluation).due("check")
        files = filing.attachments.live().filter(kind__in=kinds).order_by("pk")
        return super().shown(request, row) | {
            "facts": facts,
            "tone": TONES[CheckState(row.state)],
            "figures": queries.compared(row),
            "points": queries.points_compared(row),
            "files": [
                file_row(filing, f, removable=False) | {"kind": AttachmentKind(f.kind).label}
                for f in files
            ],
            "draw_url": reverse("admin:sme_eval_draw_change", args=[draw.pk]),
        }
