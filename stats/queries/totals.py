"""Totals of a round out of its returns, counted in the database, with last year's beside them."""

import datetime
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from stats.editions.quality import REVENUE, SIZES, TOTALS
from stats.enums import FILED, Mark
from stats.enums.quality import Dimension
from stats.models import Aggregate, Round
from stats.queries.instruments import comparable, items_of

# A value of the document as a number; what is none counts as a blank.
NUMBER = (
    r"CASE WHEN r.data->>'{code}' ~ '^-?[0-9]{{1,18}}(\.[0-9]{{1,12}})?$' "
    r"THEN (r.data->>'{code}')::numeric END"
)
COUNTED = """
SELECT code, place, city, unit, industry, size, certified,
    GROUPING(place, city, unit, industry, size, certified), count(*), sum(value)
FROM (
    SELECT f.jurisdiction_id AS place, left(e.division, 4) AS city, r.unit_id::text AS unit,
        coalesce(substring(r.data->>'qb03_1' from '^[A-Za-z]?([0-9][0-9])'), '') AS industry,
        {size} AS size,
        CASE r.data->>'qb11' WHEN '1' THEN 'yes' ELSE 'no' END AS certified, v.code, v.value
    FROM stats_return r
    JOIN filings_filing f ON f.id = r.filing_id
    JOIN accounts_enterprise e ON e.id = r.enterprise_id
    CROSS JOIN LATERAL (VALUES {values}) v(code, value)
    WHERE r.round_id = %s AND f.state = ANY(%s) AND v.value IS NOT NULL
) told
GROUP BY GROUPING SETS ((code), (code, place), (code, industry), (code, size), (code, certified),
    (code, place, city), (code, place, unit), (code, place, industry), (code, place, size),
    (code, place, certified))
"""
COLUMNS = ("place", "city", "unit", "industry", "size", "certified")
DIMENSIONS = {
    "city": Dimension.CITY, "unit": Dimension.UNIT, "industry": Dimension.INDUSTRY,
    "size": Dimension.SIZE, "certified": Dimension.CERTIFIED,
}  # fmt: skip
Key = tuple[str, str, str, str]


@dataclass(frozen=True)
class Total:
    """How many respondents stand behind a value, and the value in the unit of its item."""

    respondents: int
    value: Decimal


def counted(round: Round) -> dict[Key, Total]:
    """Every total by (place, dimension, key, item code); one statement."""
    codes = [code for code in TOTALS if code in items_of(round.version)]
    values = ", ".join(f"('{code}', {NUMBER.format(code=code)})" for code in codes)
    statement = COUNTED.format(values=values, size=_size())
    with connection.cursor() as cursor:
        cursor.execute(statement, [round.pk, list(FILED)])
        rows = cursor.fetchall()
    return {key: total for row in rows for key, total in _totals(row)}


def _size() -> str:
    number = NUMBER.format(code=REVENUE)
    cases = " ".join(f"WHEN {number} >= {least} THEN '{name}'" for name, least in SIZES)
    return f"CASE {cases} WHEN {number} IS NULL THEN '' ELSE '{SIZES[-1][0]}' END"


def _totals(row: tuple[Any, ...]) -> Iterable[tuple[Key, Total]]:
    code, grouped, total = row[0], row[7], Total(row[8], row[9])
    told = {
        name: str(row[n])
        for n, name in enumerate(COLUMNS, start=1)
        if not grouped & (1 << (len(COLUMNS) - n))
    }
    place = told.pop("place", "")
    if told:
        name, key = next(iter(told.items()))
        yield (place, str(DIMENSIONS[name]), key, code), total
        return
    yield (place, str(Dimension.TOTAL), "", code), total
    if place:
        yield ("", str(Dimension.PROVINCE), place, code), total


def round_before(round: Round) -> Round | None:
    """The round of the same instrument a year earlier."""
    rows = Round.objects.filter(
        version__instrument=round.version.instrument_id, year=round.year - 1
    )
    return rows.select_related("version__instrument").first()


def totals_before(round: Round) -> dict[Key, Total]:
    """Last year's totals of the items that can be compared with it in full."""
    before = round_before(round)
    if before is None:
        return {}
    codes = [
        code for code in TOTALS if comparable(code, before.version, round.version).mark is Mark.FULL
    ]
    rows = Aggregate.objects.filter(round=before, code__in=codes)
    columns = ("place", "dimension", "key", "code", "respondents", "value")
    return {row[:4]: Total(*row[4:]) for row in rows.values_list(*columns)}


def digest_of(rows: Iterable[Mapping[str, Any]]) -> str:
    """SHA-256 over totals, one a line, in order."""
    lines = sorted(
        f"{r['dimension']} {r['key']} {r['code']} {r['respondents']} {r['value'].normalize():f}"
        for r in rows
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def digest_of_place(round: Round, place: str) -> str:
    """The digest of a province's totals as they stand."""
    rows = Aggregate.objects.filter(round=round, place=place)
    return digest_of(rows.values("dimension", "key", "code", "respondents", "value"))


def counted_at(round: Round) -> datetime.datetime | None:
    """When the totals of a round were counted last."""
    rows = Aggregate.objects.filter(round=round).order_by("-counted_at")
    return rows.values_list("counted_at", flat=True).first()
