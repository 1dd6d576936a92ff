"""Vocabularies of exports."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ExportState(TextChoices):
    """Where an export stands."""

    WAITING = "waiting", _("Waiting its turn")
    RUNNING = "running", _("Being written")
    READY = "ready", _("Ready")
    CANCELLED = "cancelled", _("Cancelled")
    FAILED = "failed", _("Not written")
    EXPIRED = "expired", _("Expired")


class FileFormat(TextChoices):
    """Kinds of file."""

    XLSX = "xlsx", _("Spreadsheet (XLSX: Excel, WPS, LibreOffice)")
    CSV = "csv", _("CSV (for programs)")
    ZIP = "zip", _("Archive (ZIP: the table, a PDF for each filing, its attachments)")


class MoneyUnit(TextChoices):
    """In what amounts are counted."""

    YUAN = "yuan", _("yuan")
    WAN = "wan", _("10,000 yuan")
    YI = "yi", _("100 million yuan")


class Rhythm(TextChoices):
    """How often a report is sent."""

    WEEKLY = "weekly", _("every week")
    MONTHLY = "monthly", _("every month")
