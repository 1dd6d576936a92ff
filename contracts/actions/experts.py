"""Expert opinions on a filing in examination (专家评审)."""

import datetime
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from contracts import queries, rules
from contracts.actions.decision import fire, need_note
from contracts.enums import ExpertView
from contracts.models import Contract, ExpertOpinion, OpinionFile
from torch_portal.accounts.models import User
from torch_portal.common.findings import Finding, Level, Refused
from torch_portal.filings.models import Filing
from torch_portal.filings.uploads import Checked, check_uploads

MOST_FILES = 5


@transaction.atomic
def request_expert_opinion(
    *,
    contract: Contract,
    experts: Sequence[dict[str, str]],
    by: User,
    at: datetime.datetime,
    note: str,
) -> Filing:
    """Ask experts about a large or disputed contract; the longer limit of the place applies.

    experts: {"expert", "unit"}; note: the question (技术合同认定登记管理办法 征求意见稿 第十四条).
    """
    need_note(note)
    if not experts or not all(e.get("expert", "").strip() for e in experts):
        message = _("Name at least one expert, one a line: name, employer.")
        raise Refused([Finding("AF-43", Level.BLOCK, "experts", message, rules.DRAFT_14)])
    filing = contract.filing
    changes = _longer_limit(contract)
    data: dict[str, object] = {"experts": [e["expert"] for e in experts]}
    if "due_on" in changes:
        data["due_on"] = str(changes["due_on"])
    fire(contract, "request_expert_opinion", by=by, at=at, note=note, data=data, **changes)
    ExpertOpinion.objects.bulk_create(
        ExpertOpinion(
            contract=contract,
            expert=e["expert"].strip()[:60],
            unit=e.get("unit", "").strip()[:120],
            question=note,
            asked_at=at,
            asked_by=by,
        )
        for e in experts
    )
    return filing


def _longer_limit(contract: Contract) -> dict[str, datetime.date | bool]:
    """The due date by the limit for expert review, never earlier than the present one."""
    filing = contract.filing
    if filing.accepted_on is None or filing.due_on is None:
        return {}
    due = queries.due(contract, accepted_on=filing.accepted_on, expert=True)
    if due.on <= filing.due_on:
        return {}
    return {"due_on": due.on, "due_provisional": due.provisional}


@transaction.atomic
def record_expert_opinion(
    *,
    contract: Contract,
    expert: str,
    view: str,
    by: User,
    at: datetime.datetime,
    note: str,
    evidence: "Sequence[UploadedFile[Any]]" = (),
) -> ExpertOpinion:
    """Keep what an expert said; one who was not asked before is added. note: the opinion.

    evidence: files that the expert handed in, judged by content; officials alone see it.
    """
    need_note(note)
    checked = _checked(evidence)
    if view not in ExpertView.values or not expert.strip():
        message = _("Choose the expert and the conclusion.")
        raise Refused([Finding("AF-44", Level.BLOCK, "view", message, rules.DRAFT_14)])
    data: dict[str, object] = {"expert": expert, "view": view}
    if checked:
        data["files"] = [{"name": k.name, "sha256": k.sha256} for _upload, k in checked]
    fire(contract, "record_expert_opinion", by=by, at=at, note=note, data=data)
    name = expert.strip()[:60]
    row = contract.opinions.filter(expert=name, given_at__isnull=True).order_by("pk").first()
    row = row or ExpertOpinion(contract=contract, expert=name, asked_at=at, asked_by=by)
    row.view, row.opinion, row.given_at, row.given_by = view, note, at, by
    row.save()
    for upload, known in checked:
        file = OpinionFile(opinion=row, **asdict(known))
        file.file.save(known.name, upload, save=False)
        file.save()
    return row


def _checked(
    uploads: "Sequence[UploadedFile[Any]]",
) -> "list[tuple[UploadedFile[Any], Checked]]":
    checked, bad = check_uploads(uploads[:MOST_FILES])
    if len(uploads) > MOST_FILES:
        bad.append(_("An opinion holds at most %(limit)s files.") % {"limit": MOST_FILES})
    if bad:
        raise Refused([Finding("AF-45", Level.BLOCK, "evidence", m, rules.DRAFT_14) for m in bad])
    return checked
