"""What the portal knows beside what is stated: rights used elsewhere, the enterprise itself."""

from collections.abc import Iterable

from django.db.models import Exists, Q

from hitech_cert import rules
from hitech_cert.enums import TAKES_THE_YEAR, State
from hitech_cert.models import Application, Right
from hitech_cert.queries.after import open_changes
from hitech_cert.queries.rows import in_order
from torch_portal.accounts.models import Enterprise
from torch_portal.filings.enums import QualificationKind
from torch_portal.filings.models import Qualification

# Takes a right of a co-owner away: it is certified with it, or about to be.
COMPETING = tuple(s for s in TAKES_THE_YEAR if s not in (State.NOT_RECOGNISED, State.CANCELLED))


def rights_of(application: Application) -> tuple[rules.Right, ...]:
    """The rights as the rules see them; what the portal knows of their use stands beside them."""
    rows: list[Right] = in_order(application.rights)
    own, others = _used_elsewhere(application, rows)
    return tuple(
        rules.Right(
            id=row.code,
            kind=row.kind,
            granted_on=row.granted_on,
            number=row.number,
            name=row.name,
            gained=row.gained,
            gained_on=row.gained_on,
            mainland=row.mainland,
            owner_is_applicant=row.owner_is_applicant,
            in_force=row.in_force,
            used_before=row.used_before or row.number in own,
            used_by_other=row.used_by_other or row.number in others,
        )
        for row in rows
    )


def _used_elsewhere(application: Application, rows: Iterable[Right]) -> tuple[set[str], set[str]]:
    """Numbers used in an earlier certification of the enterprise, and those used by others."""
    numbers = {row.number for row in rows if row.number}
    if not numbers:
        return set(), set()
    certified = Q(application__certificate_number__isnull=False)
    same = Q(application__enterprise=application.enterprise_id)
    found = (
        Right.objects.filter(number__in=numbers)
        .exclude(application=application.pk)
        .filter((same & certified) | (~same & Q(application__filing__state__in=COMPETING)))
        .values_list("number", "application__enterprise_id")
    )
    own = {number for number, firm in found if firm == application.enterprise_id}
    return own, {number for number, firm in found if firm != application.enterprise_id}


def standing_of(application: Application) -> rules.Standing:
    """What the portal knows of the enterprise in the year of the application, in one query."""
    firm, year = application.enterprise_id, application.year
    others = Application.objects.filter(enterprise=firm, year=year).exclude(pk=application.pk)
    ended = {"enterprise": firm, "ended_on__year": year}
    here = Application.objects.filter(filing__state=State.CANCELLED, **ended)
    known = Qualification.objects.filter(kind=QualificationKind.HNTE_CERTIFICATE, **ended)
    asked = {
        "applied_this_year": Exists(others.filter(filing__state__in=TAKES_THE_YEAR)),
        "cancelled_this_year": Exists(here) | Exists(known),
        "change_open": Exists(open_changes(firm)),
    }
    return rules.Standing(**Enterprise.objects.filter(pk=firm).values(**asked).get())
