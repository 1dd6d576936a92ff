"""A major change: the conditions are checked again (195号 五(四))."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hitech_cert.actions import letters_after as letters
from hitech_cert.actions.cancelling import notice
from hitech_cert.actions.changes import CLAUSE, check_body, claim_change, record_change
from hitech_cert.actions.moving import block
from hitech_cert.actions.reviewing import need_note
from hitech_cert.enums.after import CancelGround, ChangeKind, ChangeState
from hitech_cert.models import Change
from hitech_cert.rules.after import conditions_failed
from hitech_cert.workflow import MEASURES
from torch_portal.accounts.models import User
from torch_portal.common.findings import Refused
from torch_portal.filings.drafts import hold


@transaction.atomic
def recheck_change(
    *,
    change: Change,
    conditions: Mapping[int, bool | None],
    by: User,
    at: datetime.datetime,
    note: str,
) -> Change:
    """A major change: article 11 is checked again (195号 五(四)).

    conditions: {number: met}, all eight. All met: the certificate stays. Otherwise a cancellation
    from the year of the change is announced, which another person decides.
    """
    need_note(note)
    check_body(change, by)
    hold(change.application.filing)
    _check_recheck(change, conditions)
    failed = conditions_failed(conditions)
    known = {str(no): ok for no, ok in sorted(conditions.items())}
    columns: dict[str, Any] = {"decided_at": at, "decided_by": by, "answer": note.strip()[:400]}
    if not failed:
        state = ChangeState.CONFIRMED
        claim_change(change, ChangeState.OPEN, state=state, conditions=known, **columns)
        record_change(change, "change_confirmed", by, at, note)
        letters.change_decided(change, at)
        return change
    year = change.happened_on.year
    state = ChangeState.ENDED
    claim_change(
        change, ChangeState.OPEN, state=state, conditions=known, cancel_from=year, **columns
    )
    record_change(change, "change_ended", by, at, note)
    notice(change.application, [CancelGround.CHANGE], (note, year), by=by, at=at)
    return change


def _check_recheck(change: Change, conditions: Mapping[int, bool | None]) -> None:
    found = []
    if change.kind != ChangeKind.MAJOR:
        found.append(block("", _("Only a major change is checked against article 11."), CLAUSE))
    missing = [no for no in range(1, 9) if conditions.get(no) is None]
    if missing:
        message = _("Say of each condition whether it is met; missing: %(numbers)s.")
        numbers = ", ".join(str(no) for no in missing)
        found.append(block("conditions", message, f"{MEASURES} 第十一条", numbers=numbers))
    if found:
        raise Refused(found)
