"""Every move over the API, each by the action that the pages and the desk use."""

from functools import partial

from hitech_cert import actions
from hitech_cert.api import answers
from hitech_cert.api.entries import CancellationEntries
from torch_portal.filings.api import moves
from torch_portal.filings.api.entries import MayNote, MustNote

moving = partial(moves.moving, answer=answers.ApplicationShown)


class MovesMixin(moves.MovesMixin):
    """The addresses of the line's own moves beside those of every line."""

    recommend = moving(
        actions.recommend,
        "Recommend (网上推荐)",
        "By the bureau; the certification body goes on with it.",
        MayNote,
    )
    accept = moving(
        actions.accept,
        "Accept (受理)",
        "By the certification body; its paper is deferred.",
        MayNote,
    )
    reject = moving(
        actions.reject,
        "Do not accept (不予受理)",
        "With the grounds; the year is free again.",
        MustNote,
    )
    send_back = moving(
        actions.send_back,
        "Send back to the bureau",
        "By the certification body; the bureau checks it again.",
        MustNote,
    )
    propose = moving(
        actions.propose,
        "Propose for recognition (拟认定)",
        "When the three departments agree and the average suffices.",
        MayNote,
    )
    not_recognise = moving(
        actions.not_recognise,
        "Do not recognise (不予认定)",
        "With the grounds; the enterprise can ask for a re-examination.",
        MustNote,
    )
    reopen = moving(
        actions.reopen,
        "Reopen after a re-examination (复议)",
        "Where counting again shows the error; by another person than refused it.",
        MustNote,
    )
    notify_cancellation = moving(
        actions.notify_cancellation,
        "Announce a cancellation (取消告知)",
        "Grounds and facts; the certificate stays valid until another person decides.",
        CancellationEntries,
    )
    cancel = moving(
        actions.cancel,
        "Cancel (取消资格)",
        "By another person than announced it, after the statement or its time.",
        MustNote,
    )
    drop_cancellation = moving(
        actions.drop_cancellation,
        "Drop a cancellation",
        "The certificate stays valid.",
        MustNote,
    )
