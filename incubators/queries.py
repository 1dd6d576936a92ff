"""Reads of the registers: rows as the facts that the rules take."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from incubators import editions
from incubators.editions import Programme
from incubators.enums import CarrierKind, CarrierLevel, Ownership, RentBasis, TenantKind
from incubators.models import Incubator, Lease, ReliefProgramme
from incubators.rules import Carrier, HeadLease, Tenant, Title


def programme(code: str) -> Programme:
    """The newest published version of a programme, else the sourced one; NoProgramme if neither."""
    rows = ReliefProgramme.objects.filter(code=code, published_at__isnull=False)
    newest = rows.order_by("-version").first()
    return newest.programme() if newest else editions.programme(code)


def carrier_facts(carrier: Incubator) -> Carrier:
    """A carrier as the rules on a claim take it."""
    firm = carrier.enterprise
    return Carrier(
        name=firm.name,
        credit_code=firm.credit_code,
        kind=CarrierKind(carrier.kind),
        level=CarrierLevel(carrier.level),
        ownership=Ownership(carrier.ownership),
        state_premises=carrier.state_premises,
        legal_representative=firm.legal_representative,
        tenant_area=carrier.area_tenant,
        account_name=carrier.account_name,
    )


def title_facts(carrier: Incubator) -> Title | None:
    """Its title as the tax relief takes it; None where the day of recognition is not known."""
    if carrier.recognised_on is None:
        return None
    return Title(
        CarrierKind(carrier.kind),
        CarrierLevel(carrier.level),
        carrier.recognised_on,
        carrier.cancelled_on,
    )


def leases_between(carrier: Incubator, first: date, last: date) -> list[Lease]:
    """The leases that hold on some day from first to last, by tenant, first day and room."""
    rows = Lease.objects.filter(
        tenancy__carrier=carrier, begins_on__lte=last, ends_on__gte=first
    ).select_related("tenancy__tenant")
    return list(rows.order_by("tenancy__tenant__name", "begins_on", "room", "pk"))


def tenant_facts(leases: Iterable[Lease]) -> list[Tenant]:
    """Each lease with its tenant as the rules take it, without any month yet."""
    return [_tenant(lease) for lease in leases]


def _tenant(lease: Lease) -> Tenant:
    stay, tenant = lease.tenancy, lease.tenancy.tenant
    return Tenant(
        name=tenant.name,
        rent=lease.unit_yuan,
        fee=lease.fee_yuan,
        basis=RentBasis(lease.rent_basis),
        area=lease.area,
        lease_from=lease.begins_on,
        lease_to=lease.ends_on,
        kind=TenantKind(tenant.kind),
        credit_code=tenant.credit_code or "",
        established_on=tenant.established_on,
        entered_on=stay.entered_on,
        special_field=tenant.special_field,
        arrears=lease.arrears_yuan,
        in_litigation=lease.in_litigation,
    )


def head_lease_facts(carrier: Incubator) -> tuple[HeadLease, ...]:
    """What the carrier rents itself, each with the tenants who sit in it (F7)."""
    tenants: dict[int, set[str]] = defaultdict(set)
    rows = Lease.objects.filter(tenancy__carrier=carrier, head_lease__isnull=False)
    for key, code, name in rows.values_list(
        "head_lease", "tenancy__tenant__credit_code", "tenancy__tenant__name"
    ):
        tenants[key].add(code or name)
    return tuple(
        HeadLease(head.owner_is_state, Decimal(head.relief_yuan), frozenset(tenants[head.pk]))
        for head in carrier.head_leases.order_by("pk")
    )
