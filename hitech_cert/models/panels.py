"""Draws, panels, seats (专家评审组): who reviews which application, and how that came about."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hitech_cert.enums import SEATED, DrawState, ExpertRole, PanelState, SeatState
from hitech_cert.models.experts import Expert, kept_by
from hitech_cert.models.intake import Intake
from hitech_cert.models.rows import Application
from torch_portal.accounts.models import Jurisdiction, User
from torch_portal.accounts.roles import Person
from torch_portal.common.acts import pair, person

ATTEMPTS = 5


class PanelDrawQuerySet(models.QuerySet["PanelDraw"]):
    """Reads of draws."""

    def visible_to(self, user: Person) -> "PanelDrawQuerySet":
        """Those of the areas in which this person acts for the certification body."""
        return self.filter(kept_by(user))


class PanelDraw(models.Model):
    """One act of drawing: for one application, or for all accepted ones of a batch.

    `seed` is kept so that anybody can repeat it; `members` are the codes of the whole pool as it
    was then, `digest` is their SHA-256, in order, one a line. `tech`, `fin`: seats of each panel.
    `left_out`: {number of the filing: why no panel could be drawn for it}. The work of a worker
    lies in the row: `due_at` is set while there is something to do.
    """

    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, verbose_name=_("jurisdiction"), related_name="+"
    )
    intake = models.ForeignKey(
        Intake,
        models.PROTECT,
        null=True,
        verbose_name=_("batch of certification"),
        related_name="panel_draws",
    )
    seed = models.CharField(_("seed"), max_length=64)
    pool = models.PositiveIntegerField(_("experts in the pool"))
    members = models.JSONField(_("codes of the pool"), default=list)
    digest = models.CharField(_("digest of the pool"), max_length=64)
    tech = models.PositiveSmallIntegerField(_("technical experts a panel"))
    fin = models.PositiveSmallIntegerField(_("finance experts a panel"))
    due_on = models.DateField(_("sheets due on"))
    drawn_at = models.DateTimeField(_("drawn at"))
    drawn_by = person(_("drawn by"))
    state = models.CharField(_("state"), max_length=8, choices=DrawState, default=DrawState.RUNNING)
    total = models.PositiveIntegerField(_("applications"), default=0)
    done = models.PositiveIntegerField(_("panels drawn"), default=0)
    left_out = models.JSONField(_("left out"), default=dict)
    due_at = models.DateTimeField(_("work due at"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.CharField(_("last error"), max_length=1000, blank=True)

    objects = PanelDrawQuerySet.as_manager()

    class Meta:
        verbose_name = _("draw of panels")
        verbose_name_plural = _("draws of panels")
        constraints = [
            models.CheckConstraint(condition=pair("drawn"), name="panel_draw_drawn_pair"),
            models.CheckConstraint(
                condition=Q(state=DrawState.DONE, due_at__isnull=True)
                | Q(state=DrawState.RUNNING, due_at__isnull=False),
                name="panel_draw_work",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(due_at__isnull=False), name="panel_draw_due"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jurisdiction_id} {self.drawn_at:%Y-%m-%d} {self.seed[:8]}"


class PanelQuerySet(models.QuerySet["Panel"]):
    """Reads of panels."""

    def visible_to(self, user: Person) -> "PanelQuerySet":
        """Those of the areas in which this person acts for the certification body.

        Who sits on a panel comes to it by the own seat only; the enterprise never sees it.
        """
        return self.filter(kept_by(user, "application__filing__"))


class Panel(models.Model):
    """The experts of one application.

    `tech_order`, `fin_order`: all candidates (keys of experts) in the order of their lots: the
    first sit, the next take the seat of who leaves. `excluded`: {key of the expert: Exclusion}.
    `level`: of the catalogue at which fields were compared. `opinion` is the leader's: whether
    the panel finds the enterprise fit. `figures`, `averages`: as accepted and as worked out
    (fractions in words, "35/4").
    """

    application = models.ForeignKey(
        Application, models.PROTECT, verbose_name=_("application"), related_name="panels"
    )
    draw = models.ForeignKey(
        PanelDraw, models.PROTECT, verbose_name=_("draw of panels"), related_name="panels"
    )
    state = models.CharField(
        _("state"), max_length=10, choices=PanelState, default=PanelState.RUNNING
    )
    tech_order = models.JSONField(_("technical experts in drawn order"))
    fin_order = models.JSONField(_("finance experts in drawn order"))
    excluded = models.JSONField(_("experts that could not be drawn"), default=dict)
    level = models.PositiveSmallIntegerField(_("level of the field compared"))
    due_on = models.DateField(_("sheets due on"))
    averages = models.JSONField(_("averages"), default=dict)
    figures = models.JSONField(_("figures that the panel accepts"), default=dict)
    opinion = models.BooleanField(_("fit in the opinion of the panel"), null=True)
    reason = models.TextField(_("reason of the opinion"), blank=True)
    explained = models.TextField(_("why totals far apart stand"), blank=True)
    typed = models.JSONField(_("leader's sheet as typed"), default=dict)
    saved_version = models.PositiveIntegerField(_("saves of the leader's sheet"), default=0)
    closed_at = models.DateTimeField(_("closed at"), null=True)
    closed_by = person(_("closed by"), null=True)
    dissolved_at = models.DateTimeField(_("dissolved at"), null=True)
    dissolved_by = person(_("dissolved by"), null=True)
    note = models.CharField(_("why it was dissolved"), max_length=400, blank=True)

    objects = PanelQuerySet.as_manager()

    class Meta:
        verbose_name = _("expert panel")
        verbose_name_plural = _("expert panels")
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=~Q(state=PanelState.DISSOLVED),
                name="panel_one_that_counts",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=PanelState.CLOSED, closed_at__isnull=False, closed_by__isnull=False
                )
                | ~Q(state=PanelState.CLOSED) & Q(closed_at__isnull=True, closed_by__isnull=True),
                name="panel_closed_pair",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=PanelState.DISSOLVED,
                    dissolved_at__isnull=False,
                    dissolved_by__isnull=False,
                )
                | ~Q(state=PanelState.DISSOLVED)
                & Q(dissolved_at__isnull=True, dissolved_by__isnull=True),
                name="panel_dissolved_pair",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_on", "id"], name="panel_running"),
            models.Index(fields=["draw", "id"], name="panel_of_draw"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.get_state_display()}"


class SeatQuerySet(models.QuerySet["Seat"]):
    """Reads of seats: an expert has none but the own, the desk comes by the panel."""

    def of(self, user: Person) -> "SeatQuerySet":
        """The seats of this person, whatever became of them."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(expert__user=user)

    def open_to(self, user: Person) -> "SeatQuerySet":
        """Seats through which this person may look at an application now.

        Only while the panel runs and the seat is held; not after the expert left it, not for an
        expert who is no longer in the pool.
        """
        return self.of(user).filter(
            panel__state=PanelState.RUNNING, state__in=SEATED, expert__active=True
        )


class Seat(models.Model):
    """One expert on one panel. `lot`: the place in the drawn order of the kind, from 0.

    The leader is the technical expert with the smallest lot who sits on the panel.
    """

    panel = models.ForeignKey(
        Panel, models.PROTECT, verbose_name=_("expert panel"), related_name="seats"
    )
    expert = models.ForeignKey(
        Expert, models.PROTECT, verbose_name=_("expert"), related_name="seats"
    )
    role = models.CharField(_("kind of expert"), max_length=4, choices=ExpertRole)
    lot = models.PositiveSmallIntegerField(_("place in the drawn order"))
    leader = models.BooleanField(_("leads the panel"), default=False)
    state = models.CharField(
        _("state"), max_length=10, choices=SeatState, default=SeatState.INVITED
    )
    invited_at = models.DateTimeField(_("invited at"))
    answered_at = models.DateTimeField(_("answered at"), null=True)
    commitment = models.CharField(_("version of the commitment"), max_length=24, blank=True)
    no_interest = models.BooleanField(_("declared to have no interest"), default=False)
    reminded_at = models.DateTimeField(_("last reminded at"), null=True)
    left_at = models.DateTimeField(_("left at"), null=True)
    left_by = person(_("left by"), null=True)
    note = models.CharField(_("why the expert left"), max_length=400, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat on a panel")
        verbose_name_plural = _("seats on panels")
        constraints = [
            models.UniqueConstraint(fields=["panel", "expert"], name="seat_once"),
            models.UniqueConstraint(
                fields=["panel"],
                condition=Q(leader=True, state__in=[s.value for s in SEATED]),
                name="seat_one_leader",
            ),
            models.CheckConstraint(condition=pair("left"), name="seat_left_pair"),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in SEATED], left_at__isnull=True)
                | ~Q(state__in=[s.value for s in SEATED]) & Q(left_at__isnull=False),
                name="seat_left_state",
            ),
            models.CheckConstraint(
                condition=Q(leader=False) | Q(role=ExpertRole.TECHNICAL),
                name="seat_leader_technical",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[SeatState.ACCEPTED, SeatState.SUBMITTED])
                | Q(no_interest=True, answered_at__isnull=False) & ~Q(commitment=""),
                name="seat_accepted_declared",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(answered_at__gte=F("invited_at")),
                name="seat_answered_after",
            ),
        ]
        indexes = [models.Index(fields=["expert", "state"], name="seat_of_expert")]

    def __str__(self) -> str:
        return f"{self.panel_id}/{self.expert_id}"
