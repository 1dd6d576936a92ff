"""Reminders after the decision: expiry, yearly reports, changes, national deadlines.

Each is written once: its key names the application, the occasion and what it counts from.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hitech_cert.enums import State
from hitech_cert.enums.after import OPEN_CHANGES, CaseState, ChangeState
from hitech_cert.models import Application, Cancellation, Change, Report, Reported
from hitech_cert.queries.after import report_rows, standing_on
from hitech_cert.queries.decided import unreported
from hitech_cert.rules.after import report_due, tax_days, tells_of_expiry
from torch_portal.accounts.enums import OfficeRole
from torch_portal.accounts.models import Appointment, Jurisdiction, User
from torch_portal.filings import reminding
from torch_portal.filings.wording import long_date
from torch_portal.notices import actions as notices

EXPIRY_DAYS = (180, 90, 30)
# Yearly reports: from 1 May, again on these days (指引 五(二): the body has to remind).
REPORT_DAYS = ((5, 1), (5, 15), (5, 25))
NATIONAL_DAYS = (30, 10, 3)
STATEMENT_DAYS = 3


def remind_after(*, at: datetime.datetime) -> int:
    """Write today's reminders; returns how many there are to write, written before or not."""
    day = timezone.localdate(at)
    lists = (_expiry(day), _reports(day), _names(day), _statements(day), _national(day), _ends(day))
    return sum(reminding.write(letters, at) for letters in lists)


def _valid(day: datetime.date) -> QuerySet[Application]:
    rows: QuerySet[Application] = reminding.wanted(standing_on(day), "terms")
    return rows.select_related(
        "enterprise", "filing__contact", "filing__created_by"
    ).prefetch_related("annual_reports")


def _expiry(day: datetime.date) -> Iterable[notices.Letter]:
    """180, 90 and 30 days before the certificate ends, while nothing newer is begun."""
    until = day + datetime.timedelta(days=max(EXPIRY_DAYS))
    newer = Application.objects.filter(enterprise=OuterRef("enterprise"), pk__gt=OuterRef("pk"))
    newer = newer.exclude(filing__state__in=[State.DRAFT, State.WITHDRAWN, State.NOT_ACCEPTED])
    rows = _valid(day).filter(~Exists(newer), valid_to__lte=until)
    for application in rows.iterator(reminding.AT_ONCE):
        if application.valid_to is None or application.issued_on is None:
            continue
        days = tells_of_expiry(application.valid_to, day, EXPIRY_DAYS)
        yield _letter(
            application,
            f"expiry-{days}-{application.valid_to:%Y%m%d}",
            (
                _("The certificate %(number)s ends on %(until)s"),
                _(
                    "Apply for a new certification in time. In the year in which it ends, the tax "
                    "rate of 15 per cent stays for the year only if the new one is there: by "
                    "%(safe)s on the safe side."
                ),
            ),
            until=long_date(application.valid_to),
            safe=long_date(tax_days(application.issued_on).safe),
        )


def _reports(day: datetime.date) -> Iterable[notices.Letter]:
    """Reports of last year that are not there, from 1 May on; the newest occasion once."""
    occasions = [o for o in REPORT_DAYS if day >= datetime.date(day.year, *o)]
    if not occasions or day > datetime.date(day.year, 5, 31):
        return
    month, date = occasions[-1]
    for application in _valid(day).iterator(reminding.AT_ONCE):
        due = [r for r in report_rows(application, day) if r["open"] and not r["overdue"]]
        for row in due:
            yield _letter(
                application,
                f"report-{row['year']}-{month:02d}{date:02d}",
                (
                    _("The yearly report on %(year)s is due by %(due)s"),
                    _(
                        "Hand it in on the page of the certificate; known figures are put in. Two "
                        "missing reports within the validity can end the certificate."
                    ),
                ),
                year=row["year"],
                due=long_date(row["due"]),
            )


def _names(day: datetime.date) -> Iterable[notices.Letter]:
    """Enterprises whose name in the portal is no longer the certified one, once a month."""
    name = OuterRef("enterprise__name")
    reported = Reported.objects.filter(application=OuterRef("pk"), name=name)
    named = Change.objects.filter(application=OuterRef("pk"), state__in=OPEN_CHANGES)
    taken = Change.objects.annotate(given=KeyTextTransform("name", "after"))
    confirmed = taken.filter(application=OuterRef("pk"), state=ChangeState.CONFIRMED, given=name)
    listed = Reported.objects.filter(application=OuterRef("pk"))
    rows = _valid(day).filter(~Exists(reported), ~Exists(named), ~Exists(confirmed), Exists(listed))
    for application in rows.iterator(reminding.AT_ONCE):
        yield _letter(
            application,
            f"name-{day:%Y%m}",
            (
                _("Report the change of name: certificate %(number)s"),
                _(
                    "The name in the portal is not the one that was certified. A change of name "
                    "is reported within three months of it (Annex 7); the number stays."
                ),
            ),
        )


def _statements(day: datetime.date) -> Iterable[notices.Letter]:
    """Announced cancellations whose time for a statement ends within three days."""
    soon = day + datetime.timedelta(days=STATEMENT_DAYS)
    cases = Cancellation.objects.filter(
        state=CaseState.NOTICED, stated_at__isnull=True, due_on__gte=day, due_on__lte=soon
    ).select_related("application__filing__contact", "application__filing__created_by")
    for case in cases.order_by("pk").iterator(reminding.AT_ONCE):
        yield _letter(
            case.application,
            f"statement-{case.pk}",
            (
                _("Your statement on the cancellation is awaited until %(due)s"),
                _("After that day it can be decided without it."),
            ),
            due=long_date(case.due_on),
        )


def _letter(
    application: Application, occasion: str, words: tuple[str, str], **more: Any
) -> notices.Letter:
    names = {"number": application.certificate_number or "", **more}
    return notices.Letter(
        key=f"hitech_cert-{application.pk}-{occasion}",
        user=application.filing.handler,
        subject=words[0] % names,
        body=words[1] % names,
        link=reverse("desk:filing", args=[application.pk]),
    )


def _national(day: datetime.date) -> Iterable[notices.Letter]:
    """Officials whose body has applications of this year left, 30, 10 and 3 days before the end."""
    due = report_due(day.year)
    days = tells_of_expiry(due, day, NATIONAL_DAYS)
    if days is None:
        return
    for place in Jurisdiction.objects.order_by("pk"):
        left = unreported(place.pk, day.year)
        for person in _officials(place.pk) if left else ():
            names = {"left": left, "due": long_date(due)}
            yield notices.Letter(
                key=f"hitech_cert-national-{place.pk}-{day.year}-{days}-{person.pk}",
                user=person,
                subject=_("%(left)s applications are to be reported by %(due)s") % names,
                body=_(
                    "Lists go to the leading group office by the end of November. Later ones are "
                    "taken all the same and marked as late."
                ),
                link=reverse("admin:hitech_cert_report_changelist"),
            )


def _ends(day: datetime.date) -> Iterable[notices.Letter]:
    """Officials whose list has had its ten days of national publicity: the numbers will come."""
    since = day - datetime.timedelta(days=30)
    for report in Report.objects.filter(public_to__lt=day, public_to__gte=since).order_by("pk"):
        waiting = report.rows.filter(application__filing__state=State.NATIONAL_PUBLICITY)
        for person in _officials(report.jurisdiction_id) if waiting.exists() else ():
            names = {"report": str(report), "day": long_date(report.public_to)}
            yield notices.Letter(
                key=f"hitech_cert-public-{report.pk}-{person.pk}",
                user=person,
                subject=_("The national publicity of list %(report)s is over") % names,
                body=_(
                    "It ended on %(day)s. When the list with numbers is announced, bring it in; "
                    "open objections hold back their own enterprise only."
                )
                % names,
                link=reverse("admin:hitech_cert_nationallist_changelist"),
            )


def _officials(jurisdiction: str) -> list[User]:
    rows = Appointment.objects.filter(
        jurisdiction=jurisdiction, role=OfficeRole.OFFICIAL, user__is_active=True
    )
    return [row.user for row in rows.select_related("user").order_by("pk")]
