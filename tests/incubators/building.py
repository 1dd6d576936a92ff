"""Claims for the tests, each word of which a test may change."""

from datetime import date
from decimal import Decimal

from incubators.editions import Programme
from incubators.enums import CarrierKind
from incubators.rules import Carrier, Claim, Line, Tenant

TERMS = Programme("P-T", rate=Decimal("0.5"))


def line(month="2020-02", ratio="1", **values):
    """A waived month."""
    return Line(date.fromisoformat(f"{month}-01"), Decimal(ratio), **values)


def tenant(*lines, name="甲公司", rent="10000", **values):
    """A tenant with a lease over 2020, one month waived unless other lines are given."""
    lease = {"lease_from": date(2020, 1, 1), "lease_to": date(2020, 12, 31)}
    return Tenant(name, Decimal(rent), lines or (line(),), **lease | values)


def claim(*tenants, programme=TERMS, carrier=None, **values):
    """A claim of an incubator."""
    carrier = carrier or Carrier(name="某孵化器", kind=CarrierKind.INCUBATOR)
    return Claim(programme, carrier, tenants or (tenant(),), **values)
