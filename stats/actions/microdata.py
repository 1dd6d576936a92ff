"""Single returns leave the portal only under a permission of their own, and every time is logged.

统计法 第二十五条: what can be told of a single respondent is given to nobody without need.
"""

import datetime
import hashlib

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stats import permissions
from stats.models import MicroAccess, MicroGrant, Round
from stats.queries import wide
from torch_portal.accounts.models import User
from torch_portal.accounts.roles import Denied, standing
from torch_portal.common.findings import Finding, Level, Refused

CLAUSE = "统计法 第二十五条"
LONGEST_DAYS = 366
SHORTEST = 10


@transaction.atomic
def grant(
    *, survey_round: Round, person: User, purpose: str, until: datetime.date, by: User,
    at: datetime.datetime,
) -> MicroGrant:  # fmt: skip
    """Let one person in office take the single returns of a round along, for a purpose and a time.

    By the Torch Center and never for oneself. Refused with all that is wrong.
    """
    permissions.check_torch(by)
    day, found = timezone.localdate(at), []
    if person.pk == by.pk:
        found.append(_stop("own", "person", _("Somebody else has to grant it to you.")))
    if not standing(person).in_office:
        found.append(_stop("office", "person", _("Only people in office can have micro-data.")))
    if len(purpose.strip()) < SHORTEST:
        message = _("Say what for, in at least %(least)s characters.")
        found.append(_stop("purpose", "purpose", message, least=SHORTEST))
    if not day <= until <= day + datetime.timedelta(days=LONGEST_DAYS):
        message = _("The last day lies between today and %(days)s days from now.")
        found.append(_stop("until", "until", message, days=LONGEST_DAYS))
    if found:
        raise Refused(found)
    return MicroGrant.objects.create(
        round=survey_round,
        given_to=person,
        purpose=purpose.strip(),
        until=until,
        granted_at=at,
        granted_by=by,
    )


def _stop(code: str, field: str, message: str, **values: object) -> Finding:
    return Finding(code, Level.BLOCK, field, message, CLAUSE, values)


def end_grant(*, grant: MicroGrant, by: User, at: datetime.datetime) -> None:
    """The permission counts no longer; ended twice is ended once."""
    permissions.check_torch(by)
    MicroGrant.objects.filter(pk=grant.pk, ended_at__isnull=True).update(ended_at=at, ended_by=by)


def take(*, survey_round: Round, by: User, at: datetime.datetime) -> tuple[bytes, MicroAccess]:
    """The wide workbook of a round, as far as this person sees its returns; the access is kept.

    Denied without a permission that counts today.
    """
    held = MicroGrant.objects.filter(
        round=survey_round, given_to=by, ended_at__isnull=True, until__gte=timezone.localdate(at)
    ).order_by("-until")
    permission = held.first()
    if permission is None:
        raise Denied(_("Single returns need a permission for micro-data. Ask the Torch Center."))
    rows, content = wide.workbook(survey_round, by)
    entry = MicroAccess.objects.create(
        grant=permission,
        rows=rows,
        sha256=hashlib.sha256(content).hexdigest(),
        taken_at=at,
        taken_by=by,
    )
    return content, entry
