"""Entries of the other party taken over from where they stand already."""

import datetime

from contracts import queries
from contracts.actions.draft import save_draft
from contracts.enums import PartyNature
from contracts.models import Contract
from contracts.queries import Party
from torch_portal.accounts.models import User
from torch_portal.filings import lookups
from torch_portal.filings.models import RegistryLookup


def ask_registry(
    *, contract: Contract, code: str, at: datetime.datetime, wait: bool
) -> RegistryLookup | None:
    """What the registry of enterprises says of a credit code that queries.askable gave.

    With `wait` it is asked now, two seconds at most; without an answer the question stays as a
    row and is asked again by itself.
    """
    if wait:
        return lookups.ask_now(filing=contract.filing, code=code, at=at)
    lookups.want(filing=contract.filing, codes=[code], at=at)
    return lookups.of(contract.filing).get(code)


def take_party(
    *, contract: Contract, party: Party, by: User, at: datetime.datetime
) -> tuple[list[str], list[str]]:
    """Fill the empty entries of the other party; (filled, left as typed), by column.

    What was typed is never overwritten: entries that differ stay and are named.
    """
    side = queries.other_side(contract)
    filled, left = [], []
    values = {}
    for end, value in party.values.items():
        name = f"{side}_{end}"
        if not value or not hasattr(contract, name):
            continue
        if end == "nature" and value not in PartyNature.values:
            continue
        typed = contract.typed.get(name) or getattr(contract, name)
        if not typed:
            values[name] = value
            filled.append(name)
        elif typed != value:
            left.append(name)
    if values:
        save_draft(contract=contract, values=values, by=by, at=at)
    return filled, left
