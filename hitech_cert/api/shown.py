"""What is answered: an application as JSON, with the part that each reader needs next."""

import datetime
from collections.abc import Collection
from functools import partial
from typing import Any

from hitech_cert import queries
from hitech_cert.api.entries import NAMES, ROWS, TABLES
from hitech_cert.models import Application, Intake
from hitech_cert.permissions import may_move
from hitech_cert.rules import Case
from hitech_cert.workflow import WORKFLOW
from torch_portal.accounts.models import User
from torch_portal.certificates.api import certificate_data, parts
from torch_portal.certificates.models import Certificate
from torch_portal.filings.api import shapes
from torch_portal.filings.api.records import allowed_moves, links

PARTS = ("attachments", "events", "findings", "messages", "conditions")


def whole(
    application: Application, record: Certificate | None, view: Any, addressed: Collection[str]
) -> dict[str, Any]:
    """Everything about one application; `view` asks, `addressed` are the moves it has."""
    base = view.base
    return (
        row(application, view.request.user, base, addressed)
        | {name: rows(application, name) for name in TABLES}
        | parts(application.filing, base, partial(queries.agencies_for, application))
        | {"record": certificate_data(record)}
    )


def row(
    application: Application, user: User, base: str, addressed: Collection[str]
) -> dict[str, Any]:
    """Cover and entries of one application, its tables apart."""
    allowed = allowed_moves(application.filing, WORKFLOW, partial(may_move, user))
    moves = [name for name in allowed if name in addressed]
    return (
        _cover(application)
        | {name: shapes.entry(getattr(application, name)) for name in NAMES}
        | {"allowed_moves": moves, "links": links(f"{base}{application.pk}/", PARTS, moves)}
    )


def _cover(application: Application) -> dict[str, Any]:
    kept = ("year", "channel", "certificate_number", "saved_version")
    moments = ("saved_at", "received_at", "filed_at", "issued_on", "valid_to", "ended_on")
    intake = application.intake
    batch = intake and {
        "id": intake.pk,
        "title": intake.title,
        "recommend_by": shapes.iso(intake.recommend_by),
    }
    return (
        shapes.cover(application.filing, WORKFLOW)
        | {name: getattr(application, name) for name in kept}
        | {name: shapes.iso(getattr(application, name)) for name in moments}
        | {"batch": batch, "score": _score(application)}
    )


def _score(application: Application) -> dict[str, Any] | None:
    if application.score_top is None:
        return None
    return {
        "top": application.score_top,
        "bottom": application.score_bottom,
        "passes": application.score_passes,
    }


def rows(application: Application, table: str) -> list[dict[str, Any]]:
    """The rows of a table in their order, from the prefetch where there is one."""
    names = tuple(ROWS[table]._declared_fields)
    found = queries.costs_of(application) if table == "costs" else None
    listed = found or queries.in_order(getattr(application, table))
    return [{name: shapes.entry(getattr(line, name)) for name in names} for line in listed]


def conditions(case: Case) -> dict[str, Any]:
    """The eight conditions; exact values as fractions in text."""
    return {
        "edition": case.edition.code,
        "conditions": [
            {
                "no": c.no,
                "ok": c.ok,
                "text": str(c.text),
                "clause": c.clause,
                "measures": [
                    {
                        "name": m.name,
                        "value": str(m.value),
                        "limit": str(m.limit),
                        "margin": str(m.margin),
                        "holds": m.holds,
                        "clause": m.clause,
                    }
                    for m in c.measures
                ],
            }
            for c in case.conditions
        ],
    }


def intake(batch: Intake, at: datetime.datetime) -> dict[str, Any]:
    """A batch with its history."""
    plain_columns = ("year", "number", "title", "source", "reply_number")
    days = ("opens_at", "closes_at", "recommend_by", "paper_by")
    extensions = sorted(batch.extensions.all(), key=lambda e: e.pk)
    return (
        {"id": batch.pk, "jurisdiction": batch.jurisdiction_id}
        | {name: getattr(batch, name) for name in plain_columns}
        | {name: shapes.iso(getattr(batch, name)) for name in days}
        | {
            "status": queries.status(batch, at),
            "extensions": [
                {
                    "before": e.before,
                    "after": e.after,
                    "source": e.source,
                    "extended_at": shapes.iso(e.extended_at),
                }
                for e in extensions
            ],
        }
    )
