"""Rows of the registers of rent relief."""

from datetime import date
from decimal import Decimal

from incubators.models import HeadLease, Incubator, Lease, Tenancy, Tenant
from tests.factories.accounts import enterprise

LANGTU = "91330106MAE942HR7E"


def carrier(**fields: object) -> Incubator:
    """A provincial incubator that is not state-owned."""
    firm = fields.pop("enterprise", None) or enterprise(name="杭州某孵化器有限公司")
    told = {
        "kind": "INC",
        "level": "PROVINCIAL",
        "ownership": "NON_STATE",
        "recognised_on": date(2020, 1, 31),
        "area_total": Decimal(12000),
        "area_tenant": Decimal(9000),
        "area_public": Decimal(500),
    }
    return Incubator.objects.create(enterprise=firm, **told | fields)


def tenant(**fields: object) -> Tenant:
    """An enterprise of 2019."""
    told = {
        "kind": "ENTERPRISE",
        "credit_code": LANGTU,
        "name": "杭州朗图软件有限公司",
        "established_on": date(2019, 3, 1),
    }
    return Tenant.objects.create(**told | fields)


def stay(where: Incubator, who: Tenant, **fields: object) -> Tenancy:
    """A stay from July 2019 on."""
    told = {"entered_on": date(2019, 7, 1)}
    return Tenancy.objects.create(carrier=where, tenant=who, **told | fields)


def lease(tenancy: Tenancy, **fields: object) -> Lease:
    """A room for the whole of 2020 at 12,000 yuan a month."""
    told = {
        "room": "A-301",
        "begins_on": date(2020, 1, 1),
        "ends_on": date(2020, 12, 31),
        "unit_yuan": Decimal(12000),
    }
    return Lease.objects.create(tenancy=tenancy, **told | fields)


def head_lease(where: Incubator, **fields: object) -> HeadLease:
    """State-owned premises on which half a month was taken off."""
    told = {
        "owner_name": "某国有资产公司",
        "owner_is_state": True,
        "area": Decimal(3000),
        "monthly_yuan": Decimal(60000),
        "begins_on": date(2019, 1, 1),
        "ends_on": date(2021, 12, 31),
        "relief_yuan": Decimal(30000),
    }
    return HeadLease.objects.create(carrier=where, **told | fields)
