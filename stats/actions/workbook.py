"""Values that come all at once from a workbook."""

import datetime
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stats import permissions, queries
from stats.actions.filling import check_codes, hold, keep, read_entries, reopen
from stats.models import Return
from stats.workflow import ROUTINE, WORKFLOW
from torch_portal.accounts.models import User
from torch_portal.common.findings import Finding, Level, Refused
from torch_portal.filings import drafts
from torch_portal.filings.drafts import Conflict


def save_workbook(
    *,
    report: Return,
    entries: Mapping[str, str],
    by: User,
    at: datetime.datetime,
    seen: int | None = None,
) -> Return:
    """Take the values of a workbook, as a whole or not at all.

    entries: code of an item to its value, "" for a blank; items that are not named stay. seen:
    the save of the whole return that the person started from: Conflict when another one came
    between. Refused for unknown codes and for each value that cannot be read.
    """
    permissions.check_may_file(by, report.filing)
    drafts.check_editable(report.filing.state, WORKFLOW)
    instrument = queries.version_of(report.round)
    check_codes(report, instrument, entries)
    values, unread = read_entries(instrument, entries, timezone.localdate(at))
    if unread:
        raise Refused([_not_read(code, said["why"]) for code, said in unread.items()])
    with transaction.atomic():
        hold(report)
        if seen is not None and seen != report.saved_version:
            raise Conflict(
                _("The return was saved elsewhere meanwhile. Bring the workbook once more.")
            )
        tables = {instrument.items[code].table for code in values}
        keep(report, tables, values, {}, at)
        reopen(report, by, at)
    return report


def _not_read(code: str, why: str) -> Finding:
    values = {"code": code, "why": why}
    return Finding("unread", Level.BLOCK, code, _("%(code)s: %(why)s"), ROUTINE, values)
