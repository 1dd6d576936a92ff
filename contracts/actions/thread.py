"""What enterprise and agency write to each other about a contract."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from contracts import permissions
from contracts.actions import letters
from contracts.models import Contract
from torch_portal.accounts.models import User
from torch_portal.accounts.roles import standing
from torch_portal.filings import threads
from torch_portal.filings.enums import Side
from torch_portal.filings.models import ThreadMessage
from torch_portal.filings.overdue import reviewers_of


def _side_of(user: User, contract: Contract) -> str:
    """For whom this person writes: members for the enterprise, everybody else for the agency."""
    own = contract.filing.enterprise_id in standing(user).member_of
    return Side.ENTERPRISE if own else Side.AGENCY


@transaction.atomic
def send_message(
    *,
    contract: Contract,
    text: str,
    uploads: "Sequence[UploadedFile[Any]]" = (),
    by: User,
    at: datetime.datetime,
) -> ThreadMessage:
    """Write on the thread of the filing and tell the other side.

    Owners and filers write for the enterprise; reviewers of the agency or area as the agency.
    Raises Denied, or Refused with everything at once.
    """
    filing = contract.filing
    side = _side_of(by, contract)
    if side == Side.ENTERPRISE:
        permissions.check_may_file(by, filing)
    else:
        permissions.check_may_review(by, filing)
    message = threads.send(filing=filing, side=side, text=text, uploads=uploads, by=by, at=at)
    readers = [filing.handler] if side == Side.AGENCY else reviewers_of(filing)
    letters.written(contract, message, readers, at)
    return message


def settle_thread(*, contract: Contract, by: User, at: datetime.datetime) -> bool:
    """The last message needs no answer (a thank-you, say); False when none was awaited."""
    permissions.check_may_review(by, contract.filing)
    return threads.settle(filing=contract.filing)
