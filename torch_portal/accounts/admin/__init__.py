"""What operators keep: regions, agencies, enterprises, people and their roles.

Each change is recorded with its author by Django's own log; roles, lock-outs and looks at personal
numbers also in the record of accounts, which nobody can change.
"""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.models import Group
from rest_framework.authtoken.models import TokenProxy

from torch_portal.accounts.admin.joining import AccountEventAdmin, JoinRequestAdmin
from torch_portal.accounts.admin.people import EnterpriseAdmin, UserAdmin
from torch_portal.accounts.admin.places import (
    AgencyAdmin,
    DivisionAdmin,
    DivisionPrefixAdmin,
    JurisdictionAdmin,
)
from torch_portal.accounts.changes.admin import ChangeAdmin

# Rights hang on roles, not on groups; a token made for another person would be that person's name;
# sessions and second factors are nobody's to look at.
admin.site.unregister([Group, TokenProxy, EmailAddress, Authenticator, UserSession])

__all__ = [
    "AccountEventAdmin",
    "AgencyAdmin",
    "ChangeAdmin",
    "DivisionAdmin",
    "DivisionPrefixAdmin",
    "EnterpriseAdmin",
    "JoinRequestAdmin",
    "JurisdictionAdmin",
    "UserAdmin",
]
