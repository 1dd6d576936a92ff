"""What enterprise and agency write to each other about an evaluation."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from sme_eval.actions.letters import LANGUAGE
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
    """Write on the thread of the filing and tell the other side; Denied or Refused."""
    with translation.override(LANGUAGE):
        title = _("S&T-SME evaluation %(year)s") % {"year": evaluation.year}
    return talking.send_message(
        filing=evaluation.filing,
        about=(title, reverse("admin:sme_eval_evaluation_change", args=[evaluation.pk])),
        text=text,
        uploads=uploads,
        by=by,
        at=at,
    )
