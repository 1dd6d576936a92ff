"""What is answered: a filing as JSON, with the part that each reader needs next."""

from collections.abc import Iterable
from decimal import Decimal
from functools import partial
from typing import Any

from contracts import queries
from contracts.api.entries import NAMES
from contracts.enums import State
from contracts.models import Contract, Deduction
from contracts.permissions import may_move
from contracts.workflow import WORKFLOW
from torch_portal.accounts.models import User
from torch_portal.certificates.api import certificate_data, parts
from torch_portal.certificates.models import Certificate
from torch_portal.common.money import plain
from torch_portal.filings.api import shapes
from torch_portal.filings.api.records import allowed_moves, links

CERTIFIED = (
    State.RECOGNISED,
    State.REVOCATION_NOTICED,
    State.DEREGISTERED,
    State.REVOKED,
)


def whole(
    contract: Contract, certificate: Certificate | None, user: User, base: str
) -> dict[str, Any]:
    """Everything about one filing; `base` is the address of the list."""
    around = parts(contract.filing, base, partial(queries.agencies_for, contract))
    return row(contract, certificate, user, base) | around


def row(
    contract: Contract, certificate: Certificate | None, user: User, base: str
) -> dict[str, Any]:
    """Cover and entries of one filing."""
    filing = contract.filing
    moves = allowed_moves(filing, WORKFLOW, partial(may_move, user))
    names = ["attachments", "events", "findings", "messages"]
    if filing.state in CERTIFIED:
        names.append("certificate")
    return (
        _cover(contract)
        | {name: as_json(name, getattr(contract, name)) for name in NAMES}
        | {
            "deductions": [_deduction(d) for d in deductions(contract)],
            "certificate": certificate_data(certificate),
            "allowed_moves": moves,
            "links": links(f"{base}{contract.pk}/", names, moves),
        }
    )


def _cover(contract: Contract) -> dict[str, Any]:
    return shapes.cover(contract.filing, WORKFLOW) | {
        "registration_number": contract.registration_number,
        "recognised_on": shapes.iso(contract.recognised_on),
        "refusal_grounds": contract.refusal_grounds,
        "saved_version": contract.saved_version,
        "saved_at": shapes.iso(contract.saved_at),
        "technical_yuan": as_json("technical_yuan", contract.technical_yuan),
        "fixed_technical_yuan": as_json("fixed_technical_yuan", contract.fixed_technical_yuan),
    }


def as_json(name: str, value: Any) -> Any:
    """One entry as JSON: amounts with two decimals, days ISO."""
    if isinstance(value, Decimal) and not name.endswith("_yuan"):
        return f"{value.normalize():f}"
    return shapes.entry(value)


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
