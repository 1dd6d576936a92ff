"""Rules of a password beside Django's own (GB/T 22239-2019 8.1.4.1 a)."""

import unicodedata

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from torch_portal.accounts.models import FormerPassword, User


class SeveralKinds:
    """Asks for characters of several kinds: small and capital letters, digits, others.

    Letters without case, such as Chinese characters, count as others.
    """

    def __init__(self, kinds: int = 3) -> None:
        self.kinds = kinds

    def validate(self, password: str, user: User | None = None) -> None:
        """ValidationError when too few kinds occur."""
        found = {_kind(character) for character in password}
        if len(found) < self.kinds:
            raise ValidationError(self.get_help_text(), code="password_kinds")

    def get_help_text(self) -> str:
        """The rule in words."""
        return _(
            "The password needs characters of at least %(kinds)s kinds: "
            "small letters, capital letters, digits, others."
        ) % {"kinds": self.kinds}


def _kind(character: str) -> str:
    category = unicodedata.category(character)
    return category if category in {"Ll", "Lu", "Nd"} else "other"


class NotUsedBefore:
    """Refuses the passwords that the person had last.

    remembered: how many, the present one among them; 0 switches the rule off.
    """

    def __init__(self, remembered: int = 5) -> None:
        self.remembered = remembered

    def validate(self, password: str, user: User | None = None) -> None:
        """ValidationError when it is one of them."""
        if user is None or user.pk is None or not self.remembered:
            return
        rows = FormerPassword.objects.filter(user=user).order_by("-pk")[: self.remembered]
        if any(check_password(password, row.hash) for row in rows):
            raise ValidationError(self.get_help_text(), code="password_used")

    def password_changed(self, password: str, user: User | None = None) -> None:
        """Django's hook after a new password was stored: remember it, forget what is too old."""
        if user is None or user.pk is None or not self.remembered:
            return
        FormerPassword.objects.create(user=user, hash=user.password)
        kept = FormerPassword.objects.filter(user=user).order_by("-pk")[: self.remembered]
        ids = list(kept.values_list("pk", flat=True))
        FormerPassword.objects.filter(user=user).exclude(pk__in=ids).delete()

    def get_help_text(self) -> str:
        """The rule in words."""
        return ngettext(
            "It cannot be the password you have now.",
            "It cannot be one of your last %(count)d passwords.",
            self.remembered,
        ) % {"count": self.remembered}
