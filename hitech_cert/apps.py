from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HitechCertConfig(AppConfig):
    name = "hitech_cert"
    label = "hitech_cert"
    verbose_name = _("Certification of high-tech enterprises")
