"""The desk for paper originals: the ledger, the emergencies, the policies."""

from torch_portal.papers.admin.emergencies import EmergencyAdmin
from torch_portal.papers.admin.ledger import PaperAdmin
from torch_portal.papers.admin.policies import PaperPolicyAdmin

__all__ = ["EmergencyAdmin", "PaperAdmin", "PaperPolicyAdmin"]
