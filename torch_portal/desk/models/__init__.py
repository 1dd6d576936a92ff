"""What the installation itself keeps: daily digests, runs of the clock, how long data stays."""

from torch_portal.desk.models.batches import Batch, BatchRow
from torch_portal.desk.models.digests import DayDigest
from torch_portal.desk.models.retention import RetentionRule, RetentionRun
from torch_portal.desk.models.runs import TaskRun

__all__ = ["Batch", "BatchRow", "DayDigest", "RetentionRule", "RetentionRun", "TaskRun"]
