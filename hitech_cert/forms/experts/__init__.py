"""What experts type: answers to invitations, ties, sheets, the leader's sheet."""

from hitech_cert.forms.experts.answers import AcceptForm, DeclineForm, TieForm
from hitech_cert.forms.experts.leading import LeaderForm
from hitech_cert.forms.experts.sheets import SheetForm, given

__all__ = ["AcceptForm", "DeclineForm", "LeaderForm", "SheetForm", "TieForm", "given"]
