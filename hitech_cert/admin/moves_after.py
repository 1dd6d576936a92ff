"""The moves of one application after the expert review, as buttons of its page."""

from hitech_cert import actions
from hitech_cert.forms.decided import NoticeForm, ProposalForm
from torch_portal.common.desk_admin import Decision
from torch_portal.filings.desk_pages.forms import ReasonForm

MOVES_AFTER = {
    "propose": Decision(actions.propose, ProposalForm),
    "not_recognise": Decision(actions.not_recognise, ReasonForm, grave=True),
    "reopen": Decision(actions.reopen, ReasonForm),
    "notify_cancellation": Decision(actions.notify_cancellation, NoticeForm, grave=True),
    "cancel": Decision(actions.cancel, ReasonForm, grave=True),
    "drop_cancellation": Decision(actions.drop_cancellation, ReasonForm),
}
