"""The good or bad rating of a finished matter (好差评, 国办发〔2019〕51号), and the reply to it."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from torch_portal.accounts.models import User
from torch_portal.accounts.roles import Denied, Person, check_filer, is_official, standing
from torch_portal.common.findings import Finding, Level, Refused
from torch_portal.common.workdays import Limit, Unit, foreseen
from torch_portal.filings.enums import Grade, Stage
from torch_portal.filings.models import Filing, Rating
from torch_portal.filings.queries import calendar_for

CLAUSE = "国办发〔2019〕51号"
BAD = (Grade.DISSATISFIED, Grade.VERY_DISSATISFIED)
RATED = (Stage.GRANTED, Stage.REFUSED, Stage.ENDED)
REPLY = Limit(15, Unit.WORKING, CLAUSE)


def can_be_rated(filing: Filing) -> bool:
    """A matter that was decided, and was not rated yet: one rating for each (一事一评)."""
    return (
        filing.stage in RATED
        and filing.decided_at is not None
        and not Rating.objects.filter(pk=filing.pk).exists()
    )


@transaction.atomic
def rate(
    *, filing: Filing, grade: int, reason: str = "", by: User, at: datetime.datetime
) -> Rating:
    """Rate a finished matter, once; a bad rating needs a reason and gets a reply within 15
    working days.

    Raises Denied, or Refused with everything at once.
    """
    check_filer(by, filing.enterprise_id)
    Filing.objects.select_for_update(no_key=True).get(pk=filing.pk)
    found = _findings(filing, grade, reason)
    if found:
        raise Refused(found)
    day = timezone.localdate(at)
    due = None
    if grade in BAD:
        due = foreseen(day, REPLY, calendar=calendar_for(filing.jurisdiction_id))
    return Rating.objects.create(
        filing=filing,
        grade=grade,
        reason=reason.strip(),
        rated_at=at,
        rated_by=by,
        reply_due_on=due.on if due else None,
    )


def _findings(filing: Filing, grade: int, reason: str) -> list[Finding]:
    if not can_be_rated(filing):
        message = _("Only a decided matter can be rated, and each only once.")
        return [Finding("RATE-01", Level.BLOCK, "", message, CLAUSE)]
    if grade not in Grade.values:
        return [Finding("RATE-02", Level.BLOCK, "grade", _("Choose one of the grades."), CLAUSE)]
    if grade in BAD and not reason.strip():
        message = _("Say what was not good: the agency has to answer it.")
        return [Finding("RATE-03", Level.BLOCK, "reason", message, CLAUSE)]
    return []


def check_may_reply(user: Person, rating: Rating) -> None:
    """Officials of the area, except who decided the matter; raises Denied."""
    if not is_official(user) or not Rating.objects.visible_to(user).filter(pk=rating.pk).exists():
        raise Denied(_("Officials of the area reply, and nobody to a rating of their own work."))
    if rating.filing.enterprise_id in standing(user).member_of:
        raise Denied(_("You belong to this enterprise, so somebody else has to reply."))


def reply(*, rating: Rating, text: str, by: User, at: datetime.datetime) -> Rating:
    """Answer a rating in the agency's name, once; the enterprise reads it. Raises Refused."""
    check_may_reply(by, rating)
    if not text.strip():
        message = _("Write what was done about it.")
        raise Refused([Finding("RATE-04", Level.BLOCK, "reply", message, CLAUSE)])
    written = Rating.objects.filter(pk=rating.pk, replied_at__isnull=True).update(
        reply=text.strip(), replied_at=at, replied_by=by
    )
    if not written:
        message = _("Somebody replied to it already.")
        raise Refused([Finding("RATE-05", Level.BLOCK, "reply", message, CLAUSE)])
    rating.refresh_from_db()
    return rating


def flag_overdue(*, at: datetime.datetime) -> int:
    """Note each bad rating without a reply in time, once; how many."""
    day = timezone.localdate(at)
    late = Rating.objects.filter(
        reply_due_on__lt=day, replied_at__isnull=True, overdue_flagged_on__isnull=True
    )
    return late.update(overdue_flagged_on=day)


def figures(user: Person, today: datetime.date) -> dict[str, Any]:
    """How the ratings that this official may see stand: by grade, bad ones open and late."""
    open_ = Q(reply_due_on__isnull=False, replied_at__isnull=True)
    counted = Rating.objects.visible_to(user).aggregate(
        total=Count("pk"),
        bad=Count("pk", filter=Q(grade__in=BAD)),
        open=Count("pk", filter=open_),
        late=Count("pk", filter=open_ & Q(reply_due_on__lt=today)),
        **{f"grade_{g.value}": Count("pk", filter=Q(grade=g)) for g in Grade},
    )
    return {
        **{name: counted[name] for name in ("total", "bad", "open", "late")},
        "grades": [(g.label, counted[f"grade_{g.value}"]) for g in Grade],
    }
