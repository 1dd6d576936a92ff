"""Who of the agency has a contract in hand."""

import datetime

from contracts.models import Contract
from contracts.workflow import WORKFLOW
from torch_portal.accounts.models import User
from torch_portal.filings import assigning
from torch_portal.filings.models import Filing


def assign(
    *, contract: Contract, by: User, at: datetime.datetime, to: int | None = None, note: str = ""
) -> Filing:
    """Give the filing into the hands of a colleague (id), or take it oneself; Refused, Stale."""
    return assigning.assign(
        filing=contract.filing, workflow=WORKFLOW, code="VH-25", by=by, at=at, to=to, note=note
    )
