"""Sheets as the rules take them, and what the experts of a panel gave."""

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from hitech_cert import rules
from hitech_cert.enums import ExpertRole, SeatState
from hitech_cert.models import Panel, ScoreSheet, Seat


def sheet_of(entries: Mapping[str, Any], role: str) -> rules.Sheet:
    """The entries of a sheet as the rules take them."""
    return rules.Sheet(
        role=role,
        points=dict(entries.get("points", {})),
        answers=dict(entries.get("answers", {})),
        figures={name: decimal(text) for name, text in entries.get("figures", {}).items()},
        field_code=entries.get("field_code", ""),
        struck_projects=frozenset(entries.get("struck_projects", ())),
        struck_products=frozenset(entries.get("struck_products", ())),
        comment=entries.get("comment", ""),
    )


def decimal(text: Any) -> Decimal | None:
    """A figure as it is kept in JSON; None where none stands."""
    try:
        return Decimal(text) if text not in (None, "") else None
    except (InvalidOperation, TypeError, ValueError):
        return None


def submitted(panel: Panel) -> list[Seat]:
    """The seats of a panel whose sheets are in, technical experts first, with their sheets."""
    rows = panel.seats.filter(state=SeatState.SUBMITTED).select_related("sheet", "expert__user")
    return sorted(rows, key=lambda seat: (seat.role == ExpertRole.FINANCE, seat.lot))


def scores_of(seats: Iterable[Seat]) -> tuple[list[rules.TechSheet], list[rules.FinSheet]]:
    """The points of submitted sheets: technical, financial."""
    tech: list[rules.TechSheet] = []
    fin: list[rules.FinSheet] = []
    for seat in seats:
        found = sheet_of(seat.sheet.entries, seat.role).scores()
        if isinstance(found, rules.TechSheet):
            tech.append(found)
        elif found is not None:
            fin.append(found)
    return tech, fin


def kept(seat: Seat) -> ScoreSheet | None:
    """The sheet of a seat as saved; None before anything was."""
    return ScoreSheet.objects.filter(pk=seat.pk).first()
