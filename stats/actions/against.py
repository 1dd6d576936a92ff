"""What speaks against a move of one return among many; nothing is done here."""

import datetime

from django.utils.translation import gettext as _

from stats import permissions
from stats.models import Return
from stats.workflow import APPROVALS, WORKFLOW
from torch_portal.accounts.models import User
from torch_portal.filings.permissions import out_of_turn


def against(*, report: Return, name: str, by: User, at: datetime.datetime) -> list[str]:
    """Why this return has to be left out of a batch, all at once; [] when nothing does.

    Approved together are only returns without errors and without an outlier that nobody looked
    at; at the others a person looks.
    """
    filing, move = report.filing, WORKFLOW.moves[name]
    reason = out_of_turn(
        lambda: permissions.check_may_move(by, filing, move), filing, WORKFLOW, move
    )
    if reason:
        return [reason]
    if name not in APPROVALS:
        return []
    found = []
    if report.errors:
        words = _("It has %(count)s errors: look at their explanations.")
        found.append(words % {"count": report.errors})
    if report.outliers.filter(seen_at__isnull=True).exists():
        found.append(_("It has an outlier that nobody has looked at."))
    return found
