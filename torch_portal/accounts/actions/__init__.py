"""What is done with regions, accounts and roles, one function each."""

from torch_portal.accounts.actions.colleagues import (
    change_role,
    invite,
    remove,
    take_up,
    withdraw_invitation,
)
from torch_portal.accounts.actions.joining import arrive, ask_to_join, let_in, turn_away
from torch_portal.accounts.actions.regions import DATA, load_regions

__all__ = [
    "DATA",
    "arrive",
    "ask_to_join",
    "change_role",
    "invite",
    "let_in",
    "load_regions",
    "remove",
    "take_up",
    "turn_away",
    "withdraw_invitation",
]
