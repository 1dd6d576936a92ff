"""Certificates of enterprises that several lines go by, recorded by officials with their source."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextInputWidget

from torch_portal.accounts.changes.desk import ReasonedForm, RecordedAdmin
from torch_portal.accounts.models import Enterprise
from torch_portal.accounts.roles import governs, is_official
from torch_portal.common.desk_admin import CappedPaginator
from torch_portal.filings.models import Qualification


class QualificationForm(ReasonedForm):
    """The enterprise by its code; who that is stands in the list afterwards."""

    by: Any  # who records it

    credit_code = forms.CharField(
        label=_("Unified social credit code"),
        max_length=18,
        help_text=_("Of an enterprise that has an account here."),
        widget=UnfoldAdminTextInputWidget,
    )

    def clean_credit_code(self) -> str:
        """An enterprise of the portal, in a place where the person is an official."""
        code: str = self.cleaned_data["credit_code"].strip().upper()
        found = Enterprise.objects.filter(credit_code=code).first()
        if found is None:
            raise ValidationError(_("No enterprise with this code has an account here."))
        if not governs(self.by, found.jurisdiction_id):
            raise ValidationError(_("This enterprise lies in another jurisdiction."))
        self.instance.enterprise = found
        return code


@admin.register(Qualification)
class QualificationAdmin(RecordedAdmin):
    """A high-tech certificate recorded here confirms its enterprise without retyping."""

    form = QualificationForm
    recorded = ("enterprise", "kind", "number", "valid_from", "valid_to", "ended_on", "source")
    fields = [
        "credit_code", "kind", "number", "valid_from", "valid_to", "ended_on", "source", "reason",
    ]  # fmt: skip
    list_display = ["number", "enterprise", "kind", "valid_from", "valid_to", "ended_on", "source"]
    list_filter = ["kind"]
    list_select_related = ["enterprise"]
    search_fields = ["number", "enterprise__name", "enterprise__credit_code"]
    search_help_text = _("Number, name or code of the enterprise")
    ordering = ["-valid_from", "pk"]
    show_full_result_count = False
    paginator = CappedPaginator

    def get_queryset(self, request: HttpRequest) -> QuerySet[Qualification]:
        """Of enterprises in the person's areas."""
        rows: Any = super().get_queryset(request)
        found: QuerySet[Qualification] = rows.visible_to(request.user)
        return found

    def get_fields(self, request: HttpRequest, obj: Qualification | None = None) -> Any:
        """The enterprise is named once."""
        fields = super().get_fields(request, obj)
        return [("enterprise" if f == "credit_code" else f) for f in fields] if obj else fields

    def get_readonly_fields(self, request: HttpRequest, obj: Qualification | None = None) -> Any:
        """Whose and which stays; another certificate is another row."""
        return ["enterprise", "kind", "number", "valid_from"] if obj else []

    def get_form(self, request: HttpRequest, obj: Any = None, **more: Any) -> Any:
        """With the code of the enterprise where it is not known yet."""
        form = super().get_form(
            request, obj, **more | {"form": ReasonedForm if obj else QualificationForm}
        )
        form.by = request.user
        return form

    def place_of(self, row: Qualification) -> str:
        """The jurisdiction of the enterprise."""
        return row.enterprise.jurisdiction_id

    def write(self, row: Any, wanted: Any, at: Any, by: Any) -> Any:
        """With who recorded it first."""
        if row.recorded_at is None:
            row.recorded_at, row.recorded_by = at, by
        return super().write(row, wanted, at, by)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Officials; which rows is decided by visible_to."""
        return is_official(request.user)

    has_module_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Officials, for enterprises of their areas."""
        return is_official(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Officials of the area: when it ends, and the source."""
        if obj is None:
            return is_official(request.user)
        return governs(request.user, obj.enterprise.jurisdiction_id)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: evaluations rest on it."""
        return False
