"""The file cover of every filing and its events."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.enums import OfficeRole
from torch_portal.accounts.models import Agency, Enterprise, Jurisdiction, User
from torch_portal.accounts.roles import Person, standing
from torch_portal.filings.enums import Stage, Turn


class FilingQuerySet(models.QuerySet["Filing"]):
    """Reads of the cover; every one that serves a person starts from visible_to."""

    def visible_to(self, user: Person) -> "FilingQuerySet":
        """What this person may see: own enterprises' filings, and submitted ones of own areas."""
        return self.filter(may_see(user))


def may_see(user: Person, prefix: str = "") -> Q:
    """The condition behind visible_to; `prefix` leads to the cover ("filing__")."""
    roles = standing(user)
    seen = Q(**{f"{prefix}enterprise_id__in": roles.member_of})
    desk = {OfficeRole.REVIEWER, OfficeRole.OFFICIAL}
    agencies = [a for role, a in roles.agencies if role in desk]
    areas = [a for role, a in roles.jurisdictions if role in desk]
    area = Q(**{f"{prefix}agency_id__in": agencies})
    if None in areas:
        area = Q()
    elif areas:
        area |= Q(**{f"{prefix}jurisdiction_id__in": areas})
    if agencies or areas:
        seen |= area & Q(**{f"{prefix}submitted_at__isnull": False})
    return seen


OPEN = Q(stage__in=[Stage.SUBMITTED, Stage.IN_REVIEW])


def _by_reach(name: str, *order: str, condition: Q | None = None) -> list[models.Index]:
    """The order of a queue for one agency, for one jurisdiction and for the whole country.

    Who examines for several agencies walks the country's order: the agency at its end tells which
    rows are theirs without reading them.
    """
    reaches = {
        "agency": ("agency", *order),
        "area": ("jurisdiction", *order),
        "all": (*order, "agency"),
    }
    return [
        models.Index(fields=fields, condition=condition, name=f"filing_{name}_{reach}")
        for reach, fields in reaches.items()
    ]


class Filing(models.Model):
    """The cover: who filed what, where it stands, whose turn it is and until when.

    `version` counts the events of the filing; the engine alone writes it, state, stage and owner.
    """

    line = models.CharField(_("service line"), max_length=16)
    number = models.CharField(_("filing number"), max_length=32, null=True, unique=True)
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, verbose_name=_("enterprise"), related_name="filings"
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, verbose_name=_("jurisdiction"), related_name="+"
    )
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, verbose_name=_("registration agency"), related_name="+"
    )
    state = models.CharField(_("state"), max_length=24)
    stage = models.CharField(_("stage"), max_length=16, choices=Stage)
    owner = models.CharField(_("whose turn"), max_length=8, choices=Turn)
    version = models.PositiveIntegerField(_("version"), default=0)
    edition = models.CharField(_("rule edition"), max_length=24, blank=True)
    created_at = models.DateTimeField(_("created at"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("created by"), related_name="+"
    )
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("handled by"),
        related_name="+",
        help_text=_("Gets the messages on it; empty: who began it."),
    )
    submitted_at = models.DateTimeField(_("submitted at"), null=True)
    accepted_on = models.DateField(_("acceptance date"), null=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("in the hands of"),
        related_name="+",
    )
    due_on = models.DateField(_("due on"), null=True)
    due_provisional = models.BooleanField(_("due date is provisional"), default=False)
    overdue_flagged_on = models.DateField(_("flagged as overdue on"), null=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        verbose_name=_("decided by"),
        related_name="+",
    )

    forgotten_on = models.DateField(_("personal data forgotten on"), null=True)

    objects = FilingQuerySet.as_manager()

    class Meta:
        verbose_name = _("filing")
        verbose_name_plural = _("filings")
        indexes = [
            *_by_reach("open", "due_on", "id", condition=OPEN),
            *_by_reach("sent", "-submitted_at", "-id", condition=Q(submitted_at__isnull=False)),
            *_by_reach("decided", "-decided_at", "-id", condition=Q(decided_at__isnull=False)),
            *_by_reach("state", "state", "-submitted_at", "-id"),
            models.Index(
                fields=["assigned_to", "due_on", "id"], condition=OPEN, name="filing_open_person"
            ),
            models.Index(fields=["enterprise", "-created_at"], name="filing_enterprise_recent"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="filing_decided_pair",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[Stage.DRAFT, Stage.WITHDRAWN])
                | Q(submitted_at__isnull=False, number__isnull=False, agency__isnull=False),
                name="filing_submitted_has_number",
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"{self.line} {self.pk}"

    @property
    def handler(self) -> User:
        """The enterprise's account that gets the messages: who took it over, or who began it."""
        return self.contact or self.created_by


class Event(models.Model):
    """One act on a filing; append-only, chained by hash (both kept by the database).

    seq, prev_hash and hash are set by a trigger; UPDATE, DELETE and TRUNCATE are refused.
    """

    filing = models.ForeignKey(
        Filing, models.PROTECT, verbose_name=_("filing"), related_name="events"
    )
    seq = models.PositiveIntegerField(_("sequence"), default=0)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        verbose_name=_("by"),
        related_name="+",
    )
    by_name = models.CharField(_("name of the person"), max_length=150, blank=True)
    move = models.CharField(_("act"), max_length=32)
    from_state = models.CharField(_("from"), max_length=24, blank=True)
    to_state = models.CharField(_("to"), max_length=24)
    note = models.TextField(_("reason"), blank=True)
    data = models.JSONField(_("details"), default=dict)
    edition = models.CharField(_("rule edition"), max_length=24, blank=True)
    facts_digest = models.CharField(_("digest of the facts"), max_length=64, blank=True)
    prev_hash = models.CharField(_("hash of the event before"), max_length=64, default="")
    hash = models.CharField(_("hash"), max_length=64, default="")

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [models.UniqueConstraint(fields=["filing", "seq"], name="event_once")]

    def __str__(self) -> str:
        return f"{self.filing_id}/{self.seq} {self.move}"
