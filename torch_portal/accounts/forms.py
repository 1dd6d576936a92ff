"""What people type about themselves and their enterprise."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as factor
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth import password_validation
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.actions import ask_to_join
from torch_portal.accounts.actions.joining import OUTSIDE, jurisdiction_of
from torch_portal.accounts.enums import MemberRole
from torch_portal.accounts.lockout import is_locked_out, minutes
from torch_portal.accounts.models import Division, User
from torch_portal.common import clock, codes


class Plain:
    """Labels stand above their fields; what a field wants is said there, not inside it."""

    labels: dict[str, Any] = {}
    hints: dict[str, Any] = {}
    errors_of: dict[str, dict[str, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, field.help_text)


class SignInForm(AuthenticationForm):
    """Name and password; the refusal tells nobody which of the two was wrong."""

    error_messages = {
        "invalid_login": _("This name and password do not belong together. Try again."),
        "inactive": _("This account is closed. Ask your administrator."),
        "locked": _(
            "Too many attempts failed. Wait %(minutes)s minutes and try again; "
            "the operator of the portal can let you in earlier."
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("User name or e-mail address")

    def get_invalid_login_error(self) -> ValidationError:
        """Says so when the lock-out refused it, else nothing about which was wrong."""
        if self.request is not None and is_locked_out(self.request):
            words = self.error_messages["locked"]
            return ValidationError(words, code="locked", params={"minutes": minutes()})
        return super().get_invalid_login_error()


class SignUpForm(Plain, account.SignupForm):
    """A person and the enterprise they file for."""

    labels = {
        "username": _("User name"),
        "email": _("E-mail address"),
        "password1": _("Password"),
        "password2": _("Password once more"),
    }
    hints = {
        "username": _("At least 3 characters. You sign in with it or with the e-mail address."),
        "email": _("A letter with a link goes there; the account works once it is opened."),
    }
    credit_code = forms.CharField(
        label=_("Unified social credit code"),
        max_length=60,
        help_text=_("18 characters, as on the business licence."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    enterprise_name = forms.CharField(
        label=_("Registered name of the enterprise"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    division = forms.CharField(
        label=_("Division of the seat"),
        max_length=120,
        required=False,
        help_text=_(
            "Six digits such as 330106, or the name. Leave it empty when the seat is the place "
            "in characters 3 to 8 of the credit code."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    full_name = forms.CharField(
        label=_("Your name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = forms.CharField(
        label=_("Your telephone"),
        max_length=40,
        required=False,
        help_text=_("Optional. Kept encrypted."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    field_order = [
        "credit_code", "enterprise_name", "division", "full_name", "email", "phone",
        "username", "password1", "password2",
    ]  # fmt: skip

    def clean_credit_code(self) -> str:
        """The normalised code; ValidationError names the very fault."""
        try:
            return codes.credit_code(self.cleaned_data["credit_code"])
        except codes.CodeError as error:
            raise ValidationError(str(error)) from error

    def clean_division(self) -> str:
        """Six digits of a place in one of the jurisdictions."""
        typed = "".join(self.cleaned_data["division"].split())
        code = _place(typed) if typed else _seat_in(self.cleaned_data.get("credit_code", ""))
        if code and not jurisdiction_of(code):
            raise ValidationError(OUTSIDE)
        return code

    def save(self, request: HttpRequest) -> User:
        """The account, and the request that waits for the confirmed address."""
        with transaction.atomic():
            user: User = super().save(request)
            user.last_name, user.phone = (
                self.cleaned_data["full_name"],
                self.cleaned_data["phone"],
            )
            user.save(update_fields=["last_name", "phone"])
            ask_to_join(
                by=user,
                credit_code=self.cleaned_data["credit_code"],
                name=self.cleaned_data["enterprise_name"],
                division=self.cleaned_data["division"],
                at=clock.now(),
            )
        return user


def _place(typed: str) -> str:
    """A place by code or by name; ValidationError when it is not one."""
    if typed.isdecimal():
        try:
            return codes.division(typed)
        except codes.CodeError as error:
            raise ValidationError(str(error)) from error
    rows = Division.objects.filter(valid_to__isnull=True)
    found = rows.filter(path=typed) or rows.filter(name=typed)
    if len(found) != 1:
        raise ValidationError(
            _("No single place is called “%(typed)s”. Give the full name or the six digits."),
            params={"typed": typed},
        )
    return found[0].code


def _seat_in(credit_code: str) -> str:
    """The place that the credit code names, where it still exists."""
    place = credit_code[2:8]
    if not credit_code:
        return ""
    if not Division.objects.filter(code=place, valid_to__isnull=True).exists():
        raise ValidationError(
            _("The place in the credit code (%(place)s) does not exist any more. Give the seat."),
            params={"place": place},
        )
    return place


class ForgottenForm(Plain, account.ResetPasswordForm):
    """Where the link to a new password goes."""

    labels = {"email": _("E-mail address of the account")}


class NewPasswordForm(Plain, account.ResetPasswordKeyForm):
    """A new password after it was forgotten."""

    labels = {"password1": _("New password"), "password2": _("New password once more")}
    hints = {"password1": password_validation.password_validators_help_text_html()}


class ChangePasswordForm(Plain, account.ChangePasswordForm):
    """A new password beside the present one."""

    labels = {
        "oldpassword": _("Present password"),
        "password1": _("New password"),
        "password2": _("New password once more"),
    }


class AgainForm(Plain, account.ReauthenticateForm):
    """The password once more before something grave."""

    labels = {"password": _("Password")}


class ChangeEmailForm(Plain, account.AddEmailForm):
    """Another address of the account."""

    labels = {"email": _("New e-mail address")}


class CodeForm(Plain, factor.AuthenticateForm):
    """The second factor as a code."""

    labels = {"code": _("Code from the app, or a recovery code")}


class CodeAgainForm(Plain, factor.ReauthenticateForm):
    """The second factor once more before something grave."""

    labels = {"code": _("Code from the app, or a recovery code")}


class FirstCodeForm(Plain, ActivateTOTPForm):
    """The first code shows that the app was set up well."""

    labels = {"code": _("Code that the app shows now")}


class AddKeyForm(Plain, AddWebAuthnForm):
    """A name for a key."""

    labels = {"name": _("Name of the key")}


class InviteForm(forms.Form):
    """Whom to ask in, and as what."""

    email = forms.EmailField(label=_("E-mail address"))
    role = forms.ChoiceField(label=_("Role"), choices=MemberRole, initial=MemberRole.FILER)


class RoleForm(forms.Form):
    """Another role."""

    role = forms.ChoiceField(label=_("Role"), choices=MemberRole)


class TurnAwayForm(forms.Form):
    """Why somebody is not let in."""

    note = forms.CharField(label=_("Reason"), max_length=300, required=False)


class ArrivalForm(forms.Form):
    """An account for an invited person who has none."""

    full_name = forms.CharField(label=_("Your name"), max_length=60)
    username = forms.CharField(
        label=_("User name"), min_length=3, max_length=150, validators=[User.username_validator]
    )
    password1 = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("Password once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_username(self) -> str:
        """A name that nobody has."""
        name = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=name).exists():
            raise ValidationError(_("This user name is taken. Choose another one."))
        return name

    def clean(self) -> dict[str, Any]:
        """Typed alike twice, and good enough."""
        cleaned = super().clean() or {}
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords differ."))
        if first:
            someone = User(
                username=cleaned.get("username", ""), last_name=cleaned.get("full_name", "")
            )
            try:
                password_validation.validate_password(first, someone)
            except ValidationError as error:
                self.add_error("password1", error)
        return cleaned
