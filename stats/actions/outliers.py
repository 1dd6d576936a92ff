"""An outlier was looked at: what a reviewer found out about it. The value stays."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from stats import permissions
from stats.actions.totals import rate
from stats.enums import IN_REVIEW, State
from stats.models import Outlier
from stats.workflow import ROUTINE
from torch_portal.accounts.models import User
from torch_portal.accounts.roles import Denied, check_not_own
from torch_portal.common.findings import Finding, Level, Refused

SHORTEST = 4


@transaction.atomic
def note_outlier(*, outlier: Outlier, note: str, by: User, at: datetime.datetime) -> Outlier:
    """Keep what was found out; the return ranks lower from then on.

    By whoever reviews the return at some level of its chain. Refused without words.
    """
    report = outlier.report
    filing = report.filing
    mine = (
        {report.unit_id, report.city_unit_id} & permissions.offices(by)
        or filing.jurisdiction_id in permissions.provinces(by)
        or permissions.is_torch(by)
    )
    if not mine:
        raise Denied(_("The levels that review this return look at it."))
    check_not_own(by, filing.enterprise_id)
    words = note.strip()
    found = []
    if len(words) < SHORTEST:
        message = _("Say what you found out, in at least %(least)s characters.")
        values = {"least": SHORTEST}
        found.append(Finding("note", Level.BLOCK, "note", message, ROUTINE, values))
    if filing.state not in (*IN_REVIEW, State.ACCEPTED):
        message = _("The return lies with the respondent: its values may change yet.")
        found.append(Finding("state", Level.BLOCK, "note", message, ROUTINE))
    if found:
        raise Refused(found)
    outlier.note, outlier.seen_at, outlier.seen_by = words[:400], at, by
    outlier.save(update_fields=["note", "seen_at", "seen_by"])
    rate(report=report)
    return outlier
