"""The entries as they were at each submission, and the one before the last."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from contracts.models import Contract, Submission
from contracts.queries.facts import costs
from torch_portal.filings.queries import live_files

# Columns that the enterprise does not enter.
OURS = {
    "filing", "typed", "saved_at", "saved_version", "fixed_technical_yuan",
    "registration_number", "recognised_on", "refusal_grounds",
}  # fmt: skip
ENTERED = [f for f in Contract._meta.concrete_fields if f.name not in OURS]


@dataclass(frozen=True)
class Snapshot:
    """What was handed in once: the entries as an unsaved contract, costs and files beside."""

    contract: Contract
    costs: list[tuple[str, Decimal]]
    files: dict[str, str]


def taken(contract: Contract) -> dict[str, Any]:
    """The entries, costs and files as they stand, as plain data."""
    return {
        "entries": {f.name: _plain(getattr(contract, f.name)) for f in ENTERED},
        "costs": [[line.kind, str(line.amount_yuan)] for line in costs(contract)],
        "files": {file.sha256: file.name for file in live_files(contract.filing)},
    }


def _plain(value: Any) -> Any:
    known = isinstance(value, str | int | bool | list | type(None))
    return value if known else DjangoJSONEncoder().default(value)


def before_the_last(contract: Contract) -> Snapshot | None:
    """What was handed in before the newest submission; None when there was one only."""
    rows = list(Submission.objects.filter(contract=contract).order_by("-seq")[:2])
    if len(rows) < 2:
        return None
    data = rows[1].data
    known = {f.name: f for f in ENTERED}
    values = {n: known[n].to_python(v) for n, v in data["entries"].items() if n in known}
    return Snapshot(
        contract=Contract(pk=contract.pk, **values),
        costs=[(kind, Decimal(amount)) for kind, amount in data["costs"]],
        files=dict(data["files"]),
    )
