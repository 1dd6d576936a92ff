"""The desk of those who keep the installation; publicity, letters and words of all lines."""

from torch_portal.desk.admin.batches import BatchAdmin
from torch_portal.desk.admin.digests import DayDigestAdmin
from torch_portal.desk.admin.letters import LetterTemplateAdmin
from torch_portal.desk.admin.operations import TaskRunAdmin
from torch_portal.desk.admin.publicity import BatchAdmin as ListAdmin
from torch_portal.desk.admin.publicity import ObjectionAdmin
from torch_portal.desk.admin.ready import ReadyTextAdmin
from torch_portal.desk.admin.retention import RetentionRuleAdmin

__all__ = [
    "BatchAdmin",
    "DayDigestAdmin",
    "LetterTemplateAdmin",
    "ListAdmin",
    "ObjectionAdmin",
    "ReadyTextAdmin",
    "RetentionRuleAdmin",
    "TaskRunAdmin",
]
