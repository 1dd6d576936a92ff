"""Who of the agency has a filing in hand."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from torch_portal.accounts.models import User
from torch_portal.common.findings import Finding, Level, Refused
from torch_portal.filings import engine
from torch_portal.filings.models import Filing
from torch_portal.filings.people import colleagues
from torch_portal.filings.permissions import check_may_review
from torch_portal.filings.transitions import Workflow


@transaction.atomic
def assign(
    *,
    filing: Filing,
    workflow: Workflow,
    code: str,
    by: User,
    at: datetime.datetime,
    to: int | None = None,
    note: str = "",
) -> Filing:
    """Give the filing into the hands of a colleague (id), or take it oneself.

    The workflow has a move "assign" that keeps the state. Refused with the line's code when that
    person may not decide it: another agency, or a member of the enterprise.
    """
    check_may_review(by, filing)
    engine.check_possible(filing, workflow, "assign")
    wanted = by.pk if to is None else to
    person = next((p for p in colleagues(filing) if p.pk == wanted), None)
    if person is None:
        message = _("Name somebody of the agency who may decide this filing.")
        raise Refused([Finding(code, Level.BLOCK, "to", message, "")])
    names = {"to_id": person.pk, "to_name": person.get_full_name()}
    engine.fire(filing, workflow, "assign", by=by, at=at, note=note, data=names, assigned_to=person)
    return filing
