"""Changes that enterprises in the library reported: before and after, confirmed or not."""

from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sme_eval import actions, queries
from sme_eval.admin.frame import OfEvaluationAdmin, pill
from sme_eval.enums import ChangeState
from sme_eval.models import Change
from torch_portal.filings.matter_admin import Answer, WaitingFilter
from torch_portal.filings.pages.rows import minute
from torch_portal.filings.permissions import may_review

TONES = {ChangeState.OPEN: "office", ChangeState.CONFIRMED: "done"}


class ChangeFilter(WaitingFilter):
    """Open ones at first."""

    def kinds(self) -> dict[str, tuple[Any, Q]]:
        """Open, major and open, decided, all."""
        open_ = Q(state=ChangeState.OPEN)
        return {
            "": (gettext_lazy("Waiting for an answer"), open_),
            "major": (gettext_lazy("Waiting, touching the conditions"), open_ & Q(major=True)),
            "no": (gettext_lazy("Answered"), ~open_),
            "all": (gettext_lazy("All"), Q()),
        }


@admin.register(Change)
class ChangeAdmin(OfEvaluationAdmin):
    """The agency compares them with the new licence."""

    row_argument = "change"
    page_template = "admin/sme_eval/change.html"
    answers = {
        "confirm": Answer(
            actions.confirm_change,
            gettext_lazy("Confirm the change"),
            gettext_lazy("The entries are written over; the number stays the same."),
        ),
        "refuse": Answer(
            actions.refuse_change,
            gettext_lazy("Do not confirm it"),
            gettext_lazy("The entries stay; the enterprise is told why."),
            grave=True,
        ),
    }
    list_display = (
        "enterprise", "library_number", "changed_on", "reported_on", "major", "late", "standing",
    )  # fmt: skip
    list_filter = (ChangeFilter,)
    ordering = ("reported_at", "pk")

    @admin.display(description=gettext_lazy("Reported on"), ordering="reported_at")
    def reported_on(self, change: Change) -> str:
        """The day."""
        return f"{timezone.localtime(change.reported_at):%Y-%m-%d}"

    @admin.display(description=gettext_lazy("State"), ordering="state")
    def standing(self, change: Change) -> SafeString:
        """What became of it."""
        return pill(TONES.get(ChangeState(change.state), "plain"), change.get_state_display())

    def may_answer(self, request: HttpRequest, row: Change) -> bool:
        """The agency, while it is open."""
        return row.state == ChangeState.OPEN and may_review(request.user, row.evaluation.filing)

    def shown(self, request: HttpRequest, row: Change) -> dict[str, Any]:
        """Entries before and after, when and why."""
        when = f"{row.changed_on:%Y-%m-%d}"
        reported = f"{minute(row.reported_at)} · {row.reported_by.get_full_name()}"
        facts = [
            (_("Changed on"), when),
            (_("Reported"), f"{reported} ({_('after three months')})" if row.late else reported),
            (_("What changed and why"), row.reason),
            (_("Touches the conditions"), _("Yes") if row.major else _("No")),
        ]
        if row.decided_at and row.decided_by:
            words = f"{minute(row.decided_at)} · {row.decided_by.get_full_name()}\n{row.answer}"
            facts.append((_("Decided"), words))
        entries = [
            {"label": queries.label_of(name), "before": row.before[name], "after": row.after[name]}
            for name in row.after
        ]
        tone = TONES.get(ChangeState(row.state), "plain")
        return super().shown(request, row) | {"facts": facts, "entries": entries, "tone": tone}
