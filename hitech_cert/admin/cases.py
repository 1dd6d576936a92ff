"""Cancellations and re-examinations, decided by another person."""

from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hitech_cert.actions import cancelling, redo
from hitech_cert.admin.body import (
    OfApplicationAdmin,
    decided,
    mine,
    pill,
)
from hitech_cert.enums.after import CancelGround, CaseState, RedoState
from hitech_cert.models import Cancellation, ReExamination
from torch_portal.common import clock
from torch_portal.filings.matter_admin import Answer, WaitingFilter
from torch_portal.filings.pages.rows import minute
from torch_portal.filings.wording import long_date


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


def _of_case(act: Any) -> Any:
    """An act on the application of a case."""

    def answer(*, case: Cancellation, by: Any, at: Any, note: str = "") -> Any:
        return act(application=case.application, by=by, at=at, note=note)

    return answer


@admin.register(Cancellation)
class CancellationAdmin(OfApplicationAdmin):
    """Announced, stated, decided by another person."""

    row_argument = "case"
    answers = {
        "cancel": Answer(
            _of_case(cancelling.cancel),
            gettext_lazy("Cancel"),
            gettext_lazy("The status ends; tax is claimed back from the year of effect."),
            grave=True,
        ),
        "drop": Answer(
            _of_case(cancelling.drop_cancellation),
            gettext_lazy("Drop the cancellation"),
            gettext_lazy("The certificate stays valid; the enterprise is told why."),
        ),
    }
    list_display = ("enterprise", "certificate", "noticed_on", "due_on", "stated", "standing_shown")
    list_filter = (CaseFilter,)
    ordering = ("due_on", "pk")

    @admin.display(description=gettext_lazy("Announced on"), ordering="noticed_at")
    def noticed_on(self, row: Cancellation) -> str:
        """The day of the notice."""
        return minute(row.noticed_at)[:10]

    @admin.display(description=gettext_lazy("Case stated"), boolean=True)
    def stated(self, row: Cancellation) -> bool:
        """Whether the enterprise answered."""
        return row.stated_at is not None

    @admin.display(description=gettext_lazy("State"), ordering="state")
    def standing_shown(self, row: Cancellation) -> Any:
        """Where it stands."""
        return pill("office" if row.state == "noticed" else "plain", row.get_state_display())

    def may_answer(self, request: HttpRequest, row: Cancellation) -> bool:
        """The body, while it is open, and not who announced it."""
        open_ = row.state == CaseState.NOTICED and row.noticed_by_id != request.user.pk
        return open_ and mine(request, row.application)

    def shown(self, request: HttpRequest, row: Cancellation) -> dict[str, Any]:
        """Grounds, facts, statement, decision."""
        grounds = "\n".join(str(CancelGround(ground).label) for ground in row.grounds)
        facts: list[tuple[str, Any]] = [
            (_("Announced"), f"{minute(row.noticed_at)} · {row.noticed_by.get_full_name()}"),
            (_("Grounds"), grounds),
            (_("Facts"), row.facts),
            (_("Counts from the year"), str(row.effect_year)),
            (_("Statement until"), long_date(row.due_on)),
        ]
        if row.opinion:
            facts.append((_("Opinion of the competent department"), row.opinion))
        if row.stated_at and row.stated_by:
            told = f"{minute(row.stated_at)} · {row.stated_by.get_full_name()}\n{row.statement}"
            facts.append((_("Statement of the enterprise"), told))
        facts += decided(row, row.answer)
        return super().shown(request, row) | {"facts": facts, "tone": "office"}


class RedoFilter(WaitingFilter):
    """Open ones at first."""

    def kinds(self) -> dict[str, tuple[Any, Q]]:
        """Open, decided, all."""
        open_ = Q(state=RedoState.ASKED)
        return {
            "": (gettext_lazy("Asked for"), open_),
            "no": (gettext_lazy("Decided"), ~open_),
            "all": (gettext_lazy("All"), Q()),
        }


def _of_redo(act: Any) -> Any:
    """An act on the application of a re-examination."""

    def answer(*, row: ReExamination, by: Any, at: Any, note: str = "") -> Any:
        return act(application=row.application, by=by, at=at, note=note)

    return answer


@admin.register(ReExamination)
class ReExaminationAdmin(OfApplicationAdmin):
    """The rules count the sheets again; nobody decides against what they find."""

    row_argument = "row"
    answers = {
        "reopen": Answer(
            _of_redo(redo.reopen),
            gettext_lazy("Reopen the application"),
            gettext_lazy("The average stands as mended; the departments decide again."),
        ),
        "refuse": Answer(
            _of_redo(redo.refuse_reexamination),
            gettext_lazy("No such error"),
            gettext_lazy("The refusal stays; the enterprise is told why."),
            grave=True,
        ),
    }
    list_display = ("enterprise", "ground", "asked_on", "standing_shown")
    list_filter = (RedoFilter, "ground")
    ordering = ("asked_at", "pk")

    @admin.display(description=gettext_lazy("Asked for on"), ordering="asked_at")
    def asked_on(self, row: ReExamination) -> str:
        """The day."""
        return minute(row.asked_at)[:10]

    @admin.display(description=gettext_lazy("State"), ordering="state")
    def standing_shown(self, row: ReExamination) -> Any:
        """Where it stands."""
        return pill("office" if row.state == "asked" else "plain", row.get_state_display())

    def may_answer(self, request: HttpRequest, row: ReExamination) -> bool:
        """The body, while it is open, and not who decided the application."""
        filing = row.application.filing
        open_ = row.state == RedoState.ASKED and filing.decided_by_id != request.user.pk
        return open_ and mine(request, row.application)

    def shown(self, request: HttpRequest, row: ReExamination) -> dict[str, Any]:
        """What is said to be wrong, and what counting again shows."""
        slips, before, after = row.slips, row.before, row.after
        if row.state == RedoState.ASKED:
            found = redo.recounted(row.application)
            slips = redo.slips_told(found, row.ground) if found else []
            before = str(found.before) if found else ""
            after = str(found.after) if found else ""
        facts: list[tuple[str, Any]] = [
            (_("Ground"), row.get_ground_display()),
            (_("What is wrong"), row.statement),
            (_("Average before"), before or "—"),
            (_("Average as mended"), after or "—"),
            (_("Errors found by counting"), "\n".join(s["text"] for s in slips) or _("None")),
            *decided(row, row.answer),
        ]
        return super().shown(request, row) | {"facts": facts, "tone": "office"}
