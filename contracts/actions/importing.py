"""Rows of a table become drafts: all in one transaction, each once."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.actions.draft import EDITABLE, Conflict, save_draft, start
from contracts.models import Contract
from torch_portal.accounts.models import User
from torch_portal.common.findings import Finding, Level, Refused
from torch_portal.filings import imports
from torch_portal.filings.models import ImportRow, ImportRun

CLAUSE = "行政许可法 第三十二条"


@dataclass(frozen=True)
class ReadyRow:
    """A row that can be taken: what was understood; draft: (id, save) of the one it brings back."""

    row: ImportRow
    values: dict[str, Any]
    deductions: list[dict[str, Any]] | None = None
    draft: tuple[int, int] | None = None


def take_rows(
    *,
    run: ImportRun,
    ready: Sequence[ReadyRow],
    bad: int = 0,
    by: User,
    at: datetime.datetime,
    all_or_none: bool = False,
) -> list[Contract]:
    """Make a draft of each row, or none at all; rows that are drafts already are passed over.

    bad: how many rows still have to be mended; with all_or_none they stop everything (Refused).
    Conflict when a row was mended, or its draft saved, after it was checked.
    """
    if all_or_none and bad:
        message = _("%(bad)s rows have to be mended first: nothing was taken, as you asked.")
        raise Refused([Finding("VH-24", Level.BLOCK, "rows", message, CLAUSE, {"bad": bad})])
    with transaction.atomic():
        imports.hold(run, by)
        held = {
            row.pk: row
            for row in run.rows.select_for_update().filter(filing__isnull=True, skipped=False)
        }
        taken = []
        for one in ready:
            row = held.get(one.row.pk)
            if row is None:
                continue
            if row.mended != one.row.mended:
                raise Conflict(_row_changed(row))
            contract = _draft_of(run, one, by, at)
            row.filing = contract.filing
            taken.append((row, contract))
        ImportRow.objects.bulk_update([row for row, _c in taken], ["filing"], batch_size=500)
    return [contract for _row, contract in taken]


def _draft_of(run: ImportRun, one: ReadyRow, by: User, at: datetime.datetime) -> Contract:
    """The row's draft: a new one, or that which it brings back."""
    if one.draft is None:
        contract = start(enterprise=run.enterprise, by=by, at=at, classified=False)
        seen = contract.saved_version
    else:
        pk, seen = one.draft
        mine = Contract.objects.select_related("filing__enterprise")
        found = mine.filter(
            pk=pk, filing__enterprise=run.enterprise, filing__state__in=EDITABLE
        ).first()
        if found is None:
            raise Conflict(_row_changed(one.row))
        contract = found
    return save_draft(
        contract=contract,
        values=one.values,
        deductions=None if _same_costs(contract, one.deductions) else one.deductions,
        by=by,
        at=at,
        typed={} if one.draft is None else None,
        seen=seen,
    )


def _same_costs(contract: Contract, costs: list[dict[str, Any]] | None) -> bool:
    """Whether a table says of the costs what the draft says, where several may be of one kind."""
    saved: dict[str, Decimal] = {}
    for kind, yuan in contract.deductions.values_list("kind", "amount_yuan"):
        saved[kind] = saved.get(kind, Decimal(0)) + yuan
    return costs is None or saved == {str(c["kind"]): c["amount_yuan"] for c in costs}


def _row_changed(row: ImportRow) -> str:
    return _("Row %(number)s was changed meanwhile. Look at it again; nothing was taken.") % {
        "number": row.number
    }
