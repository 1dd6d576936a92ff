"""The desk of those who keep the installation, and those of publicity and letters of all lines."""

from torch_portal.desk.admin.batches import BatchAdmin
from torch_portal.desk.admin.digests import DayDigestAdmin
from torch_portal.desk.admin.letters import LetterTemplateAdmin
from torch_portal.desk.admin.operations import TaskRunAdmin
from torch_portal.desk.admin.publicity import BatchAdmin as ListAdmin
from torch_portal.desk.admin.publicity import ObjectionAdmin
from torch_portal.desk.admin.retention import RetentionRuleAdmin

__all__ = [
    "BatchAdmin",
    "DayDigestAdmin",
    "LetterTemplateAdmin",
    "ListAdmin",
    "ObjectionAdmin",
    "RetentionRuleAdmin",
    "TaskRunAdmin",
]
