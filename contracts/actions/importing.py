"""Rows of a table become drafts: all in one transaction, each once."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.actions.draft import Filled, save_draft, start_many
from contracts.models import Contract
from torch_portal.accounts.models import User
from torch_portal.common.findings import Finding, Level, Refused
from torch_portal.filings import imports
from torch_portal.filings.drafts import EDITABLE, Conflict
from torch_portal.filings.models import ImportRow, ImportRun

CLAUSE = "行政许可法 第三十二条"


@dataclass(frozen=True)
class ReadyRow:
    """A row that can be taken: what was understood; draft: (id, save) of the one it brings back.

    readings: what of it was not taken word for word, as the person has confirmed it.
    """

    row: ImportRow
    values: dict[str, Any]
    deductions: list[dict[str, Any]] | None = None
    draft: tuple[int, int] | None = None
    readings: list[list[str]] = field(default_factory=list)


def ask_drafts(*, run: ImportRun, whole: bool, by: User, at: datetime.datetime) -> None:
    """Ask that each good row becomes a draft; whole: all rows of the table or none.

    Refused with VH-24 when none may be left out and some still have to be mended.
    """
    with transaction.atomic():
        held = imports.want_drafts(run=run, whole=whole, by=by, at=at)
        bad = held.rows.filter(imports.STANDS["bad"]).count() if whole else 0
        if bad:
            message = _("%(bad)s rows have to be mended first: nothing was taken, as you asked.")
            raise Refused([Finding("VH-24", Level.BLOCK, "rows", message, CLAUSE, {"bad": bad})])


def take_rows(
    *, run: ImportRun, ready: Sequence[ReadyRow], by: User, at: datetime.datetime
) -> list[Contract]:
    """Make a draft of each row, or none at all; rows that are drafts already are passed over.

    Conflict when a row was mended or reads differently by now, or its draft was saved since.
    """
    with transaction.atomic():
        asked = [one.row.pk for one in ready]
        held = {
            row.pk: row
            for row in run.rows.select_for_update().filter(
                pk__in=asked, filing__isnull=True, skipped=False
            )
        }
        free = [one for one in ready if one.row.pk in held]
        for one in free:
            row = held[one.row.pk]
            if (row.mended, row.readings) != (one.row.mended, one.readings):
                raise Conflict(_changed(row))
        taken = _new_drafts(run, free, by, at) | _brought_back(run, free, by, at)
        for pk, contract in taken.items():
            held[pk].filing = contract.filing
        changed = [held[pk] for pk in taken]
        ImportRow.objects.bulk_update(changed, ["filing"], batch_size=500)
    return list(taken.values())


def _new_drafts(
    run: ImportRun, free: Sequence[ReadyRow], by: User, at: datetime.datetime
) -> dict[int, Contract]:
    """A new draft of each row that brings none back, by the row's id."""
    new = [one for one in free if one.draft is None]
    filled = [Filled(one.values, one.deductions or []) for one in new]
    made = start_many(enterprise=run.enterprise, filled=filled, by=by, at=at) if new else []
    return {one.row.pk: contract for one, contract in zip(new, made, strict=True)}


def _brought_back(
    run: ImportRun, free: Sequence[ReadyRow], by: User, at: datetime.datetime
) -> dict[int, Contract]:
    """The draft that each of the other rows brings back, saved as the table says."""
    taken = {}
    for one in free:
        if one.draft is None:
            continue
        pk, seen = one.draft
        mine = Contract.objects.select_related("filing__enterprise")
        contract = mine.filter(
            pk=pk, filing__enterprise=run.enterprise, filing__stage__in=EDITABLE
        ).first()
        if contract is None:
            raise Conflict(_changed(one.row))
        costs = None if _same_costs(contract, one.deductions) else one.deductions
        try:
            taken[one.row.pk] = save_draft(
                contract=contract, values=one.values, deductions=costs, by=by, at=at, seen=seen
            )
        except Conflict as conflict:
            raise Conflict(_changed(one.row)) from conflict
    return taken


def _same_costs(contract: Contract, costs: list[dict[str, Any]] | None) -> bool:
    """Whether a table says of the costs what the draft says, where several may be of one kind."""
    saved: dict[str, Decimal] = {}
    for kind, yuan in contract.deductions.values_list("kind", "amount_yuan"):
        saved[kind] = saved.get(kind, Decimal(0)) + yuan
    return costs is None or saved == {str(c["kind"]): c["amount_yuan"] for c in costs}


def _changed(row: ImportRow) -> str:
    return _("Row %(number)s or its draft was changed meanwhile. Look at it, then go on.") % {
        "number": row.number
    }
