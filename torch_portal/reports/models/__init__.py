"""Exports that were asked for; archives of months; periods and their frozen tables."""

from torch_portal.reports.models.archives import MonthArchive
from torch_portal.reports.models.exports import Export, ExportTemplate
from torch_portal.reports.models.periods import FrozenTables
from torch_portal.reports.models.subscriptions import Subscription
from torch_portal.reports.models.tallies import MonthTally, Recount, StateTally

__all__ = [
    "Export",
    "ExportTemplate",
    "FrozenTables",
    "MonthArchive",
    "MonthTally",
    "Recount",
    "StateTally",
    "Subscription",
]
