"""What the line said of the rows, kept with each of them and summed up on the run."""

import datetime
import json
from collections.abc import Iterable

from django.db import connection
from django.db.models import Count, Q
from django.utils import timezone, translation

from torch_portal.filings.imports.line import Line, Result
from torch_portal.filings.models import ImportRow, ImportRun

READINGS_KEPT = 1000
# A row stands in one of the first five; "warned" is a part of "good".
STANDS = {
    "taken": Q(filing__isnull=False),
    "skipped": Q(filing__isnull=True, skipped=True),
    "bad": Q(filing__isnull=True, skipped=False, bad=True),
    "good": Q(filing__isnull=True, skipped=False, bad=False),
    "warned": Q(filing__isnull=True, skipped=False, bad=False, warned=True),
    "all": Q(),
}
KEEP = """
    UPDATE filings_importrow AS r
       SET round = %s, bad = f.bad, warned = f.warned, findings = f.findings::jsonb,
           readings = f.readings::jsonb, key = f.key
      FROM unnest(%s::bigint[], %s::boolean[], %s::boolean[], %s::text[], %s::text[], %s::text[])
           AS f (id, bad, warned, findings, readings, key)
     WHERE r.id = f.id
"""
READINGS = """
      SELECT reading, count(*)
        FROM filings_importrow, jsonb_array_elements(readings) AS reading
       WHERE run_id = %s AND filing_id IS NULL AND NOT skipped
    GROUP BY reading
    ORDER BY reading->>3 = '', count(*) DESC, min(number)
       LIMIT %s
"""


def keep_results(run: ImportRun, found: Iterable[tuple[ImportRow, Result]]) -> None:
    """Write what was said of rows in this round of checks; one statement."""
    columns = [
        (row.pk, one.bad, one.warned, _json(one.findings), _json(one.readings), one.key)
        for row, one in found
    ]
    if columns:
        with connection.cursor() as cursor:
            cursor.execute(KEEP, [run.round, *(list(c) for c in zip(*columns, strict=True))])


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def sum_up(run: ImportRun) -> None:
    """Count the rows by how they stand, and the readings to confirm: words of lists first."""
    counts = {f"are_{name}": Count("pk", filter=stands) for name, stands in STANDS.items()}
    found = run.rows.aggregate(**counts)
    run.tally = {name.removeprefix("are_"): count for name, count in found.items()}
    with connection.cursor() as cursor:
        cursor.execute(READINGS, [run.pk, READINGS_KEPT])
        run.readings = [[*json.loads(reading), count] for reading, count in cursor.fetchall()]
    run.save(update_fields=["tally", "readings"])


def recheck(row: ImportRow, line: Line, at: datetime.datetime) -> None:
    """Check one row that was changed, and the one that is no longer, or now, the same as it."""
    run = row.run
    check = line.single(run, timezone.localdate(at))
    with translation.override(run.language or None):
        found = check(row)
        keep_results(run, [(row, found)])
        for key in {row.key, found.key}:
            twins = run.rows.filter(key=key, skipped=False, filing__isnull=True)
            others = list(twins.exclude(pk=row.pk)[:2])
            if len(others) == 1:
                keep_results(run, [(others[0], check(others[0]))])
    sum_up(run)
