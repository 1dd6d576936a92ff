"""Lists of registered contracts, and what a buyer may read."""

import datetime
import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts import permissions, queries
from contracts.enums import State
from contracts.models import BuyerAccess, Contract, RegistrationList
from torch_portal.accounts.models import Enterprise, User
from torch_portal.accounts.roles import check_filer, standing
from torch_portal.certificates import documents, making
from torch_portal.certificates import queries as certificates
from torch_portal.common.findings import Finding, Level, Refused
from torch_portal.common.queueing import queue_on_commit
from torch_portal.filings import engine
from torch_portal.filings.models import Filing

LIST_CLAUSE = "江苏省技术合同认定登记办理流程 (登记清单)"
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 12
RENDER_LIST = "contracts.tasks.render_list"
LIST_TEMPLATE = "certificates/registration_list.html"
MOST = 500


@transaction.atomic
def make_list(
    *,
    enterprise: Enterprise,
    since: datetime.date,
    until: datetime.date,
    by: User,
    at: datetime.datetime,
) -> RegistrationList:
    """登记清单: the contracts of an enterprise registered in a period, under a public code.

    It is worth what its contracts are worth when it is looked at. Refused when the period is out
    of order, holds no registered contract, or more than one list can show.
    """
    check_filer(by, enterprise.pk)
    rows = Contract.objects.filter(
        filing__enterprise=enterprise,
        filing__state__in=[State.RECOGNISED, State.REVOCATION_NOTICED],
        recognised_on__range=(since, until),
    )
    keys = list(rows.order_by("recognised_on", "pk").values_list("pk", flat=True)[: MOST + 1])
    _check_list(since, until, len(keys))
    code = "".join(secrets.choice(CODE_LETTERS) for _place in range(CODE_LENGTH))
    made = RegistrationList.objects.create(
        enterprise=enterprise,
        code=code,
        since=since,
        until=until,
        made_at=at,
        made_by=by,
        due_at=at + making.FIRST_RETRY,
    )
    made.contracts.set(keys)
    made.content = queries.list_content(made, timezone.localdate(at))
    made.save(update_fields=["content"])
    queue_on_commit(RENDER_LIST, list_id=made.pk)
    return made


def produce_list(*, list_id: int, at: datetime.datetime, signed_at: datetime.datetime) -> str:
    """Make the file of one list; returns what became of it in one word.

    A list that ended before has no file: it can no longer be shown.
    """
    made = making.take(RegistrationList, list_id, at)
    if made is None:
        return "nothing to do"
    if not made.content:
        if not queries.list_stands(made):
            making.put_back(made, "a contract of the list has ended", at)
            return "given back"
        made.content = queries.list_content(made, timezone.localdate(at))
        made.save(update_fields=["content"])
    return documents.make_file(made, template=LIST_TEMPLATE, at=at, signed_at=signed_at)


def lists_due(*, at: datetime.datetime) -> list[RegistrationList]:
    """Lists without a file whose time has come; looked at again no sooner than a while later."""
    due: list[RegistrationList] = making.due(RegistrationList, at)
    for made in due:
        making.later(made, at)
    return due


def make_list_again(*, made: RegistrationList, at: datetime.datetime) -> bool:
    """Give the failed file of a list a fresh set of attempts; False when it is none."""
    reset = making.again(made, at)
    if reset:
        queue_on_commit(RENDER_LIST, list_id=made.pk)
    return reset


def _check_list(since: datetime.date, until: datetime.date, count: int) -> None:
    messages = (
        (since > until, "until", _("The period ends before it begins.")),
        (since <= until and not count, "since", _("No registered contract lies in this period.")),
        (count > MOST, "since", _("More contracts than a list can show. Choose a shorter period.")),
    )
    found = [Finding("AF-61", Level.BLOCK, f, m, LIST_CLAUSE) for bad, f, m in messages if bad]
    if found:
        raise Refused(found)


@transaction.atomic
def open_buyer_access(
    *, enterprise: Enterprise, number: str, code: str, by: User, at: datetime.datetime
) -> BuyerAccess:
    """Let a buyer's enterprise read number, status and amounts of a contract in which it is named.

    It must be the buyer by its credit code, and hold registration number and verification code of
    the certificate; one answer for every mistake, so that nothing can be found out by trying.
    """
    check_filer(by, enterprise.pk)
    found = certificates.by_number_and_code(number, code)
    contract = Contract.objects.filter(pk=found.filing_id).first() if found else None
    if contract is None or contract.buyer_code != enterprise.credit_code:
        message = _(
            "No certificate with this number and code names this enterprise as buyer. Compare "
            "both with the print, and your credit code with the contract."
        )
        clause = "国务院令第716号 第七条"
        raise Refused([Finding("AF-71", Level.BLOCK, "number", message, clause)])
    Filing.objects.select_for_update(no_key=True).get(pk=contract.pk)
    known = BuyerAccess.objects.filter(
        contract=contract, enterprise=enterprise, ended_at__isnull=True
    ).first()
    if known is not None:
        return known
    access = BuyerAccess.objects.create(
        contract=contract, enterprise=enterprise, opened_at=at, opened_by=by
    )
    data = {"buyer": enterprise.credit_code}
    engine.record(contract.filing, "buyer_access_opened", by=by, at=at, data=data)
    return access


@transaction.atomic
def end_buyer_access(*, access: BuyerAccess, by: User, at: datetime.datetime) -> bool:
    """Either side ends it: the buyer's filer or the one of the enterprise that filed."""
    if access.enterprise_id not in standing(by).filer_of:
        permissions.check_may_file(by, access.contract.filing)
    ended = BuyerAccess.objects.filter(pk=access.pk, ended_at__isnull=True).update(
        ended_at=at, ended_by=by
    )
    if ended:
        data = {"buyer": access.enterprise.credit_code}
        engine.record(access.contract.filing, "buyer_access_ended", by=by, at=at, data=data)
    return bool(ended)
