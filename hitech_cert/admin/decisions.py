"""The decision by three departments: a session for many applications at once."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hitech_cert import permissions
from hitech_cert.actions import deciding
from hitech_cert.actions.deciding import Said
from hitech_cert.admin.body import OfApplicationAdmin, pill, places, refuse, visible
from hitech_cert.enums import State
from hitech_cert.enums.after import Department
from hitech_cert.models import Application, Decision, Intake
from hitech_cert.queries.decided import report_warning
from torch_portal.accounts.roles import Denied
from torch_portal.common import clock
from torch_portal.common.findings import Refused
from torch_portal.filings.pages.rows import minute

SHOWN = 500
ANSWERS = (
    ("", gettext_lazy("no opinion yet")),
    ("yes", gettext_lazy("agrees")),
    ("no", gettext_lazy("does not agree")),
)


class SessionForm(forms.Form):
    """What each department says of the applications that are ticked."""

    use_required_attribute = False
    applications = forms.ModelMultipleChoiceField(
        Application.objects.none(), required=False, label=gettext_lazy("Applications")
    )

    def __init__(self, *args: Any, rows: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["applications"].queryset = rows  # type: ignore[attr-defined]  # a choice of rows
        for department in Department:
            name = department.value
            self.fields[f"{name}_agrees"] = forms.ChoiceField(
                label=department.label, choices=ANSWERS, required=False
            )
            self.fields[f"{name}_by"] = forms.CharField(
                label=_("Acts for it"), required=False, max_length=60
            )
            self.fields[f"{name}_reason"] = forms.CharField(
                label=_("Reason when it does not agree"), required=False, max_length=400
            )

    def said(self) -> list[Said]:
        """The opinions that were given."""
        data = self.cleaned_data
        return [
            Said(d.value, answer == "yes", data[f"{d.value}_by"], data[f"{d.value}_reason"])
            for d in Department
            if (answer := data[f"{d.value}_agrees"])
        ]

    @property
    def departments(self) -> list[dict[str, Any]]:
        """The three entries of each department, for the page."""
        return [
            {
                "label": d.label,
                "fields": [self[f"{d.value}_{n}"] for n in ("agrees", "by", "reason")],
            }
            for d in Department
        ]


@admin.register(Decision)
class DecisionAdmin(OfApplicationAdmin):
    """Each decision with its opinions; sessions are held on the page that adds one."""

    list_display = ("enterprise", "year", "opened_on", "outcome_shown")
    list_filter = ("outcome",)
    ordering = ("-opened_at", "pk")
    search_fields = ("application__enterprise__name", "application__filing__number")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Who acts for a certification body."""
        return bool(permissions.acts_for(request.user))

    @admin.display(description=gettext_lazy("Year"), ordering="application__year")
    def year(self, row: Decision) -> int:
        """Of application."""
        return row.application.year

    @admin.display(description=gettext_lazy("Opened on"), ordering="opened_at")
    def opened_on(self, row: Decision) -> str:
        """The day."""
        return minute(row.opened_at)[:10]

    @admin.display(description=gettext_lazy("Outcome"), ordering="outcome")
    def outcome_shown(self, row: Decision) -> Any:
        """What was decided."""
        tone = {"proposed": "done", "not_recognised": "needs-you"}.get(row.outcome, "office")
        return pill(tone, row.get_outcome_display() or _("Open"))

    def shown(self, request: HttpRequest, row: Decision) -> dict[str, Any]:
        """The opinions, and what was decided."""
        facts = [
            (opinion.get_department_display(), _opinion(opinion))
            for opinion in row.opinions.select_related("recorded_by").order_by("pk")
        ]
        facts.append((_("Average"), deciding.score_text(row.application) or "—"))
        if row.decided_at and row.decided_by:
            words = f"{minute(row.decided_at)} · {row.decided_by.get_full_name()}\n{row.note}"
            facts.append((str(row.get_outcome_display()), words))
        return super().shown(request, row) | {"facts": facts}

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """A session: tick applications, enter opinions, record; or propose those all agree to."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        areas = [code for code, _name in places(request.user)]
        rows = visible(request).filter(
            filing__state=State.SCORED, filing__jurisdiction_id__in=areas
        )
        intake = request.GET.get("intake", "")
        if intake.isdecimal():
            rows = rows.filter(intake=intake)
        form = SessionForm(request.POST or None, rows=rows)
        if form.is_bound and form.is_valid() and self._act(request, form):
            return redirect(request.get_full_path())
        words = {
            "title": _("Session of the three departments"),
            "rows": _rows(rows),
            "intakes": Intake.objects.visible_to(request.user).order_by("-year", "-number")[:20],
            "chosen": intake,
            "ticked": {str(a) for a in request.POST.getlist("applications")},
            "warnings": _warnings(areas),
        }
        return self.form_page(request, form, words, "admin/hitech_cert/after/session.html")

    def _act(self, request: HttpRequest, form: SessionForm) -> bool:
        """Record or propose; True when the page can be shown afresh."""
        who_and_when = {"by": request.user, "at": clock.now()}
        chosen = list(form.cleaned_data["applications"])
        try:
            if "propose" in request.POST:
                results = deciding.propose_many(applications=chosen, **who_and_when)
            else:
                results = deciding.hold_session(
                    applications=chosen, said=form.said(), **who_and_when
                )
        except Refused as refused:
            refuse(form, refused)
            return False
        except Denied as error:
            raise PermissionDenied(str(error)) from error
        _tell(request, chosen, results)
        return True


def _tell(request: HttpRequest, chosen: list[Application], results: dict[int, str]) -> None:
    done = sum(1 for reason in results.values() if not reason)
    messages.success(request, _("%(done)s done.") % {"done": done})
    for application in chosen:
        if results.get(application.pk):
            messages.error(request, f"{application.enterprise.name}: {results[application.pk]}")


def _opinion(opinion: Any) -> str:
    answer = _("agrees") if opinion.agrees else _("does not agree")
    recorded = f"{minute(opinion.recorded_at)} · {opinion.recorded_by.get_full_name()}"
    return "\n".join(filter(None, [f"{answer} · {opinion.spoken_by}", opinion.reason, recorded]))


def _rows(rows: Any) -> list[dict[str, Any]]:
    """Applications before the departments, with what each department said."""
    found = rows.prefetch_related("decisions__opinions").order_by("intake_id", "pk")[:SHOWN]
    listed = []
    for application in found:
        open_ = next((d for d in application.decisions.all() if not d.outcome), None)
        given = deciding.opinions_of(open_)
        listed.append(
            {
                "application": application,
                "score": deciding.score_text(application),
                "opinions": [given.get(d.value) for d in Department],
            }
        )
    return listed


def _warnings(areas: list[str]) -> list[dict[str, Any]]:
    found = [report_warning(area, clock.today()) for area in areas]
    return [warning for warning in found if warning is not None]
