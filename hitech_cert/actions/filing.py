"""What the enterprise does with the whole application: submit, withdraw."""

import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hitech_cert import permissions, queries
from hitech_cert.actions import documents, letters, saving
from hitech_cert.enums import Channel
from hitech_cert.models import Application
from hitech_cert.workflow import NOTICE, WORKFLOW
from torch_portal.accounts.models import Agency, Enterprise, User
from torch_portal.common.findings import Finding, Level, Refused, blocking
from torch_portal.filings import correcting, drafts, engine, numbering
from torch_portal.filings.models import Filing


@transaction.atomic
def submit(
    *, application: Application, by: User, at: datetime.datetime, agency: Agency | None = None
) -> Filing:
    """Hand the application to the bureau of the place, into the batch that is open.

    Raises Refused with every blocking finding at once, Stale when somebody else moved the filing
    first.
    """
    permissions.check_may_file(by, application.filing)
    return hand_in(application=application, by=by, at=at, agency=agency)


def hand_in(
    *,
    application: Application,
    by: User,
    at: datetime.datetime,
    agency: Agency | None = None,
    received_at: datetime.datetime | None = None,
) -> Filing:
    """The submission itself; the caller has checked who, and owns the transaction.

    received_at: when a package came by e-mail; that moment decides the batch and all limits.
    """
    filing, moment = application.filing, received_at or at
    drafts.hold_as_saved(application)
    saving.read_again(application)
    Enterprise.objects.select_for_update(no_key=True).get(pk=application.enterprise_id)
    agencies = queries.agencies_for(application)
    agency = agency or filing.agency or (agencies[0] if len(agencies) == 1 else None)
    intake = queries.intake_at(application, moment)
    found = [*_no_agency(agency, agencies), *queries.unsettled(application)]
    found += queries.findings(application, at=moment)
    if blocking(found) or agency is None or intake is None:
        raise Refused(found)
    digest = engine.digest(queries.digestible(application, at=moment))
    answers = correcting.close(filing, at, partial(queries.entry_text, application))
    edition = queries.edition_of(application, timezone.localdate(moment))
    engine.fire(
        filing,
        WORKFLOW,
        "submit",
        by=by,
        at=at,
        facts_digest=digest,
        data={"findings": [f.code for f in found], "intake": intake.title} | answers,
        agency=agency,
        number=filing.number or filing_number(application),
        submitted_at=filing.submitted_at or at,
        due_on=intake.recommend_by,
        due_provisional=False,
        overdue_flagged_on=None,
        edition=edition.code,
    )
    came = Channel.EMAIL if received_at else application.channel
    filed = {"filed_at": moment, "intake": intake, "channel": came}
    filed |= {"received_at": received_at} if received_at else {}
    Application.objects.filter(pk=application.pk).update(**filed)
    for name, value in filed.items():
        setattr(application, name, value)
    letters.received(application, at)
    documents.receipt(application, by, at)
    return filing


def filing_number(application: Application) -> str:
    """The number of the portal: GQ, year, division of the seat, serial of the jurisdiction."""
    filing = application.filing
    serial = numbering.take(f"filing:hitech_cert:{filing.jurisdiction_id}:{application.year}")
    return f"GQ{application.year}{application.enterprise.division}{serial:06d}"


def _no_agency(agency: Agency | None, agencies: list[Agency]) -> list[Finding]:
    if agency in agencies:
        return []
    message = (
        _("Choose the bureau of your place.")
        if agencies
        else _("No bureau covers the place of the enterprise. Call the hotline.")
    )
    return [Finding("agency", Level.BLOCK, "agency", message, NOTICE)]


@transaction.atomic
def withdraw(
    *, application: Application, by: User, at: datetime.datetime, note: str = ""
) -> Filing:
    """End the application before the expert review; the year is free again."""
    filing = application.filing
    permissions.check_may_file(by, filing)
    engine.fire(filing, WORKFLOW, "withdraw", by=by, at=at, note=note, due_on=None)
    return filing
