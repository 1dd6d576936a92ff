"""The desk of those who keep the installation, and that of publicity, which sees all lines."""

from torch_portal.desk.admin.batches import BatchAdmin
from torch_portal.desk.admin.digests import DayDigestAdmin
from torch_portal.desk.admin.operations import TaskRunAdmin
from torch_portal.desk.admin.publicity import BatchAdmin as ListAdmin
from torch_portal.desk.admin.publicity import ObjectionAdmin
from torch_portal.desk.admin.retention import RetentionRuleAdmin

__all__ = [
    "BatchAdmin",
    "DayDigestAdmin",
    "ListAdmin",
    "ObjectionAdmin",
    "RetentionRuleAdmin",
    "TaskRunAdmin",
]
