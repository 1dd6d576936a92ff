"""Forgetting the people and parties of a contract that came to nothing."""

import datetime
from functools import partial

from django.db import transaction

from contracts.enums import Applicant
from contracts.models import Contract, OpinionFile, Submission
from contracts.queries import forgettable
from torch_portal.filings import forgetting

# The other side and the people behind a patent; the enterprise's own side and figures stay.
PERSONAL = ("patent_applicant", "patentee")
SIDES = {
    Applicant.SELLER: ("buyer_name", "buyer_code", "intermediary_name"),
    Applicant.BUYER: ("seller_name", "seller_code", "intermediary_name"),
    Applicant.INTERMEDIARY: ("seller_name", "seller_code", "buyer_name", "buyer_code"),
}


def forget(*, stage: str, before: datetime.date, day: datetime.date, at: datetime.datetime) -> int:
    """Empty what is personal in all that `forgettable` names; answers how many. Twice is once."""
    return forgetting.forget(partial(forgettable, stage, before), _empty, day=day, at=at)


def _empty(contract: Contract) -> None:
    names = (*PERSONAL, *SIDES[Applicant(contract.applicant)])
    columns: dict[str, object] = dict.fromkeys(names, "")
    Contract.objects.filter(pk=contract.pk).update(typed={}, **columns)
    contract.deductions.update(note="")
    for handed_in in Submission.objects.filter(contract=contract):
        entries = handed_in.data.get("entries", {})
        handed_in.data["entries"] = entries | {n: "" for n in names if n in entries}
        handed_in.data["files"] = dict.fromkeys(handed_in.data.get("files", {}), "—")
        handed_in.save(update_fields=["data"])
    files = OpinionFile.objects.filter(opinion__contract=contract)
    for file in files:
        delete = partial(file.file.storage.delete, str(file.file.name))
        transaction.on_commit(delete)
    files.delete()
