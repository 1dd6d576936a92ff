"""Draws of spot checks: made by the department, repeatable by anybody."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sme_eval import actions, permissions, queries
from sme_eval.models import Draw
from torch_portal.accounts.models import Jurisdiction
from torch_portal.accounts.roles import Denied, Person, standing
from torch_portal.common import clock
from torch_portal.common.findings import Refused
from torch_portal.filings.guided import fields as f
from torch_portal.filings.matter_admin import MatterAdmin
from torch_portal.filings.pages.rows import minute
from torch_portal.filings.wording import long_date


def draws_for(user: Person) -> list[str]:
    """The codes of the jurisdictions for which this person draws."""
    areas = [area for _role, area in standing(user).jurisdictions if area]
    return [area for area in areas if permissions.may_act_for(user, area)]


def places_of(user: Person) -> list[tuple[str, str]]:
    """The same with their names."""
    places = Jurisdiction.objects.filter(pk__in=draws_for(user))
    return [(place.pk, place.name) for place in places]


class DrawForm(forms.Form):
    """Year, share and seed of a draw."""

    use_required_attribute = False
    jurisdiction = forms.ChoiceField(label=gettext_lazy("Jurisdiction"))
    year = forms.TypedChoiceField(label=gettext_lazy("Year of evaluation"), coerce=int)
    share = f.PercentField(
        label=gettext_lazy("Share drawn (%)"),
        help_text=gettext_lazy("Empty: the least share of the year, five per cent."),
    )
    seed = forms.CharField(
        label=gettext_lazy("Seed"),
        required=False,
        max_length=64,
        help_text=gettext_lazy(
            "Any words or digits, such as the figures of a public lottery of that day. Empty: the "
            "portal throws dice and keeps them."
        ),
    )

    def __init__(self, *args: Any, by: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        years = queries.years_to_draw(clock.today())
        self.fields["jurisdiction"].choices = places_of(by)  # type: ignore[attr-defined]
        self.fields["year"].choices = [(year, year) for year in years]  # type: ignore[attr-defined]

    def clean_share(self) -> Decimal | None:
        """As exact as it is kept."""
        share: Decimal | None = self.cleaned_data["share"]
        if share is not None and share != round(share, 4):
            raise forms.ValidationError(_("Write the percentage with at most two decimals."))
        return share


@admin.register(Draw)
class DrawAdmin(MatterAdmin):
    """A draw is made here once and stands for ever."""

    page_template = "admin/sme_eval/draw.html"
    list_display = ("year", "jurisdiction", "drawn_on", "population", "drawn", "due_on", "drawn_by")
    list_display_links = ("year", "jurisdiction")
    list_select_related = ("jurisdiction", "drawn_by")
    ordering = ("-drawn_at", "pk")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who works in a jurisdiction as a whole."""
        return standing(request.user).has_office("official", "reviewer") and bool(
            standing(request.user).jurisdictions
        )

    has_module_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Who acts for a provincial department."""
        return bool(draws_for(request.user))

    @admin.display(description=gettext_lazy("Drawn on"), ordering="drawn_at")
    def drawn_on(self, draw: Draw) -> str:
        """The day."""
        return minute(draw.drawn_at)[:10]

    @admin.display(description=gettext_lazy("Drawn"))
    def drawn(self, draw: Draw) -> int:
        """How many."""
        return queries.to_draw(draw)

    def shown(self, request: HttpRequest, row: Draw) -> dict[str, Any]:
        """From how many, which, by what seed, and how to repeat it."""
        count = queries.to_draw(row)
        facts = [
            (_("Drawn"), f"{minute(row.drawn_at)} · {row.drawn_by.get_full_name()}"),
            (_("Enterprises drawn from"), row.population),
            (_("Share drawn"), f"{row.share * 100:f}".rstrip("0").rstrip(".") + "%"),
            (_("Enterprises drawn"), count),
            (_("Seed"), row.seed),
            (_("Digest of the numbers (SHA-256)"), row.digest),
            (_("Material due on"), long_date(row.due_on)),
        ]
        return {
            "heading": f"{row.jurisdiction} · {row.year}",
            "facts": facts,
            "drawn": queries.drawn_rows(row),
            "count": count,
        }

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Ask for year, share and seed; POST draws and asks the enterprises for their material."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = DrawForm(request.POST or None, by=request.user)
        if form.is_bound and form.is_valid():
            try:
                made = actions.draw_spot_check(by=request.user, at=clock.now(), **form.cleaned_data)
            except Refused as refused:
                for finding in refused.findings:
                    place = finding.field if finding.field in form.fields else None
                    form.add_error(place, finding.text())
            except Denied as error:
                raise PermissionDenied(str(error)) from error
            else:
                messages.success(request, _("Drawn; the enterprises have been asked."))
                return redirect(self.address("change", made.pk))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Draw a spot check"),
            "form": form,
            "list_url": self.address("changelist"),
            "is_nav_sidebar_enabled": False,
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/sme_eval/draw_form.html", context, status=status)
