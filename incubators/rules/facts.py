"""A claim for rent relief as plain values: carrier, tenants, their leases and waived months."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from incubators.editions import Programme
from incubators.enums import (
    CarrierKind,
    CarrierLevel,
    Ownership,
    RentBasis,
    TenantKind,
    WaiverKind,
)


@dataclass(frozen=True)
class Line:
    """One month of one tenant.

    month: its first day. ratio: share of the due rent, above 0 and at most 1. confirmed: yuan the
    tenant named. asked: whether the tenant was asked at all; an estimate before that counts every
    line. ruled: the reviewer's word on a line that the tenant did not confirm as claimed, or that
    is taken out; None while there is none.
    """

    month: date
    ratio: Decimal
    kind: WaiverKind = WaiverKind.EXEMPT
    confirmed: Decimal | None = None
    asked: bool = False
    ruled: bool | None = None


@dataclass(frozen=True)
class Tenant:
    """A tenant with its lease and the months relieved.

    name: what tells it from others in this claim. rent: yuan for a full month under `basis`
    (for PER_M2 of one square metre and month or day, with `area`). fee: property fees, yuan a
    month. lease_from, lease_to: both days count; None where the lease is open. special_field: of
    a field with a longer stay.
    """

    name: str
    rent: Decimal
    lines: tuple[Line, ...] = ()
    fee: Decimal = Decimal(0)
    basis: RentBasis = RentBasis.MONTHLY
    area: Decimal | None = None
    lease_from: date | None = None
    lease_to: date | None = None
    kind: TenantKind = TenantKind.ENTERPRISE
    credit_code: str = ""
    legal_representative: str = ""
    established_on: date | None = None
    entered_on: date | None = None
    special_field: bool = False
    arrears: Decimal | None = None
    in_litigation: bool | None = None

    @property
    def key(self) -> str:
        """What makes two lines the same tenant: the credit code, else the name."""
        return self.credit_code or self.name


@dataclass(frozen=True)
class HeadLease:
    """Premises the carrier rents itself. relief: yuan its own landlord took off."""

    owner_is_state: bool
    relief: Decimal
    tenants: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Carrier:
    """The carrier that claims; "" and None for what is not known."""

    name: str = ""
    credit_code: str = ""
    kind: CarrierKind | None = None
    level: CarrierLevel | None = None
    ownership: Ownership | None = None
    state_premises: bool | None = None
    legal_representative: str = ""
    tenant_area: Decimal | None = None
    account_name: str = ""
    risk_district: bool = False


@dataclass(frozen=True)
class Claim:
    """A claim under a programme.

    claimed_on: day of submission. typed_total: yuan as typed by the carrier. documents: codes of
    what is attached and sound; None where nobody has looked.
    """

    programme: Programme
    carrier: Carrier
    tenants: tuple[Tenant, ...]
    claimed_on: date | None = None
    typed_total: Decimal | None = None
    documents: frozenset[str] | None = None
    head_leases: tuple[HeadLease, ...] = ()


# (key of the tenant, month) -> number of the application that already has it.
Taken = Mapping[tuple[str, date], str]
