"""Addresses that other systems gave us, and what was sent there."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.sealed import SealedField
from torch_portal.filings.enums import DeliveryState
from torch_portal.filings.models.covers import Event


class Webhook(models.Model):
    """An address that is told of every change of state that its owner may see.

    `secret` signs what is sent; it is shown once. `seen` is the newest event that was looked at.
    `failures` counts deliveries in a row that were given up.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("owner"), related_name="webhooks"
    )
    url = models.URLField(_("address"), max_length=500)
    secret = SealedField(_("signing secret"))
    created_at = models.DateTimeField(_("created at"))
    seen = models.BigIntegerField(_("newest event looked at"), default=0)
    failures = models.PositiveIntegerField(_("given up in a row"), default=0)
    stopped_at = models.DateTimeField(_("stopped at"), null=True)
    stopped_why = models.CharField(_("why it was stopped"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "url"],
                condition=Q(stopped_at__isnull=True),
                name="webhook_address_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.url}"


class Delivery(models.Model):
    """One event on its way to one webhook: a row that a worker takes, tries and gives back."""

    webhook = models.ForeignKey(
        Webhook, models.PROTECT, verbose_name=_("webhook"), related_name="deliveries"
    )
    event = models.ForeignKey(
        Event, models.PROTECT, verbose_name=_("event"), related_name="deliveries"
    )
    state = models.CharField(
        _("state"), max_length=12, choices=DeliveryState, default=DeliveryState.PENDING
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("due at"))
    status = models.PositiveSmallIntegerField(_("status that was answered"), null=True)
    error = models.CharField(_("error"), max_length=300, blank=True)
    delivered_at = models.DateTimeField(_("delivered at"), null=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(fields=["webhook", "event"], name="delivery_once"),
            models.CheckConstraint(
                condition=Q(delivered_at__isnull=True) | Q(state=DeliveryState.DELIVERED),
                name="delivery_delivered_has_state",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(state=DeliveryState.PENDING),
                name="delivery_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.webhook_id}/{self.event_id}"
