"""Review (复核): opened by an official, or by the clock when two yearly reports are missing."""

import datetime

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from hitech_cert import permissions
from hitech_cert.actions import letters_after as letters
from hitech_cert.actions.cancelling import notice
from hitech_cert.actions.moving import block
from hitech_cert.actions.reviewing import need_note
from hitech_cert.enums import STANDING
from hitech_cert.enums.after import CancelGround, ReviewReason, ReviewState
from hitech_cert.models import Application, Review
from hitech_cert.queries.after import standing_on, years_missing
from hitech_cert.queries.decided import with_cover
from hitech_cert.rules.after import MISSING_MOST, review_years
from hitech_cert.workflow import GUIDE, MEASURES
from torch_portal.accounts.models import User
from torch_portal.common.findings import Refused
from torch_portal.filings import engine
from torch_portal.filings.drafts import hold
from torch_portal.filings.transitions import Stale

CLAUSE = f"{MEASURES} 第十六条; {GUIDE} 五(三)"
AT_ONCE = 500


@transaction.atomic
def open_review(
    *,
    application: Application,
    department: str,
    year: int | None,
    by: User,
    at: datetime.datetime,
    note: str,
) -> Review:
    """复核 asked for by a department: the year in question and the two before are looked at.

    Raises Refused with everything that is missing, Stale without a valid certificate.
    """
    permissions.check_province(by, application.filing)
    if hold(application.filing) not in STANDING:
        raise Stale(_("Only a certified enterprise is reviewed."))
    found = []
    if not department.strip():
        message = _("Enter the department that asks for the review.")
        found.append(block("department", message, CLAUSE))
    if not note.strip():
        found.append(block("note", _("Write what was found."), CLAUSE))
    first = application.issued_on.year - 1 if application.issued_on else 0
    if year is None or not first <= year <= timezone.localdate(at).year:
        message = _("The year in question lies between %(first)s and this year.")
        found.append(block("year", message, CLAUSE, first=first))
    if application.reviews.filter(state=ReviewState.OPEN, reason=ReviewReason.DEPARTMENT).exists():
        found.append(block("", _("A review of this enterprise is open already."), CLAUSE))
    if found or year is None:
        raise Refused(found)
    return _open(application, ReviewReason.DEPARTMENT, (department, note, year), by, at)


def _open(
    application: Application,
    reason: ReviewReason,
    told: tuple[str, str, int],
    by: User | None,
    at: datetime.datetime,
) -> Review:
    department, facts, year = told
    first, last = review_years(reason, year)
    review = Review.objects.create(
        application=application,
        reason=reason,
        asked_by_department=department.strip()[:120],
        facts=facts.strip(),
        first_year=first,
        last_year=last,
        opened_on=timezone.localdate(at),
        opener=by,
    )
    data = {"review": review.pk, "reason": reason.value, "years": [first, last]}
    engine.record(application.filing, "open_review", by=by, at=at, note=facts, data=data)
    letters.review_opened(review, at)
    return review


def open_for_missing_reports(*, at: datetime.datetime) -> int:
    """A case for each certified enterprise with two missing reports; returns how many are new.

    It opens a case and never cancels (32号 第十九条第(三)项). Safe to run again: once for each
    certificate and set of years.
    """
    day = timezone.localdate(at)
    rows = with_cover(standing_on(day)).prefetch_related("annual_reports", "reviews")
    opened = 0
    for application in rows.order_by("pk").iterator(AT_ONCE):
        missing = years_missing(application, day)
        seen = [r for r in application.reviews.all() if r.reason == ReviewReason.REPORTS]
        if len(missing) < MISSING_MOST or any(r.last_year >= missing[-1] for r in seen):
            continue
        with transaction.atomic(), translation.override("zh-hans"):
            listed = "、".join(str(year) for year in missing)
            facts = _("The yearly reports on %(years)s were not handed in.") % {"years": listed}
            hold(application.filing)
            _open(application, ReviewReason.REPORTS, ("", facts, missing[-1]), None, at)
        opened += 1
    return opened


@transaction.atomic
def keep_certificate(*, review: Review, by: User, at: datetime.datetime, note: str) -> Review:
    """The conditions were met, or the reports came: the certificate stays."""
    need_note(note)
    _settle(review, ReviewState.KEPT, by, at, note)
    return review


@transaction.atomic
def fail_review(
    *, review: Review, year: int | None, by: User, at: datetime.datetime, note: str
) -> Review:
    """Not met from this year on: a cancellation is announced, which another person decides."""
    need_note(note)
    if year is None or not review.first_year <= year <= review.last_year:
        message = _("The first year not met lies between %(first)s and %(last)s.")
        values = {"first": review.first_year, "last": review.last_year}
        raise Refused([block("year", message, CLAUSE, **values)])
    _settle(review, ReviewState.FAILED, by, at, note, year)
    reports = review.reason == ReviewReason.REPORTS
    ground = CancelGround.REPORTS if reports else CancelGround.REVIEW
    application = with_cover(Application.objects).get(pk=review.application_id)
    notice(application, [ground], (note, year), by=by, at=at, review=review)
    return review


def _settle(
    review: Review,
    state: ReviewState,
    by: User,
    at: datetime.datetime,
    note: str,
    year: int | None = None,
) -> None:
    filing = review.application.filing
    permissions.check_province(by, filing)
    hold(filing)
    open_ = Review.objects.filter(pk=review.pk, state=ReviewState.OPEN)
    settled = {"decided_at": at, "decided_by": by, "result": note.strip()[:2000]}
    if not open_.update(state=state, failed_from=year, **settled):
        raise Stale(_("Somebody was faster: this review is concluded already."))
    review.refresh_from_db()
    data = {"review": review.pk, "state": state.value, "failed_from": year}
    engine.record(filing, "review_concluded", by=by, at=at, note=note, data=data)
