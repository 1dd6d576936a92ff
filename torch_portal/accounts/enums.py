"""Vocabularies of people and regions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class JurisdictionKind(models.TextChoices):
    """The 37 addressees of 国科火字〔2020〕38号: provinces, listed cities and the Corps."""

    PROVINCE = "province", _("Province, region or municipality")
    LISTED_CITY = "listed_city", _("City with separate planning status")
    CORPS = "corps", _("Xinjiang Production and Construction Corps")


class DivisionLevel(models.IntegerChoices):
    """Levels of GB/T 2260."""

    PROVINCE = 1, _("Province level")
    PREFECTURE = 2, _("Prefecture level")
    COUNTY = 3, _("County level")


class MemberRole(models.TextChoices):
    """What a person may do for an enterprise."""

    OWNER = "owner", _("Owner")
    FILER = "filer", _("Filer")
    READER = "reader", _("Reader")


class OfficeRole(models.TextChoices):
    """What a person may do for an authority."""

    REVIEWER = "reviewer", _("Reviewer")
    OFFICIAL = "official", _("Official")
    OPERATOR = "operator", _("Operator")


class ChangeAct(models.TextChoices):
    """What is done to a setting."""

    ADD = "add", _("Added")
    CHANGE = "change", _("Changed")
    REMOVE = "remove", _("Removed")


class ChangeState(models.TextChoices):
    """Where a change stands: done at once, or asked for and then settled by somebody else."""

    PROPOSED = "proposed", _("Waits for a second person")
    APPLIED = "applied", _("In force")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Taken back")
    EXPIRED = "expired", _("Expired")


class JoinState(models.TextChoices):
    """Where a request to join an enterprise stands."""

    UNVERIFIED = "unverified", _("E-mail address not confirmed")
    WAITING = "waiting", _("Waiting for the owner")
    ACCEPTED = "accepted", _("Let in")
    REFUSED = "refused", _("Not let in")


class AccountAct(models.TextChoices):
    """What is kept in the record of accounts."""

    FOUNDED = "founded", _("Registered the enterprise")
    ASKED = "asked", _("Asked to join")
    LET_IN = "let_in", _("Let a person in")
    TURNED_AWAY = "turned_away", _("Did not let a person in")
    INVITED = "invited", _("Invited a colleague")
    UNINVITED = "uninvited", _("Withdrew an invitation")
    ARRIVED = "arrived", _("Took up an invitation")
    ROLE_CHANGED = "role_changed", _("Changed a role")
    REMOVED = "removed", _("Removed a person")
    APPOINTED = "appointed", _("Gave an office")
    DISMISSED = "dismissed", _("Took an office away")
    FACTOR_RESET = "factor_reset", _("Took the second factor away")
    RELEASED = "released", _("Released a lock-out")
    REVEALED = "revealed", _("Looked at a personal number in full")
    KEY_MADE = "key_made", _("Made a key for a program")
    KEY_ENDED = "key_ended", _("Ended a key of a program")


class KeyScope(models.TextChoices):
    """What a program's key may do, at most as far as its person may."""

    READ = "read", _("Read filings, lists and files")
    FILE = "file", _("File for the enterprise: drafts, files, submissions, messages")
    DECIDE = "decide", _("Decide for the agency: accept, return, recognise, refuse")
