"""People, enterprises, regions and registration agencies; how people join and what was done."""

from torch_portal.accounts.models.ground import (
    Agency,
    AgencyArea,
    Appointment,
    Division,
    DivisionPrefix,
    Enterprise,
    Jurisdiction,
    Membership,
    User,
    clean_credit_code,
)
from torch_portal.accounts.models.joining import (
    AccountEvent,
    FormerPassword,
    Invitation,
    JoinRequest,
)
from torch_portal.accounts.models.keys import ApiKey
from torch_portal.accounts.recorded import Change

__all__ = [
    "AccountEvent",
    "Agency",
    "AgencyArea",
    "ApiKey",
    "Appointment",
    "Change",
    "Division",
    "DivisionPrefix",
    "Enterprise",
    "FormerPassword",
    "Invitation",
    "JoinRequest",
    "Jurisdiction",
    "Membership",
    "User",
    "clean_credit_code",
]
