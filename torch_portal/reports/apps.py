"""Exports and statutory tables over all lines."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """Rows of exports and of frozen periods."""

    name = "torch_portal.reports"
    label = "reports"
    verbose_name = _("reports")
