"""Enterprises and people."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.authtoken.models import Token
from unfold.admin import ModelAdmin, TabularInline
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from torch_portal.accounts import lockout
from torch_portal.accounts.admin.frame import KeyOnce, OperatorsOnly
from torch_portal.accounts.admin.sealed import Sealed
from torch_portal.accounts.enums import AccountAct
from torch_portal.accounts.models import (
    AccountEvent,
    Appointment,
    Enterprise,
    Membership,
    User,
)
from torch_portal.accounts.roles import is_operator
from torch_portal.common import clock


@admin.register(Enterprise)
class EnterpriseAdmin(Sealed, KeyOnce, OperatorsOnly, ModelAdmin):
    """The enterprises that file; personal numbers are masked."""

    sealed = ("legal_representative_id", "phone")

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
class UserAdmin(Sealed, OperatorsOnly, DjangoUserAdmin, ModelAdmin):
    """People. Rights come from memberships and appointments alone."""

    sealed = ("phone",)

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
    change_form_before_template = "admin/accounts/user/safety.html"
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

    def get_urls(self) -> list[URLPattern]:
        """Releasing a lock-out and taking a lost second factor away."""
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/release/", view(self.release), name="accounts_user_release"),
            path("<int:pk>/factor/", view(self.forget_factor), name="accounts_user_factor"),
            *super().get_urls(),
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Lock-out and second factor stand above the form."""
        person = kwargs.get("obj")
        if person is not None:
            until = lockout.locked_until(person, timezone.now())
            factor = Authenticator.objects.filter(user=person).exists()
            context |= {"person": person, "locked_until": until, "has_factor": factor}
        return super().render_change_form(request, context, *args, **kwargs)

    def release(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The person may try again at once."""
        person = self._other_person(request, pk)
        lockout.release(person=person, by=request.user, at=clock.now())
        messages.success(request, _("The lock-out is released."))
        return redirect("admin:accounts_user_change", pk)

    def forget_factor(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A lost second factor: the person sets up another one at the next sign-in."""
        person = self._other_person(request, pk)
        with transaction.atomic():
            Authenticator.objects.filter(user=person).delete()
            self._record(request, AccountAct.FACTOR_RESET, person)
        messages.success(request, _("The second factor is taken away. It is in the record."))
        return redirect("admin:accounts_user_change", pk)

    def _other_person(self, request: HttpRequest, pk: int) -> User:
        """By POST, by an operator, and never for oneself."""
        if not is_operator(request.user):
            raise PermissionDenied
        person = get_object_or_404(User, pk=pk)
        if request.method != "POST" or person == request.user:
            raise PermissionDenied(_("Another operator has to do this for you."))
        return person

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Who acts for an authority may enter the desk, nobody else."""
        super().save_related(request, form, formsets, change)
        person = form.instance
        in_office = person.is_superuser or person.appointments.exists()
        if person.is_staff != in_office:
            User.objects.filter(pk=person.pk).update(is_staff=in_office)
            # A token got with a password alone does not outlive the change of role.
            Token.objects.filter(user=person).delete()
        self._say_what_was_given(request, person, formsets)

    def _say_what_was_given(self, request: HttpRequest, person: User, formsets: Any) -> None:
        for formset in formsets:
            for given in getattr(formset, "new_objects", ()):
                self._record_role(request, AccountAct.APPOINTED, given)
                if isinstance(given, Appointment):
                    where = given.agency or given.jurisdiction or _("the whole country")
                    words = {"name": person, "role": given.get_role_display(), "where": where}
                    text = _("%(name)s is now %(role)s: %(where)s. It is in the log.") % words
                    messages.warning(request, text)
            for changed, _fields in getattr(formset, "changed_objects", ()):
                self._record_role(request, AccountAct.ROLE_CHANGED, changed)
            for gone in getattr(formset, "deleted_objects", ()):
                self._record_role(request, AccountAct.DISMISSED, gone)

    def _record_role(
        self, request: HttpRequest, act: AccountAct, role: Appointment | Membership
    ) -> None:
        """An office, or a membership that an operator set, goes on record."""
        if isinstance(role, Membership):
            members = {
                AccountAct.APPOINTED: AccountAct.LET_IN,
                AccountAct.DISMISSED: AccountAct.REMOVED,
            }
            note = str(role.get_role_display())
            self._record(request, members.get(act, act), role.user, role.enterprise, note)
        else:
            where = role.agency or role.jurisdiction or _("the whole country")
            self._record(request, act, role.user, None, f"{role.get_role_display()} · {where}")

    def _record(
        self,
        request: HttpRequest,
        act: AccountAct,
        person: User,
        enterprise: Enterprise | None = None,
        note: str = "",
    ) -> None:
        AccountEvent.objects.create(
            at=clock.now(),
            by=request.user,
            act=act,
            person=person,
            enterprise=enterprise,
            note=note[:300],
        )
