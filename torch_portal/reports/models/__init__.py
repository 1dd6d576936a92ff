"""Exports that were asked for; periods and their frozen tables."""

from torch_portal.reports.models.exports import Export, ExportTemplate

__all__ = ["Export", "ExportTemplate"]
