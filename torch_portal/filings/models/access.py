"""Who of the authorities looked at which filing: 网络安全法 第二十一条, kept for six months."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.roles import Person, is_operator
from torch_portal.filings.enums import AccessKind
from torch_portal.filings.models.contents import Attachment
from torch_portal.filings.models.covers import Filing, may_see


class AccessQuerySet(models.QuerySet["Access"]):
    """Reads of the access log."""

    def visible_to(self, user: Person) -> "AccessQuerySet":
        """Operators see all (no content stands here), officials that of filings they may see."""
        return self.all() if is_operator(user) else self.filter(may_see(user, "filing__"))


class Access(models.Model):
    """One view of a filing or one opening of a file by somebody in office; never changed."""

    filing = models.ForeignKey(
        Filing, models.PROTECT, verbose_name=_("filing"), related_name="accesses"
    )
    attachment = models.ForeignKey(
        Attachment, models.PROTECT, null=True, verbose_name=_("attachment"), related_name="+"
    )
    kind = models.CharField(_("what was seen"), max_length=12, choices=AccessKind)
    seen_at = models.DateTimeField(_("seen at"), db_index=True)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("seen by"), related_name="+"
    )

    objects = AccessQuerySet.as_manager()

    class Meta:
        verbose_name = _("access")
        verbose_name_plural = _("access log")

    def __str__(self) -> str:
        return f"{self.filing_id} {self.kind} {self.seen_at:%Y-%m-%d %H:%M}"
