"""What the quality desk keeps: outliers, totals, sign-off, publication, use of micro-data."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stats.enums.quality import Dimension, OutlierKind, Reason
from stats.models.returns import Return
from stats.models.rounds import Round
from torch_portal.accounts.enums import OfficeRole
from torch_portal.accounts.models import Jurisdiction
from torch_portal.accounts.roles import Person, official_areas, standing
from torch_portal.common.acts import pair, person


def figure(label: Any, *, null: bool = False) -> "models.DecimalField[Any, Any]":
    """A figure in the unit of its item, as exact as returns have it."""
    return models.DecimalField(label, max_digits=36, decimal_places=12, null=null)


class OutlierQuerySet(models.QuerySet["Outlier"]):
    """Reads of outliers."""

    def visible_to(self, user: Person) -> "OutlierQuerySet":
        """Those of the returns that this person may see."""
        return self.filter(report__in=Return.objects.visible_to(user))


class Outlier(models.Model):
    """A figure of a return that lies far off; looked at by a reviewer, changed by nobody.

    now, before: in the unit of the item. bounds: the ratio or effect and what is in order.
    """

    report = models.ForeignKey(
        Return, models.CASCADE, verbose_name=_("return"), related_name="outliers"
    )
    kind = models.CharField(_("found by"), max_length=8, choices=OutlierKind)
    code = models.CharField(_("item or limit"), max_length=40)
    group = models.CharField(_("group"), max_length=24, blank=True)
    now = figure(_("this year"), null=True)
    before = figure(_("last year"), null=True)
    bounds = models.JSONField(_("ratio and bounds"), default=dict)
    found_at = models.DateTimeField(_("found at"))
    note = models.CharField(_("what was found out"), max_length=400, blank=True)
    seen_at = models.DateTimeField(_("looked at"), null=True)
    seen_by = person(_("looked at by"), null=True)

    objects = OutlierQuerySet.as_manager()

    class Meta:
        verbose_name = _("outlier")
        verbose_name_plural = _("outliers")
        constraints = [
            models.UniqueConstraint(fields=["report", "kind", "code"], name="stats_outlier_once"),
            models.CheckConstraint(condition=pair("seen"), name="stats_outlier_seen_pair"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.kind} {self.code}"


class AggregateQuerySet(models.QuerySet["Aggregate"]):
    """Reads of totals."""

    def visible_to(self, user: Person) -> "AggregateQuerySet":
        """Those of the areas whose official or reviewer this person is."""
        areas = {area for _role, area in standing(user).jurisdictions}
        return self.all() if None in areas else self.filter(place__in=areas - {None})


class Aggregate(models.Model):
    """One total of a round, this year and last; the value in the unit of the item.

    place: code of the jurisdiction within which it is told apart, "" for the whole country.
    A change over the limit is explained; the words are void when the total changes.
    """

    round = models.ForeignKey(
        Round, models.CASCADE, verbose_name=_("round"), related_name="aggregates"
    )
    place = models.CharField(_("jurisdiction"), max_length=4, blank=True)
    dimension = models.CharField(_("told apart"), max_length=12, choices=Dimension)
    key = models.CharField(_("key"), max_length=24)
    code = models.CharField(_("item"), max_length=40)
    respondents = models.PositiveIntegerField(_("respondents"))
    value = figure(_("value"))
    before_respondents = models.PositiveIntegerField(_("respondents last year"), null=True)
    before = figure(_("value last year"), null=True)
    counted_at = models.DateTimeField(_("counted at"))
    explanation = models.TextField(_("explanation"), blank=True)
    explained_at = models.DateTimeField(_("explained at"), null=True)
    explained_by = person(_("explained by"), null=True)

    objects = AggregateQuerySet.as_manager()

    class Meta:
        verbose_name = _("total of a round")
        verbose_name_plural = _("totals of rounds")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "place", "dimension", "key", "code"], name="stats_aggregate_once"
            ),
            models.CheckConstraint(condition=pair("explained"), name="stats_aggregate_pair"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.place} {self.dimension} {self.key} {self.code}"


class SignOff(models.Model):
    """A province stands by its totals; it falls when they change afterwards (digest)."""

    round = models.ForeignKey(
        Round, models.PROTECT, verbose_name=_("round"), related_name="sign_offs"
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, verbose_name=_("jurisdiction"), related_name="+"
    )
    digest = models.CharField(_("digest of the totals"), max_length=64)
    note = models.TextField(_("note"), blank=True)
    signed_at = models.DateTimeField(_("signed off at"))
    signed_by = person(_("signed off by"))

    class Meta:
        verbose_name = _("sign-off of a province")
        verbose_name_plural = _("sign-offs of provinces")
        constraints = [
            models.UniqueConstraint(fields=["round", "jurisdiction"], name="stats_sign_off_once"),
            models.CheckConstraint(condition=pair("signed"), name="stats_sign_off_pair"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.jurisdiction_id}"


class PublicationTable(models.Model):
    """A table as it was published, hidden cells left out; never changed afterwards.

    rows: [{key, label, respondents, value}], value null where it is hidden.
    """

    round = models.ForeignKey(
        Round, models.PROTECT, verbose_name=_("round"), related_name="publications"
    )
    code = models.CharField(_("item"), max_length=40)
    dimension = models.CharField(_("told apart"), max_length=12, choices=Dimension)
    title = models.CharField(_("title"), max_length=160)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    rows = models.JSONField(_("rows"), default=list)
    digest = models.CharField(_("digest"), max_length=64)
    published_at = models.DateTimeField(_("published at"))
    published_by = person(_("published by"))

    class Meta:
        verbose_name = _("published table")
        verbose_name_plural = _("published tables")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "code", "dimension"], name="stats_publication_once"
            ),
            models.CheckConstraint(condition=pair("published"), name="stats_publication_pair"),
        ]

    def __str__(self) -> str:
        return self.title


class SuppressionLog(models.Model):
    """A cell that was left out of a published table, and why (统计法 第二十五条)."""

    table = models.ForeignKey(
        PublicationTable,
        models.PROTECT,
        verbose_name=_("published table"),
        related_name="suppressed",
    )
    key = models.CharField(_("key"), max_length=24)
    reason = models.CharField(_("reason"), max_length=8, choices=Reason)
    respondents = models.PositiveIntegerField(_("respondents"))

    class Meta:
        verbose_name = _("suppressed cell")
        verbose_name_plural = _("suppressed cells")
        constraints = [
            models.UniqueConstraint(fields=["table", "key"], name="stats_suppressed_once")
        ]

    def __str__(self) -> str:
        return f"{self.table_id} {self.key}"


class MicroGrantQuerySet(models.QuerySet["MicroGrant"]):
    """Reads of permissions for micro-data."""

    def visible_to(self, user: Person) -> "MicroGrantQuerySet":
        """One's own; officials of the whole country see all."""
        if None in official_areas(user):
            return self.all()
        return self.filter(given_to=user.pk)


class MicroGrant(models.Model):
    """One person may take the single returns of a round along, for a purpose and a time."""

    round = models.ForeignKey(
        Round, models.PROTECT, verbose_name=_("round"), related_name="micro_grants"
    )
    given_to = person(_("given to"))
    purpose = models.CharField(_("purpose"), max_length=400)
    until = models.DateField(_("valid until"))
    granted_at = models.DateTimeField(_("granted at"))
    granted_by = person(_("granted by"))
    ended_at = models.DateTimeField(_("ended at"), null=True)
    ended_by = person(_("ended by"), null=True)

    objects = MicroGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("permission for micro-data")
        verbose_name_plural = _("permissions for micro-data")
        constraints = [
            models.CheckConstraint(condition=pair("granted"), name="stats_grant_granted_pair"),
            models.CheckConstraint(condition=pair("ended"), name="stats_grant_ended_pair"),
            models.CheckConstraint(
                condition=~Q(given_to=models.F("granted_by")), name="stats_grant_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.given_to_id} {self.until}"


class MicroAccessQuerySet(models.QuerySet["MicroAccess"]):
    """Reads of the log of micro-data."""

    def visible_to(self, user: Person) -> "MicroAccessQuerySet":
        """Officials of the whole country; operators keep the house."""
        seen = None in official_areas(user) or standing(user).has_office(OfficeRole.OPERATOR)
        return self.all() if seen else self.filter(taken_by=user.pk)


class MicroAccess(models.Model):
    """One workbook of single returns that was taken along; never changed."""

    grant = models.ForeignKey(
        MicroGrant, models.PROTECT, verbose_name=_("permission"), related_name="accesses"
    )
    rows = models.PositiveIntegerField(_("returns"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    taken_at = models.DateTimeField(_("taken at"), db_index=True)
    taken_by = person(_("taken by"))

    objects = MicroAccessQuerySet.as_manager()

    class Meta:
        verbose_name = _("access to micro-data")
        verbose_name_plural = _("accesses to micro-data")
        constraints = [
            models.CheckConstraint(condition=pair("taken"), name="stats_micro_taken_pair")
        ]

    def __str__(self) -> str:
        return f"{self.grant_id} {self.taken_at:%Y-%m-%d %H:%M}"
