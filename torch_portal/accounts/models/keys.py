"""Keys of programs: what they may do, until when."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.enums import KeyScope
from torch_portal.accounts.models.ground import User


class ApiKey(models.Model):
    """A key for one program of a person, narrower than the person: scopes, an end, a rate.

    Only the digest of the key is kept; `start` is what people recognise it by.
    """

    user = models.ForeignKey(User, models.PROTECT, verbose_name=_("user"), related_name="api_keys")
    name = models.CharField(_("name of the program"), max_length=60)
    start = models.CharField(_("begins with"), max_length=12)
    digest = models.CharField(_("digest of the key"), max_length=64, unique=True)
    scopes = ArrayField(
        models.CharField(max_length=8, choices=KeyScope), verbose_name=_("what it may do")
    )
    per_minute = models.PositiveIntegerField(_("requests a minute"), default=300)
    created_at = models.DateTimeField(_("created at"))
    expires_at = models.DateTimeField(_("good until"))
    last_used_on = models.DateField(_("last used on"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("created_at")), name="api_key_has_an_end"
            ),
            models.CheckConstraint(condition=Q(scopes__len__gte=1), name="api_key_has_a_scope"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.start}…)"
