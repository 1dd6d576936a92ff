"""Spot checks as the desk shows them: figures side by side, and how a draw is repeated."""

import datetime
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import F, Q, Value

from sme_eval import rules
from sme_eval.editions import EDITIONS
from sme_eval.enums import CheckState
from sme_eval.models import Draw, Evaluation, SpotCheck
from sme_eval.queries.entries import ten_thousand
from sme_eval.queries.facts import case_of
from sme_eval.queries.lists import CHECKED


def label_of(name: str) -> str:
    """What an entry of the form is called."""
    return str(Evaluation._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def compared(check: SpotCheck) -> list[dict[str, Any]]:
    """Each figure as declared and as in the statements, with the difference; 万元."""
    return [_compared(check, name) for name in CHECKED]


def _compared(check: SpotCheck, name: str) -> dict[str, Any]:
    declared, given = getattr(check.evaluation, name), _given(check, name)
    difference = None if declared is None or given is None else given - declared
    return {
        "label": label_of(name),
        "declared": ten_thousand(declared),
        "given": ten_thousand(given),
        "difference": _signed(difference),
        "differs": bool(difference),
    }


def _signed(difference: Decimal | None) -> str:
    if difference is None:
        return ""
    return f"{difference:+,.2f}" if difference else "0.00"


def _given(check: SpotCheck, name: str) -> Decimal | None:
    text = check.figures.get(name)
    return None if text is None else Decimal(text)


def points_compared(check: SpotCheck) -> dict[str, Any]:
    """The total of the form as filed and with the figures of the statements.

    enough: the total that is needed. direct: a direct route holds, so that the total decides
    nothing. None where it cannot be worked out.
    """
    case = case_of(check.evaluation)
    known = {name: _given(check, name) for name in CHECKED}
    figures = {name: value for name, value in known.items() if value is not None}
    again = rules.examine(replace(case.facts, **figures), case.edition)  # type: ignore[arg-type]
    return {
        "declared": case.score.total,
        "given": again.score.total if figures else None,
        "enough": case.edition.limits.score,
        "direct": case.direct,
    }


def drawn_rows(draw: Draw) -> list[dict[str, Any]]:
    """The enterprises drawn, in the order of the lots by which they were drawn."""
    rows = draw.checks.select_related("evaluation__enterprise")
    found = [
        {
            "pk": check.pk,
            "filing": check.evaluation_id,
            "code": check.state,
            "number": str(check.evaluation.number),
            "name": check.evaluation.enterprise.name,
            "state": check.get_state_display(),
            "lot": rules.lot(draw.seed, str(check.evaluation.number)),
        }
        for check in rows
    ]
    return sorted(found, key=lambda row: (row["lot"], row["number"]))


def to_draw(draw: Draw) -> int:
    """How many the share makes of those drawn from, rounded up."""
    return rules.sample_size(draw.population, Fraction(draw.share))


def years_to_draw(day: datetime.date) -> list[int]:
    """The years of which a spot check can be drawn, the newest first."""
    return [edition.year for edition in reversed(EDITIONS) if edition.year <= day.year]


def late_checks(day: datetime.date) -> Q:
    """Material asked for and not handed in by its day."""
    return Q(state=CheckState.ASKED, draw__due_on__lt=day)


def matters_after(evaluation: Evaluation) -> list[tuple[str, int, str, datetime.datetime]]:
    """What followed the entry, oldest first: kind, key, state and when it began; one query."""

    def told(kind: str, rows: Any, begun: str) -> Any:
        return rows.order_by().values_list(Value(kind), "pk", "state", F(begun))

    found = told("change", evaluation.changes, "reported_at").union(
        told("spotcheck", evaluation.spot_checks, "draw__drawn_at"),
        told("revocation", evaluation.revocations, "noticed_at"),
        all=True,
    )
    return sorted(found, key=lambda row: (row[3], row[1]))
