"""Filings of any line by the hundred thousand, through COPY: what all lines need for a load.

A line hands in how its filings come to each state, the rows, and the statements for its own
tables. Covers, events with their hash chains, correction items and numbers are written here.
"""

import csv
import io
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import connection, transaction

from torch_portal.accounts.models import Agency, Enterprise, Jurisdiction, User
from torch_portal.filings.enums import Turn
from torch_portal.filings.management import load_sql as sql
from torch_portal.filings.management.invented import credit_code
from torch_portal.filings.models import NumberSeries
from torch_portal.filings.transitions import Workflow

CHUNK = 50_000


@dataclass(frozen=True)
class Plan:
    """How the filings of one line are loaded.

    paths: {name: the moves after the start, apart by blanks}. A step comes two hours after the one
    before, unless anchors say {move: (hours, "sent_at" or "decided_at")}; the deciding moves are
    anchored at decided_at. officials: moves made by the jurisdiction's official, else by the
    agency's examiner. columns: {name: SQL type} of the line's part of a row, after the common one.
    fill: statements that write the line's own tables. trigger: (table, name) that keeps the words
    it is found by; it rests meanwhile.
    """

    workflow: Workflow
    paths: Mapping[str, str]
    columns: Mapping[str, str]
    fill: Sequence[str]
    trigger: tuple[str, str]
    deciding: frozenset[str]
    anchors: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    officials: frozenset[str] = frozenset()


@dataclass
class Ground:
    """What the rows hang on: agencies and their examiners, enterprises, a filer, serials."""

    agencies: list[Agency]
    examiners: dict[int, int]
    firms: dict[str, list[Enterprise]]
    filer: int
    serials: dict[str, int] = field(default_factory=dict)

    def take(self, key: str) -> int:
        """The next number of a series."""
        if key not in self.serials:
            row = NumberSeries.objects.filter(key=key).first()
            self.serials[key] = row.last if row else 0
        self.serials[key] += 1
        return self.serials[key]


def ground(
    chance: random.Random,
    *,
    line: str,
    agency_name: str,
    firm_names: Sequence[str],
    place: str = "",
) -> Ground:
    """Agencies of the line for every authority, and an invented enterprise for each name.

    place: the enterprises are those of one authority only.
    """
    filer, _new = User.objects.get_or_create(
        username="load-filer",
        defaults={"is_active": False, "last_name": "演示", "first_name": "员"},
    )
    served = {agency.jurisdiction_id for agency in Agency.objects.all() if agency.serves(line)}
    taken = set(Agency.objects.values_list("code", flat=True))
    for area in Jurisdiction.objects.exclude(pk__in=served).order_by("pk"):
        codes = (f"{area.code:0<4}"[:4] + f"{n:02d}" for n in range(1, 100))
        code = next(code for code in codes if code not in taken)
        Agency.objects.create(
            name=f"{area.name_zh}{agency_name}", code=code, jurisdiction=area, lines=[line]
        ).areas.create(prefix=area.code)
    agencies = [a for a in Agency.objects.order_by("code") if a.serves(line)]
    if place:
        agencies = [agency for agency in agencies if agency.jurisdiction_id == place]
    made = _firms(chance, agencies, firm_names)
    return Ground(agencies, _examiners(agencies), made, filer.pk)


def _examiners(agencies: list[Agency]) -> dict[int, int]:
    """One who decides at each agency: whoever is appointed there, else an account nobody uses."""
    known = dict(
        User.objects.filter(appointments__agency__in=agencies).values_list(
            "appointments__agency", "pk"
        )
    )
    for agency in agencies:
        if agency.pk not in known:
            person, _new = User.objects.get_or_create(
                username=f"load-{agency.code}",
                defaults={"is_active": False, "last_name": "登记", "first_name": "员"},
            )
            known[agency.pk] = person.pk
    return known


def _firms(
    chance: random.Random, agencies: list[Agency], names: Sequence[str]
) -> dict[str, list[Enterprise]]:
    """Invented enterprises by authority; at least one for each agency."""
    made, taken = [], set()
    for n in range(max(len(agencies), len(names))):
        agency = agencies[n % len(agencies)]
        division = f"{agency.jurisdiction_id:0<6}"
        code = credit_code(chance, division)
        while code in taken:  # of a hundred thousand some would come twice
            code = credit_code(chance, division)
        taken.add(code)
        made.append(
            Enterprise(
                credit_code=code,
                name=names[n % len(names)],
                division=division,
                jurisdiction_id=agency.jurisdiction_id,
                nature="100",
            )
        )
    Enterprise.objects.bulk_create(made, ignore_conflicts=True, batch_size=5000)
    codes = [firm.credit_code for firm in made]
    found: dict[str, list[Enterprise]] = {}
    for firm in Enterprise.objects.filter(credit_code__in=codes).order_by("credit_code"):
        found.setdefault(firm.jurisdiction_id, []).append(firm)
    return found


def copy(plan: Plan, ground: Ground, rows: Iterator[tuple[Any, ...]]) -> dict[str, int]:
    """Write the rows, CHUNK to a transaction; returns how many went which way.

    A row: path, enterprise, jurisdiction, agency, filer, examiner, official, moment of the filing,
    moment of the decision, day by which it is due, edition, filing number; then what
    plan.columns names.
    """
    made: dict[str, int] = {}
    while chunk := list(islice(rows, CHUNK)):
        with transaction.atomic():
            _write(plan, chunk)
            _keep_serials(ground.serials)
        for row in chunk:
            made[row[0]] = made.get(row[0], 0) + 1
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return made


def _write(plan: Plan, rows: list[tuple[Any, ...]]) -> None:
    own = ", ".join(f"{name} {kind}" for name, kind in plan.columns.items())
    table, trigger = plan.trigger
    named = {"columns": own, "table": table, "trigger": trigger, "line": plan.workflow.line}
    with connection.cursor() as cursor:
        cursor.execute(sql.STAGE.format(**named))
        cursor.executemany(sql.STEP, list(_steps(plan)))
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        text.seek(0)
        cursor.copy_expert(sql.COPY.format(columns=", ".join(plan.columns)), text)
        cursor.execute(sql.COVERS.format(**named))
        for statement in (*plan.fill, sql.EVENTS, sql.CORRECTIONS):
            cursor.execute(statement)
        cursor.execute(sql.AFTER.format(**named))


def _steps(plan: Plan) -> Iterator[tuple[Any, ...]]:
    """Every step of every path: what load_step holds."""
    flow = plan.workflow
    for path, words in plan.paths.items():
        state, base, hours = flow.start, "sent_at", -2
        yield (path, 1, "start", "", state, flow.stages[state], flow.owners[state],
               base, hours, "filer", "", False)  # fmt: skip
        for place, name in enumerate(words.split(), start=2):
            move = flow.moves[name]
            before, state = state, move.target or state
            anchor = (0, "decided_at") if name in plan.deciding else (hours + 2, base)
            hours, base = plan.anchors.get(name, anchor)
            who = "official" if name in plan.officials else "examiner"
            yield (path, place, name, before, state, flow.stages[state], flow.owners[state],
                   base, hours, "filer" if move.turn == Turn.FILER else who,
                   "演练数据" if move.note else "", name in plan.deciding)  # fmt: skip


def _keep_serials(serials: dict[str, int]) -> None:
    rows = [NumberSeries(key=key, last=last) for key, last in serials.items()]
    NumberSeries.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["key"], update_fields=["last"]
    )
