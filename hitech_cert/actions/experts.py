"""The pool of experts: taken in, changed, ties declared; changes are recorded with a reason."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hitech_cert import permissions, rules
from hitech_cert.actions import invitations
from hitech_cert.enums import TieKind
from hitech_cert.models import Expert, Tie
from hitech_cert.workflow import GUIDE
from torch_portal.accounts.changes import actions as changes
from torch_portal.accounts.changes import values
from torch_portal.accounts.models import User
from torch_portal.accounts.roles import Denied
from torch_portal.common import codes
from torch_portal.common.findings import Finding, Level, Refused

CLAUSE = f"{GUIDE} 一(四)1"
INTEREST = f"{GUIDE} 一(四)3"
KEPT = (
    "role",
    "fields",
    "employer",
    "employer_code",
    "title",
    "licence",
    "since",
    "resident",
    "active",
)


@dataclass(frozen=True)
class Entry:
    """One expert as entered. email: finds the account, or makes one; columns: of the row."""

    name: str
    email: str
    columns: Mapping[str, Any] = field(default_factory=dict)


def check_entry(entry: Entry, at: datetime.datetime) -> list[Finding]:
    """Everything that stands against taking this person into the pool (195号 一(四)1)."""
    get = entry.columns.get
    found = []
    if not entry.name.strip():
        found.append(Finding("name", Level.BLOCK, "name", _("Enter the name."), CLAUSE))
    if "@" not in entry.email:
        message = _("Enter the e-mail address; the person signs in with it.")
        found.append(Finding("email", Level.BLOCK, "email", message, CLAUSE))
    code = get("employer_code", "")
    try:
        codes.credit_code(code) if code else None
    except codes.CodeError as error:
        found.append(Finding("code", Level.BLOCK, "employer_code", str(error), CLAUSE))
    who = rules.Applicant(
        role=get("role", ""),
        licence=get("licence", ""),
        since=get("since"),
        resident=bool(get("resident")),
        fields=tuple(get("fields") or ()),
        employer=get("employer", "").strip(),
    )
    if not who.role:
        message = _("Choose whether a technical or a finance expert.")
        found.append(Finding("role", Level.BLOCK, "role", message, CLAUSE))
    return [*found, *rules.check_expert(who, timezone.localdate(at))]


@transaction.atomic
def add_expert(
    *, entry: Entry, jurisdiction: str, reason: str, by: User, at: datetime.datetime
) -> Expert:
    """入库: a person becomes an expert of a certification body.

    An account with the e-mail address is used, else one is made without a password. Refused with
    all findings at once, also for who is an expert already.
    """
    permissions.check_for_body(by, jurisdiction)
    found = check_entry(entry, at)
    user = User.objects.filter(email__iexact=entry.email.strip()).order_by("pk").first()
    if user is not None and Expert.objects.filter(user=user).exists():
        message = _("This person is an expert already.")
        found.append(Finding("twice", Level.BLOCK, "email", message, CLAUSE))
    if found:
        raise Refused(found)
    expert = Expert(
        user=user or _account(entry),
        jurisdiction_id=jurisdiction,
        added_at=at,
        added_by=by,
        **{name: entry.columns[name] for name in KEPT if name in entry.columns},
    )
    _record(expert, None, {}, reason, by, at)
    invitations.welcome(expert, at)
    return expert


def _account(entry: Entry) -> User:
    """An account that its owner opens by setting a password; nobody else knows one."""
    email = entry.email.strip()
    user = User(username=email[:150], email=email, last_name=entry.name.strip())
    user.set_unusable_password()
    user.full_clean(exclude=["password"])
    user.save()
    return user


@transaction.atomic
def change_expert(
    *, expert: Expert, columns: Mapping[str, Any], reason: str, by: User, at: datetime.datetime
) -> Expert:
    """Change what is known of an expert, or whether he can be drawn; recorded with the reason."""
    permissions.check_for_body(by, expert.jurisdiction_id)
    before = values.read(expert, KEPT)
    known = {name: getattr(expert, name) for name in KEPT} | dict(columns)
    entry = Entry(expert.user.get_full_name(), expert.user.email or "x@", known)
    found = check_entry(entry, at) if known.get("active") else []
    if found:
        raise Refused(found)
    for name in KEPT:
        setattr(expert, name, known[name])
    _record(expert, expert, before, reason, by, at)
    return expert


def _record(
    expert: Expert,
    row: Expert | None,
    before: Mapping[str, Any],
    reason: str,
    by: User,
    at: datetime.datetime,
) -> None:
    def write() -> Expert:
        expert.save()
        return expert

    after = values.read(expert, KEPT)
    name = f"{expert.user.get_full_name()} {expert.employer}"
    draft = changes.Draft(Expert, row, name, before, after, reason, expert.jurisdiction_id)
    try:
        changes.record(draft=draft, write=write, by=by, at=at)
    except ValidationError as error:
        found = [Finding("reason", Level.BLOCK, "reason", m, CLAUSE) for m in error.messages]
        raise Refused(found) from error


@transaction.atomic
def import_experts(
    *,
    entries: Iterable[Entry],
    jurisdiction: str,
    reason: str,
    by: User,
    at: datetime.datetime,
) -> list[Expert]:
    """All rows of a table or none; Refused names the row in the field ("3.email")."""
    made, found = [], []
    for number, entry in enumerate(entries):
        try:
            with transaction.atomic():
                expert = add_expert(
                    entry=entry, jurisdiction=jurisdiction, reason=reason, by=by, at=at
                )
        except Refused as refused:
            found += [
                Finding(f.code, f.level, f"{number}.{f.field}", f.message, f.clause, f.values)
                for f in refused.findings
            ]
        else:
            made.append(expert)
    if found:
        raise Refused(found)
    return made


@transaction.atomic
def declare_tie(*, expert: Expert, tie: Mapping[str, Any], by: User, at: datetime.datetime) -> Tie:
    """申报利害关系: an enterprise that the expert does not review.

    tie: kind, enterprise_name, credit_code, reason, worked_on. By the expert, or by the body.
    """
    if expert.user_id != by.pk:
        permissions.check_for_body(by, expert.jurisdiction_id)
    found = _check_tie(tie, at)
    if found:
        raise Refused(found)
    return Tie.objects.create(expert=expert, declared_at=at, declared_by=by, **dict(tie))


def _check_tie(tie: Mapping[str, Any], at: datetime.datetime) -> list[Finding]:
    found = []

    def wrong(name: str, message: str) -> None:
        found.append(Finding("tie", Level.BLOCK, name, message, INTEREST))

    if tie.get("kind") not in TieKind.values:
        wrong("kind", _("Choose interest or co-operation."))
    if not str(tie.get("enterprise_name", "")).strip():
        wrong("enterprise_name", _("Enter the name of the enterprise."))
    if not str(tie.get("reason", "")).strip():
        wrong("reason", _("Say what it consists of."))
    worked = tie.get("worked_on")
    if tie.get("kind") == TieKind.COOPERATION and worked is None:
        wrong("worked_on", _("Enter the last day of the co-operation."))
    if worked is not None and worked > timezone.localdate(at):
        wrong("worked_on", _("This day lies in the future."))
    return found


@transaction.atomic
def end_tie(*, tie: Tie, by: User, at: datetime.datetime) -> Tie:
    """Take a declaration back; it stays on record. Twice is once."""
    if tie.expert.user_id != by.pk:
        raise Denied(_("This declaration is another expert's."))
    Tie.objects.filter(pk=tie.pk, ended_on__isnull=True).update(ended_on=timezone.localdate(at))
    tie.refresh_from_db()
    return tie
