"""What is answered: a filing as JSON, with the part that each reader needs next."""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from contracts import queries
from contracts.api.entries import NAMES
from contracts.enums import State
from contracts.models import Contract, Deduction
from contracts.permissions import may_move
from contracts.workflow import WORKFLOW
from torch_portal.accounts.models import User
from torch_portal.certificates import documents
from torch_portal.certificates.enums import Making
from torch_portal.certificates.models import Certificate, Document
from torch_portal.common.findings import Finding, blocking
from torch_portal.common.money import plain
from torch_portal.filings.correcting import open_items
from torch_portal.filings.drafts import is_editable
from torch_portal.filings.models import Attachment, Event

CERTIFIED = (
    State.RECOGNISED,
    State.REVOCATION_NOTICED,
    State.DEREGISTERED,
    State.REVOKED,
)
# Where the address of a move differs from its name.
VERBS = {
    "return_for_correction": "return",
    "fix_technical_amount": "fix-technical-amount",
    "notify_revocation": "notify-revocation",
    "drop_revocation": "drop-revocation",
    "request_expert_opinion": "request-expert-opinion",
    "record_expert_opinion": "record-expert-opinion",
}


def whole(
    contract: Contract, certificate: Certificate | None, user: User, base: str
) -> dict[str, Any]:
    """Everything about one filing; `base` is the address of the list."""
    filing = contract.filing
    told = ("id", "round", "field", "problem", "remedy", "clause", "answer")
    agencies = queries.agencies_for(contract) if is_editable(filing) else []
    files = filing.attachments.live().order_by("pk")
    return row(contract, certificate, user, base) | {
        "attachments": [attachment(a, base) for a in files],
        "corrections": [
            {name: getattr(i, name) for name in told} for i in open_items(contract.filing)
        ],
        "documents": [_document(d, base) for d in documents.of_filing(filing)],
        "agencies": [{"code": a.code, "name": a.name} for a in agencies],
    }


def row(
    contract: Contract, certificate: Certificate | None, user: User, base: str
) -> dict[str, Any]:
    """Cover and entries of one filing."""
    moves = allowed_moves(contract, user)
    return (
        _cover(contract)
        | {name: as_json(name, getattr(contract, name)) for name in NAMES}
        | {
            "deductions": [_deduction(d) for d in deductions(contract)],
            "certificate": _certificate(certificate),
            "allowed_moves": moves,
            "links": _links(contract, moves, base),
        }
    )


def _cover(contract: Contract) -> dict[str, Any]:
    filing = contract.filing
    agency = filing.agency
    return {
        "id": filing.pk,
        "enterprise": {
            "credit_code": filing.enterprise.credit_code,
            "name": filing.enterprise.name,
        },
        "jurisdiction": filing.jurisdiction_id,
        "agency": {"code": agency.code, "name": agency.name} if agency else None,
        "state": filing.state,
        "state_label": str(WORKFLOW.labels[filing.state]),
        "stage": filing.stage,
        "turn": filing.owner,
        "number": filing.number,
        "edition": filing.edition,
        "submitted_at": _iso(filing.submitted_at),
        "accepted_on": _iso(filing.accepted_on),
        "due_on": _iso(filing.due_on),
        "due_provisional": filing.due_provisional,
        "decided_at": _iso(filing.decided_at),
        "registration_number": contract.registration_number,
        "recognised_on": _iso(contract.recognised_on),
        "refusal_grounds": contract.refusal_grounds,
        "saved_version": contract.saved_version,
        "saved_at": _iso(contract.saved_at),
        "technical_yuan": as_json("technical_yuan", contract.technical_yuan),
        "fixed_technical_yuan": as_json("fixed_technical_yuan", contract.fixed_technical_yuan),
    }


def _iso(moment: datetime.date | None) -> str | None:
    return moment.isoformat() if moment else None


def as_json(name: str, value: Any) -> Any:
    """One entry as JSON: amounts with two decimals, days ISO."""
    if isinstance(value, Decimal):
        return plain(value) if name.endswith("_yuan") else f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, datetime.date) else value


def deductions(contract: Contract) -> Iterable[Deduction]:
    """The lines of non-technical cost, from the prefetch where there is one."""
    return sorted(contract.deductions.all(), key=lambda line: line.pk)


def _deduction(line: Deduction) -> dict[str, str]:
    return {"kind": line.kind, "amount_yuan": plain(line.amount_yuan), "note": line.note}


def newest_certificate(contract: Contract) -> Certificate | None:
    """The newest version, without a query where there cannot be one."""
    if contract.filing.state not in CERTIFIED:
        return None
    return max(
        (c for c in contract.filing.certificates.all() if c.template == "technical_contract"),
        key=lambda c: c.version,
        default=None,
    )


def _certificate(found: Certificate | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "number": found.number,
        "version": found.version,
        "status": found.status,
        "verify_url": found.content.get("verify_url", ""),
        "ready": found.making == Making.READY,
    }


def allowed_moves(contract: Contract, user: User) -> list[str]:
    """Names of the moves that this person may make now."""
    filing = contract.filing
    return [
        move.name
        for move in WORKFLOW.moves.values()
        if filing.state in move.sources and may_move(user, filing, move)
    ]


def _links(contract: Contract, moves: Iterable[str], base: str) -> dict[str, str]:
    own = f"{base}{contract.pk}/"
    names = ["attachments", "events", "findings", "messages"]
    if contract.filing.state in CERTIFIED:
        names.append("certificate")
    links = {"self": own} | {name: f"{own}{name}/" for name in names}
    return links | {name: f"{own}{VERBS.get(name, name)}/" for name in moves}


def attachment(found: Attachment, base: str) -> dict[str, Any]:
    """One file as data."""
    names = ("id", "kind", "name", "content_type", "size", "pages", "sha256")
    return {name: getattr(found, name) for name in names} | {
        "uploaded_at": _iso(found.uploaded_at),
        "url": f"{base}{found.filing_id}/attachments/{found.pk}/",
    }


def _document(found: Document, base: str) -> dict[str, Any]:
    return {
        "kind": found.kind,
        "number": found.number,
        "issued_at": _iso(found.issued_at),
        "url": f"{base}{found.filing_id}/documents/{found.pk}/",
    }


def event(found: Event) -> dict[str, Any]:
    """One act as data."""
    names = ("seq", "move", "from_state", "to_state", "note", "data", "edition", "hash")
    return {name: getattr(found, name) for name in names} | {
        "at": _iso(found.at),
        "by": found.by_name,
    }


def findings(found: list[Finding]) -> dict[str, Any]:
    """Findings as data."""
    return {"findings": [f.as_dict() for f in found], "blocked": bool(blocking(found))}


def tag(contract: Contract, found: Certificate | None) -> str:
    """The ETag: saves of the draft, acts on the filing, and how far its certificate is."""
    making = f".{found.version}{found.making}" if found else ""
    return f'"{contract.saved_version}.{contract.filing.version}{making}"'
