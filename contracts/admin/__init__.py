"""The review desk of technology contracts."""

from contracts.admin.desk import ContractAdmin

__all__ = ["ContractAdmin"]
