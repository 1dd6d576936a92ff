"""The pattern of every matter after a decision: begin, take back, close; files lie beside it."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts import permissions, queries
from contracts.enums import FollowUpState
from contracts.models import Contract, FollowUp
from contracts.workflow import PROCEDURES, WORKFLOW, Procedure
from torch_portal.accounts.models import User
from torch_portal.common.findings import Finding, Level, Refused
from torch_portal.filings import actions as filing_actions
from torch_portal.filings import engine
from torch_portal.filings.drafts import hold
from torch_portal.filings.transitions import Stale

Files = Sequence["UploadedFile[Any]"]
BY_THE_LIMIT = frozenset({"filer"})


@transaction.atomic
def begin(
    *,
    contract: Contract,
    kind: str,
    entries: dict[str, Any],
    by: User,
    at: datetime.datetime,
    files: Files = (),
) -> FollowUp:
    """Open a matter while the filing stands where its procedure begins; one of a kind at a time.

    entries: columns of the row, `reason` among them. Raises Refused with everything that is
    missing, BadUpload for a file that cannot be taken.
    """
    procedure = PROCEDURES[kind]
    _check_person(by, contract, procedure)
    _check(contract, hold(contract.filing), procedure, entries, files)
    followup = FollowUp.objects.create(
        contract=contract,
        kind=kind,
        opened_at=at,
        opened_by=by,
        due_on=_due_on(contract, procedure, timezone.localdate(at)),
        **entries,
    )
    keep_files(followup, files, by=by, at=at)
    engine.record(
        contract.filing,
        f"{kind}_opened",
        by=by,
        at=at,
        note=followup.reason,
        data={"matter": followup.pk, "changes": followup.changes},
    )
    return followup


def _check_person(by: User, contract: Contract, procedure: Procedure) -> None:
    check = {
        "filer": permissions.check_may_file,
        "reviewer": permissions.check_may_review,
        "official": permissions.check_may_hear,
    }
    check[procedure.begun_by](by, contract.filing)


def check_possible(contract: Contract, kind: str) -> None:
    """Refused when the filing does not stand where a matter of this kind begins."""
    found = _out_of_place(contract.filing.state, PROCEDURES[kind])
    if found:
        raise Refused(found)


def _out_of_place(state: str, procedure: Procedure) -> list[Finding]:
    if state in procedure.sources:
        return []
    message = _("This is not possible now: the filing is “%(state)s”.")
    return [_finding("AF-01", "", message, procedure, state=WORKFLOW.labels[state])]


def _check(
    contract: Contract, state: str, procedure: Procedure, entries: dict[str, Any], files: Files
) -> None:
    found = _out_of_place(state, procedure)
    waiting = FollowUp.objects.waiting().filter(contract=contract, kind=procedure.kind)
    if not found and waiting.exists():
        message = _("A matter of this kind is open already. Wait for its decision or withdraw it.")
        found.append(_finding("AF-02", "", message, procedure))
    if not str(entries.get("reason", "")).strip():
        message = _("Say why, in words that the agency can examine.")
        found.append(_finding("AF-03", "reason", message, procedure))
    if procedure.proof and not files:
        message = _("Attach the proof: PDF or pictures.")
        found.append(_finding("AF-04", "files", message, procedure))
    if found:
        raise Refused(found)


def _finding(code: str, field: str, message: str, procedure: Procedure, **values: Any) -> Finding:
    return Finding(code, Level.BLOCK, field, message, procedure.clause, values)


def _due_on(contract: Contract, procedure: Procedure, day: datetime.date) -> datetime.date | None:
    """A request of the enterprise is decided within the limit of the edition; others have none."""
    if procedure.begun_by not in BY_THE_LIMIT or procedure.decided_by != "reviewer":
        return None
    return queries.due(contract, accepted_on=day).on


def keep_files(followup: FollowUp, files: Files, *, by: User, at: datetime.datetime) -> None:
    """Keep the files with the filing, under the kind of this matter."""
    for upload in files:
        filing_actions.attach(
            filing=followup.contract.filing,
            kind=followup.file_kind,
            upload=upload,
            by=by,
            at=at,
            apart=True,
        )


def close(
    followup: FollowUp, state: str, *, by: User, at: datetime.datetime, note: str
) -> FollowUp:
    """Settle a matter and leave its end as an event. The caller owns the transaction."""
    settle(followup, state, by=by, at=at, note=note)
    engine.record(
        followup.contract.filing,
        f"{followup.kind}_{state}",
        by=by,
        at=at,
        note=note,
        data={"matter": followup.pk},
    )
    return followup


def settle(
    followup: FollowUp, state: str, *, by: User, at: datetime.datetime, note: str
) -> FollowUp:
    """Claim an open matter for its end, where a move of the filing is the event that tells it.

    Raises Stale when it was closed meanwhile.
    """
    claimed = (
        FollowUp.objects.waiting()
        .filter(pk=followup.pk)
        .update(state=state, answer=note, decided_at=at, decided_by=by)
    )
    if not claimed:
        raise Stale(_("This matter was closed meanwhile. Nothing of yours was changed."))
    followup.refresh_from_db(fields=["state", "answer", "decided_at", "decided_by"])
    return followup


@transaction.atomic
def withdraw_request(
    *, followup: FollowUp, by: User, at: datetime.datetime, note: str = ""
) -> FollowUp:
    """Whoever began a matter takes it back, as long as it is not decided."""
    procedure = PROCEDURES[followup.kind]
    if procedure.begun_by == "reviewer":
        raise Stale(_("A notice is not withdrawn but dropped, with a reason."))
    _check_person(by, followup.contract, procedure)
    hold(followup.contract.filing)
    return close(followup, FollowUpState.WITHDRAWN, by=by, at=at, note=note)
