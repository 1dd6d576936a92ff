"""The verifiable record of a certification: what the portal holds. It is not the certificate."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hitech_cert import permissions
from hitech_cert.enums import STANDING
from hitech_cert.models import Application
from hitech_cert.queries.record import RECORD, record_content
from torch_portal.accounts.models import User
from torch_portal.certificates import actions as certificates
from torch_portal.certificates import queries as issued
from torch_portal.certificates.enums import Status
from torch_portal.certificates.models import Certificate
from torch_portal.common.findings import Refused, blocking
from torch_portal.filings.drafts import hold
from torch_portal.filings.transitions import Stale


@transaction.atomic
def issue_record(*, application: Application, by: User, at: datetime.datetime) -> Certificate:
    """认定信息核验单, made when the enterprise asks for it; the one already made if it still holds.

    The paper certificate of the certification body alone counts (195号 二(六)). Raises Stale
    when there is no valid certificate, Refused when a character cannot be printed.
    """
    permissions.check_may_file(by, application.filing)
    state = hold(application.filing)
    known = issued.current(application.pk, RECORD)
    if known is not None and known.status == Status.VALID:
        return known
    if state not in STANDING or application.certificate_number is None:
        raise Stale(_("Only a certified enterprise gets a record of it."))
    return make_record(application, by, at)


def make_record(
    application: Application,
    by: User,
    at: datetime.datetime,
    supersedes: Certificate | None = None,
) -> Certificate:
    """Freeze what the portal holds now under the certificate number."""
    content = record_content(application, timezone.localdate(at))
    found = blocking(certificates.missing_characters(content))
    if found:
        raise Refused(found)
    return certificates.issue(
        filing=application.filing,
        template=RECORD,
        number=application.certificate_number or "",
        content=content,
        by=by,
        at=at,
        supersedes=supersedes,
    )


def renew_record(application: Application, by: User, at: datetime.datetime) -> None:
    """A new version after a change of name, where there was a record; the number stays."""
    known = issued.current(application.pk, RECORD)
    if known is not None and known.status == Status.VALID:
        make_record(application, by, at, supersedes=known)


def end_record(application: Application, by: User, at: datetime.datetime) -> None:
    """The certificate counts no longer: whoever verifies the record sees it."""
    for known in application.filing.certificates.filter(template=RECORD, status=Status.VALID):
        certificates.end(certificate=known, status=Status.REVOKED, by=by, at=at)
