"""Lists of contracts and agencies, and what must hold across tables."""

from typing import Any

from django.db.models import Q

from contracts.enums import FollowUpKind, FollowUpState, State
from contracts.models import Contract, FollowUp, RegistrationList
from contracts.queries.facts import applicant_division
from torch_portal.accounts.models import Agency
from torch_portal.certificates import documents
from torch_portal.filings.models import Filing
from torch_portal.filings.people import agencies_at

REGISTERED = (
    State.RECOGNISED,
    State.REVOCATION_NOTICED,
    State.DEREGISTERED,
    State.REVOKED,
)


def agencies_for(contract: Contract) -> list[Agency]:
    """The agencies in whose area the applicant lies."""
    place = applicant_division(contract) or contract.filing.enterprise.division
    return agencies_at("contracts", place)


def with_cover(contracts: Any) -> Any:
    """Contracts with what every list shows of the cover, in one query."""
    return contracts.select_related(
        "filing__enterprise", "filing__agency", "filing__contact", "filing__created_by"
    )


def consistency() -> list[str]:
    """Figures and states that contradict each other; empty when all is well."""
    recognised = Q(filing__state__in=[*REGISTERED])
    numbered = Q(registration_number__isnull=False)
    found = [
        f"contract {c.pk}: recognised without a registration number"
        for c in Contract.objects.filter(recognised & ~numbered).order_by("pk")[:100]
    ]
    found += [
        f"contract {c.pk}: has a registration number but is not recognised"
        for c in Contract.objects.filter(numbered & ~recognised).order_by("pk")[:100]
    ]
    found += [
        f"contract {c.pk}: recognised without a certificate"
        for c in Contract.objects.filter(numbered, filing__certificates=None).order_by("pk")[:100]
    ]
    found += documents.file_problems(RegistrationList)
    return found + _number_gaps() + _loose_matters()


def _loose_matters() -> list[str]:
    """Matters after the decision that do not agree with the filing or left no version."""
    noticed = Contract.objects.filter(filing__state=State.REVOCATION_NOTICED)
    open_notice = FollowUp.objects.waiting().filter(kind=FollowUpKind.REVOCATION)
    found = [
        f"contract {c.pk}: a revocation is announced but no notice is open"
        for c in noticed.exclude(followups__in=open_notice).order_by("pk")[:100]
    ]
    changes = FollowUp.objects.filter(kind=FollowUpKind.CHANGE, state=FollowUpState.GRANTED)
    return found + [
        f"contract {f.contract_id}: change {f.pk} was granted but the version before is missing"
        for f in changes.filter(version_before=None).order_by("pk")[:100]
    ]


def _number_gaps() -> list[str]:
    """Registration numbers must run from 1 without gap for each agency and year."""
    series: dict[str, list[int]] = {}
    numbers = Contract.objects.filter(registration_number__isnull=False)
    for number in numbers.values_list("registration_number", flat=True).iterator(5000):
        series.setdefault(str(number)[:10], []).append(int(str(number)[10:]))
    return [
        f"series {key}: {len(serials)} numbers but the last is {max(serials)}"
        for key, serials in sorted(series.items())
        if max(serials) != len(serials)
    ]


def covers(user: Any) -> Any:
    """The covers of this line that a person may see."""
    return Filing.objects.visible_to(user).filter(line="contracts")
