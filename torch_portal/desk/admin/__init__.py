"""The desk of those who keep the installation: clock, digests, how long data stays, letters."""

from torch_portal.desk.admin.batches import BatchAdmin
from torch_portal.desk.admin.digests import DayDigestAdmin
from torch_portal.desk.admin.letters import LetterTemplateAdmin
from torch_portal.desk.admin.operations import TaskRunAdmin
from torch_portal.desk.admin.retention import RetentionRuleAdmin

__all__ = [
    "BatchAdmin",
    "DayDigestAdmin",
    "LetterTemplateAdmin",
    "RetentionRuleAdmin",
    "TaskRunAdmin",
]
