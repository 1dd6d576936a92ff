"""Figures stats.check and stats.storage: all returns of a round against 200 rules; their size.

400,000 documents (`--returns N` for fewer) lie in the table of returns, each with about 150 values
and one of last year beside it. One process reads them through a server-side cursor, checks each
against 200 rules (the published ones, repeated under other keys) and counts what is violated.
stats.check is the CPU time of that process for 400,000; with it its peak memory and the wall time.
stats.storage is what a return takes with its indexes; its peer holds the same values as one row
each (N/20 returns of them).
"""

import argparse
import io
import json
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, islice
from typing import Any

from benchmarks import stats_ground
from benchmarks.stats_ground import room

RETURNS, RULES, ASKED, DOCUMENTS, LAST_YEARS = 400_000, 200, 400_000, 500, 2_000
# By one process, on a machine like this, when the design was made: 192 µs a return.
PLANNED_SECONDS = 77
FETCHED = 2_000
COLUMNS = (
    "filing_id", "assignment_id", "round_id", "enterprise_id", "unit_id", "data", "typed",
    "versions", "saved_version", "data_hash", "revision", "mandatory", "errors", "warnings",
    "unexplained", "risk",
)  # fmt: skip
READ = """
SELECT r.data, p.data FROM stats_return r
LEFT JOIN stats_return p ON p.round_id = 2 AND p.enterprise_id = r.enterprise_id %% {years}
WHERE r.round_id = 1
"""
ENTRIES = """
CREATE TABLE entries (
    return_id bigint NOT NULL, code varchar(40) NOT NULL, value numeric NOT NULL,
    PRIMARY KEY (return_id, code)
)
"""
FILL = """
INSERT INTO entries SELECT filing_id, key, value::numeric
FROM stats_return, jsonb_each_text(data)
WHERE round_id = 1 AND filing_id %% 20 = 0 AND value ~ '^[0-9.]+$'
"""


def documents() -> list[str]:
    """Returns as documents: numbers in 千元 or persons, one in four blank."""
    items, source = room("stats.editions").instrument("GQ").items.values(), random.Random(7)
    made = []
    for _each in range(DOCUMENTS):
        data = {}
        for item in items:
            if item.kind not in ("number", "count") or source.random() < 0.25:
                continue
            data[item.code] = str(int(source.lognormvariate(7, 2)))
        made.append(json.dumps(data))
    return made


def fill(returns: int) -> None:
    """Put the returns into their table; what they refer to is not needed to read them."""
    connection = room("django.db").connection
    texts = documents()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for round_, count in ((1, returns), (2, LAST_YEARS)):
            lines = Lines(row(round_, number, texts) for number in range(count))
            cursor.copy_expert(f"COPY stats_return ({', '.join(COLUMNS)}) FROM STDIN", lines)
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("ANALYZE stats_return")


def row(round_: int, number: int, texts: list[str]) -> str:
    """One line of COPY."""
    key = round_ * 10_000_000 + number
    fields = (
        key, key, round_, number, 1, texts[(number * 7 + round_) % len(texts)], "{}", "{}", 5,
        "0" * 64, 1, 0, 2, 1, 0, number % 97,
    )  # fmt: skip
    return "\t".join(map(str, fields)) + "\n"


class Lines(io.TextIOBase):
    """Lines as a file that COPY reads piece by piece."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines = lines

    def read(self, size: int | None = -1, /) -> str:
        """About as much as was asked for, in whole lines."""
        return "".join(islice(self.lines, 1 if size is None or size < 0 else max(1, size // 2048)))


def rules() -> list[Any]:
    """200 rules: the published ones, then the same under other keys, each compiled by itself."""
    known = room("stats.rules").rules_for(room("stats.editions").instrument("GQ"))
    again = cycle(known)
    made = []
    for number in range(RULES):
        rule = next(again)
        text = replace(rule.text, id=f"{rule.text.id}-{number}")
        made.append(type(rule)(text))
    return made


def check() -> dict[str, float]:
    """Read and check every return; CPU and wall seconds, how many, how many violated rules."""
    stats, gq = room("stats.rules"), room("stats.editions").instrument("GQ")
    connection, checked = room("django.db").connection, rules()
    stats.violated(checked, stats.case_of(gq.kinds, {}, {}, {}))  # compiled
    wanted = stats.needed(checked)
    counts: Counter[str] = Counter()
    cpu, wall, done = time.process_time(), time.perf_counter(), 0
    with room("django.db").transaction.atomic(), connection.connection.cursor("returns") as cursor:
        cursor.itersize = FETCHED
        cursor.execute(READ.format(years=LAST_YEARS), ())
        for data, before in cursor:
            now, then = some(data, wanted.now), some(before, wanted.before)
            case = stats.case_of(gq.kinds, now, then, {})
            counts.update(rule.text.severity for rule in stats.violated(checked, case))
            done += 1
    return {
        "cpu": time.process_time() - cpu,
        "wall": time.perf_counter() - wall,
        "done": done,
        "violated": sum(counts.values()),
    }


def some(value: Any, codes: tuple[str, ...]) -> dict[str, Any]:
    """The values of a document that the rules read; it may come as text or read."""
    data = json.loads(value) if isinstance(value, str) else value
    return {code: data[code] for code in codes if code in data}


def sizes(returns: int) -> tuple[float, float]:
    """Bytes for each return: as a document with its indexes, and as one row for each value."""
    connection = room("django.db").connection
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_total_relation_size('stats_return')")
        documents_ = cursor.fetchone()[0] / (returns + LAST_YEARS)
        cursor.execute(ENTRIES)
        cursor.execute(FILL, ())
        cursor.execute(
            "SELECT pg_total_relation_size('entries'), count(DISTINCT return_id) FROM entries"
        )
        size, count = cursor.fetchone()
    return documents_, size / count


def told(name: str, value: float, unit: str, peer: tuple[str, float], **more: Any) -> None:
    """A figure as a JSON line; the ratio says how many times better than its peer it is."""
    line = {
        "figure": name,
        "value": round(value, 1),
        "unit": unit,
        "peer": peer[0],
        "peer_value": round(peer[1], 1),
        "ratio": round(peer[1] / value, 2),
        **more,
    }
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")


def main() -> None:
    """Print both figures; the scratch database goes with its folder."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--returns", type=int, default=RETURNS)
    returns = parser.parse_args().returns
    with stats_ground.scratch():
        fill(returns)
        found = check()
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        document, rows = sizes(returns)
    told(
        "stats.check",
        found["cpu"] * ASKED / found["done"],
        f"CPU seconds for {ASKED} returns x {RULES} rules, one process",
        ("planned", PLANNED_SECONDS),
        returns=found["done"],
        microseconds_a_return=round(found["cpu"] / found["done"] * 1e6, 1),
        rules_a_second=round(found["done"] * RULES / found["cpu"]),
        wall_seconds=round(found["wall"], 1),
        peak_memory_mb=round(memory),
        violated_a_return=round(found["violated"] / found["done"], 1),
    )
    told(
        "stats.storage",
        document,
        "bytes a return, one document, with indexes",
        ("the same values as one row each", rows),
        returns=returns,
        megabytes_for_400000=round(document * ASKED / 1024**2),
    )


if __name__ == "__main__":
    main()
