"""Revocations from the announcement to the decision, and the record of integrity; to read.

They are decided on the page of the evaluation, where the moves are.
"""

from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sme_eval.admin.frame import OfEvaluationAdmin, pill
from sme_eval.enums import CaseState, RevocationGround
from sme_eval.models import IntegrityEntry, Revocation
from torch_portal.common import clock
from torch_portal.filings.matter_admin import WaitingFilter
from torch_portal.filings.pages.rows import minute
from torch_portal.filings.wording import long_date

TONES = {CaseState.NOTICED: "office", CaseState.REVOKED: "needs-you"}


def grounds_text(grounds: list[str]) -> str:
    """The grounds in words, one a line."""
    return "\n".join(str(RevocationGround(ground).label) for ground in grounds)


class CaseFilter(WaitingFilter):
    """Undecided ones at first."""

    def kinds(self) -> dict[str, tuple[Any, Q]]:
        """Open, ready to be decided, decided, all."""
        open_ = Q(state=CaseState.NOTICED)
        ready = open_ & (Q(stated_at__isnull=False) | Q(due_on__lt=clock.today()))
        return {
            "": (gettext_lazy("Not decided yet"), open_),
            "ready": (gettext_lazy("Stated, or the time has passed"), ready),
            "no": (gettext_lazy("Decided"), ~open_),
            "all": (gettext_lazy("All"), Q()),
        }


@admin.register(Revocation)
class RevocationAdmin(OfEvaluationAdmin):
    """Announced, stated, decided."""

    list_display = ("enterprise", "library_number", "noticed_on", "due_on", "stated", "standing")
    list_filter = (CaseFilter,)
    ordering = ("due_on", "pk")

    @admin.display(description=gettext_lazy("Announced on"), ordering="noticed_at")
    def noticed_on(self, case: Revocation) -> str:
        """The day of the notice."""
        return minute(case.noticed_at)[:10]

    @admin.display(description=gettext_lazy("Case stated"), boolean=True)
    def stated(self, case: Revocation) -> bool:
        """Whether the enterprise answered."""
        return case.stated_at is not None

    @admin.display(description=gettext_lazy("State"), ordering="state")
    def standing(self, case: Revocation) -> SafeString:
        """Where it stands."""
        return pill(TONES.get(CaseState(case.state), "plain"), case.get_state_display())

    def shown(self, request: HttpRequest, row: Revocation) -> dict[str, Any]:
        """Grounds, facts, statement, decision."""
        announced = f"{minute(row.noticed_at)} · {row.noticed_by.get_full_name()}"
        facts = [
            (_("Announced"), announced),
            (_("Grounds"), grounds_text(row.grounds)),
            (_("Facts"), row.facts),
            (_("Statement until"), long_date(row.due_on)),
        ]
        if row.stated_at and row.stated_by:
            told = f"{minute(row.stated_at)} · {row.stated_by.get_full_name()}\n{row.statement}"
            facts.append((_("Statement of the enterprise"), told))
        if row.decided_at and row.decided_by:
            told = f"{minute(row.decided_at)} · {row.decided_by.get_full_name()}\n{row.answer}"
            facts.append((_("Decided"), told))
        tone = TONES.get(CaseState(row.state), "plain")
        return super().shown(request, row) | {"facts": facts, "tone": tone}


@admin.register(IntegrityEntry)
class IntegrityEntryAdmin(OfEvaluationAdmin):
    """Written by a revocation, never taken back."""

    list_display = ("enterprise", "library_number", "written_on", "what", "barred_through")
    ordering = ("-written_at", "pk")

    @admin.display(description=gettext_lazy("Written on"), ordering="written_at")
    def written_on(self, entry: IntegrityEntry) -> str:
        """The day."""
        return minute(entry.written_at)[:10]

    @admin.display(description=gettext_lazy("Grounds"))
    def what(self, entry: IntegrityEntry) -> str:
        """The grounds in a line."""
        return grounds_text(entry.grounds).replace("\n", "；")

    def shown(self, request: HttpRequest, row: IntegrityEntry) -> dict[str, Any]:
        """What happened, and how long it bars."""
        facts = [
            (_("Written"), f"{minute(row.written_at)} · {row.written_by.get_full_name()}"),
            (_("Grounds"), grounds_text(row.grounds)),
            (_("Facts"), row.text),
            (_("Cannot file through"), long_date(row.barred_through)),
        ]
        return super().shown(request, row) | {"facts": facts}
