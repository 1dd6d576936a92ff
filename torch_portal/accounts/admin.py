"""What operators keep: regions, agencies, enterprises, people and their roles.

Each change is recorded with its author by Django's own log: these are settings, not filings.
"""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from rest_framework.authtoken.models import TokenProxy
from unfold.admin import ModelAdmin, TabularInline
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from torch_portal.accounts import agencies
from torch_portal.accounts.changes.admin import ChangeAdmin
from torch_portal.accounts.changes.desk import RecordedAdmin
from torch_portal.accounts.forms import AgencyForm
from torch_portal.accounts.models import (
    Agency,
    Appointment,
    Division,
    DivisionPrefix,
    Enterprise,
    Jurisdiction,
    Membership,
    User,
)
from torch_portal.accounts.recorded import Change
from torch_portal.accounts.roles import is_operator

__all__ = ["ChangeAdmin"]

# Rights hang on roles, not on groups; a token made for another person would be that person's name.
admin.site.unregister([Group, TokenProxy])


class OperatorsOnly:
    """Operators see and change, whatever permissions Django knows of; nobody deletes."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Operators."""
        return is_operator(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Operators."""
        return is_operator(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Operators."""
        return is_operator(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Operators."""
        return is_operator(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: what filings point at stays."""
        return False


class KeyOnce:
    """The key of a row is set when it is made and read-only from then on."""

    key = ""

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """The key of a row that exists."""
        return [self.key] if obj else []


@admin.register(Jurisdiction)
class JurisdictionAdmin(KeyOnce, OperatorsOnly, ModelAdmin):
    """The 37 authorities of the notice. None is added here."""

    key = "code"
    list_display = ["code", "name_zh", "name_en", "kind"]
    list_filter = ["kind"]
    search_fields = ["code", "name_zh", "name_en"]
    ordering = ["code"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: the list is the notice's."""
        return False


@admin.register(DivisionPrefix)
class DivisionPrefixAdmin(KeyOnce, OperatorsOnly, ModelAdmin):
    """Which authority a place belongs to: the longest prefix wins."""

    key = "prefix"
    list_display = ["prefix", "jurisdiction"]
    list_select_related = ["jurisdiction"]
    list_filter = ["jurisdiction__kind"]
    search_fields = ["prefix", "jurisdiction__name_zh"]
    ordering = ["prefix"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Operators: a prefix that was wrong."""
        return is_operator(request.user)


@admin.register(Agency)
class AgencyAdmin(KeyOnce, OperatorsOnly, RecordedAdmin):
    """The registration agencies; the code leads every number already given.

    Who examines whom is grave: areas, jurisdiction and taking filings need a second person.
    """

    key = "code"
    form = AgencyForm
    recorded = ("name", "code", "jurisdiction", "address", "phone", "review_body", "active")
    fields = [*recorded, "areas", "reason"]
    list_display = ["code", "name", "jurisdiction", "phone", "active"]
    list_select_related = ["jurisdiction"]
    list_filter = ["active", "jurisdiction"]
    search_fields = ["code", "name"]
    ordering = ["code"]

    def read(self, row: Any) -> dict[str, Any]:
        """The columns and the parts of the area."""
        return {**super().read(row), "areas": agencies.areas_of(row)}

    def wanted(self, row: Any, form: Any) -> dict[str, Any]:
        """The columns and the parts of the area as typed."""
        return {**super().read(row), "areas": form.cleaned_data["areas"]}

    def is_grave(self, before: Any, after: Any) -> bool:
        """Whether it moves enterprises from one agency to another."""
        return agencies.moves_enterprises(before, after)

    def effects(self, change: Change) -> list[str]:
        """How many enterprises come to the agency or leave it."""
        return agencies.effects(change.before, change.after)

    def write(self, row: Any, wanted: Any, at: Any, by: Any) -> Agency:
        """Agency and areas together."""
        agency = super().write(row, wanted, at, by)
        agencies.set_areas(agency, wanted["areas"])
        return agency


@admin.register(Division)
class DivisionAdmin(OperatorsOnly, ModelAdmin):
    """Administrative divisions, to look up; they come from the table of GB/T 2260."""

    list_display = ["code", "path", "level", "valid_to"]
    list_filter = ["level"]
    search_fields = ["code", "path"]
    ordering = ["code"]
    show_full_result_count = False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: the loaded table is the source."""
        return False

    has_add_permission = has_change_permission


@admin.register(Enterprise)
class EnterpriseAdmin(KeyOnce, OperatorsOnly, ModelAdmin):
    """The enterprises that file."""

    key = "credit_code"
    list_display = ["credit_code", "name", "jurisdiction", "contact"]
    list_select_related = ["jurisdiction"]
    list_filter = ["jurisdiction"]
    search_fields = ["credit_code__startswith", "name"]
    search_help_text = _("Credit code or name")
    ordering = ["name", "pk"]
    show_full_result_count = False


class OwnRoles(OperatorsOnly):
    """Nobody hands roles to oneself: another operator has to do it, and the log names them."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Operators, but not at their own account."""
        return is_operator(request.user) and obj != request.user

    has_add_permission = has_change_permission
    has_delete_permission = has_change_permission


class MembershipInline(OwnRoles, TabularInline):
    """The enterprises that the person acts for."""

    model = Membership
    extra = 0
    autocomplete_fields = ["enterprise"]


class AppointmentInline(OwnRoles, TabularInline):
    """The authorities that the person acts for."""

    model = Appointment
    extra = 0
    autocomplete_fields = ["agency", "jurisdiction"]


@admin.register(User)
class UserAdmin(OperatorsOnly, DjangoUserAdmin, ModelAdmin):
    """People. Rights come from memberships and appointments alone."""

    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    list_display = ["username", "full_name", "email", "is_active", "last_login"]
    list_filter = ["is_active", "appointments__role"]
    search_fields = ["username", "last_name", "first_name", "email"]
    ordering = ["username"]
    filter_horizontal = ()
    inlines = [MembershipInline, AppointmentInline]
    readonly_fields = ["last_login", "date_joined"]
    show_full_result_count = False
    fieldsets = (
        (None, {"fields": ("username", "password", "is_active")}),
        (_("The person"), {"fields": ("last_name", "first_name", "email", "phone")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "last_name", "first_name", "email", "phone")}),
        (_("Password"), {"fields": ("usable_password", "password1", "password2")}),
    )

    @admin.display(description=_("Name"))
    def full_name(self, person: User) -> str:
        """Family name first in Chinese."""
        return person.get_full_name()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Who acts for an authority may enter the desk, nobody else."""
        super().save_related(request, form, formsets, change)
        person = form.instance
        in_office = person.is_superuser or person.appointments.exists()
        if person.is_staff != in_office:
            User.objects.filter(pk=person.pk).update(is_staff=in_office)
        self._say_what_was_given(request, person, formsets)

    def _say_what_was_given(self, request: HttpRequest, person: User, formsets: Any) -> None:
        for formset in formsets:
            for given in getattr(formset, "new_objects", ()):
                if isinstance(given, Appointment):
                    where = given.agency or given.jurisdiction or _("the whole country")
                    words = {"name": person, "role": given.get_role_display(), "where": where}
                    text = _("%(name)s is now %(role)s: %(where)s. It is in the log.") % words
                    messages.warning(request, text)
