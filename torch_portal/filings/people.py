"""The people and agencies around a filing."""

from django.db.models import Q

from torch_portal.accounts.enums import OfficeRole
from torch_portal.accounts.models import Agency, User
from torch_portal.accounts.roles import by_name
from torch_portal.filings.models import Filing


def agencies_at(line: str, division: str) -> list[Agency]:
    """The agencies that take filings of a line and in whose area a place (six digits) lies."""
    prefixes = [division[:n] for n in (2, 4, 6)]
    rows = Agency.objects.filter(active=True, areas__prefix__in=prefixes).distinct()
    return [agency for agency in rows.order_by("name") if agency.serves(line)]


def colleagues(filing: Filing) -> list[User]:
    """Those who may decide this filing, by name: reviewers there, not of the enterprise."""
    place = Q(appointments__agency=filing.agency_id)
    place |= Q(appointments__agency=None, appointments__jurisdiction=filing.jurisdiction_id)
    people = User.objects.filter(place, is_active=True, appointments__role=OfficeRole.REVIEWER)
    return by_name(people.exclude(memberships__enterprise=filing.enterprise_id))


def reviewers_of(filing: Filing) -> list[User]:
    """The reviewers of the filing's agency and of its area."""
    here = Q(appointments__agency_id=filing.agency_id) | Q(
        appointments__jurisdiction_id=filing.jurisdiction_id
    )
    return list(
        User.objects.filter(here, appointments__role=OfficeRole.REVIEWER, is_active=True)
        .distinct()
        .order_by("pk")
    )
