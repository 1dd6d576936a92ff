"""Registered contracts counted for the statutory tables: one pass over the rows.

Counted is what is in force: deregistered and revoked contracts are not. The technical amount is
the agency's figure where it fixed one. A respondent is a seller, by credit code.
"""

import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, Left, Substr

from contracts.enums import (
    KIND_OF,
    Applicant,
    Field,
    IpKind,
    Kind,
    Objective,
    PartyNature,
    PlanSource,
    State,
    Subkind,
)
from contracts.models import Contract
from torch_portal.common.codes import CORPS, CORPS_DIVISIONS, MAINLAND, PLANNED_CITIES
from torch_portal.common.counting import Counts, Dimension, Entry, Figures

IN_FORCE = Q(filing__state__in=[State.RECOGNISED, State.REVOCATION_NOTICED])
OUTSIDE = {"71": "hmt", "81": "hmt", "82": "hmt"}
MUNICIPALITIES = ("11", "12", "31", "50")
# 京津冀; 长三角 (长江三角洲区域一体化发展规划纲要); 粤港澳大湾区 (发展规划纲要, 2019-02-18).
CLUSTERS = {
    "jjj": ("11", "12", "13"),
    "delta": ("31", "32", "33", "34"),
    "bay": (
        *("4401", "4403", "4404", "4406", "4407", "4412", "4413", "4419", "4420"),
        *("81", "82"),
    ),
}
GROUPINGS: dict[str, tuple[str, ...]] = {
    "all": (),
    "kind": ("d_kind",),
    "subkind": ("d_kind", "d_subkind"),
    "field": ("d_field",),
    "ip": ("d_ip",),
    "plan": ("d_plan",),
    "objective": ("d_objective",),
    "seller_type": ("d_seller_type",),
    "buyer_type": ("d_buyer_type",),
    "output": ("d_from",),
    "absorption": ("d_to",),
    "flow": ("d_from", "d_to"),
    "city": ("d_city",),
    "cluster_output": ("d_from_cluster",),
    "cluster_absorption": ("d_to_cluster",),
    "cluster_flow": ("d_from_cluster", "d_to_cluster"),
    "month": ("d_month",),
}
COLUMNS = tuple(dict.fromkeys(name for names in GROUPINGS.values() for name in names))
FIRMS = (PartyNature.DOMESTIC_FIRM, PartyNature.HMT_FIRM, PartyNature.FOREIGN_FIRM)


def _entries(choices: Any) -> tuple[Entry, ...]:
    return tuple(Entry(value, label) for value, label in choices.choices)


DIMENSIONS = {
    "kind": Dimension("kind", _entries(Kind)),
    "subkind": Dimension(
        "subkind", tuple(Entry(s.value, s.label, KIND_OF[s.value].value) for s in Subkind)
    ),
    "field": Dimension("field", _entries(Field)),
    "ip": Dimension("ip", _entries(IpKind)),
    "plan": Dimension("plan", _entries(PlanSource)),
    "objective": Dimension("objective", _entries(Objective)),
    "type": Dimension(
        "type",
        tuple(Entry(n.value, n.label, "firm" if n in FIRMS else "") for n in PartyNature),
    ),
}
# After a large import, before the tables' statistics are made, the planner expects one row and
# takes a nested loop; and hashes shall not go to disk.
PLAN = "SET LOCAL enable_nestloop = off; SET LOCAL work_mem = '64MB'"
Span = tuple[datetime.date, datetime.date]


def counted(
    contracts: QuerySet[Contract], *, period: Span, before: Span | None, respondents: bool
) -> Counts:
    """What was registered in a period (first and last day), and in the one to compare with.

    contracts: what the person may see. respondents: whether to count them too, which costs about
    as much again.
    """
    within = _within(period) | _within(before) if before else _within(period)
    first = Case(When(_within(period), then=Value(0)), default=Value(1))
    rows = (
        contracts.filter(IN_FORCE, within)
        .order_by()
        .values(
            d_year=first,
            d_total=Coalesce(F("total_yuan"), Decimal(0)),
            d_technical=Coalesce(F("fixed_technical_yuan"), F("technical_yuan"), Decimal(0)),
            d_seller=F("seller_code"),
            **_columns(),
        )
    )
    try:
        inner, values = rows.query.sql_with_params()
    except EmptyResultSet:  # this person can see no contract
        return Counts()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(PLAN)
        cursor.execute(_statement(inner, respondents=respondents), values)
        return _read(cursor.fetchall())


def _within(span: Span) -> Q:
    return Q(recognised_on__range=span)


def _statement(inner: str, *, respondents: bool) -> str:
    """The rows by all groupings at once; GROUPING() tells which columns a group has not.

    Respondents are counted by grouping by seller first: every step is a hash, none a sort.
    """
    more = ("d_seller",) if respondents else ()
    sets = ", ".join(f"({', '.join(('d_year', *names, *more))})" for names in GROUPINGS.values())
    columns = ", ".join(COLUMNS)
    cells = (
        f"SELECT d_year, grouping({columns}) AS mask, {columns}, count(*) AS items,"  # noqa: S608
        f" sum(d_total) AS total, sum(d_technical) AS technical FROM counted_rows"
        f" GROUP BY GROUPING SETS ({sets})"
    )
    if respondents:
        cells = (
            f"SELECT d_year, mask, {columns}, sum(items)::bigint, sum(total), sum(technical),"  # noqa: S608
            f" count(*) FROM ({cells}) by_seller GROUP BY d_year, mask, {columns}"
        )
    return f"WITH counted_rows AS MATERIALIZED ({inner}) {cells}"


def _read(rows: list[tuple[Any, ...]]) -> Counts:
    masks = {_mask(names): (grouping, names) for grouping, names in GROUPINGS.items()}
    counts = Counts({g: {} for g in GROUPINGS}, {g: {} for g in GROUPINGS})
    for year, mask, *rest in rows:
        grouping, names = masks[mask]
        known = dict(zip(COLUMNS, rest, strict=False))
        items, total, technical, *people = rest[len(COLUMNS) :]
        cells = counts.before if year else counts.now
        key = tuple(known[n] for n in names)
        if year and grouping == "month":
            key = (_a_year_later(known["d_month"]),)
        cells[grouping][key] = Figures(items, total, technical, *people)
    return counts


def _a_year_later(month: str) -> str:
    """A month of the year before stands beside the same month of this period."""
    return f"{int(month[:4]) + 1}{month[4:]}"


def _mask(names: tuple[str, ...]) -> int:
    """What GROUPING() answers for a group of these columns: a bit for each that is not in it."""
    last = len(COLUMNS) - 1
    return sum(1 << (last - n) for n, name in enumerate(COLUMNS) if name not in names)


def _columns() -> dict[str, Any]:
    own = Q(applicant=Applicant.SELLER)
    text = CharField()
    month = Cast(F("recognised_on"), text)
    return {
        "d_kind": F("kind"),
        "d_subkind": F("subkind"),
        "d_field": F("tech_field"),
        "d_ip": F("ip_kind"),
        "d_plan": F("plan_source"),
        "d_objective": F("objective"),
        "d_seller_type": Case(When(own, then=F("filing__enterprise__nature")), default=Value("")),
        "d_buyer_type": F("buyer_nature"),
        "d_from": _region("seller_division", Q(is_import=True)),
        "d_to": _region("buyer_division", ~Q(buyer_country="")),
        "d_city": _city("seller_division"),
        "d_from_cluster": _cluster("seller_division"),
        "d_to_cluster": _cluster("buyer_division"),
        "d_month": Substr(month, 1, 7),
    }


def _region(column: str, abroad: Q) -> Case:
    """The jurisdiction of a division, as codes.jurisdiction_of; hmt, abroad, "" when not known."""
    starts = f"{column}__startswith"
    whens = [When(**{starts: prefix}, then=Value(CORPS)) for prefix in (CORPS, CORPS_DIVISIONS)]
    whens += [When(**{starts: city}, then=Value(city)) for city in PLANNED_CITIES]
    whens += [When(**{starts: code}, then=Value(name)) for code, name in OUTSIDE.items()]
    return Case(
        *whens,
        When(**{f"{column}__regex": f"^({'|'.join(sorted(MAINLAND))})"}, then=Left(column, 2)),
        When(abroad, then=Value("abroad")),
        default=Value(""),
        output_field=CharField(),
    )


def _city(column: str) -> Case:
    """Six digits: the district in municipalities and cities planned separately, else the city."""
    starts = f"{column}__startswith"
    whole = [When(**{starts: c}, then=F(column)) for c in (*MUNICIPALITIES, *PLANNED_CITIES)]
    return Case(
        When(**{column: ""}, then=Value("")),
        *whole,
        default=Concat(Left(column, 4), Value("00")),
        output_field=CharField(),
    )


def _cluster(column: str) -> Case:
    whens = [
        When(**{f"{column}__startswith": prefix}, then=Value(cluster))
        for cluster, prefixes in CLUSTERS.items()
        for prefix in prefixes
    ]
    return Case(*whens, default=Value(""), output_field=CharField())
