"""The list of respondents of a round: whose unit, exempt or not, how far."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stats import actions, queries
from stats.admin.frame import SurveyAdmin, acted, pill
from stats.forms import rounds as entered
from stats.models import Assignment
from stats.queries.frames import respondents
from stats.workflow import WORKFLOW
from torch_portal.common import clock
from torch_portal.filings.pages.rows import minute


class StandingFilter(admin.SimpleListFilter):
    """Who has not answered yet."""

    title = gettext_lazy("State")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Not begun, begun, exempt."""
        return [
            ("nothing", gettext_lazy("Not begun")),
            ("begun", gettext_lazy("Returns begun")),
            ("exempt", gettext_lazy("Exempt")),
        ]

    def queryset(self, request: HttpRequest, rows: Any) -> Any:
        """The rows of the choice."""
        chosen = {
            "nothing": {"report__isnull": True, "exempt": False},
            "begun": {"report__isnull": False},
            "exempt": {"exempt": True},
        }.get(self.value() or "", {})
        return rows.filter(**chosen)


@admin.register(Assignment)
class AssignmentAdmin(SurveyAdmin):
    """Re-assigned until the cut-off, exempt with a reason."""

    list_display = ("name", "code", "in_round", "responsible_unit", "standing")
    list_display_links = ("name",)
    list_filter = (StandingFilter, "round")
    search_fields = ("enterprise__name", "enterprise__credit_code")
    search_help_text = gettext_lazy("Enterprise or credit code")
    ordering = ("-round__year", "pk")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Those of the person's units, cities and provinces."""
        return respondents(super().get_queryset(request)).select_related("round")

    @admin.display(description=gettext_lazy("Respondent"))
    def name(self, row: Assignment) -> str:
        """Who has to answer."""
        return row.enterprise.name

    @admin.display(description=gettext_lazy("unified social credit code"))
    def code(self, row: Assignment) -> str:
        """Its credit code."""
        return row.enterprise.credit_code

    @admin.display(description=gettext_lazy("Round"))
    def in_round(self, row: Assignment) -> str:
        """In which round."""
        return row.round.title

    @admin.display(description=gettext_lazy("State"))
    def standing(self, row: Assignment) -> SafeString:
        """Exempt, not begun, or where the return stands."""
        if row.exempt:
            return pill("plain", _("Exempt"))
        state = getattr(row, "report_state", None)
        if state is None:
            return pill("plain", _("Not begun"))
        return pill(queries.tone(state), WORKFLOW.labels[state])

    def get_urls(self) -> list[URLPattern]:
        """Django's pages and those of the acts."""
        wrap = self.admin_site.admin_view
        name = "stats_assignment"
        own = [
            path("<int:pk>/unit/", wrap(self.unit_view), name=f"{name}_unit"),
            path("<int:pk>/exempt/", wrap(self.exempt_view), name=f"{name}_exempt"),
        ]
        return [*own, *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """One respondent with what can be done."""
        row = self.row_or_404(request, object_id)
        facts = [
            (_("Respondent"), f"{row.enterprise.name} · {row.enterprise.credit_code}"),
            (_("Round"), row.round.title),
            (_("Responsible unit"), row.responsible_unit.name),
            (_("City above the unit"), row.city_unit.name if row.city_unit else "—"),
            (_("Source"), row.source or "—"),
            (_("State"), self.standing(row)),
        ]
        if row.exempt and row.exempted_at and row.exempted_by:
            who = f"{minute(row.exempted_at)} · {row.exempted_by.get_full_name()}"
            facts.append((_("Exempt"), f"{row.reason} ({who})"))
        words = {"title": row.enterprise.name, "row": row, "facts": facts}
        return self.form_page(request, forms.Form(), words, "admin/stats/respondent.html")

    def unit_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Give the respondent to another unit."""
        row = self.row_or_404(request, pk)
        place = row.enterprise.jurisdiction_id
        form = entered.UnitForm(request.POST or None, jurisdiction=place)
        if form.is_bound and form.is_valid():
            act = partial(
                actions.reassign,
                assignment=row,
                by=request.user,
                at=clock.now(),
                **form.cleaned_data,
            )
            if acted(request, act, form=form, done=_("Given to another unit.")):
                return redirect(self.address("change", pk))
        words = {
            "title": _("Another unit for %(name)s") % {"name": row.enterprise.name},
            "effect": _("The values stay as they are. Possible until %(until)s.")
            % {"until": row.round.reassign_until.isoformat()},
            "button": _("Give to this unit"),
        }
        return self.form_page(request, form, words)

    def exempt_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Exempt the respondent, or end that."""
        row = self.row_or_404(request, pk)
        form = entered.ReasonForm(request.POST or None)
        if form.is_bound and form.is_valid():
            who_and_when = {"assignment": row, "by": request.user, "at": clock.now()}
            act = (
                partial(actions.end_exemption, **who_and_when)
                if row.exempt
                else partial(actions.exempt, note=form.cleaned_data["note"], **who_and_when)
            )
            if acted(request, act, form=form):
                return redirect(self.address("change", pk))
        words = {
            "title": _("End the exemption") if row.exempt else _("Exempt from this round"),
            "effect": row.enterprise.name,
            "button": _("End the exemption") if row.exempt else _("Exempt"),
        }
        return self.form_page(request, form, words)
