"""What enterprise and bureau write to each other about an application."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from hitech_cert.actions.letters import LANGUAGE
from hitech_cert.models import Application
from torch_portal.accounts.models import User
from torch_portal.filings import talking
from torch_portal.filings.models import ThreadMessage


def send_message(
    *,
    application: Application,
    text: str,
    uploads: "Sequence[UploadedFile[Any]]" = (),
    by: User,
    at: datetime.datetime,
) -> ThreadMessage:
    """Write on the thread of the filing and tell the other side; Denied or Refused."""
    with translation.override(LANGUAGE):
        title = _("Certification as a high-tech enterprise %(year)s") % {"year": application.year}
    return talking.send_message(
        filing=application.filing,
        about=(title, reverse("admin:hitech_cert_application_change", args=[application.pk])),
        text=text,
        uploads=uploads,
        by=by,
        at=at,
    )
