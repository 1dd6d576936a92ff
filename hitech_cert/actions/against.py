"""What speaks against a move of one application among many; nothing is done here."""

import datetime

from hitech_cert import permissions, queries
from hitech_cert.models import Application
from hitech_cert.workflow import WORKFLOW
from torch_portal.accounts.models import User
from torch_portal.common.findings import Level
from torch_portal.filings.permissions import out_of_turn

LOOKED_AT = ("recommend", "accept")


def against(*, application: Application, name: str, by: User, at: datetime.datetime) -> list[str]:
    """Why this application has to be left out of a batch, all at once; [] when nothing does.

    Recommended or accepted together are only those of which no rule says more than a hint; at
    the others a person looks.
    """
    filing, move = application.filing, WORKFLOW.moves[name]
    reason = out_of_turn(
        lambda: permissions.check_may_move(by, filing, move), filing, WORKFLOW, move
    )
    if reason or name not in LOOKED_AT:
        return [reason] if reason else []
    _answer, found = queries.examination(application)
    words = [finding.text() for finding in found if finding.level is not Level.INFO]
    return list(dict.fromkeys(words))
