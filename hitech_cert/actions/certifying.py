"""Taking number and day of issue over: the move, the term, the qualification, the letter."""

import datetime
from collections.abc import Sequence

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hitech_cert import permissions
from hitech_cert.actions import letters_after as letters
from hitech_cert.actions.moving import block
from hitech_cert.models import Application, NationalList, NationalRow
from hitech_cert.queries import national as reads
from hitech_cert.rules import term
from hitech_cert.rules.national import judge
from hitech_cert.workflow import GUIDE, WORKFLOW
from torch_portal.accounts.models import User
from torch_portal.common.codes import normalise
from torch_portal.common.findings import Refused
from torch_portal.filings import engine
from torch_portal.filings.drafts import hold
from torch_portal.filings.enums import QualificationKind
from torch_portal.filings.models import Filing, Qualification

CLAUSE = f"{GUIDE} 二(六)"
CERTIFY = """
UPDATE hitech_cert_application AS a
SET certificate_number = given.number, issued_on = given.issued_on, valid_to = given.valid_to
FROM unnest(%s::bigint[], %s::text[], %s::date[], %s::date[])
    AS given(id, number, issued_on, valid_to)
WHERE a.filing_id = given.id
"""
Taken = tuple[Application, str, datetime.date]


def certify_many(
    taken: Sequence[Taken], source: str, by: User, at: datetime.datetime
) -> list[Application]:
    """Number, day and term for each, the qualification and a letter; some ten statements."""
    data = {
        application.pk: {"number": number, "issued_on": day.isoformat(), "source": source}
        for application, number, day in taken
    }
    filings = [application.filing for application, _number, _day in taken]
    moved = engine.fire_many(
        filings, WORKFLOW, "certify", by=by, at=at, data=data, decided_at=at, decided_by=by
    )
    ids = {filing.pk for filing in moved}
    done = [one for one in taken if one[0].pk in ids]
    if not done:
        return []
    ends = [term(day).valid_to for _application, _number, day in done]
    with connection.cursor() as cursor:
        columns = zip(*((a.pk, number, day) for a, number, day in done), strict=True)
        cursor.execute(CERTIFY, [*(list(column) for column in columns), ends])
    for (application, number, day), end in zip(done, ends, strict=True):
        application.certificate_number, application.issued_on = number, day
        application.valid_to = end
    _qualify(done, source, by, at)
    rows = [application for application, _number, _day in done]
    letters.certified(rows, rows[0].filing.jurisdiction_id, at)
    return rows


def _qualify(done: Sequence[Taken], source: str, by: User, at: datetime.datetime) -> None:
    """What other services go by, so that nothing has to be proved again there."""
    Qualification.objects.bulk_create(
        [
            Qualification(
                enterprise_id=application.enterprise_id,
                kind=QualificationKind.HNTE_CERTIFICATE,
                number=number,
                valid_from=day,
                valid_to=application.valid_to or day,
                source=source[:120],
                recorded_at=at,
                recorded_by=by,
            )
            for application, number, day in done
        ],
        batch_size=1000,
        ignore_conflicts=True,
    )


@transaction.atomic
def certify(
    *,
    application: Application,
    number: str,
    issued_on: datetime.date,
    source: str,
    by: User,
    at: datetime.datetime,
) -> Filing:
    """Take over number and day of one application by hand, from the list or the paper.

    Raises Refused with everything that is wrong, Stale when it is not reported.
    """
    filing = application.filing
    permissions.check_may_move(by, filing, WORKFLOW.moves["certify"])
    hold(filing)
    engine.check_possible(filing, WORKFLOW, "certify")
    plain = normalise(number)
    national = NationalList(jurisdiction_id=filing.jurisdiction_id)
    code = application.enterprise.credit_code
    row = NationalRow(place=1, credit_code=code, number=plain, issued_on=issued_on)
    around = reads.ground(national, [row], timezone.localdate(at))
    said = reads.listed(row, None)
    firm = next(firm for firm in around.firms if firm.id == application.enterprise_id)
    found = judge(said, firm, around)
    refused = []
    if found.problem is not None:
        field = "issued_on" if found.trouble == "day" else "number"
        values = dict(found.problem.values)
        refused.append(block(field, found.problem.message, CLAUSE, **values))
    if not source.strip():
        refused.append(block("source", _("Enter where number and day were announced."), CLAUSE))
    if refused:
        raise Refused(refused)
    certify_many([(application, plain, issued_on)], source.strip(), by, at)
    return filing
