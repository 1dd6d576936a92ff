"""Closing a period: its tables are frozen with a digest; what changes later is a new version."""

import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from torch_portal.accounts.models import User
from torch_portal.accounts.roles import Denied
from torch_portal.common.findings import Finding, Level, Refused
from torch_portal.reports.models import FrozenTables
from torch_portal.reports.tables import reading
from torch_portal.reports.tables.build import Table, as_plain, differences, from_plain
from torch_portal.reports.tables.span import Span

LANGUAGE = "zh-hans"


def versions(user: User, place: str, span: Span) -> list[FrozenTables]:
    """What was frozen of this place and period, newest first."""
    rows = FrozenTables.objects.visible_to(user).filter(since=span.since, until=span.until)
    rows = rows.filter(jurisdiction_id=place) if place else rows.filter(jurisdiction=None)
    return list(rows.select_related("frozen_by").order_by("-version"))


def freeze(*, by: User, place: str, span: Span, at: datetime.datetime) -> FrozenTables:
    """Close a period that is over. Refused when it is not, or when it was closed before."""
    _check_place(by, place)
    if not span.is_over(timezone.localdate(at)):
        words = _("The period ends on %(until)s. It can be frozen from the day after.")
        raise _refused("RT-01", "until", words % {"until": span.until})
    known = versions(by, place, span)
    if known:
        raise _refused("RT-02", "", _already(known[0]))
    tables = _official(by, place, span)
    return _keep(by, place, span, at, FrozenTables(tables=as_plain(tables)))


def correct(
    *, by: User, place: str, span: Span, reason: str, at: datetime.datetime
) -> FrozenTables:
    """A new version beside the frozen one, with its reason; refused when no figure has changed."""
    _check_place(by, place)
    known = versions(by, place, span)
    if not known:
        raise _refused("RT-03", "", _("The period is not frozen yet, so nothing can be corrected."))
    if not reason.strip():
        raise _refused("RT-04", "reason", _("Write why the published figures change."))
    newest = known[0]
    tables = _official(by, place, span)
    if not differences(from_plain(newest.tables), tables):
        words = _("The contracts give the figures of version %(version)s. Nothing is to correct.")
        raise _refused("RT-05", "", words % {"version": newest.version})
    row = FrozenTables(
        version=newest.version + 1,
        before=newest.sha256,
        reason=reason.strip(),
        tables=as_plain(tables),
    )
    return _keep(by, place, span, at, row)


def problems() -> list[str]:
    """Frozen versions that are not what their digest was taken of, or do not follow the last."""
    found, last = [], None
    order = ("jurisdiction_id", "since", "until", "version")
    for row in FrozenTables.objects.order_by(*order).iterator(100):
        if not row.intact:
            found.append(f"frozen tables {row}: altered")
        before = last.sha256 if last and row.version > 1 else ""
        if row.before != before:
            found.append(f"frozen tables {row}: the version before is another")
        last = row
    return found


def _check_place(by: User, place: str) -> None:
    if not reading.may_read(by, place):
        raise Denied(_("Only an official of this jurisdiction may close its periods."))


def _official(by: User, place: str, span: Span) -> list[Table]:
    """In Chinese whoever asks, with the respondents that the public version needs."""
    with translation.override(LANGUAGE):
        return reading.live(by, place, span, respondents=True)


def _keep(
    by: User, place: str, span: Span, at: datetime.datetime, row: FrozenTables
) -> FrozenTables:
    row.jurisdiction_id = place or None
    row.since, row.until = span.days
    row.frozen_at, row.frozen_by = at, by
    row.sha256 = row.digest()
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        known = versions(by, place, span)
        raise _refused("RT-02", "", _already(known[0])) from None
    return row


def _already(row: FrozenTables) -> str:
    words = _(
        "The period was frozen on %(day)s by %(person)s (version %(version)s). "
        "If its figures have changed since, freeze a correction with its reason."
    )
    return words % {
        "day": f"{timezone.localtime(row.frozen_at):%Y-%m-%d}",
        "person": row.frozen_by.get_full_name(),
        "version": row.version,
    }


def _refused(code: str, field: str, message: str) -> Refused:
    return Refused([Finding(code, Level.BLOCK, field, message, "")])
