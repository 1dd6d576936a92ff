"""The translation mark for the pure rooms, which never import Django themselves."""

from django.utils.translation import gettext_lazy as _

__all__ = ["_"]
