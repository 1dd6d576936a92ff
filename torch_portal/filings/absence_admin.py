"""Holiday cover at the desk."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from torch_portal.accounts.roles import is_reviewer, reviewers_beside
from torch_portal.common import clock
from torch_portal.filings.models import Absence


class AbsenceForm(forms.ModelForm):
    """The days, and who stands in: a reviewer of the same agency or area."""

    class Meta:
        model = Absence
        fields = ("substitute", "starts_on", "ends_on")

    def clean_ends_on(self) -> Any:
        """What is over cannot be announced."""
        day = self.cleaned_data["ends_on"]
        if day < clock.today():
            raise ValidationError(_("The last day lies in the past."))
        return day


@admin.register(Absence)
class AbsenceAdmin(ModelAdmin):
    """Reviewers enter their own absence; they see their own and those that they stand in for."""

    form = AbsenceForm
    list_display = ["away", "stands_in", "starts_on", "ends_on"]
    list_select_related = ["person", "substitute"]
    ordering = ["-starts_on", "-pk"]
    show_full_result_count = False
    actions = None
    change_list_template = "admin/filings/absence/change_list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Absence]:
        """One's own, on either side."""
        own = Q(person=request.user.pk) | Q(substitute=request.user.pk)
        return super().get_queryset(request).filter(own)

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Colleagues alone can be named."""
        form = super().get_form(request, obj, **kwargs)
        if "substitute" in form.base_fields:
            beside = [p.pk for p in reviewers_beside(request.user) if p != request.user]
            field = form.base_fields["substitute"]
            field.queryset = field.queryset.filter(pk__in=beside)
            field.label_from_instance = get_user_model().get_full_name
        return form

    @admin.display(description=_("Reviewer"), ordering="person__last_name")
    def away(self, absence: Absence) -> str:
        """Who is away, by the name that colleagues know."""
        return absence.person.get_full_name()

    @admin.display(description=_("substitute"), ordering="substitute__last_name")
    def stands_in(self, absence: Absence) -> str:
        """Who stands in."""
        return absence.substitute.get_full_name()

    def save_model(self, request: HttpRequest, obj: Absence, form: Any, change: bool) -> None:
        """By whom and when."""
        if not change:
            person: Any = request.user
            obj.person, obj.made_by, obj.made_at = person, person, clock.now()
        super().save_model(request, obj, form, change)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Reviewers."""
        return is_reviewer(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Reviewers; which rows is decided by get_queryset."""
        return is_reviewer(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Reviewers, for themselves."""
        return is_reviewer(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Absence | None = None) -> bool:
        """One's own, as long as it is not over."""
        mine = obj is None or (obj.person_id == request.user.pk and obj.ends_on >= clock.today())
        return is_reviewer(request.user) and mine

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: who stood in when stays known."""
        return False

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """None is kept."""
        raise Http404
