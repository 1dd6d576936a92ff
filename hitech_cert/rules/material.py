"""What has to be handed in with an application, and until when."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hitech_cert.enums import AttachmentKind
from hitech_cert.rules.tables import Tables
from torch_portal.common.i18n import _
from torch_portal.common.rulebook import Problem, Problems

# The eight groups; proof of a standard only where one is stated (第195号 二(三)3).
NEEDED = (
    AttachmentKind.FORM,
    AttachmentKind.LICENCE,
    AttachmentKind.RIGHTS,
    AttachmentKind.PROJECTS,
    AttachmentKind.RESULTS,
    AttachmentKind.MANAGEMENT,
    AttachmentKind.PRODUCTS,
    AttachmentKind.STAFF,
    AttachmentKind.REPORT,
    AttachmentKind.FINANCIAL,
    AttachmentKind.TAX,
)


def needed(tables: Tables) -> Iterator[AttachmentKind]:
    """The kinds of files that this application has to come with."""
    yield from NEEDED
    if tables.main.standards:
        yield AttachmentKind.STANDARDS


def check_files(tables: Tables) -> Problems:
    """国科发火〔2016〕195号 二(三); 国科发火〔2016〕32号 第十二条."""
    for kind in needed(tables) if tables.files is not None else ():
        if kind not in (tables.files or ()):
            message = _("The file “%(kind)s” is missing. Upload it.")
            yield Problem(f"attachments.{kind.value}", message, {"kind": kind.label})


@dataclass(frozen=True)
class Window:
    """From when to when a batch takes applications; `until` is the last moment."""

    title: str
    since: datetime.datetime
    until: datetime.datetime


def check_window(at: datetime.datetime, windows: Sequence[Window]) -> Problems:
    """国科火字〔2020〕38号 三 (公布认定批次)."""
    if any(window.since <= at <= window.until for window in windows):
        return
    ahead = min((w for w in windows if w.since > at), key=lambda w: w.since, default=None)
    past = max((w for w in windows if w.until < at), key=lambda w: w.until, default=None)
    values = {
        "past": past.title if past else "",
        "until": _moment(past.until, at) if past else "",
        "next": ahead.title if ahead else "",
        "since": _moment(ahead.since, at) if ahead else "",
    }
    if past and ahead:
        message = _("“%(past)s” closed at %(until)s; “%(next)s” opens at %(since)s.")
    elif past:
        message = _("“%(past)s” closed at %(until)s. Ask your bureau for the next batch.")
    elif ahead:
        message = _("“%(next)s” opens at %(since)s. Keep the draft until then.")
    else:
        message = _("The certification body has opened no batch of this year yet.")
    yield Problem("intake", message, values)


def _moment(moment: datetime.datetime, at: datetime.datetime) -> str:
    """A moment to the second, in the time zone of the one it is held against."""
    return f"{moment.astimezone(at.tzinfo):%Y-%m-%d %H:%M:%S}"
