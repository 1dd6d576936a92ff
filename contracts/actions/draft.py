"""What the enterprise does before it submits: begin, save, attach, answer."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from contracts import editions, permissions, queries, rules
from contracts.enums import Applicant
from contracts.models import Contract, Deduction
from contracts.workflow import WORKFLOW
from torch_portal.accounts.models import Enterprise, User
from torch_portal.accounts.roles import check_filer
from torch_portal.common.findings import Refused
from torch_portal.filings import drafts, engine, lookups
from torch_portal.filings.models import Attachment, CorrectionItem

CODES = {"seller_code", "buyer_code"}


def start(
    *,
    enterprise: Enterprise,
    by: User,
    at: datetime.datetime,
    classified: bool,
    applicant: str = Applicant.SELLER,
) -> Contract:
    """Open a draft, with the enterprise's own data on the applicant's side.

    A classified contract is stopped here, before anything can be uploaded: Refused with VH-11.
    """
    check_filer(by, enterprise.pk)
    if classified:
        edition = editions.on(timezone.localdate(at), enterprise.jurisdiction_id)
        raise Refused(rules.check(rules.Facts(classified=True), edition, complete=False))
    with transaction.atomic():
        filing = engine.open_filing(WORKFLOW, enterprise=enterprise, by=by, at=at)
        return Contract.objects.create(
            filing=filing, applicant=applicant, saved_at=at, **own_side(applicant, enterprise)
        )


@dataclass(frozen=True)
class Filled:
    """What a new draft begins with: entries by column, and non-technical costs."""

    values: dict[str, Any]
    deductions: list[dict[str, Any]] = field(default_factory=list)


def start_many(
    *, enterprise: Enterprise, filled: Sequence[Filled], by: User, at: datetime.datetime
) -> list[Contract]:
    """Open drafts that are filled in already, none of them classified; a handful of statements.

    The enterprise is the seller. The same as start and save_draft one after the other.
    """
    check_filer(by, enterprise.pk)
    own = own_side(Applicant.SELLER, enterprise) | {"applicant": Applicant.SELLER}
    with transaction.atomic():
        covers = engine.open_filings(WORKFLOW, len(filled), enterprise=enterprise, by=by, at=at)
        contracts = [
            Contract(
                filing=cover,
                saved_at=at,
                saved_version=1,
                **one.values | own | {"technical_yuan": _technical_of(one)},
            )
            for cover, one in zip(covers, filled, strict=True)
        ]
        Contract.objects.bulk_create(contracts, batch_size=500)
        costs = zip(contracts, filled, strict=True)
        Deduction.objects.bulk_create(
            [Deduction(contract=c, **d) for c, one in costs for d in one.deductions],
            batch_size=1000,
        )
    return contracts


def _technical_of(one: Filled) -> Decimal | None:
    total = one.values.get("total_yuan")
    if total is None:
        return None
    lines = [rules.Deduction(d["kind"], d["amount_yuan"]) for d in one.deductions]
    return rules.technical_amount(total, lines)


def own_side(applicant: str, enterprise: Enterprise) -> dict[str, str]:
    """The applicant's own entries: as registered, never typed (国务院令第716号 第七条)."""
    own = {
        "name": enterprise.name,
        "code": enterprise.credit_code,
        "division": enterprise.division,
    }
    if applicant == Applicant.INTERMEDIARY:
        return {"intermediary_name": own["name"], "intermediary_division": own["division"]}
    side = "buyer" if applicant == Applicant.BUYER else "seller"
    return {f"{side}_{name}": value for name, value in own.items()}


def save_draft(
    *,
    contract: Contract,
    values: dict[str, Any],
    by: User,
    at: datetime.datetime,
    typed: dict[str, Any] | None = None,
    deductions: list[dict[str, Any]] | None = None,
    seen: int | None = None,
) -> Contract:
    """Keep what was entered; the technical amount follows from total and deductions.

    `typed` holds entries that could not be read, word for word. `seen` is the save that the
    person started from: drafts.Conflict when another one came between, and nothing is overwritten.
    """
    permissions.check_may_file(by, contract.filing)
    drafts.check_editable(contract.filing.state, WORKFLOW)
    known = contract.saved_version if seen is None else seen
    columns = values | _own_entries(contract, values)
    if typed is not None:
        columns["typed"] = typed
    with transaction.atomic():
        drafts.check_editable(drafts.hold(contract.filing), WORKFLOW)
        if deductions is not None:
            contract.deductions.all().delete()
            Deduction.objects.bulk_create(Deduction(contract=contract, **d) for d in deductions)
        if deductions is not None or "total_yuan" in values:
            total = values.get("total_yuan", contract.total_yuan)
            columns["technical_yuan"] = _technical(contract, total, deductions)
        drafts.claim_save(contract, known, columns | {"saved_at": at})
        if not CODES.isdisjoint(columns):
            want_parties(contract, at)
    return contract


def want_parties(contract: Contract, at: datetime.datetime) -> None:
    """See that the registry of enterprises is asked about the other party; nobody waits for it."""
    codes = queries.party_codes(contract).values()
    lookups.want(filing=contract.filing, codes=codes, at=at)


def _own_entries(contract: Contract, values: dict[str, Any]) -> dict[str, str]:
    applicant = values.get("applicant") or contract.applicant
    return own_side(applicant, contract.filing.enterprise)


def _technical(
    contract: Contract, total: Decimal | None, deductions: list[dict[str, Any]] | None
) -> Decimal | None:
    if total is None:
        return None
    if deductions is None:
        lines = list(contract.deductions.values_list("kind", "amount_yuan"))
    else:
        lines = [(d["kind"], d["amount_yuan"]) for d in deductions]
    return rules.technical_amount(total, [rules.Deduction(*line) for line in lines])


def attach(
    *, contract: Contract, kind: str, upload: "UploadedFile[Any]", by: User, at: datetime.datetime
) -> Attachment:
    """Keep a file with the draft; BadUpload when its content is not acceptable."""
    return drafts.attach(
        filing=contract.filing, workflow=WORKFLOW, kind=kind, upload=upload, by=by, at=at
    )


def detach(*, contract: Contract, attachment: Attachment, by: User, at: datetime.datetime) -> None:
    """Take a file out of the draft."""
    drafts.detach(attachment=attachment, workflow=WORKFLOW, by=by, at=at)


def answer_correction(*, item: CorrectionItem, answer: str, by: User) -> None:
    """Write beside an item of the correction list what was done about it."""
    drafts.answer_correction(item=item, workflow=WORKFLOW, answer=answer, by=by)
