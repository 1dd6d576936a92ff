"""What comes after the decision: matters, versions, income, lists, and what buyers may read."""

import datetime

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contracts.enums import ExpertView, FollowUpKind, FollowUpState
from contracts.models.rows import Contract
from torch_portal.accounts.models import Enterprise
from torch_portal.accounts.roles import Person, standing
from torch_portal.certificates.models import Certificate
from torch_portal.filings.models import may_see

PERSON = settings.AUTH_USER_MODEL


def _pair(name: str, prefix: str) -> models.CheckConstraint:
    """Moment and person of an act are both known or both not."""
    at, by = f"{name}_at__isnull", f"{name}_by__isnull"
    return models.CheckConstraint(
        condition=Q(**{at: True, by: True}) | Q(**{at: False, by: False}),
        name=f"{prefix}_{name}_pair",
    )


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    """Reads of matters; every one that serves a person starts from visible_to."""

    def visible_to(self, user: Person) -> "FollowUpQuerySet":
        """Matters of the contracts that this person may see."""
        return self.filter(may_see(user, "contract__filing__"))

    def waiting(self) -> "FollowUpQuerySet":
        """Not decided and not withdrawn."""
        return self.filter(state=FollowUpState.OPEN)

    def late(self, day: datetime.date) -> "FollowUpQuerySet":
        """Waiting although their day has passed."""
        return self.waiting().filter(due_on__lt=day)


class FollowUp(models.Model):
    """A matter after the decision: a request, a notice, an objection.

    reason: why it is asked, or the facts of a notice. changes: {entry: {"before", "after"}} as
    plain text. grounds: RevocationGround values. supplements: the verification to which an amount
    is added. due_on: the day of the decision, of a notice the
    last day of the enterprise's statement. answer: the reason of the decision.
    """

    contract = models.ForeignKey(
        Contract, models.PROTECT, verbose_name=_("contract"), related_name="followups"
    )
    kind = models.CharField(_("kind"), max_length=16, choices=FollowUpKind)
    state = models.CharField(
        _("state"), max_length=12, choices=FollowUpState, default=FollowUpState.OPEN
    )
    reason = models.TextField(_("reason"))
    authority = models.CharField(_("authority"), max_length=120, blank=True)
    changes = models.JSONField(_("changes"), default=dict, blank=True)
    grounds = models.JSONField(_("grounds"), default=list, blank=True)
    supplements = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        verbose_name=_("supplements the verification"),
        related_name="supplemented_by",
    )
    opened_at = models.DateTimeField(_("opened at"))
    opened_by = models.ForeignKey(
        PERSON, models.PROTECT, verbose_name=_("opened by"), related_name="+"
    )
    due_on = models.DateField(_("due on"), null=True)
    overdue_flagged_on = models.DateField(_("flagged overdue on"), null=True)
    statement = models.TextField(_("statement"), blank=True)
    stated_at = models.DateTimeField(_("stated at"), null=True)
    stated_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, verbose_name=_("stated by"), related_name="+"
    )
    answer = models.TextField(_("answer"), blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, verbose_name=_("decided by"), related_name="+"
    )

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("matter after the decision")
        verbose_name_plural = _("matters after the decision")
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "kind"],
                condition=Q(state=FollowUpState.OPEN),
                name="followup_open_once",
            ),
            _pair("opened", "followup"),
            _pair("stated", "followup"),
            _pair("decided", "followup"),
            models.CheckConstraint(
                condition=Q(state=FollowUpState.OPEN, decided_at__isnull=True)
                | (~Q(state=FollowUpState.OPEN) & Q(decided_at__isnull=False)),
                name="followup_closed_is_decided",
            ),
            models.CheckConstraint(
                condition=Q(kind=FollowUpKind.SUPPLEMENT, supplements__isnull=False)
                | (~Q(kind=FollowUpKind.SUPPLEMENT) & Q(supplements__isnull=True)),
                name="followup_supplement_of",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on", "id"], condition=Q(state="open"), name="followup_open_due"
            )
        ]

    def __str__(self) -> str:
        return f"{self.contract_id}/{self.pk} {self.kind}"

    @property
    def file_kind(self) -> str:
        """The kind under which its files lie with the filing."""
        return f"after-{self.pk}"


class ContractVersion(models.Model):
    """A registered contract as it stood before a change; written once, never changed.

    values: label-free entries as plain data, deductions and the agency's amount included.
    """

    contract = models.ForeignKey(
        Contract, models.PROTECT, verbose_name=_("contract"), related_name="versions"
    )
    number = models.PositiveSmallIntegerField(_("version"))
    values = models.JSONField(_("values"), encoder=DjangoJSONEncoder)
    certificate = models.OneToOneField(
        Certificate, models.PROTECT, verbose_name=_("certificate"), related_name="+"
    )
    followup = models.OneToOneField(
        FollowUp, models.PROTECT, verbose_name=_("change"), related_name="version_before"
    )
    ended_at = models.DateTimeField(_("ended at"))

    class Meta:
        verbose_name = _("earlier version of a contract")
        verbose_name_plural = _("earlier versions of contracts")
        constraints = [
            models.UniqueConstraint(fields=["contract", "number"], name="contract_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.contract_id} v{self.number}"


class Receipt(models.Model):
    """One sum received under a contract, in yuan; the technical part is what is left."""

    followup = models.ForeignKey(
        FollowUp, models.PROTECT, verbose_name=_("verification"), related_name="receipts"
    )
    received_on = models.DateField(_("received on"))
    amount_yuan = models.DecimalField(_("amount (yuan)"), max_digits=18, decimal_places=2)
    nontechnical_yuan = models.DecimalField(
        _("non-technical part (yuan)"), max_digits=18, decimal_places=2
    )
    invoice = models.CharField(_("invoice or bank slip number"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_yuan__gt=0)
                & Q(nontechnical_yuan__gte=0)
                & Q(nontechnical_yuan__lte=models.F("amount_yuan")),
                name="receipt_parts_in_amount",
            )
        ]

    def __str__(self) -> str:
        return f"{self.received_on:%Y-%m-%d} {self.amount_yuan}"


class ExpertOpinion(models.Model):
    """One expert who was asked about a filing, and what he or she said."""

    contract = models.ForeignKey(
        Contract, models.PROTECT, verbose_name=_("contract"), related_name="opinions"
    )
    expert = models.CharField(_("expert"), max_length=60)
    unit = models.CharField(_("employer"), max_length=120, blank=True)
    question = models.TextField(_("question"), blank=True)
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = models.ForeignKey(
        PERSON, models.PROTECT, verbose_name=_("asked by"), related_name="+"
    )
    view = models.CharField(_("conclusion"), max_length=12, choices=ExpertView, blank=True)
    opinion = models.TextField(_("opinion"), blank=True)
    given_at = models.DateTimeField(_("recorded at"), null=True)
    given_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, verbose_name=_("recorded by"), related_name="+"
    )

    class Meta:
        verbose_name = _("expert opinion")
        verbose_name_plural = _("expert opinions")
        constraints = [_pair("asked", "opinion"), _pair("given", "opinion")]

    def __str__(self) -> str:
        return self.expert


class BuyerAccessQuerySet(models.QuerySet["BuyerAccess"]):
    """Reads of what buyers may see."""

    def visible_to(self, user: Person) -> "BuyerAccessQuerySet":
        """What the person's own enterprises may read as buyers, not ended."""
        return self.filter(enterprise_id__in=standing(user).member_of, ended_at__isnull=True)

    def endable_by(self, user: Person) -> "BuyerAccessQuerySet":
        """Accesses that the person may end: as the buyer's filer or as the one who filed."""
        own = standing(user).filer_of
        mine = Q(enterprise_id__in=own) | Q(contract__filing__enterprise_id__in=own)
        return self.filter(mine, ended_at__isnull=True)


class BuyerAccess(models.Model):
    """A buyer's enterprise that may read number, status and amounts of a contract."""

    contract = models.ForeignKey(
        Contract, models.PROTECT, verbose_name=_("contract"), related_name="buyers"
    )
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, verbose_name=_("buyer"), related_name="+"
    )
    opened_at = models.DateTimeField(_("opened at"))
    opened_by = models.ForeignKey(
        PERSON, models.PROTECT, verbose_name=_("opened by"), related_name="+"
    )
    ended_at = models.DateTimeField(_("ended at"), null=True)
    ended_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, verbose_name=_("ended by"), related_name="+"
    )

    objects = BuyerAccessQuerySet.as_manager()

    class Meta:
        verbose_name = _("buyer's access")
        verbose_name_plural = _("buyers' access")
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "enterprise"],
                condition=Q(ended_at__isnull=True),
                name="buyer_access_once",
            ),
            _pair("opened", "buyer"),
            _pair("ended", "buyer"),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id} → {self.contract_id}"
