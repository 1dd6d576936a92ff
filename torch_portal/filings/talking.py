"""What enterprise and agency write to each other about a filing, and the letter that tells it."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from torch_portal.accounts.models import User
from torch_portal.accounts.roles import check_filer, standing
from torch_portal.filings import threads
from torch_portal.filings.enums import Side
from torch_portal.filings.models import Filing, ThreadMessage
from torch_portal.filings.people import reviewers_of
from torch_portal.filings.permissions import check_may_review
from torch_portal.notices import actions as notices


def side_of(user: User, filing: Filing) -> str:
    """For whom this person writes: members for the enterprise, everybody else for the agency."""
    own = filing.enterprise_id in standing(user).member_of
    return Side.ENTERPRISE if own else Side.AGENCY


@transaction.atomic
def send_message(
    *,
    filing: Filing,
    about: tuple[str, str],
    text: str,
    uploads: "Sequence[UploadedFile[Any]]" = (),
    by: User,
    at: datetime.datetime,
) -> ThreadMessage:
    """Write on the thread of the filing and tell the other side.

    about: what the filing is called, and its address at the review desk. Owners and filers write
    for the enterprise; reviewers of the agency or area as the agency. Raises Denied, or Refused
    with everything at once.
    """
    side = side_of(by, filing)
    if side == Side.ENTERPRISE:
        check_filer(by, filing.enterprise_id)
    else:
        check_may_review(by, filing)
    message = threads.send(filing=filing, side=side, text=text, uploads=uploads, by=by, at=at)
    readers = [filing.handler] if side == Side.AGENCY else reviewers_of(filing)
    _tell(filing, about, message, readers, at)
    return message


def settle_thread(*, filing: Filing, by: User) -> bool:
    """The last message needs no answer (a thank-you, say); False when none was awaited."""
    check_may_review(by, filing)
    return threads.settle(filing=filing)


def _tell(
    filing: Filing,
    about: tuple[str, str],
    message: ThreadMessage,
    readers: Sequence[User],
    at: datetime.datetime,
) -> None:
    """A letter to each reader of the other side, which reads the message in the portal."""
    title, desk_url = about
    with translation.override(settings.LANGUAGE_CODE):
        names = {
            "project": title,
            "number": filing.number or "",
            "agency": filing.agency.name if filing.agency else "",
            "enterprise": filing.enterprise.name,
        }
        if message.side == Side.AGENCY:
            subject = _("Message from %(agency)s: %(project)s (%(number)s)") % names
            link = reverse(f"{filing.line}:detail", args=[filing.pk]) + "#thread"
        else:
            subject = _("Message from %(enterprise)s: %(number)s") % names
            link = f"{desk_url}#thread"
        body = message.text or _("A file was sent.")
        letters = [
            notices.Letter(
                key=f"thread-{message.pk}-{reader.pk}",
                user=reader,
                subject=subject,
                body=body,
                link=link,
            )
            for reader in readers
        ]
        notices.post_many(letters, at=at)
