"""The desk of those who keep the installation: the clock, daily digests, how long data stays."""

from torch_portal.desk.admin.batches import BatchAdmin
from torch_portal.desk.admin.digests import DayDigestAdmin
from torch_portal.desk.admin.operations import TaskRunAdmin
from torch_portal.desk.admin.retention import RetentionRuleAdmin

__all__ = ["BatchAdmin", "DayDigestAdmin", "RetentionRuleAdmin", "TaskRunAdmin"]
