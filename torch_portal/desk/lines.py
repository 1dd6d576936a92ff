"""The service lines by name: the seven of the notice, those that run and those to come."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from contracts import line as contracts
from hitech_cert import line as hitech_cert
from sme_eval import line as sme_eval
from stats import line as stats


@dataclass(frozen=True)
class Service:
    """One service of the notice as the home page shows it.

    code: also that of its hotline entry. line: the module that runs it, None while it is built.
    """

    code: str
    title: Any
    sentence: Any
    takes: Any
    line: Any = None


SERVICES = (
    Service(
        "contracts",
        _("Technical contracts"),
        _("Have a technology contract recognised and registered, with an electronic certificate."),
        _("About six minutes to file; decided within the statutory time limit"),
        contracts,
    ),
    Service(
        "hitech_cert",
        _("High-tech enterprises"),
        _("Certification as a high-tech enterprise, online, without a meeting."),
        _("An evening or two to file with colleagues; reviewed in batches, paper later"),
        hitech_cert,
    ),
    Service(
        "sme_eval",
        _("Technology-based SMEs"),
        _("Evaluation as a science and technology based SME, wholly online."),
        _("About fifteen minutes to file; wholly online, nothing on paper"),
        sme_eval,
    ),
    Service(
        "incubators",
        _("Incubators and rent relief"),
        _("Rent relief for enterprises in incubators, makerspaces and science parks."),
        "",
    ),
    Service(
        "zones",
        _("High-tech zones"),
        _("Support for makers of supplies and for enterprises whose work stopped."),
        "",
    ),
    Service(
        "stats",
        _("Torch statistics"),
        _("The statistical survey with its courses and guidance."),
        _("Table by table, checked as you type; reviewed by unit, city and province"),
        stats,
    ),
    Service(
        "outreach",
        _("Impact, technologies and cases"),
        _("Report the impact, recommend technologies and products, tell of good examples."),
        "",
    ),
)
LINES = {s.code: s.line for s in SERVICES if s.line is not None}
