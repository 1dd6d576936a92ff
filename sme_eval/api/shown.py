"""What is answered: an evaluation as JSON, with the part that each reader needs next."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from sme_eval import queries
from sme_eval.api.answers import RouteShown
from sme_eval.api.entries import NAMES, TABLES, ProjectEntry, RightEntry
from sme_eval.enums import NUMBERED
from sme_eval.models import Evaluation
from sme_eval.permissions import may_move
from sme_eval.workflow import OF_BATCHES, WORKFLOW
from torch_portal.accounts.models import User
from torch_portal.certificates.api import certificate_data, parts
from torch_portal.certificates.models import Certificate
from torch_portal.filings.api import shapes
from torch_portal.filings.api.records import allowed_moves, links

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "projects": tuple(ProjectEntry._declared_fields),
    "ip_rights": tuple(RightEntry._declared_fields),
    "routes": tuple(RouteShown._declared_fields),
}
PARTS = ("attachments", "events", "findings", "messages", "score")
PARTS_AFTER = ("changes", "spot-checks", "revocations", "proof")


def whole(
    evaluation: Evaluation, proof: Certificate | None, user: User, base: str
) -> dict[str, Any]:
    """Everything about one evaluation; `base` is the address of the list."""
    around = parts(evaluation.filing, base, partial(queries.agencies_for, evaluation))
    return row(evaluation, proof, user, base) | around | {"listed": _listed(evaluation)}


def row(evaluation: Evaluation, proof: Certificate | None, user: User, base: str) -> dict[str, Any]:
    """Cover and entries of one evaluation."""
    filing = evaluation.filing
    moves = [
        name
        for name in allowed_moves(filing, WORKFLOW, partial(may_move, user))
        if name not in OF_BATCHES
    ]
    parts = (*PARTS, *(PARTS_AFTER if filing.state in NUMBERED else ()))
    return (
        _cover(evaluation)
        | {name: shapes.entry(getattr(evaluation, name)) for name in NAMES}
        | {name: _rows(evaluation, name) for name in TABLES}
        | {
            "proof": certificate_data(proof),
            "allowed_moves": moves,
            "links": links(f"{base}{evaluation.pk}/", parts, moves),
        }
    )


def _cover(evaluation: Evaluation) -> dict[str, Any]:
    kept = ("year", "points", "by_route", "direct_routes", "saved_version")
    moments = ("saved_at", "filed_at", "entered_on", "valid_until", "ended_on")
    return (
        shapes.cover(evaluation.filing, WORKFLOW)
        | {name: getattr(evaluation, name) for name in kept}
        | {name: shapes.iso(getattr(evaluation, name)) for name in moments}
        | {"registration_number": evaluation.number}
    )


def _rows(evaluation: Evaluation, table: str) -> list[dict[str, Any]]:
    """The rows of a table in the order of their entry, from the prefetch where there is one."""
    return [
        {name: shapes.entry(getattr(line, name)) for name in COLUMNS[table]}
        for line in queries.in_order(getattr(evaluation, table).all())
    ]


def _listed(evaluation: Evaluation) -> dict[str, Any] | None:
    entry = queries.public_entry(evaluation)
    if entry is None:
        return None
    batch = entry.batch
    return {"id": batch.pk, "title": batch.title, "ends_on": shapes.iso(batch.ends_on)}


def newest_proof(evaluation: Evaluation) -> Certificate | None:
    """The newest proof sheet, without a query where there cannot be one."""
    if evaluation.filing.state not in NUMBERED:
        return None
    return max(
        (c for c in evaluation.filing.certificates.all() if c.template == queries.PROOF),
        key=lambda c: c.version,
        default=None,
    )


def score(told: Mapping[str, Any]) -> dict[str, Any]:
    """The score of the pages as data."""
    return {
        **told,
        "indicators": [_band(shown) for shown in told["indicators"]],
        "bases": [_band(shown) | {"chosen": shown["chosen"]} for shown in told["bases"]],
    }


def _band(shown: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": shown["name"],
        "label": str(shown["label"]),
        "points": shown["points"],
        "most": shown["most"],
        "band": shown["band"],
        "percent": shown.get("percent"),
        "missing": shapes.entry(shown.get("missing")),
        "next": shown.get("next", ""),
    }
