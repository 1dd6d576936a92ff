from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PapersConfig(AppConfig):
    name = "torch_portal.papers"
    label = "papers"
    verbose_name = _("Deferred paper")
