"""What speaks against a move of one filing among many; nothing is done here."""

import datetime

from django.utils.translation import gettext as _

from contracts import permissions, queries
from contracts.actions.decision import obstacles
from contracts.models import Contract
from contracts.workflow import WORKFLOW
from torch_portal.accounts.models import User
from torch_portal.common.findings import Level
from torch_portal.filings.permissions import out_of_turn

# In these a person looks at each filing of which a rule says more than a hint.
ONLY_CLEAN = ("accept", "recognise")


def against(*, contract: Contract, name: str, by: User, at: datetime.datetime) -> list[str]:
    """Why this filing has to be left out of a batch, all at once; [] when nothing does."""
    move = WORKFLOW.moves[name]
    filing = contract.filing
    reason = out_of_turn(
        lambda: permissions.check_may_move(by, filing, move), filing, WORKFLOW, move
    )
    if reason or name not in ONLY_CLEAN:
        return [reason] if reason else []
    _known, found = queries.examination(contract)
    if name == "recognise":
        found += [f for f in obstacles(contract=contract, by=by, at=at) if f not in found]
    words = [f.text() for f in found if f.level is not Level.INFO]
    words += [_("The entry “%(name)s” cannot be read.") % {"name": n} for n in contract.typed]
    return list(dict.fromkeys(words))
