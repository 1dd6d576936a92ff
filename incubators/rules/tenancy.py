"""Who may be a tenant (F8), and what a carrier has to pass on to its tenants (F7)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from incubators.editions import TENANCY_2018, TenancyTerms
from incubators.rules.facts import HeadLease, Tenant
from torch_portal.common.spans import months_after


@dataclass(frozen=True)
class Tenancy:
    """The outcome of the tenancy test on a day; None where a day is not known.

    young: established within the months before entry. staying: still within the stay.
    latest_entry: last day on which it could have entered. until: the first day after the stay.
    """

    young: bool | None
    staying: bool | None
    latest_entry: date | None
    until: date | None


def tenancy(tenant: Tenant, day: date, terms: TenancyTerms = TENANCY_2018) -> Tenancy:
    """F8: established + 24 months >= entered, and day < entered + 48 (special fields: 60)."""
    founded, entered = tenant.established_on, tenant.entered_on
    latest = months_after(founded, terms.age_at_entry) if founded else None
    stay = terms.stay_special if tenant.special_field else terms.stay
    until = months_after(entered, stay) if entered else None
    return Tenancy(
        young=None if latest is None or entered is None else entered <= latest,
        staying=None if until is None else day < until,
        latest_entry=latest,
        until=until,
    )


def shortfall(leases: Iterable[HeadLease], waived: Mapping[str, Decimal]) -> Decimal:
    """F7: yuan received on state premises and not passed on to their tenants; 0 if all was.

    waived: yuan by key of the tenant. More passed on in one building does not mend another.
    """
    missing = Decimal(0)
    for lease in leases:
        if lease.owner_is_state:
            given = sum((waived.get(key, Decimal(0)) for key in lease.tenants), Decimal(0))
            missing += max(Decimal(0), lease.relief - given)
    return missing
