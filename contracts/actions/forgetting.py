"""Forgetting the people and parties of a contract that came to nothing."""

import datetime
import functools

from django.db import transaction

from contracts.enums import Applicant
from contracts.models import Contract, OpinionFile, Submission
from contracts.queries import forgettable
from torch_portal.filings import actions as filings
from torch_portal.filings.drafts import hold

# The other side and the people behind a patent; the enterprise's own side and figures stay.
PERSONAL = ("patent_applicant", "patentee")
SIDES = {
    Applicant.SELLER: ("buyer_name", "buyer_code", "intermediary_name"),
    Applicant.BUYER: ("seller_name", "seller_code", "intermediary_name"),
    Applicant.INTERMEDIARY: ("seller_name", "seller_code", "buyer_name", "buyer_code"),
}


def forget(*, stage: str, before: datetime.date, day: datetime.date, at: datetime.datetime) -> int:
    """Empty what is personal in all that `forgettable` names; answers how many. Twice is once.

    Each in a transaction of its own, looked at again while held: whoever takes a draft up in
    between keeps it. Events and certificates are not touched (个人信息保护法 第四十七条).
    """
    count = 0
    for pk in list(forgettable(stage, before).values_list("pk", flat=True)):
        with transaction.atomic():
            contract = Contract.objects.select_related("filing").get(pk=pk)
            hold(contract.filing)
            contract.filing.refresh_from_db()
            if not forgettable(stage, before).filter(pk=pk).exists():
                continue
            _empty(contract)
            filings.forget_contents(filing=contract.filing, day=day, at=at)
            count += 1
    return count


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
        delete = functools.partial(file.file.storage.delete, str(file.file.name))
        transaction.on_commit(delete)
    files.delete()
