"""Every move over the API, each by the action that the pages and the desk use."""

from functools import partial

from sme_eval import actions
from sme_eval.api import answers, entries
from torch_portal.filings.api import moves
from torch_portal.filings.api.entries import MayNote, MustNote

moving = partial(moves.moving, answer=answers.EvaluationShown)


class MovesMixin(moves.MovesMixin):
    """The addresses of the line's own moves beside those of every line."""

    pass_form = moving(
        actions.pass_form,
        "Pass the form review (通过形式审查)",
        "The points of the form as filed are kept; the province goes on with it.",
        MayNote,
    )
    refuse = moving(
        actions.refuse,
        "Refuse (不予入库)",
        "It does not meet the conditions of article 6.",
        MustNote,
    )
    send_back = moving(
        actions.send_back,
        "Send back to the agency",
        "By the province; the agency reviews the form again.",
        MustNote,
    )
    resign = moving(
        actions.resign,
        "Give up the number (自行申请撤销)",
        "The number is no longer valid from today on.",
        MustNote,
    )
    notify_revocation = moving(
        actions.notify_revocation,
        "Announce a revocation (撤销告知)",
        "Grounds and facts; the enterprise may state its case and the number stays valid.",
        entries.RevocationEntries,
    )
    revoke = moving(
        actions.revoke,
        "Revoke (撤销)",
        "By another person than announced it, after the statement or its time.",
        MustNote,
    )
    drop_revocation = moving(
        actions.drop_revocation,
        "Drop a revocation",
        "The number stays valid.",
        MustNote,
    )
