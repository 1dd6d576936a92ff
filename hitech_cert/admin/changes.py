"""Changes that certified enterprises reported, and their yearly reports."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hitech_cert import permissions
from hitech_cert.actions import changes, rechecking
from hitech_cert.admin.body import OfApplicationAdmin, pill
from hitech_cert.enums.after import OPEN_CHANGES, ChangeKind, ChangeState, ReportState
from hitech_cert.models import AnnualReport, Change
from hitech_cert.rules.annual import BY_NAME
from torch_portal.common.desk_admin import ExportedList
from torch_portal.filings.matter_admin import Answer, AnswerForm, WaitingFilter
from torch_portal.filings.pages.rows import minute
from torch_portal.filings.wording import long_date

CONDITIONS = tuple(range(1, 9))
YES_NO = (("", "—"), ("yes", gettext_lazy("met")), ("no", gettext_lazy("not met")))


class ChangeForm(AnswerForm):
    """The reason, the first day of publicity, and the eight conditions for a re-check."""

    opens_on = forms.DateField(
        label=gettext_lazy("First day of publicity (empty: today)"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for number in CONDITIONS:
            label = _("Condition %(number)s of article 11") % {"number": number}
            self.fields[f"condition_{number}"] = forms.ChoiceField(
                label=label, choices=YES_NO, required=False
            )


# What can be answered to a change that was just reported; later the state alone decides.
FIRST = {
    ChangeKind.NAME: ("publicise", "refuse"),
    ChangeKind.MAJOR: ("recheck", "refuse"),
    ChangeKind.RELOCATION: ("release", "refuse"),
    ChangeKind.PARTIAL: ("confirm", "refuse"),
}
LATER = {
    ChangeState.RELEASED: ("publicise", "refuse"),
    ChangeState.PUBLIC: ("confirm", "objection", "refuse"),
}


def answers_now(row: Change) -> tuple[str, ...]:
    """The answers that this change can get where it stands."""
    if row.state == ChangeState.OPEN:
        return FIRST[ChangeKind(row.kind)]
    return LATER.get(ChangeState(row.state), ())


def _plain(act: Any, *names: str) -> Any:
    """An act with only those entries of the form that it takes."""

    def answer(*, change: Change, by: Any, at: Any, **said: Any) -> Any:
        taken = {name: said[name] for name in names if name in said}
        return act(change=change, by=by, at=at, **taken)

    return answer


def _recheck(*, change: Change, by: Any, at: Any, note: str = "", **said: Any) -> Any:
    """The conditions as they were ticked."""
    known = {"yes": True, "no": False}
    found = {number: known.get(said.get(f"condition_{number}", "")) for number in CONDITIONS}
    return rechecking.recheck_change(change=change, conditions=found, by=by, at=at, note=note)


class ChangeFilter(WaitingFilter):
    """Open ones at first."""

    def kinds(self) -> dict[str, tuple[Any, Q]]:
        """Open, in publicity, late, decided, all."""
        open_ = Q(state__in=OPEN_CHANGES)
        return {
            "": (gettext_lazy("Waiting for an answer"), open_),
            "public": (gettext_lazy("In publicity"), Q(state=ChangeState.PUBLIC)),
            "late": (gettext_lazy("Waiting, reported late"), open_ & Q(late=True)),
            "no": (gettext_lazy("Answered"), ~open_),
            "all": (gettext_lazy("All"), Q()),
        }


@admin.register(Change)
class ChangeAdmin(ExportedList, OfApplicationAdmin):
    """The body publicises, confirms, refuses; a major change is checked against article 11."""

    exported = "hitech_changes"
    row_argument = "change"
    page_template = "admin/hitech_cert/after/change.html"
    answer_form = ChangeForm
    answers = {
        "release": Answer(
            _plain(changes.release_change, "note"),
            gettext_lazy("Release it"),
            gettext_lazy("The body of the new seat goes on with the relocation."),
        ),
        "publicise": Answer(
            _plain(changes.publicise_change, "note", "opens_on"),
            gettext_lazy("Publicise it"),
            gettext_lazy("Everybody can read it for ten working days."),
        ),
        "objection": Answer(
            _plain(changes.note_objection, "note"),
            gettext_lazy("Note an objection"),
            gettext_lazy("It is answered before the change is confirmed."),
        ),
        "confirm": Answer(
            _plain(changes.confirm_change, "note"),
            gettext_lazy("Confirm the change"),
            gettext_lazy("Number and validity stay; the new entries count."),
        ),
        "recheck": Answer(
            _recheck,
            gettext_lazy("Keep the re-check"),
            gettext_lazy("All met: the certificate stays. Else a cancellation is announced."),
        ),
        "refuse": Answer(
            _plain(changes.refuse_change, "note"),
            gettext_lazy("Do not confirm it"),
            gettext_lazy("Everything stays; the enterprise is told why."),
            grave=True,
        ),
    }
    list_display = ("enterprise", "certificate", "kind", "happened_on", "late", "standing_shown")
    list_filter = (ChangeFilter, "kind")
    ordering = ("reported_at", "pk")

    @admin.display(description=gettext_lazy("State"), ordering="state")
    def standing_shown(self, row: Change) -> Any:
        """Where it stands."""
        tone = "office" if row.state in OPEN_CHANGES else "plain"
        return pill(tone, row.get_state_display())

    def may_answer(self, request: HttpRequest, row: Change) -> bool:
        """The body whose turn it is: of a relocation first the one left, then the new one."""
        body = row.application.filing.jurisdiction_id
        if row.state != ChangeState.OPEN and row.to_jurisdiction_id:
            body = row.to_jurisdiction_id
        return row.state in OPEN_CHANGES and permissions.may_act_for(request.user, body)

    def _page(
        self, request: HttpRequest, row: Any, form: AnswerForm, *, status: int = 200
    ) -> HttpResponse:
        """Only what this kind of change asks for now is asked."""
        names = answers_now(row)
        for number in CONDITIONS if "recheck" not in names else ():
            form.fields.pop(f"condition_{number}", None)
        if "publicise" not in names:
            form.fields.pop("opens_on", None)
        return super()._page(request, row, form, status=status)

    def _buttons(self, request: HttpRequest, row: Change) -> list[dict[str, Any]]:
        names = answers_now(row) if self.may_answer(request, row) else ()
        return [
            {"answer": self.answers[name], "url": self.address("answer", row.pk, name)}
            for name in names
        ]

    def shown(self, request: HttpRequest, row: Change) -> dict[str, Any]:
        """Before and after, when and why, publicity, objection, re-check."""
        reported = f"{minute(row.reported_at)} · {row.reported_by.get_full_name()}"
        late = f" ({_('after three months')})" if row.late else ""
        facts: list[tuple[str, Any]] = [
            (_("Kind"), row.get_kind_display()),
            (_("Changed on"), long_date(row.happened_on)),
            (_("Reported"), reported + late),
            (_("What happened"), row.reason),
            (_("Before"), "\n".join(str(v) for v in row.before.values()) or "—"),
            (_("After"), "\n".join(str(v) for v in row.after.values())),
        ]
        if row.public_from:
            span = f"{long_date(row.public_from)} – {long_date(row.public_to)}"
            facts.append((_("Publicity"), span))
        if row.objection:
            facts.append((_("Objection"), row.objection))
        facts += [
            (
                _("Condition %(number)s of article 11") % {"number": n},
                _("met") if ok else _("not met"),
            )
            for n, ok in row.conditions.items()
        ]
        if row.decided_at and row.decided_by:
            words = f"{minute(row.decided_at)} · {row.decided_by.get_full_name()}\n{row.answer}"
            facts.append((_("Decided"), words))
        major = row.kind == ChangeKind.MAJOR
        buttons = self._buttons(request, row)
        more = {"facts": facts, "tone": "office", "major": major, "buttons": buttons}
        return super().shown(request, row) | more


class ReportFilter(WaitingFilter):
    """Handed in at first."""

    def kinds(self) -> dict[str, tuple[Any, Q]]:
        """Handed in, late, drafts, all."""
        sent = Q(state=ReportState.SUBMITTED)
        return {
            "": (gettext_lazy("Handed in"), sent),
            "late": (gettext_lazy("Handed in after 31 May"), sent & Q(late=True)),
            "draft": (gettext_lazy("Drafts"), ~sent),
            "all": (gettext_lazy("All"), Q()),
        }


@admin.register(AnnualReport)
class AnnualReportAdmin(ExportedList, OfApplicationAdmin):
    """To read: every figure with its source."""

    exported = "hitech_reports"
    list_display = ("enterprise", "certificate", "year", "sent_on", "late")
    list_filter = (ReportFilter, "year")
    ordering = ("-year", "-submitted_at", "pk")

    @admin.display(description=gettext_lazy("Handed in on"), ordering="submitted_at")
    def sent_on(self, row: AnnualReport) -> str:
        """The day."""
        return minute(row.submitted_at)[:10] if row.submitted_at else ""

    def shown(self, request: HttpRequest, row: AnnualReport) -> dict[str, Any]:
        """The figures and where each is from."""
        facts = [
            (str(entry.label), f"{row.figures[name]} · {row.sources.get(name, '')}")
            for name, entry in BY_NAME.items()
            if name in row.figures
        ]
        facts += [(_("Contact"), row.contact), (_("Listed"), row.listed or "—")]
        return super().shown(request, row) | {"facts": facts, "tone": "plain"}
