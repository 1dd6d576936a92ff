"""What is answered: a return as JSON, with the part that each reader needs next."""

from functools import partial
from typing import Any

from stats import queries
from stats.models import Assignment, PublicationTable, Return, Round
from stats.permissions import may_move
from stats.workflow import WORKFLOW
from torch_portal.accounts.models import User
from torch_portal.certificates import documents
from torch_portal.certificates.api import document_data
from torch_portal.filings.api import shapes
from torch_portal.filings.api.records import allowed_moves, links
from torch_portal.filings.correcting import open_items

PARTS = ("events", "findings", "messages")
COUNTERS = ("revision", "data_hash", "mandatory", "errors", "warnings", "unexplained")
# The respondent's own steps that the portal makes by itself when values are checked or saved.
INNER = ("edit",)


def whole(report: Return, user: User, base: str) -> dict[str, Any]:
    """Everything about one return; `base` is the address of the list."""
    filing = report.filing
    files = filing.attachments.live().order_by("pk")
    return row(report, user, base) | {
        "values": report.data,
        "unread": {code: said["why"] for code, said in report.typed.items()},
        "checks": queries.check_table(report),
        "attachments": [shapes.attachment(a, base) for a in files],
        "corrections": [shapes.correction(i) for i in open_items(filing)],
        "documents": [document_data(d, base) for d in documents.of_filing(filing)],
    }


def row(report: Return, user: User, base: str) -> dict[str, Any]:
    """Cover and counters of one return."""
    filing = report.filing
    moves = [
        name
        for name in allowed_moves(filing, WORKFLOW, partial(may_move, user))
        if name not in INNER
    ]
    return (
        shapes.cover(filing, WORKFLOW)
        | {name: getattr(report, name) for name in COUNTERS}
        | {
            "round": report.round_id,
            "round_title": report.round.title,
            "unit": report.unit.name,
            "saved_version": report.saved_version,
            "saved_at": shapes.iso(report.saved_at),
            "allowed_moves": moves,
            "links": links(f"{base}{report.pk}/", PARTS, moves),
        }
    )


def round_data(row: Round) -> dict[str, Any]:
    """A round as data."""
    days = ("opens_on", "closes_on", "reassign_until", "scan_until")
    return {
        "id": row.pk,
        "title": row.title,
        "year": row.year,
        "version": row.version.version,
        "state": row.state,
        **{name: getattr(row, name).isoformat() for name in days},
    }


def assignment_data(row: Assignment) -> dict[str, Any]:
    """An assignment as data; filing: the return that was begun."""
    report = getattr(row, "report", None)
    return {
        "id": row.pk,
        "round": row.round_id,
        "credit_code": row.enterprise.credit_code,
        "name": row.enterprise.name,
        "unit": row.responsible_unit.name,
        "exempt": row.exempt,
        "reason": row.reason,
        "filing": report.pk if report else None,
    }


def table_data(row: PublicationTable) -> dict[str, Any]:
    """A published table as data."""
    names = ("code", "dimension", "title", "unit", "rows", "digest")
    return {"id": row.pk, "year": row.round.year} | {name: getattr(row, name) for name in names}
