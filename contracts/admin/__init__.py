"""The review desk of technology contracts."""

from contracts.admin.desk import ContractAdmin
from contracts.admin.matters import FollowUpAdmin

__all__ = ["ContractAdmin", "FollowUpAdmin"]
