"""What the enterprise does with the whole filing: submit and withdraw."""

import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts import permissions, queries, rules
from contracts.actions import documents, letters
from contracts.actions.draft import want_parties
from contracts.models import Contract, Submission
from contracts.workflow import WORKFLOW
from torch_portal.accounts.models import Agency, User
from torch_portal.common.findings import Finding, Level, Refused, blocking
from torch_portal.filings import correcting, drafts, engine, numbering
from torch_portal.filings.models import Filing


@transaction.atomic
def submit(
    *, contract: Contract, by: User, at: datetime.datetime, agency: Agency | None = None
) -> Filing:
    """Hand the filing to an agency of the applicant's area: a number and a time limit.

    The limit counts from the day the complete material came in (for a corrected filing from the
    day of correction: 技术合同认定登记管理办法 征求意见稿 第十四条). Raises Refused with every
    blocking finding at once, Stale when somebody else moved the filing first.
    """
    filing = contract.filing
    permissions.check_may_file(by, filing)
    drafts.hold_as_saved(contract)
    agency = agency or filing.agency or _only_agency(contract)
    day = timezone.localdate(at)
    known = queries.facts(contract, day=day, agency=agency)
    edition = queries.edition_on(day, filing.jurisdiction_id)
    found = [*_unread(contract), *_agency_findings(contract, agency), *queries.unsettled(contract)]
    found += rules.check(known, edition, complete=True)
    if blocking(found) or agency is None:
        raise Refused(found)
    due = queries.due(contract, accepted_on=day, edition=edition)
    answers = correcting.close(filing, at, partial(queries.entry_text, contract))
    engine.fire(
        filing,
        WORKFLOW,
        "submit",
        by=by,
        at=at,
        facts_digest=engine.digest(queries.facts_digestible(known)),
        data={"warnings": [f.code for f in found], "due_on": due.on.isoformat()} | answers,
        agency=agency,
        number=filing.number or filing_number(agency, day),
        submitted_at=filing.submitted_at or at,
        accepted_on=day,
        due_on=due.on,
        due_provisional=due.provisional,
        overdue_flagged_on=None,
        edition=edition.code,
    )
    Submission.objects.create(
        contract=contract, seq=filing.version, at=at, data=queries.taken(contract)
    )
    want_parties(contract, at)
    letters.received(contract, at)
    documents.receipt(contract, by, at)
    return filing


def filing_number(agency: Agency, day: datetime.date) -> str:
    """A number to quote, from the day of the first submission: HT-2020-330100-000012."""
    serial = numbering.take(f"filing:contracts:{agency.code}:{day.year}")
    return f"HT-{day.year}-{agency.code}-{serial:06d}"


def _only_agency(contract: Contract) -> Agency | None:
    agencies = queries.agencies_for(contract)
    return agencies[0] if len(agencies) == 1 else None


def _unread(contract: Contract) -> list[Finding]:
    """An entry that was typed but could not be read stops the filing too."""
    message = _("This entry cannot be read; correct it on its page.")
    clause = "技术合同登记表填写说明"
    return [Finding("VH-24", Level.BLOCK, name, message, clause) for name in contract.typed]


def _agency_findings(contract: Contract, agency: Agency | None) -> list[Finding]:
    if agency is None:
        message = _("Choose the registration agency that shall examine the contract.")
    elif not agency.active:
        message = _("This agency takes no filings now. Choose another one.")
    else:
        return []
    return [Finding("VH-03", Level.BLOCK, "agency", message, "国科发政字〔2000〕063号")]


def withdraw(*, contract: Contract, by: User, at: datetime.datetime, note: str = "") -> Filing:
    """End the filing without a decision, as long as none was taken."""
    permissions.check_may_file(by, contract.filing)
    with transaction.atomic():
        engine.fire(contract.filing, WORKFLOW, "withdraw", by=by, at=at, note=note, due_on=None)
    return contract.filing
