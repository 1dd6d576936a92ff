"""Every move over the API, each by the action that the pages and the desk use."""

from functools import partial

from contracts import actions
from contracts.api import answers, entries
from torch_portal.filings.api import moves
from torch_portal.filings.api.entries import MayNote, MustNote, NoWords

moving = partial(moves.moving, answer=answers.ContractShown)


class MovesMixin(moves.MovesMixin):
    """The addresses of the line's own moves beside those of every line."""

    accept = moving(
        actions.accept,
        "Accept (受理)",
        "The material is complete and in form; the examination begins.",
        NoWords,
    )
    decline = moving(
        actions.decline,
        "Do not accept (不予受理)",
        "Oral, outside the area, registered already.",
        MustNote,
    )
    fix_technical_amount = moving(
        actions.fix_technical_amount,
        "Fix the technical amount (核定技术交易额)",
        "Above zero and not above the total, with the reason.",
        entries.FixAmountEntries,
    )
    propose = moving(
        actions.propose,
        "Pass to second review",
        "Another reviewer has to recognise or refuse it.",
        MayNote,
    )
    recognise = moving(
        actions.recognise,
        "Recognise (认定登记)",
        "A registration number; a worker makes the certificate.",
        NoWords,
    )
    refuse = moving(
        actions.refuse,
        "Refuse (不予登记)",
        "On at least one of the grounds RF-1 to RF-9.",
        entries.RefuseEntries,
    )
    deregister = moving(
        actions.deregister,
        "Deregister (注销)",
        "End the registration on a party's report.",
        MustNote,
    )
    notify_revocation = moving(
        actions.notify_revocation,
        "Announce a revocation (拟撤销告知)",
        "Grounds RV-1 to RV-4 and the facts; the enterprise may state its case.",
        entries.NoticeEntries,
    )
    drop_revocation = moving(
        actions.drop_revocation,
        "Drop a revocation",
        "The registration stays as it is.",
        MustNote,
    )
    request_expert_opinion = moving(
        actions.request_expert_opinion,
        "Ask experts (专家评审)",
        "The longer time limit applies; every expert has to be heard.",
        entries.ExpertsEntries,
    )
    reopen = moving(
        actions.reopen,
        "Set a refusal aside",
        "By an official; another reviewer examines it anew.",
        MustNote,
    )
    reinstate = moving(
        actions.reinstate,
        "Set a revocation aside",
        "By an official; a new version of the certificate is issued.",
        MustNote,
    )
    revoke = moving(
        actions.revoke,
        "Revoke (撤销)",
        "By another person than announced it, after the statement or its time.",
        MustNote,
    )
