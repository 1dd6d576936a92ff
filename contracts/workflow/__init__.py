"""The moves of a technology contract, and the matters that may follow its decision."""

from contracts.workflow.filing import STATES, WORKFLOW
from contracts.workflow.matters import PROCEDURES, Procedure

__all__ = ["PROCEDURES", "STATES", "WORKFLOW", "Procedure"]
