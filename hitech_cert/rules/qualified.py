"""Who can be an expert (195号 一(四)1)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from hitech_cert import editions
from hitech_cert.enums import ExpertRole, Licence
from torch_portal.common.i18n import _
from torch_portal.common.rulebook import Problem, Problems
from torch_portal.common.spans import months_after

LEAST_YEARS = 10
LICENSED = (Licence.ACCOUNTANT, Licence.TAX_AGENT)


@dataclass(frozen=True)
class Applicant:
    """What is known of somebody who is to become an expert.

    since: first day in the trade with the licence. resident: citizen who lives in the mainland.
    """

    role: str
    licence: str
    since: date | None
    resident: bool
    fields: Collection[str]
    employer: str


def check_expert(who: Applicant, day: date) -> Problems:
    """国科发火〔2016〕195号 一(四)1."""
    if not who.resident:
        message = _("Only citizens who live in the mainland can be experts.")
        yield Problem("resident", message)
    if who.licence in LICENSED:
        if who.role != ExpertRole.FINANCE:
            yield Problem("licence", _("A technical expert needs a senior title."))
        elif who.since is None:
            yield Problem("since", _("Enter since when the person works in the trade."))
        elif months_after(who.since, 12 * LEAST_YEARS) > day:
            message = _("An accountant or tax agent needs %(years)s years in the trade.")
            yield Problem("since", message, {"years": LEAST_YEARS})
    elif who.licence != Licence.SENIOR:
        yield Problem("licence", _("Choose what qualifies the person."))
    if not who.employer:
        yield Problem("employer", _("Enter the employer: nobody reviews an enterprise of it."))
    yield from _fields(who)


def _fields(who: Applicant) -> Problems:
    if who.role == ExpertRole.TECHNICAL and not who.fields:
        yield Problem("fields", _("Name at least one field of the catalogue."))
    unknown = [code for code in who.fields if code not in editions.FIELDS]
    if unknown:
        message = _("These codes are not in the catalogue: %(codes)s.")
        yield Problem("fields", message, {"codes": ", ".join(sorted(unknown))})
