"""Signing in and out, one's own account, the colleagues of an enterprise."""

from torch_portal.accounts.views.colleagues import (
    change_role,
    colleagues,
    let_in,
    remove,
    turn_away,
    withdraw_invitation,
)
from torch_portal.accounts.views.keys import end_key, keys
from torch_portal.accounts.views.own import invitation, me
from torch_portal.accounts.views.sign_in import RemoveKey, SetUpApp, SetUpKey, SignIn, SignOut

__all__ = [
    "RemoveKey",
    "SetUpApp",
    "SetUpKey",
    "SignIn",
    "SignOut",
    "change_role",
    "colleagues",
    "end_key",
    "invitation",
    "keys",
    "let_in",
    "me",
    "remove",
    "turn_away",
    "withdraw_invitation",
]
