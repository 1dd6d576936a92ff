"""A round is laid out: which version, which year, which days."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from stats import permissions
from stats.actions.rounds import LAW, beyond_approval
from stats.enums import RoundState
from stats.models import Round
from torch_portal.accounts.models import User
from torch_portal.common.findings import Finding, Level, Refused
from torch_portal.filings.transitions import Stale


@transaction.atomic
def design_round(
    *,
    values: Mapping[str, Any],
    by: User,
    at: datetime.datetime,
    survey_round: Round | None = None,
) -> Round:
    """Lay a round out, or change one that is still in design.

    values: columns of the round. Refused with everything that is wrong with its days; Stale once
    it was approved.
    """
    permissions.check_torch(by)
    row = survey_round or Round()
    if survey_round is not None:
        row = Round.objects.select_for_update(of=("self",)).get(pk=survey_round.pk)
    if row.state != RoundState.DESIGN:
        raise Stale(_("The round was approved: its days stand."))
    for name, value in values.items():
        setattr(row, name, value)
    found = [*_wrong_days(row), *beyond_approval(row)]
    if found:
        raise Refused(found)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        message = _("There is a round of this version and year already.")
        raise Refused([Finding("twice", Level.BLOCK, "year", message, LAW)]) from None
    return row


def _wrong_days(row: Round) -> list[Finding]:
    found = []
    if row.closes_on < row.opens_on:
        message = _("The last day has to come after the first.")
        found.append(Finding("window", Level.BLOCK, "closes_on", message, LAW))
    if row.opens_on.year <= row.year:
        message = _("The data of %(year)s are collected after that year has ended.")
        values = {"year": row.year}
        found.append(Finding("year", Level.BLOCK, "opens_on", message, LAW, values))
    if row.scan_until < row.closes_on:
        message = _("The signed scan follows the return: its last day cannot come before.")
        found.append(Finding("scan", Level.BLOCK, "scan_until", message, LAW))
    if row.reassign_until > row.closes_on:
        message = _("Units are changed before the round closes.")
        found.append(Finding("reassign", Level.BLOCK, "reassign_until", message, LAW))
    return found
