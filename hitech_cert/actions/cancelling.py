"""Cancellation: notice with grounds and facts, defence, decision by another person."""

import datetime
from collections.abc import Collection

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hitech_cert import permissions
from hitech_cert.actions import letters_after as letters
from hitech_cert.actions.moving import block
from hitech_cert.actions.record import end_record
from hitech_cert.actions.reviewing import fire, need_note
from hitech_cert.enums.after import CancelGround, CaseState
from hitech_cert.models import Application, Cancellation, Review
from hitech_cert.workflow import GUIDE, MEASURES
from torch_portal.accounts.models import User
from torch_portal.accounts.roles import Denied, check_not_own
from torch_portal.common.findings import Refused
from torch_portal.common.workdays import Limit, Unit, foreseen
from torch_portal.filings import engine
from torch_portal.filings.drafts import hold
from torch_portal.filings.models import Filing, Qualification
from torch_portal.filings.queries import calendar_for
from torch_portal.filings.transitions import Stale

CLAUSE = f"{MEASURES} 第十九条"


@transaction.atomic
def notify_cancellation(
    *,
    application: Application,
    grounds: Collection[str],
    effect_year: int | None,
    by: User,
    at: datetime.datetime,
    note: str,
    opinion: str = "",
) -> Cancellation:
    """取消告知: grounds, facts and the year from which it counts; the certificate stays valid.

    opinion: of the competent department, needed for a major accident (195号 五(六)2). Raises
    Refused with everything that is wrong at once.
    """
    _check_notice(application, grounds, effect_year, (note, opinion), timezone.localdate(at))
    return notice(
        application, grounds, (note, effect_year or 0), by=by, at=at, opinion=opinion.strip()
    )


def _check_notice(
    application: Application,
    grounds: Collection[str],
    year: int | None,
    texts: tuple[str, str],
    day: datetime.date,
) -> None:
    note, opinion = texts
    found = []
    if not grounds or not set(grounds) <= set(CancelGround.values):
        message = _("Choose at least one ground of the article.")
        found.append(block("grounds", message, CLAUSE))
    if not note.strip():
        message = _("Write the facts on which the ground rests.")
        found.append(block("note", message, CLAUSE))
    if CancelGround.ACCIDENT in grounds and not opinion.strip():
        message = _("Enter the opinion of the competent department on the accident or offence.")
        found.append(block("opinion", message, f"{GUIDE} 五(六)2"))
    first = application.issued_on.year if application.issued_on else day.year
    if year is None or not first <= year <= day.year:
        message = _("The year from which it counts lies between %(first)s and %(last)s.")
        values = {"first": first, "last": day.year}
        found.append(block("effect_year", message, CLAUSE, **values))
    if found:
        raise Refused(found)


def notice(
    application: Application,
    grounds: Collection[str],
    told: tuple[str, int],
    *,
    by: User,
    at: datetime.datetime,
    opinion: str = "",
    review: Review | None = None,
) -> Cancellation:
    """Announce it, in the caller's transaction. told: the facts and the year."""
    facts, year = told
    filing = application.filing
    limit = Limit(settings.HITECH_STATEMENT_WORKDAYS, Unit.WORKING, CLAUSE)
    calendar = calendar_for(filing.jurisdiction_id)
    until = foreseen(timezone.localdate(at), limit, calendar=calendar).on
    listed = sorted(str(ground) for ground in grounds)
    data = {"grounds": listed, "until": until.isoformat(), "effect_year": year}
    fire(application, "notify_cancellation", by=by, at=at, note=facts, data=data)
    case = Cancellation.objects.create(
        application=application,
        grounds=listed,
        facts=facts,
        effect_year=year,
        opinion=opinion[:400],
        review=review,
        noticed_at=at,
        noticed_by=by,
        due_on=until,
    )
    letters.cancellation_noticed(case, at)
    return case


@transaction.atomic
def state_case(
    *, case: Cancellation, statement: str, by: User, at: datetime.datetime
) -> Cancellation:
    """陈述申辩: what the enterprise answers to the notice, once, until it is decided."""
    filing = case.application.filing
    permissions.check_may_file(by, filing)
    if not statement.strip():
        message = _("Write what the body should know before it decides.")
        raise Refused([block("statement", message, CLAUSE)])
    hold(filing)
    open_ = Cancellation.objects.filter(pk=case.pk, state=CaseState.NOTICED, stated_at=None)
    if not open_.update(statement=statement.strip()[:4000], stated_at=at, stated_by=by):
        raise Stale(_("The case was stated or decided already."))
    case.refresh_from_db()
    engine.record(filing, "state_case", by=by, at=at, data={"cancellation": case.pk})
    return case


@transaction.atomic
def cancel(*, application: Application, by: User, at: datetime.datetime, note: str) -> Filing:
    """取消资格: the status ends; the tax office claims back from the year of effect.

    Only after the enterprise stated its case or the time for it has passed, and by another
    person than the one who announced it. No new application in the same year (195号 五(六)3).
    """
    need_note(note)
    case = _open_case(application)
    _check_second_person(case, by)
    day = timezone.localdate(at)
    if case.stated_at is None and day <= case.due_on:
        message = _("The enterprise may state its case until %(until)s.")
        raise Refused([block("", message, CLAUSE, until=case.due_on)])
    data = {"effect_year": case.effect_year, "grounds": case.grounds}
    fire(application, "cancel", by=by, at=at, note=note, data=data)
    _close(case, CaseState.CANCELLED, by, at, note)
    Application.objects.filter(pk=application.pk).update(ended_on=day)
    application.ended_on = day
    Qualification.objects.filter(
        enterprise=application.enterprise_id, number=application.certificate_number
    ).update(ended_on=day)
    end_record(application, by, at)
    letters.cancellation_decided(case, at)
    return application.filing


@transaction.atomic
def drop_cancellation(
    *, application: Application, by: User, at: datetime.datetime, note: str
) -> Filing:
    """The certificate stays valid; the enterprise is told why."""
    need_note(note)
    case = _open_case(application)
    fire(application, "drop_cancellation", by=by, at=at, note=note)
    _close(case, CaseState.DROPPED, by, at, note)
    letters.cancellation_decided(case, at)
    return application.filing


def _open_case(application: Application) -> Cancellation:
    hold(application.filing)
    found = application.cancellations.filter(state=CaseState.NOTICED).first()
    if found is None:
        raise Stale(_("No cancellation of this certificate is open."))
    return found


def _check_second_person(case: Cancellation, by: User) -> None:
    check_not_own(by, case.application.enterprise_id)
    if case.noticed_by_id == by.pk:
        raise Denied(_("You announced this cancellation, so somebody else has to decide it."))


def _close(
    case: Cancellation, state: CaseState, by: User, at: datetime.datetime, note: str
) -> None:
    Cancellation.objects.filter(pk=case.pk).update(
        state=state, decided_at=at, decided_by=by, answer=note.strip()[:2000]
    )
    case.refresh_from_db()
