"""The proof sheet of an entry: made when the enterprise asks for it, verifiable by everybody."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sme_eval import permissions, queries
from sme_eval.enums import STANDING
from sme_eval.models import Evaluation
from torch_portal.accounts.models import User
from torch_portal.certificates import actions as certificates
from torch_portal.certificates import queries as issued
from torch_portal.certificates.models import Certificate
from torch_portal.common.findings import Refused, blocking
from torch_portal.filings.drafts import hold
from torch_portal.filings.transitions import Stale


@transaction.atomic
def issue_proof(*, evaluation: Evaluation, by: User, at: datetime.datetime) -> Certificate:
    """入库登记证明: what the library says of the enterprise; the one already made if there is one.

    It is no certificate: the announced number alone counts (国科发政〔2017〕115号). Raises Stale
    when the number does not count any more, Refused when a character cannot be printed.
    """
    permissions.check_may_file(by, evaluation.filing)
    state = hold(evaluation.filing)
    known = issued.current(evaluation.pk, queries.PROOF)
    if known is not None:
        return known
    if state not in STANDING or evaluation.number is None:
        raise Stale(_("Only an enterprise in the library gets a proof sheet."))
    content = queries.proof_content(evaluation, timezone.localdate(at))
    found = blocking(certificates.missing_characters(content))
    if found:
        raise Refused(found)
    return certificates.issue(
        filing=evaluation.filing,
        template=queries.PROOF,
        number=evaluation.number,
        content=content,
        by=by,
        at=at,
    )
