"""Which reports an official has sent regularly."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.models import Jurisdiction
from torch_portal.accounts.roles import Person
from torch_portal.reports.enums import Rhythm


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    """Reads of subscriptions."""

    def visible_to(self, user: Person) -> "SubscriptionQuerySet":
        """A person's own."""
        return self.filter(person_id=user.pk) if user.pk else self.none()


class Subscription(models.Model):
    """The figures of a place, every week or every month, for somebody who is its official.

    jurisdiction: empty for the whole country. since: periods that end before are not sent.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("person"), related_name="+"
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, null=True, verbose_name=_("jurisdiction"), related_name="+"
    )
    rhythm = models.CharField(_("how often"), max_length=8, choices=Rhythm)
    language = models.CharField(_("language"), max_length=12)
    since = models.DateField(_("from"))

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("regular report")
        verbose_name_plural = _("regular reports")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "jurisdiction", "rhythm"],
                name="subscription_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.jurisdiction_id or '*'} {self.rhythm}"

    @property
    def place(self) -> str:
        """The place as the tables name it: "" for the country."""
        return self.jurisdiction_id or ""
