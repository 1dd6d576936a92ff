"""What django-allauth asks the portal: letters, words, addresses, what a confirmation means."""

import logging
import smtplib
import time
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.core import context as here
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts import letters
from torch_portal.accounts.actions import arrive
from torch_portal.accounts.factors import needs_factor
from torch_portal.accounts.models import User
from torch_portal.accounts.sealed import seal, unseal
from torch_portal.common import clock

log = logging.getLogger(__name__)

# What allauth says after an act, in our words; what is not here is not said.
SAID = {
    "account/messages/email_confirmed.txt": _("Your e-mail address is confirmed."),
    "account/messages/email_confirmation_sent.txt": _("A letter is on its way to %(email)s."),
    "account/messages/password_changed.txt": _("The password is changed."),
    "account/messages/password_set.txt": _("The password is set."),
    "account/messages/email_deleted.txt": _("%(email)s is not used any more."),
    "mfa/messages/totp_activated.txt": _("The app is set up as your second factor."),
    "mfa/messages/totp_deactivated.txt": _("The app is no second factor any more."),
    "mfa/messages/recovery_codes_generated.txt": _("There are new recovery codes."),
    "mfa/messages/webauthn_added.txt": _("The key is added."),
    "mfa/messages/webauthn_removed.txt": _("The key is removed."),
    "usersessions/messages/sessions_logged_out.txt": _("You are signed out everywhere else."),
}
# What the owner of an account is written about, whoever did it.
TOLD = {
    "account/email/password_changed": _("The password of your account was changed."),
    "account/email/password_reset": _("The password of your account was set anew."),
    "account/email/password_set": _("A password was set for your account."),
    "account/email/email_changed": _("The e-mail address of your account was changed."),
    "account/email/email_confirm": _("The e-mail address of your account was confirmed."),
    "mfa/email/totp_activated": _("An app was set up as the second factor of your account."),
    "mfa/email/totp_deactivated": _("The app is no second factor of your account any more."),
    "mfa/email/recovery_codes_generated": _("New recovery codes were made for your account."),
    "mfa/email/webauthn_added": _("A security key was added to your account."),
    "mfa/email/webauthn_removed": _("A security key was removed from your account."),
}


class PortalAdapter(DefaultAccountAdapter):
    """Accounts of the portal."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """At once and kept nowhere, because the letter carries a secret; a failure is told."""
        message = self.render_mail(template_prefix, email, context)
        try:
            message.send()
        except (OSError, smtplib.SMTPException):
            log.exception("A letter (%s) could not be handed to the mail server", template_prefix)
            if here.request is not None:
                messages.error(here.request, letters.NOT_SENT)

    def send_notification_mail(
        self, template_prefix: str, user: User, context: Any = None, email: str | None = None
    ) -> None:
        """Somebody did something with this account; its owner should know."""
        address = email or user.email
        if address and template_prefix in TOLD:
            letters.send_notice(address, str(TOLD[template_prefix]), user)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        **_words: Any,
    ) -> None:
        """In our words, and only where there is something to say."""
        if words := SAID.get(message_template or ""):
            values = {"email": (message_context or {}).get("email", "")}
            messages.add_message(request, level, str(words) % values)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who signed in a moment ago is not asked for the password once more."""
        request = here.request
        since = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        records = get_authentication_records(request, request.user)
        return not any(record["at"] > since for record in records)

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """A confirmed address brings the person to the enterprise they registered for."""
        confirmed = super().confirm_email(request, email_address)
        if confirmed:
            for waiting in arrive(by=email_address.user, at=clock.now()):
                letters.tell_owners(waiting)
        return bool(confirmed)

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """Under SITE_URL, whatever host the request named."""
        return settings.SITE_URL + reverse("account_confirm_email", args=[emailconfirmation.key])

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Under SITE_URL, whatever host the request named."""
        uid, _dash, rest = key.partition("-")
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": rest})
        return settings.SITE_URL + path


class PortalFactors(DefaultMFAAdapter):
    """Second factors of the portal; secrets are sealed like personal numbers."""

    def encrypt(self, text: str) -> str:
        """Sealed with FIELD_KEYS."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Opened again."""
        return unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last factor of who is in office stays; another one can be added first."""
        if not needs_factor(authenticator.user):
            return True
        others = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        return others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()

    def get_totp_issuer(self) -> str:
        """The portal's name in the list of an app."""
        return str(_("Torch Portal"))

    def build_totp_svg(self, url: str) -> str:
        """The QR code as an SVG element."""
        code = segno.make(url, error="m")
        return str(code.svg_inline(scale=5, border=4, dark="#000", light="#fff", omitsize=False))

    def _get_site_name(self) -> str:
        return str(_("Torch Portal"))
