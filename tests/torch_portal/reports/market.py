"""Registered contracts by the thousand, as the published totals have them."""

import datetime
from decimal import Decimal
from itertools import count
from types import SimpleNamespace

from django.db import connection

from contracts.models import Contract
from tests.factories import accounts
from torch_portal.filings.models import Filing
from torch_portal.reports.tables.span import Span

H1 = Span(datetime.date(2021, 1, 1), datetime.date(2021, 6, 30))
AT = datetime.datetime(2021, 6, 1, 9, 0, tzinfo=datetime.UTC)
KINDS = {
    "service": "661.21",
    "development": "190.57",
    "consulting": "117.14",
    "transfer": "12.85",
}
# How many of the 21,198 are of each kind is not published; these add up.
ITEMS = {"service": 14_000, "development": 4_500, "consulting": 2_300, "transfer": 398}
ENTRIES = {
    "project_name": "一",
    "kind": "service",
    "subkind": "srv",
    "tech_field": "electronics",
    "ip_kind": "none",
    "objective": "industry",
    "plan_source": "outside",
    "seller_code": accounts.ZHIWEI,
    "seller_division": "330106",
    "buyer_division": "330106",
    "buyer_nature": "100",
    "total_yuan": Decimal(10_000),
    "recognised_on": datetime.date(2021, 3, 15),
}
_serial = count(1)


class Where:
    """An enterprise, its filer and an agency of a jurisdiction."""

    def __init__(self, house, place):
        self.firm, self.filer, self.office = house.firm, house.filer, house.office
        self.place = place


RESTING = (
    ("filings_filing", "filing_search_number"),
    ("contracts_contract", "contract_search_words"),
)


def registered(where, rows):
    """Registered contracts with these entries; others as ENTRIES. Nobody searches for them."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table, trigger in RESTING:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
        made = _written(where, rows)
        for table, trigger in RESTING:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {trigger}")
            cursor.execute(f"ANALYZE {table}")  # as autovacuum does after so many rows
    return made


def _written(where, rows):
    serials = [next(_serial) for _row in rows]
    covers = Filing.objects.bulk_create(
        Filing(
            line="contracts",
            number=f"HT-{n}",
            enterprise=where.firm,
            jurisdiction_id=where.place,
            agency=where.office,
            state="recognised",
            stage="granted",
            owner="nobody",
            created_at=AT,
            created_by=where.filer,
            submitted_at=AT,
        )
        for n in serials
    )
    contracts = []
    for cover, serial, row in zip(covers, serials, rows, strict=True):
        entries = ENTRIES | row
        entries.setdefault("technical_yuan", entries["total_yuan"])
        number = f"{serial:016d}"
        contracts.append(Contract(filing=cover, registration_number=number, **entries))
    made = Contract.objects.bulk_create(contracts, batch_size=5000)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return made


def hubei():
    """21,198 contracts of Hubei that give the published sums to the fen."""
    firm = accounts.enterprise(division="420106", jurisdiction_id="42")
    office = accounts.agency("420101", "42", "42")
    official = accounts.official("42", name="hubei")
    filer = accounts.member(firm, name="hubei-filer")
    where = SimpleNamespace(firm=firm, filer=filer, office=office, place="42")
    rows = []
    for kind, amount in KINDS.items():
        rows += _rows(kind, Decimal(amount) * 10**8, ITEMS[kind])
    _send_outside(rows, Decimal("450.34") * 10**8)
    registered(where, rows)
    return SimpleNamespace(official=official, where=where)


def _rows(kind, yuan, items):
    """Contracts of one kind: all but the last alike, the last takes what is left."""
    each = (yuan / items).quantize(Decimal("0.01"), rounding="ROUND_DOWN")
    subkind = {"service": "srv", "development": "dev_e", "consulting": "con"}
    entries = {"kind": kind, "subkind": subkind.get(kind, "trf_secret")}
    entries |= {"seller_division": "420106", "buyer_division": "420302"}
    amounts = [each] * (items - 1) + [yuan - each * (items - 1)]
    return [entries | {"total_yuan": a} for a in amounts]


def _send_outside(rows, yuan):
    """Give buyers outside to contracts until their amounts make this sum; one is split to fit."""
    left = yuan
    for row in rows:
        if row["total_yuan"] <= left:
            row["buyer_division"] = "310104"
            left -= row["total_yuan"]
    # What does not fit goes from a contract inside to one outside of the same kind.
    inside = next(r for r in rows if r["buyer_division"] == "420302" and r["total_yuan"] > left)
    kind = inside["kind"]
    outside = next(r for r in rows if r["buyer_division"] == "310104" and r["kind"] == kind)
    inside["total_yuan"] -= left
    outside["total_yuan"] += left
