"""The pool of experts of a certification body (专家库), and what ties them to enterprises."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hitech_cert.enums import ExpertRole, Licence, TieKind
from torch_portal.accounts.enums import OfficeRole
from torch_portal.accounts.models import Jurisdiction, User
from torch_portal.accounts.roles import Person, standing
from torch_portal.common.acts import pair, person

KEEPING = (OfficeRole.OFFICIAL, OfficeRole.REVIEWER)


def kept_by(user: Person, prefix: str = "") -> Q:
    """Rows of the areas in which this person acts for the certification body."""
    areas = {area for role, area in standing(user).jurisdictions if role in KEEPING}
    return Q() if None in areas else Q(**{f"{prefix}jurisdiction_id__in": areas})


class ExpertQuerySet(models.QuerySet["Expert"]):
    """Reads of experts; those that serve a person start from visible_to."""

    def visible_to(self, user: Person) -> "ExpertQuerySet":
        """Those of the areas in which this person acts for the certification body."""
        return self.filter(kept_by(user))


class Expert(models.Model):
    """A person who reviews applications for one certification body.

    Being an expert is this row: it gives no office. `fields` are codes of the catalogue of any
    level; a code covers what lies below it. `since` is the first day in the trade, of accountants
    and tax agents. `signed_at` and `signed_text`: when the commitment of Annex 8 was signed, and
    which version of its text.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("person"), related_name="expert"
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, verbose_name=_("jurisdiction"), related_name="+"
    )
    role = models.CharField(_("kind of expert"), max_length=4, choices=ExpertRole)
    fields = models.JSONField(_("fields of technology"), default=list, blank=True)
    employer = models.CharField(_("employer"), max_length=120)
    employer_code = models.CharField(_("credit code of the employer"), max_length=18, blank=True)
    title = models.CharField(_("professional title"), max_length=60, blank=True)
    licence = models.CharField(_("qualified by"), max_length=8, choices=Licence)
    since = models.DateField(_("in the trade since"), null=True, blank=True)
    resident = models.BooleanField(_("citizen living in the mainland"), default=False)
    active = models.BooleanField(_("can be drawn"), default=True)
    signed_at = models.DateTimeField(_("commitment signed at"), null=True, editable=False)
    signed_text = models.CharField(
        _("version of the commitment"), max_length=24, blank=True, editable=False
    )
    added_at = models.DateTimeField(_("added at"), editable=False)
    added_by = person(_("added by"))

    objects = ExpertQuerySet.as_manager()

    class Meta:
        verbose_name = _("expert")
        verbose_name_plural = _("experts")
        constraints = [
            models.CheckConstraint(condition=pair("added"), name="expert_added_pair"),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_text="")
                | Q(signed_at__isnull=False) & ~Q(signed_text=""),
                name="expert_signed_pair",
            ),
        ]
        indexes = [
            models.Index(fields=["jurisdiction", "active", "role"], name="expert_pool"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.user.get_full_name()}"

    @property
    def code(self) -> str:
        """What the expert is called in a draw and before the enterprise: no name."""
        return code_of(self.pk)


def code_of(pk: int) -> str:
    """The code of an expert by the key of the row."""
    return f"E{pk:06d}"


class TieQuerySet(models.QuerySet["Tie"]):
    """Reads of ties."""

    def visible_to(self, user: Person) -> "TieQuerySet":
        """One's own as an expert, and those of experts whom one keeps."""
        mine = Q(expert__user=user) if isinstance(user, User) else Q(pk__in=[])
        return self.filter(mine | kept_by(user, "expert__"))


class Tie(models.Model):
    """An enterprise that an expert does not review: an interest, or a co-operation with its day."""

    expert = models.ForeignKey(
        Expert, models.PROTECT, verbose_name=_("expert"), related_name="ties"
    )
    kind = models.CharField(_("kind"), max_length=8, choices=TieKind)
    enterprise_name = models.CharField(_("name of the enterprise"), max_length=120)
    credit_code = models.CharField(_("credit code of the enterprise"), max_length=18, blank=True)
    reason = models.CharField(_("what it consists of"), max_length=400)
    worked_on = models.DateField(_("last day of the co-operation"), null=True, blank=True)
    ended_on = models.DateField(_("taken back on"), null=True, blank=True)
    declared_at = models.DateTimeField(_("declared at"))
    declared_by = person(_("declared by"))

    objects = TieQuerySet.as_manager()

    class Meta:
        verbose_name = _("tie of an expert")
        verbose_name_plural = _("ties of experts")
        constraints = [
            models.CheckConstraint(condition=pair("declared"), name="tie_declared_pair"),
            models.CheckConstraint(
                condition=~Q(kind=TieKind.COOPERATION) | Q(worked_on__isnull=False),
                name="tie_cooperation_has_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.expert_id}: {self.enterprise_name}"
