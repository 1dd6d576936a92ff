"""The app of certificates. Django loads it first, and so `check_system` registers itself."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from torch_portal.certificates.checks import check_system

__all__ = ["CertificatesConfig", "check_system"]


class CertificatesConfig(AppConfig):
    name = "torch_portal.certificates"
    label = "certificates"
    verbose_name = _("Certificates")
