"""Who of the agency has a filing in hand."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from contracts import permissions, queries
from contracts.models import Contract
from contracts.workflow import WORKFLOW
from torch_portal.accounts.models import User
from torch_portal.common.findings import Finding, Level, Refused
from torch_portal.filings import engine
from torch_portal.filings.models import Filing


@transaction.atomic
def assign(
    *, contract: Contract, by: User, at: datetime.datetime, to: int | None = None, note: str = ""
) -> Filing:
    """Give the filing into the hands of a colleague (id), or take it oneself.

    Refused when that person may not decide it: another agency, or a member of the enterprise.
    """
    filing = contract.filing
    permissions.check_may_move(by, filing, WORKFLOW.moves["assign"])
    engine.check_possible(filing, WORKFLOW, "assign")
    wanted = by.pk if to is None else to
    person = next((p for p in queries.colleagues(filing) if p.pk == wanted), None)
    if person is None:
        message = _("Name somebody of the agency who may decide this filing.")
        raise Refused([Finding("VH-25", Level.BLOCK, "to", message, "")])
    names = {"to_id": person.pk, "to_name": person.get_full_name()}
    engine.fire(filing, WORKFLOW, "assign", by=by, at=at, note=note, data=names, assigned_to=person)
    return filing
