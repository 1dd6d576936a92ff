from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SmeEvalConfig(AppConfig):
    name = "sme_eval"
    label = "sme_eval"
    verbose_name = _("Evaluation of technology-based SMEs")
