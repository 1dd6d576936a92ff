"""What enterprise and agency write to each other about an evaluation."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.translation import gettext as _

from sme_eval.models import Evaluation
from torch_portal.accounts.models import User
from torch_portal.filings import talking
from torch_portal.filings.models import ThreadMessage


def send_message(
    *,
    evaluation: Evaluation,
    text: str,
    uploads: "Sequence[UploadedFile[Any]]" = (),
    by: User,
    at: datetime.datetime,
) -> ThreadMessage:
    """Write on the thread of the filing and tell the other side; see filings.talking."""
    title = _("S&T-SME evaluation %(year)s") % {"year": evaluation.year}
    desk_url = reverse("admin:sme_eval_evaluation_change", args=[evaluation.pk])
    return talking.send_message(
        filing=evaluation.filing,
        about=(title, desk_url),
        text=text,
        uploads=uploads,
        by=by,
        at=at,
    )


def settle_thread(*, evaluation: Evaluation, by: User, at: datetime.datetime) -> bool:
    """The last message needs no answer; False when none was awaited."""
    return talking.settle_thread(filing=evaluation.filing, by=by)
