"""The record of exports at the desk."""

from torch_portal.reports.admin.exports import ExportAdmin

__all__ = ["ExportAdmin"]
