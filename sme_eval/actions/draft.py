"""What the enterprise does before it submits: begin, save, attach, answer."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from sme_eval import permissions, queries
from sme_eval.models import Evaluation, IpRight, Project, RouteProof
from sme_eval.workflow import WORKFLOW
from torch_portal.accounts.models import Enterprise, User
from torch_portal.accounts.roles import check_filer
from torch_portal.filings import drafts, engine
from torch_portal.filings.models import Attachment, CorrectionItem

TABLES: dict[str, Any] = {"projects": Project, "ip_rights": IpRight, "routes": RouteProof}
Rows = Mapping[str, Sequence[Mapping[str, Any]]]


@transaction.atomic
def start(*, enterprise: Enterprise, by: User, at: datetime.datetime) -> Evaluation:
    """Open a draft of the year, with what the portal knows of the enterprise already.

    From the account: its address and legal representative. From its last evaluation: what
    seldom changes, the rights that are still valid and the products. A high-tech certificate in
    the register that is valid today is put in as a way of direct confirmation.
    """
    check_filer(by, enterprise.pk)
    day = timezone.localdate(at)
    filing = engine.open_filing(WORKFLOW, enterprise=enterprise, by=by, at=at)
    known, rows = queries.known_before(enterprise, day)
    evaluation = Evaluation.objects.create(
        filing=filing, enterprise=enterprise, year=day.year, saved_at=at, **known
    )
    _replace(evaluation, rows)
    return evaluation


def save_draft(
    *,
    evaluation: Evaluation,
    values: Mapping[str, Any],
    by: User,
    at: datetime.datetime,
    typed: dict[str, Any] | None = None,
    rows: Rows | None = None,
    seen: int | None = None,
) -> Evaluation:
    """Keep what was entered; each table that `rows` names is replaced by its rows.

    `typed` holds entries that could not be read, word for word. `seen` is the save that the
    person started from: Conflict when another one came between, and nothing is overwritten.
    """
    permissions.check_may_file(by, evaluation.filing)
    drafts.check_editable(evaluation.filing.state, WORKFLOW)
    known = evaluation.saved_version if seen is None else seen
    columns = {**values, "saved_at": at}
    if typed is not None:
        columns["typed"] = typed
    with transaction.atomic():
        drafts.check_editable(drafts.hold(evaluation.filing), WORKFLOW)
        drafts.claim_save(evaluation, known, columns)
        _replace(evaluation, rows or {})
    return evaluation


def _replace(evaluation: Evaluation, rows: Rows) -> None:
    for name, listed in rows.items():
        table = TABLES[name]
        table.objects.filter(evaluation=evaluation).delete()
        table.objects.bulk_create(table(evaluation=evaluation, **row) for row in listed)
    evaluation.__dict__.pop("_prefetched_objects_cache", None)


def attach(
    *,
    evaluation: Evaluation,
    kind: str,
    upload: "UploadedFile[Any]",
    by: User,
    at: datetime.datetime,
) -> Attachment:
    """Keep a file with the draft; BadUpload when its content is not acceptable."""
    return drafts.attach(
        workflow=WORKFLOW, filing=evaluation.filing, kind=kind, upload=upload, by=by, at=at
    )


def detach(
    *, evaluation: Evaluation, attachment: Attachment, by: User, at: datetime.datetime
) -> None:
    """Take a file out of the draft."""
    drafts.detach(workflow=WORKFLOW, attachment=attachment, by=by, at=at)


def answer_correction(*, item: CorrectionItem, answer: str, by: User) -> None:
    """Write beside an item of the correction list what was done about it."""
    drafts.answer_correction(item=item, workflow=WORKFLOW, answer=answer, by=by)
