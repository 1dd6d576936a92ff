"""What the enterprise does with the whole evaluation: submit, withdraw, give up the number."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sme_eval import permissions, queries
from sme_eval.actions import corrections, documents, letters
from sme_eval.actions.reviewing import fire, need_note
from sme_eval.models import Evaluation
from sme_eval.workflow import MEASURES, WORKFLOW
from torch_portal.accounts.models import Agency, Enterprise, User
from torch_portal.certificates import actions as certificates
from torch_portal.certificates.enums import Status
from torch_portal.common.findings import Finding, Level, Refused, blocking
from torch_portal.common.workdays import foreseen
from torch_portal.filings import drafts, engine, numbering
from torch_portal.filings.models import Filing
from torch_portal.filings.queries import calendar_for


@transaction.atomic
def submit(
    *, evaluation: Evaluation, by: User, at: datetime.datetime, agency: Agency | None = None
) -> Filing:
    """Hand the form to the evaluation agency of the place.

    A corrected form counts as a first filing: its moment decides the window and character 11 of
    the number (国科发火〔2018〕11号). Raises Refused with every blocking finding at once, Stale
    when somebody else moved the filing first.
    """
    filing = evaluation.filing
    permissions.check_may_file(by, filing)
    drafts.hold_as_saved(evaluation)
    Enterprise.objects.select_for_update(no_key=True).get(pk=evaluation.enterprise_id)
    agencies = queries.agencies_for(evaluation)
    agency = agency or filing.agency or (agencies[0] if len(agencies) == 1 else None)
    found = [*_no_agency(agency, agencies), *queries.unsettled(evaluation)]
    found += queries.findings(evaluation, at=at)
    if blocking(found) or agency is None:
        raise Refused(found)
    edition = queries.edition_on(timezone.localdate(at))
    due = foreseen(
        timezone.localdate(at), queries.REVIEW_LIMIT, calendar=calendar_for(filing.jurisdiction_id)
    )
    answers = corrections.close(evaluation, at)
    engine.fire(
        filing,
        WORKFLOW,
        "submit",
        by=by,
        at=at,
        facts_digest=engine.digest(queries.digestible(evaluation, at=at)),
        data={"findings": [f.code for f in found], "due_on": due.on.isoformat()} | answers,
        agency=agency,
        number=filing.number or filing_number(evaluation),
        submitted_at=filing.submitted_at or at,
        accepted_on=timezone.localdate(at),
        due_on=due.on,
        due_provisional=due.provisional,
        overdue_flagged_on=None,
        edition=edition.code,
    )
    Evaluation.objects.filter(pk=evaluation.pk).update(filed_at=at, year=edition.year)
    evaluation.filed_at, evaluation.year = at, edition.year
    letters.received(evaluation, at)
    documents.receipt(evaluation, by, at)
    return filing


def filing_number(evaluation: Evaluation) -> str:
    """系统填报号, 22 characters: KX, year, division of the seat, serial of the jurisdiction."""
    filing = evaluation.filing
    serial = numbering.take(f"filing:sme_eval:{filing.jurisdiction_id}:{evaluation.year}")
    return f"KX{evaluation.year}{evaluation.enterprise.division}{serial:010d}"


def _no_agency(agency: Agency | None, agencies: list[Agency]) -> list[Finding]:
    if agency in agencies:
        return []
    message = (
        _("Choose the evaluation agency of your place.")
        if agencies
        else _("No evaluation agency covers the place of the enterprise. Call the hotline.")
    )
    return [Finding("agency", Level.BLOCK, "agency", message, MEASURES)]


@transaction.atomic
def withdraw(*, evaluation: Evaluation, by: User, at: datetime.datetime, note: str = "") -> Filing:
    """End the evaluation before it is publicised; the year is free again."""
    filing = evaluation.filing
    permissions.check_may_file(by, filing)
    engine.fire(filing, WORKFLOW, "withdraw", by=by, at=at, note=note, due_on=None)
    return filing


@transaction.atomic
def resign(*, evaluation: Evaluation, by: User, at: datetime.datetime, note: str) -> Filing:
    """自行申请撤销: after a self-check it gives the number up (国科发火〔2018〕92号)."""
    need_note(note)
    fire(evaluation, "resign", by=by, at=at, note=note)
    end_number(evaluation, by, at)
    letters.resigned(evaluation, at)
    return evaluation.filing


def end_number(evaluation: Evaluation, by: User, at: datetime.datetime) -> None:
    """The number counts no longer from this day on; a proof sheet shows it."""
    day = timezone.localdate(at)
    Evaluation.objects.filter(pk=evaluation.pk).update(ended_on=day)
    evaluation.ended_on = day
    for proof in evaluation.filing.certificates.filter(status=Status.VALID):
        certificates.end(certificate=proof, status=Status.REVOKED, by=by, at=at)
