"""The review desk of technology contracts."""

from contracts.admin.desk import ContractAdmin
from contracts.admin.lists import RegistrationListAdmin
from contracts.admin.matters import FollowUpAdmin
from contracts.admin.settings import LocalRuleAdmin

__all__ = [
    "ContractAdmin",
    "FollowUpAdmin",
    "LocalRuleAdmin",
    "RegistrationListAdmin",
]
