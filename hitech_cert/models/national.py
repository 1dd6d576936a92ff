"""The national list as it came: each row with what it was taken for, until it is taken over."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hitech_cert.enums.after import Trouble
from hitech_cert.models.decisions import OfBodyQuerySet
from hitech_cert.models.rows import Application
from torch_portal.accounts.models import Enterprise, Jurisdiction
from torch_portal.common.acts import pair, person


class NationalList(models.Model):
    """One file with certificate numbers (备案公告的名单). Its bytes go; cells and digest stay.

    columns: place of each known column. issued_on: for rows without a day of their own.
    """

    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, verbose_name=_("jurisdiction"), related_name="+"
    )
    name = models.CharField(_("file name"), max_length=160)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    document = models.CharField(_("number of the reply letter or address"), max_length=200)
    issued_on = models.DateField(_("day of issue of the list"), null=True, blank=True)
    heads = models.JSONField(_("heads"), default=list)
    columns = models.JSONField(_("columns"), default=dict)
    left_out = models.JSONField(_("rows that are no entries"), default=list)
    opened_at = models.DateTimeField(_("opened at"))
    opened_by = person(_("opened by"))
    dropped_at = models.DateTimeField(_("dropped at"), null=True)
    dropped_by = person(_("dropped by"), null=True)

    objects = OfBodyQuerySet.as_manager()

    class Meta:
        verbose_name = _("national list")
        verbose_name_plural = _("national lists")
        constraints = [
            models.CheckConstraint(condition=pair("opened"), name="national_list_opened_pair"),
            models.CheckConstraint(condition=pair("dropped"), name="national_list_dropped_pair"),
            models.UniqueConstraint(
                fields=["jurisdiction", "sha256"],
                condition=Q(dropped_at__isnull=True),
                name="national_list_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.opened_at:%Y-%m-%d}"


class NationalRow(models.Model):
    """A row: what it says, whose it is, what is in the way.

    application: what it is taken over for. enterprise, mended ("number", "issued_on"): what a
    person chose and typed over the cells. trouble "": good; problem: its sentence and values.
    known: taken over before. skipped: a person leaves it out.
    """

    national = models.ForeignKey(
        NationalList, models.PROTECT, verbose_name=_("national list"), related_name="rows"
    )
    place = models.PositiveIntegerField(_("row of the sheet"))
    name = models.CharField(_("name in the list"), max_length=160, blank=True)
    credit_code = models.CharField(_("credit code in the list"), max_length=40, blank=True)
    number = models.CharField(_("certificate number"), max_length=40, blank=True)
    issued_on = models.DateField(_("issued on"), null=True)
    unread = models.CharField(_("day that cannot be read"), max_length=60, blank=True)
    application = models.ForeignKey(
        Application,
        models.PROTECT,
        null=True,
        verbose_name=_("application for certification"),
        related_name="national_rows",
    )
    candidates = models.JSONField(_("enterprises that fit"), default=list)
    trouble = models.CharField(_("in the way"), max_length=16, choices=Trouble, blank=True)
    problem = models.JSONField(_("what is in the way, in detail"), default=dict)
    known = models.BooleanField(_("taken over before"), default=False)
    skipped = models.BooleanField(_("left out"), default=False)
    chosen_at = models.DateTimeField(_("resolved by hand at"), null=True)
    chosen_by = person(_("resolved by hand by"), null=True)
    enterprise = models.ForeignKey(
        Enterprise,
        models.PROTECT,
        null=True,
        verbose_name=_("enterprise chosen by hand"),
        related_name="+",
    )
    mended = models.JSONField(_("entered by hand"), default=dict)
    note = models.CharField(_("note"), max_length=400, blank=True)
    taken_at = models.DateTimeField(_("taken over at"), null=True)
    taken_by = person(_("taken over by"), null=True)

    class Meta:
        verbose_name = _("row of a national list")
        verbose_name_plural = _("rows of national lists")
        constraints = [
            models.UniqueConstraint(fields=["national", "place"], name="national_row_once"),
            models.CheckConstraint(condition=pair("chosen"), name="national_row_chosen_pair"),
            models.CheckConstraint(condition=pair("taken"), name="national_row_taken_pair"),
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True) | Q(application__isnull=False),
                name="national_row_taken_for",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.national_id}/{self.place}"
