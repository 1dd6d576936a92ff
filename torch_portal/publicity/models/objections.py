"""Objections to a list or to one of its entries, with what proves them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.roles import Person
from torch_portal.accounts.sealed import SealedField
from torch_portal.common.acts import pair, person
from torch_portal.filings.models import KeptFile
from torch_portal.publicity.enums import ObjectionState, ObjectorKind, ProofKind
from torch_portal.publicity.models.batches import Batch, Entry, in_charge


class ObjectionQuerySet(models.QuerySet["Objection"]):
    """Reads of objections; those for the desk start from visible_to."""

    def visible_to(self, user: Person) -> "ObjectionQuerySet":
        """Objections to the lists that this person keeps."""
        return self.filter(in_charge(user, "batch__"))

    def open(self) -> "ObjectionQuerySet":
        """Those still being examined."""
        return self.filter(state=ObjectionState.RECEIVED)


class Objection(models.Model):
    """One objection under a true name. It holds its entry until it is handled.

    entry: None when it is against the list as a whole. reference and code together show the
    objector its outcome without an account.
    """

    batch = models.ForeignKey(
        Batch, models.PROTECT, verbose_name=_("publicity list"), related_name="objections"
    )
    entry = models.ForeignKey(
        Entry,
        models.PROTECT,
        null=True,
        verbose_name=_("entry of a publicity list"),
        related_name="objections",
    )
    reference = models.CharField(_("reference number"), max_length=24, unique=True)
    code = models.CharField(_("code of the receipt"), max_length=16)
    kind = models.CharField(_("who objects"), max_length=8, choices=ObjectorKind)
    name = models.CharField(_("true name or name of the unit"), max_length=120)
    mobile = SealedField(_("mobile number"), max_length=20, blank=True)
    text = models.TextField(_("facts and reasons"))
    received_at = models.DateTimeField(_("received at"))
    state = models.CharField(
        _("state"), max_length=12, choices=ObjectionState, default=ObjectionState.RECEIVED
    )
    outcome = models.TextField(_("outcome"), blank=True)
    handled_at = models.DateTimeField(_("handled at"), null=True)
    handled_by = person(_("handled by"), null=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        indexes = [
            models.Index(
                fields=["batch", "entry"],
                condition=Q(state=ObjectionState.RECEIVED),
                name="publicity_objection_open",
            )
        ]
        constraints = [
            models.CheckConstraint(condition=pair("handled"), name="publicity_handled_pair"),
            models.CheckConstraint(
                condition=Q(state=ObjectionState.RECEIVED, handled_at__isnull=True)
                | ~Q(state=ObjectionState.RECEIVED) & Q(handled_at__isnull=False) & ~Q(outcome=""),
                name="publicity_handled_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


def objection_path(file: "ObjectionFile", _name: str) -> str:
    """Where the bytes lie: by objection and digest, never by the name the objector gave."""
    return f"objections/{file.objection_id}/{file.sha256}{file.suffix}"


class ObjectionFile(KeptFile):
    """The sealed letter or a piece of evidence; checked like every attachment."""

    objection = models.ForeignKey(
        Objection, models.PROTECT, verbose_name=_("objection"), related_name="files"
    )
    kind = models.CharField(_("kind"), max_length=8, choices=ProofKind)
    file = models.FileField(_("file"), upload_to=objection_path, max_length=200)

    class Meta:
        verbose_name = _("file of an objection")
        verbose_name_plural = _("files of objections")
        constraints = [
            models.UniqueConstraint(
                fields=["objection", "kind", "sha256"], name="publicity_file_once"
            )
        ]
