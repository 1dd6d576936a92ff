"""What enterprise and agency write to each other about a contract."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse

from contracts.models import Contract
from torch_portal.accounts.models import User
from torch_portal.filings import talking
from torch_portal.filings.models import ThreadMessage


def send_message(
    *,
    contract: Contract,
    text: str,
    uploads: "Sequence[UploadedFile[Any]]" = (),
    by: User,
    at: datetime.datetime,
) -> ThreadMessage:
    """Write on the thread of the filing and tell the other side; Denied or Refused."""
    desk_url = reverse("admin:contracts_contract_change", args=[contract.pk])
    return talking.send_message(
        filing=contract.filing,
        about=(contract.project_name, desk_url),
        text=text,
        uploads=uploads,
        by=by,
        at=at,
    )
