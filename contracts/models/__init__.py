"""The tables of technology contracts."""

from contracts.models.after import (
    BuyerAccess,
    ContractVersion,
    ExpertOpinion,
    FollowUp,
    FollowUpQuerySet,
    Receipt,
)
from contracts.models.lists import RegistrationList
from contracts.models.opinions import OpinionFile
from contracts.models.rows import Contract, ContractQuerySet, Deduction, Submission

__all__ = [
    "BuyerAccess",
    "Contract",
    "ContractQuerySet",
    "ContractVersion",
    "Deduction",
    "ExpertOpinion",
    "FollowUp",
    "FollowUpQuerySet",
    "OpinionFile",
    "Receipt",
    "RegistrationList",
    "Submission",
]
