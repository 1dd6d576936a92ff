"""The end of a registration: deregistration, and revocation by notice and defence."""

import datetime
from collections.abc import Collection, Sequence
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts import permissions, rules
from contracts.actions import letters, matters
from contracts.actions.decision import fire, need_note
from contracts.enums import FollowUpKind, FollowUpState
from contracts.models import Contract, FollowUp
from torch_portal.accounts.models import User
from torch_portal.certificates import actions as certificates
from torch_portal.certificates.enums import Status
from torch_portal.common.findings import Finding, Level, Refused
from torch_portal.common.workdays import Limit, Unit, foreseen
from torch_portal.filings import engine
from torch_portal.filings.drafts import hold
from torch_portal.filings.models import Filing
from torch_portal.filings.queries import calendar_for
from torch_portal.filings.transitions import Stale


@transaction.atomic
def deregister(*, contract: Contract, by: User, at: datetime.datetime, note: str) -> Filing:
    """注销, on the party's report (河南省技术市场条例 第十七条)."""
    return _end(contract, "deregister", Status.DEREGISTERED, by=by, at=at, note=note)


@transaction.atomic
def notify_revocation(
    *,
    contract: Contract,
    grounds: Collection[str],
    by: User,
    at: datetime.datetime,
    note: str,
) -> FollowUp:
    """拟撤销告知: grounds and facts, and the days for a statement (沪科技市〔2025〕31号 第四条).

    The registration and its certificate stay valid until another person decides.
    """
    found = rules.check_notice(grounds, note)
    if found:
        raise Refused(found)
    until = _statement_until(contract, timezone.localdate(at))
    data = {"grounds": sorted(grounds), "until": until.isoformat()}
    fire(contract, "notify_revocation", by=by, at=at, note=note, data=data)
    followup = FollowUp.objects.create(
        contract=contract,
        kind=FollowUpKind.REVOCATION,
        reason=note,
        grounds=sorted(grounds),
        opened_at=at,
        opened_by=by,
        due_on=until,
    )
    letters.revocation_noticed(followup, at)
    return followup


def _statement_until(contract: Contract, day: datetime.date) -> datetime.date:
    """The last day of the statement; how many working days is a setting, not confirmed by law."""
    limit = Limit(settings.REVOCATION_STATEMENT_WORKDAYS, Unit.WORKING, rules.REVOCATION)
    return foreseen(day, limit, calendar=calendar_for(contract.filing.jurisdiction_id)).on


@transaction.atomic
def state_case(
    *,
    followup: FollowUp,
    statement: str,
    by: User,
    at: datetime.datetime,
    files: Sequence["UploadedFile[Any]"] = (),
) -> FollowUp:
    """陈述申辩: what the enterprise answers to a notice, once, until the notice is decided."""
    filing = followup.contract.filing
    permissions.check_may_file(by, filing)
    if not statement.strip():
        message = _("Write what the agency should know before it decides.")
        raise Refused([Finding("AF-25", Level.BLOCK, "statement", message, rules.REVOCATION)])
    hold(filing)
    claimed = (
        FollowUp.objects.waiting()
        .filter(pk=followup.pk, kind=FollowUpKind.REVOCATION, stated_at__isnull=True)
        .update(statement=statement, stated_at=at, stated_by=by)
    )
    if not claimed:
        raise Stale(_("A statement was given already, or the notice was decided."))
    matters.keep_files(followup, files, by=by, at=at)
    engine.record(filing, "revocation_stated", by=by, at=at, note=statement)
    followup.refresh_from_db(fields=["statement", "stated_at", "stated_by"])
    return followup


@transaction.atomic
def revoke(*, contract: Contract, by: User, at: datetime.datetime, note: str) -> Filing:
    """撤销, by another person than gave the notice, once the enterprise spoke or its time is over
    (沪科技市〔2025〕31号 第四条).
    """
    followup = _notice(contract)
    if followup is not None:
        _check_decidable(followup, by, timezone.localdate(at))
    filing = _end(contract, "revoke", Status.REVOKED, by=by, at=at, note=note)
    if followup is not None:
        matters.settle(followup, FollowUpState.GRANTED, by=by, at=at, note=note)
    return filing


@transaction.atomic
def drop_revocation(*, contract: Contract, by: User, at: datetime.datetime, note: str) -> Filing:
    """The notice comes to nothing; the registration stays as it is."""
    need_note(note)
    fire(contract, "drop_revocation", by=by, at=at, note=note)
    followup = _notice(contract)
    if followup is not None:
        matters.settle(followup, FollowUpState.REFUSED, by=by, at=at, note=note)
        letters.decided(followup, at)
    return contract.filing


def _notice(contract: Contract) -> FollowUp | None:
    notices = FollowUp.objects.waiting().filter(contract=contract, kind=FollowUpKind.REVOCATION)
    return notices.first()


def _check_decidable(followup: FollowUp, by: User, today: datetime.date) -> None:
    permissions.check_may_review(by, followup.contract.filing)
    found = rules.check_revocation(
        noticed_by=followup.opened_by_id,
        deciding=by.pk,
        statement_until=followup.due_on or today,
        stated=followup.stated_at is not None,
        today=today,
    )
    if found:
        raise Refused(found)


def _end(
    contract: Contract, name: str, status: Status, *, by: User, at: datetime.datetime, note: str
) -> Filing:
    need_note(note)
    fire(contract, name, by=by, at=at, note=note)
    for certificate in contract.filing.certificates.filter(status=Status.VALID):
        certificates.end(certificate=certificate, status=status, by=by, at=at)
    _let_go(contract, by, at)
    letters.ended(contract, name, note, at)
    return contract.filing


def _let_go(contract: Contract, by: User, at: datetime.datetime) -> None:
    """What was still asked about a registration that has ended is closed with it."""
    rest = FollowUp.objects.waiting().filter(contract=contract)
    for followup in rest.exclude(kind__in=[FollowUpKind.REVOCATION, FollowUpKind.DEREGISTRATION]):
        note = _("The registration has ended.")
        matters.settle(followup, FollowUpState.WITHDRAWN, by=by, at=at, note=note)
