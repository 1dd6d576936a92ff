"""What an application states beside its tables: texts, and who wrote the special report."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


def ten_thousand_yuan(label: Any) -> models.DecimalField:
    """Money in 万元 with two decimals, as on the form; may be below zero."""
    return models.DecimalField(label, max_digits=14, decimal_places=2, null=True, blank=True)


class Stated(models.Model):
    """企业创新能力 (申请书 七), the intermediary (195号 一(三)) and figures that others state too.

    versions: saves by page, so that colleagues on two pages do not meet. Texts have 400
    characters at most; the rules say so, nothing is cut.
    """

    text_rights = models.TextField(_("what the rights do for competitiveness"), blank=True)
    text_results = models.TextField(_("results turned into products"), blank=True)
    text_management = models.TextField(_("organisation of R&D and innovation"), blank=True)
    text_staff = models.TextField(_("managers and S&T staff"), blank=True)
    agency_name = models.CharField(_("intermediary"), max_length=120, blank=True)
    agency_founded_on = models.DateField(_("intermediary founded on"), null=True, blank=True)
    agency_staff = models.DecimalField(
        _("staff of the intermediary"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    agency_professionals = models.DecimalField(
        _("accountants and tax agents among them"),
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
    )
    agency_bad_record = models.BooleanField(
        _("intermediary has a bad record"), null=True, blank=True
    )
    report_number = models.CharField(_("number of the special report"), max_length=60, blank=True)
    reported_rd = ten_thousand_yuan(_("R&D of three years in the special report"))
    reported_income = ten_thousand_yuan(_("product income in the special report"))
    super_deduction = ten_thousand_yuan(_("R&D of three years deducted for tax"))
    versions = models.JSONField(_("saves by page"), default=dict, blank=True)

    class Meta:
        abstract = True
