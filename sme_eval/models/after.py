"""After the entry: changes, spot checks, revocations, the record of integrity."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sme_eval.enums import CaseState, ChangeState, CheckState
from sme_eval.models.rows import Evaluation
from torch_portal.accounts.enums import OfficeRole
from torch_portal.accounts.models import Enterprise, Jurisdiction
from torch_portal.accounts.roles import Person, standing
from torch_portal.common.acts import pair, person
from torch_portal.filings.models import may_see


class OfEvaluationQuerySet(models.QuerySet["models.Model"]):
    """Reads of what hangs on an evaluation."""

    def visible_to(self, user: Person) -> "OfEvaluationQuerySet":
        """Rows of the filings that this person may see."""
        return self.filter(may_see(user, "evaluation__filing__"))


class Change(models.Model):
    """A change of the enterprise that it reported (within three months; the number stays).

    `before` and `after` hold the entries by name. `major` touches the conditions.
    """

    evaluation = models.ForeignKey(
        Evaluation, models.PROTECT, verbose_name=_("evaluation"), related_name="changes"
    )
    changed_on = models.DateField(_("changed on"))
    major = models.BooleanField(_("touches the conditions"), default=False)
    before = models.JSONField(_("entries before"))
    after = models.JSONField(_("entries after"))
    reason = models.CharField(_("what happened"), max_length=400)
    late = models.BooleanField(_("reported after three months"), default=False)
    state = models.CharField(
        _("state"), max_length=12, choices=ChangeState, default=ChangeState.OPEN
    )
    reported_at = models.DateTimeField(_("reported at"))
    reported_by = person(_("reported by"))
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = person(_("decided by"), null=True)
    answer = models.CharField(_("answer"), max_length=400, blank=True)

    objects = OfEvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of an enterprise")
        verbose_name_plural = _("changes of enterprises")
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation"], condition=Q(state="open"), name="change_one_open"
            ),
            models.CheckConstraint(
                condition=pair("reported"),
                name="change_reported_pair",
            ),
            models.CheckConstraint(
                condition=pair("decided"),
                name="change_decided_pair",
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True)
                | ~Q(state="open") & Q(decided_at__isnull=False),
                name="change_decided_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evaluation_id} {self.changed_on:%Y-%m-%d}"


# Acts for the department; an operator of a jurisdiction does not.
DRAWING = (OfficeRole.OFFICIAL, OfficeRole.REVIEWER)


class DrawQuerySet(models.QuerySet["Draw"]):
    """Reads of draws."""

    def visible_to(self, user: Person) -> "DrawQuerySet":
        """Those of the areas in which this person acts for the department."""
        areas = {area for role, area in standing(user).jurisdictions if role in DRAWING}
        return self.all() if None in areas else self.filter(jurisdiction_id__in=areas)


class Draw(models.Model):
    """A draw of enterprises for the spot check of a year, which anybody can repeat.

    `population` counts the numbers the draw was made from, without those confirmed by a
    certificate; `digest` is the SHA-256 of these numbers in order. `share` is a fraction.
    """

    year = models.PositiveSmallIntegerField(_("year of evaluation"))
    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, verbose_name=_("jurisdiction"), related_name="+"
    )
    seed = models.CharField(_("seed"), max_length=64)
    share = models.DecimalField(_("share drawn (fraction)"), max_digits=5, decimal_places=4)
    population = models.PositiveIntegerField(_("enterprises drawn from"))
    digest = models.CharField(_("digest of the numbers"), max_length=64)
    due_on = models.DateField(_("material due on"))
    drawn_at = models.DateTimeField(_("drawn at"))
    drawn_by = person(_("drawn by"))

    objects = DrawQuerySet.as_manager()

    class Meta:
        verbose_name = _("draw for the spot check")
        verbose_name_plural = _("draws for spot checks")
        constraints = [
            models.CheckConstraint(
                condition=Q(share__gt=0) & Q(share__lte=1), name="draw_share_a_fraction"
            ),
            models.CheckConstraint(
                condition=pair("drawn"),
                name="draw_drawn_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jurisdiction_id} {self.year} {self.drawn_at:%Y-%m-%d}"


class SpotCheck(models.Model):
    """The spot check of one enterprise; figures as reported to the tax office, in 万元."""

    draw = models.ForeignKey(Draw, models.PROTECT, verbose_name=_("draw"), related_name="checks")
    evaluation = models.ForeignKey(
        Evaluation, models.PROTECT, verbose_name=_("evaluation"), related_name="spot_checks"
    )
    state = models.CharField(
        _("state"), max_length=12, choices=CheckState, default=CheckState.ASKED
    )
    figures = models.JSONField(_("figures of the material"), default=dict, blank=True)
    given_at = models.DateTimeField(_("material handed in at"), null=True)
    given_by = person(_("material handed in by"), null=True)
    result = models.CharField(_("result"), max_length=400, blank=True)
    checked_at = models.DateTimeField(_("checked at"), null=True)
    checked_by = person(_("checked by"), null=True)

    objects = OfEvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = _("spot check")
        verbose_name_plural = _("spot checks")
        constraints = [
            models.UniqueConstraint(fields=["draw", "evaluation"], name="spot_check_once"),
            models.CheckConstraint(
                condition=pair("given"),
                name="spot_check_given_pair",
            ),
            models.CheckConstraint(
                condition=pair("checked"),
                name="spot_check_checked_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draw_id}/{self.evaluation_id}"


class Revocation(models.Model):
    """Notice, defence and decision (撤销告知, 企业申辩, 核查, 撤销公告)."""

    evaluation = models.ForeignKey(
        Evaluation, models.PROTECT, verbose_name=_("evaluation"), related_name="revocations"
    )
    grounds = models.JSONField(_("grounds"))
    facts = models.CharField(_("facts"), max_length=2000)
    noticed_at = models.DateTimeField(_("announced at"))
    noticed_by = person(_("announced by"))
    due_on = models.DateField(_("statement until"))
    statement = models.CharField(_("statement of the enterprise"), max_length=4000, blank=True)
    stated_at = models.DateTimeField(_("stated at"), null=True)
    stated_by = person(_("stated by"), null=True)
    state = models.CharField(
        _("state"), max_length=12, choices=CaseState, default=CaseState.NOTICED
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = person(_("decided by"), null=True)
    answer = models.CharField(_("reason of the decision"), max_length=2000, blank=True)

    objects = OfEvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = _("revocation")
        verbose_name_plural = _("revocations")
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation"], condition=Q(state="noticed"), name="revocation_one_open"
            ),
            models.CheckConstraint(
                condition=pair("noticed"),
                name="revocation_noticed_pair",
            ),
            models.CheckConstraint(
                condition=pair("stated"),
                name="revocation_stated_pair",
            ),
            models.CheckConstraint(
                condition=pair("decided"),
                name="revocation_decided_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evaluation_id} {self.noticed_at:%Y-%m-%d}"


class IntegrityEntry(models.Model):
    """An entry of the record of integrity (诚信档案) of an enterprise; never taken back.

    `barred_through` is the last day on which the enterprise cannot file.
    """

    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, verbose_name=_("enterprise"), related_name="integrity_entries"
    )
    evaluation = models.ForeignKey(
        Evaluation, models.PROTECT, verbose_name=_("evaluation"), related_name="integrity_entries"
    )
    grounds = models.JSONField(_("grounds"))
    text = models.CharField(_("what happened"), max_length=2000)
    barred_through = models.DateField(_("barred through"))
    written_at = models.DateTimeField(_("written at"))
    written_by = person(_("written by"))

    objects = OfEvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the integrity record")
        verbose_name_plural = _("entries of the integrity record")
        constraints = [
            models.CheckConstraint(
                condition=pair("written"),
                name="integrity_written_pair",
            )
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.written_at:%Y-%m-%d}"
