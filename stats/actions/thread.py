"""What respondent and unit write to each other about a return."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse

from stats.models import Return
from torch_portal.accounts.models import User
from torch_portal.filings import talking
from torch_portal.filings.models import ThreadMessage


def send_message(
    *,
    report: Return,
    text: str,
    uploads: "Sequence[UploadedFile[Any]]" = (),
    by: User,
    at: datetime.datetime,
) -> ThreadMessage:
    """Write on the thread of the return and tell the other side; Denied or Refused."""
    return talking.send_message(
        filing=report.filing,
        about=(report.round.title, reverse("admin:stats_return_change", args=[report.pk])),
        text=text,
        uploads=uploads,
        by=by,
        at=at,
    )
