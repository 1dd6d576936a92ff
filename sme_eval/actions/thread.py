"""What enterprise and agency write to each other about an evaluation."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from sme_eval import permissions, queries
from sme_eval.actions import letters
from sme_eval.models import Evaluation
from torch_portal.accounts.models import User
from torch_portal.accounts.roles import standing
from torch_portal.filings import threads
from torch_portal.filings.enums import Side
from torch_portal.filings.models import ThreadMessage


@transaction.atomic
def send_message(
    *,
    evaluation: Evaluation,
    text: str,
    uploads: "Sequence[UploadedFile[Any]]" = (),
    by: User,
    at: datetime.datetime,
) -> ThreadMessage:
    """Write on the thread of the filing and tell the other side.

    Owners and filers write for the enterprise; reviewers of the agency or area as the agency.
    Raises Denied, or Refused with everything at once.
    """
    filing = evaluation.filing
    if filing.enterprise_id in standing(by).member_of:
        permissions.check_may_file(by, filing)
        side, readers = Side.ENTERPRISE, queries.colleagues(filing)
    else:
        permissions.check_may_review(by, filing)
        side, readers = Side.AGENCY, [filing.handler]
    message = threads.send(filing=filing, side=side, text=text, uploads=uploads, by=by, at=at)
    letters.written(evaluation, message, readers, at)
    return message


def settle_thread(*, evaluation: Evaluation, by: User, at: datetime.datetime) -> bool:
    """The last message needs no answer; False when none was awaited."""
    permissions.check_may_review(by, evaluation.filing)
    return threads.settle(filing=evaluation.filing)
