"""The message thread of a filing: what both sides write, who has read it, when it closes.

The line says who may write for which side; the rest is the same for every line.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from torch_portal.accounts.models import User
from torch_portal.accounts.roles import Person, standing
from torch_portal.common.findings import Finding, Level, Refused
from torch_portal.filings.enums import Side, Stage
from torch_portal.filings.models import Filing, Thread, ThreadFile, ThreadMessage, ThreadReading
from torch_portal.filings.uploads import Checked, check_uploads

FINISHED = (Stage.GRANTED, Stage.REFUSED, Stage.WITHDRAWN, Stage.ENDED)
OPEN_AFTER_END = datetime.timedelta(days=60)
AN_HOUR = datetime.timedelta(hours=1)
MESSAGES_AN_HOUR = 10
LONGEST = 2000
MOST_FILES = 5
CLAUSE = "国务院令第716号"


def other(side: str) -> str:
    """The side that reads what this one writes."""
    return Side.AGENCY if side == Side.ENTERPRISE else Side.ENTERPRISE


def closes_at(filing: Filing) -> datetime.datetime | None:
    """When nobody can write any more: sixty days after the last change of state of a finished
    filing (行政复议法 第二十条: the time in which a decision can be contested); None before.
    """
    if filing.stage not in FINISHED:
        return None
    moved = filing.events.exclude(from_state=F("to_state")).order_by("-seq").first()
    return moved.at + OPEN_AFTER_END if moved else None


def why_closed(filing: Filing, at: datetime.datetime) -> str:
    """Why no message can be sent now, "" when one can."""
    if filing.agency_id is None or filing.submitted_at is None:
        return _("Messages can be sent once the filing lies with an agency.")
    end = closes_at(filing)
    if end is not None and end < at:
        return _("The conversation is closed: the matter ended more than 60 days ago.")
    return ""


def send(
    *,
    filing: Filing,
    side: str,
    text: str,
    uploads: "Sequence[UploadedFile[Any]]" = (),
    by: User,
    at: datetime.datetime,
) -> ThreadMessage:
    """Write a message for one side, with files; the other side's answer is awaited then.

    Raises Refused (nothing said, too long, closed, too many in an hour, a bad file), with
    everything at once; then nothing is kept.
    """
    checked = _check(filing, text, uploads, by, at)
    with transaction.atomic():
        thread, _made = Thread.objects.select_for_update().get_or_create(
            filing=filing, defaults={"last_at": at}
        )
        message = ThreadMessage.objects.create(
            thread=thread,
            side=side,
            text=text.strip(),
            sent_at=at,
            sent_by=by,
            sent_by_name=by.get_full_name(),
        )
        for upload, known in checked:
            _keep(message, upload, known)
        Thread.objects.filter(pk=thread.pk).update(awaits=other(side), last_at=at)
        read(filing=filing, by=by, last=message.pk)
    return message


def _check(
    filing: Filing,
    text: str,
    uploads: "Sequence[UploadedFile[Any]]",
    by: User,
    at: datetime.datetime,
) -> "list[tuple[UploadedFile[Any], Checked]]":
    said = [closed] if (closed := why_closed(filing, at)) else []
    if not text.strip() and not uploads:
        said.append(_("Write a message or choose a file."))
    if len(text) > LONGEST:
        said.append(_("A message has at most %(limit)s characters.") % {"limit": LONGEST})
    if len(uploads) > MOST_FILES:
        said.append(_("A message holds at most %(limit)s files.") % {"limit": MOST_FILES})
    recent = ThreadMessage.objects.filter(sent_by=by, sent_at__gt=at - AN_HOUR)
    if recent.filter(thread_id=filing.pk).count() >= MESSAGES_AN_HOUR:
        said.append(_("You have sent many messages within the hour. Please wait for the answer."))
    checked, bad = check_uploads(uploads[:MOST_FILES])
    found = [Finding("THREAD-01", Level.BLOCK, "text", words, CLAUSE) for words in said]
    found += [Finding("THREAD-02", Level.BLOCK, "files", words, CLAUSE) for words in bad]
    if found:
        raise Refused(found)
    return checked


def _keep(message: ThreadMessage, upload: "UploadedFile[Any]", known: Checked) -> None:
    row = ThreadFile(message=message, **asdict(known))
    row.file.save(known.name, upload, save=False)
    row.save()


def settle(*, filing: Filing) -> bool:
    """The agency needs not answer the last message; False when it had none to answer."""
    waiting = Thread.objects.filter(filing=filing, awaits=Side.AGENCY)
    return bool(waiting.update(awaits=""))


def read(*, filing: Filing, by: User, last: int) -> None:
    """This person has seen everything up to the message of this id."""
    ThreadReading.objects.bulk_create(
        [ThreadReading(thread_id=filing.pk, user=by, last_id=last)],
        update_conflicts=True,
        unique_fields=["thread", "user"],
        update_fields=["last_id"],
    )


def messages_of(filing: Filing) -> list[ThreadMessage]:
    """Every message with its files, oldest first; two queries."""
    rows = ThreadMessage.objects.filter(thread_id=filing.pk)
    return list(rows.prefetch_related("files").order_by("pk"))


def unread(user: Person, filings: Iterable[int]) -> dict[int, int]:
    """How many messages of the other side this person has not seen, by filing; one query."""
    if not isinstance(user, User):
        return {}
    own = standing(user).member_of
    theirs = Q(side=Side.AGENCY, thread__filing__enterprise_id__in=own) | Q(
        side=Side.ENTERPRISE
    ) & ~Q(thread__filing__enterprise_id__in=own)
    seen = ThreadReading.objects.filter(thread=models.OuterRef("thread_id"), user=user)
    rows = (
        ThreadMessage.objects.visible_to(user)
        .filter(theirs, thread_id__in=list(filings))
        .exclude(pk__lte=Coalesce(models.Subquery(seen.values("last_id")), 0))
    )
    return dict(rows.values_list("thread_id").annotate(n=Count("pk")).order_by())


def unread_text(count: int) -> str:
    """How many are unread, in words; "" for none."""
    if not count:
        return ""
    return ngettext("%(n)d new message", "%(n)d new messages", count) % {"n": count}
