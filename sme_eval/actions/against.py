"""What speaks against a move of one evaluation among many; nothing is done here."""

import datetime

from sme_eval import permissions, queries
from sme_eval.models import Evaluation
from sme_eval.workflow import WORKFLOW
from torch_portal.accounts.models import User
from torch_portal.common.findings import Level
from torch_portal.filings.permissions import out_of_turn


def against(*, evaluation: Evaluation, name: str, by: User, at: datetime.datetime) -> list[str]:
    """Why this form has to be left out of a batch, all at once; [] when nothing does.

    Passed together are only forms of which no rule says more than a hint; at the others a person
    looks.
    """
    filing, move = evaluation.filing, WORKFLOW.moves[name]
    reason = out_of_turn(
        lambda: permissions.check_may_move(by, filing, move), filing, WORKFLOW, move
    )
    if reason or name != "pass_form":
        return [reason] if reason else []
    _answer, found = queries.examination(evaluation)
    words = [finding.text() for finding in found if finding.level is not Level.INFO]
    return list(dict.fromkeys(words))
