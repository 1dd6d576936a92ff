"""A new draft from an earlier contract: parts of it, or the whole to file it again."""

import datetime
from collections.abc import Collection
from typing import Any

from django.db import transaction

from contracts.actions.draft import own_side, start
from contracts.models import Contract, Deduction
from contracts.permissions import may_file_again
from torch_portal.accounts.models import User
from torch_portal.accounts.roles import check_filer
from torch_portal.filings import actions as filing_actions

# What can be copied, part by part; days and amounts belong to the contract of then.
PARTS: dict[str, tuple[str, ...]] = {
    "contract": (
        "project_name",
        "form",
        "kind",
        "subkind",
        "contains",
        "goal_clear",
        "mastered_before",
        "innovative",
        "buyer_only_pays",
        "foreign_language",
        "is_import",
    ),
    "dates": ("signed_on", "starts_on", "ends_on", "seals_complete"),
    "buyer": (
        "buyer_name",
        "buyer_code",
        "buyer_division",
        "buyer_country",
        "buyer_nature",
        "related",
    ),
    "other_party": (
        "seller_name",
        "seller_code",
        "seller_division",
        "intermediary_name",
        "intermediary_division",
    ),
    "amounts": ("total_yuan", "payment", "royalty_base", "royalty_rate", "carrier_sets"),
    "patent": (
        "ip_kind",
        "patent_name",
        "patent_applicant",
        "patentee",
        "patent_filed_on",
        "patent_number",
        "patent_expires_on",
    ),
    "technology": ("tech_field", "objective", "plan_source"),
}
ATTACHMENTS = "attachments"
USUAL = ("contract", "buyer", "other_party", "patent", "technology")
WHOLE = (*PARTS, ATTACHMENTS)


def copy(
    *, contract: Contract, parts: Collection[str] = USUAL, by: User, at: datetime.datetime
) -> Contract:
    """A new draft of the same enterprise with these parts of an earlier contract.

    Attachments go along only from a filing that ended without a registration; the same file is
    then kept with both. The applicant's own entries are as registered today.
    """
    check_filer(by, contract.filing.enterprise_id)
    enterprise = contract.filing.enterprise
    names = [name for part in parts for name in PARTS.get(part, ())]
    values: dict[str, Any] = {name: getattr(contract, name) for name in names}
    with transaction.atomic():
        new = start(
            enterprise=enterprise, by=by, at=at, classified=False, applicant=contract.applicant
        )
        values |= own_side(contract.applicant, enterprise)
        if "amounts" in parts:
            values["technical_yuan"] = contract.technical_yuan
            Deduction.objects.bulk_create(
                Deduction(contract=new, kind=d.kind, amount_yuan=d.amount_yuan, note=d.note)
                for d in contract.deductions.order_by("pk")
            )
        _keep(new, values, at)
        if ATTACHMENTS in parts and may_file_again(contract.filing):
            for attachment in contract.filing.attachments.live().order_by("pk"):
                filing_actions.share(attachment=attachment, filing=new.filing, by=by, at=at)
    return new


def _keep(new: Contract, values: dict[str, Any], at: datetime.datetime) -> None:
    for name, value in values.items():
        setattr(new, name, value)
    new.saved_version, new.saved_at = 1, at
    new.save()
