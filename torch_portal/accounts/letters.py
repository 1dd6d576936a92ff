"""Letters about accounts. They go out at once and are kept nowhere: most carry a secret.

A mail server that is down breaks nothing: the person is told and can ask again, and what waits for
an owner stands on the owner's page in any case.
"""

import logging
import smtplib

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from torch_portal.accounts.enums import MemberRole
from torch_portal.accounts.models import Enterprise, Invitation, JoinRequest, User

log = logging.getLogger(__name__)
NOT_SENT = gettext_lazy("The letter could not be sent just now. Try again in a few minutes.")


def send_invitation(invitation: Invitation, token: str) -> bool:
    """The link of an invitation to the invited person."""
    context = {
        "invitation": invitation,
        "url": settings.SITE_URL + reverse("accounts:invitation", args=[token]),
        "days": settings.INVITATION_DAYS,
    }
    subject = _("%(name)s asks you in") % {"name": invitation.enterprise.name}
    text = render_to_string("accounts/mail/invitation.txt", context)
    return _send(invitation.email, subject, text)


def tell_owners(request: JoinRequest) -> None:
    """Somebody asks to be let in."""
    enterprise = Enterprise.objects.get(credit_code=request.credit_code)
    owners = enterprise.memberships.filter(role=MemberRole.OWNER).exclude(user__email="")
    path = reverse("accounts:colleagues", args=[enterprise.pk])
    context = {"request": request, "enterprise": enterprise, "url": settings.SITE_URL + path}
    text = render_to_string("accounts/mail/asked.txt", context)
    for owner in owners.select_related("user").order_by("pk"):
        _send(
            owner.user.email, _("Somebody asks to join %(name)s") % {"name": enterprise.name}, text
        )


def tell_applicant(request: JoinRequest) -> None:
    """Let in, or not."""
    context = {"request": request, "url": settings.SITE_URL + reverse("accounts:me")}
    text = render_to_string("accounts/mail/decided.txt", context)
    _send(request.user.email, _("Your request to join %(name)s") % {"name": request.name}, text)


def send_notice(address: str, what: str, user: User) -> None:
    """Something was done with an account."""
    context = {"what": what, "user": user, "url": settings.SITE_URL + reverse("accounts:me")}
    _send(address, what.rstrip("。."), render_to_string("accounts/mail/notice.txt", context))


def _send(address: str, subject: str, text: str) -> bool:
    """Whether the mail server took it."""
    if not address:
        return False
    try:
        send_mail(" ".join(subject.split()), text, None, [address])
    except (OSError, smtplib.SMTPException):
        log.exception("A letter could not be handed to the mail server")
        return False
    return True
