"""The messages that the acts send, in Chinese; written in the act's own transaction."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hitech_cert import queries
from hitech_cert.models import Application, Extension, Intake
from torch_portal.common.findings import Finding
from torch_portal.filings.wording import long_date
from torch_portal.notices import actions as notices
from torch_portal.notices.models import LetterTemplate
from torch_portal.notices.wording import filled, template_for

LANGUAGE = "zh-hans"
# The letters whose words a jurisdiction may set, and the facts that can stand in them.
KINDS = {
    "hitech_cert.received": gettext_lazy("Received"),
    "hitech_cert.returned": gettext_lazy("To be corrected"),
    "hitech_cert.recommended": gettext_lazy("Recommended"),
    "hitech_cert.accepted": gettext_lazy("Accepted"),
    "hitech_cert.not_accepted": gettext_lazy("Not accepted"),
}
PLACES = ("year", "number", "agency", "due", "batch")


def names_of(application: Application) -> dict[str, Any]:
    """The facts that can stand in a letter on an application."""
    filing, intake = application.filing, application.intake
    return {
        "year": application.year,
        "number": filing.number or "",
        "agency": filing.agency.name if filing.agency else "",
        "due": long_date(filing.due_on),
        "batch": intake.title if intake else "",
    }


def letter(
    application: Application,
    what: str,
    words: tuple[str, str],
    *,
    template: LetterTemplate | None = None,
    occasion: object = "",
) -> notices.Letter:
    """One letter to who handles the application; once for each version of the filing."""
    filing = application.filing
    subject, body = filled(template, subject=words[0], body=words[1], names=names_of(application))
    return notices.Letter(
        key=f"hitech_cert-{filing.pk}-{what}-{occasion or filing.version}",
        user=filing.handler,
        subject=subject,
        body=body,
        link=reverse("hitech_cert:detail", args=[filing.pk]),
    )


def post(
    application: Application, what: str, words: tuple[Any, Any], at: datetime.datetime, **more: Any
) -> None:
    """Write one letter; `words` are subject and body with places for names and `more`."""
    with translation.override(LANGUAGE):
        names = names_of(application) | more
        template = template_for(f"hitech_cert.{what}", application.filing.jurisdiction_id)
        filled_in = str(words[0]) % names, str(words[1]) % names
        notices.post_many([letter(application, what, filled_in, template=template)], at=at)


def received(application: Application, at: datetime.datetime) -> None:
    """Submitted: the number to quote, the batch, and by when the bureau has checked it."""
    subject = gettext_lazy(
        "Received: certification as a high-tech enterprise %(year)s (%(number)s)"
    )
    body = gettext_lazy(
        "%(agency)s checks the application and recommends it by %(due)s (%(batch)s). Quote "
        "%(number)s. Paper is not needed now; the portal tells you when."
    )
    post(application, "received", (subject, body), at)


def returned(
    application: Application, items: Sequence[dict[str, str]], at: datetime.datetime
) -> None:
    """Returned: the complete list."""
    lines = "\n".join(f"{n}. {item['remedy']}" for n, item in enumerate(items, start=1))
    subject = gettext_lazy(
        "To be corrected: certification as a high-tech enterprise %(year)s (%(number)s)"
    )
    body = gettext_lazy(
        "Please correct the following and submit again; the batch takes corrected applications "
        "until %(last)s. This is the complete list.\n\n%(lines)s"
    )
    intake = application.intake
    last = long_date(intake.recommend_by if intake else None)
    post(application, "returned", (subject, body), at, lines=lines, last=last)


def recommended(application: Application, at: datetime.datetime) -> None:
    """The bureau recommended it; the province goes on with it."""
    subject = gettext_lazy(
        "Recommended: certification as a high-tech enterprise %(year)s (%(number)s)"
    )
    body = gettext_lazy(
        "%(agency)s recommended the application to the certification body of the province. You "
        "need do nothing now."
    )
    post(application, "recommended", (subject, body), at)


def accepted(application: Application, at: datetime.datetime, paper: str) -> None:
    """The province accepted it; `paper` says in a sentence what is owed on paper."""
    subject = gettext_lazy(
        "Accepted: certification as a high-tech enterprise %(year)s (%(number)s)"
    )
    body = gettext_lazy(
        "The application takes part in the expert review of %(batch)s. It is held online, "
        "without a meeting. %(paper)s"
    )
    post(application, "accepted", (subject, body), at, paper=paper)


def not_accepted(application: Application, note: str, at: datetime.datetime) -> None:
    """Not accepted: why."""
    subject = gettext_lazy(
        "Not accepted: certification as a high-tech enterprise %(year)s (%(number)s)"
    )
    post(application, "not_accepted", (subject, gettext_lazy("%(note)s")), at, note=note)


def incomplete(
    application: Application, found: Sequence[Finding], at: datetime.datetime, occasion: int
) -> None:
    """An e-mailed package that cannot be registered yet: everything that it lacks."""
    with translation.override(LANGUAGE):
        lines = "\n".join(f"{n}. {f.text()}" for n, f in enumerate(found, start=1))
        received_at = timezone.localtime(application.received_at)
        names = names_of(application) | {
            "lines": lines,
            "moment": f"{received_at:%Y-%m-%d %H:%M}",
            "enterprise": application.enterprise.name,
        }
        words = (
            _("Your e-mailed application is not complete: %(enterprise)s") % names,
            _(
                "The package of %(moment)s was read and kept as a draft. It cannot be registered "
                "yet:\n\n%(lines)s\n\nComplete the draft online, or send what is missing."
            )
            % names,
        )
        notices.post_many([letter(application, "incomplete", words, occasion=occasion)], at=at)


def extended(intake: Intake, extension: Extension, at: datetime.datetime) -> None:
    """A deadline was moved: told to everybody who has an application of the year in hand."""
    with translation.override(LANGUAGE):
        moved = queries.changes(extension.before, extension.after)
        lines = "\n".join(
            f"{queries.label_of_deadline(name)}：{was} → {now}" for name, was, now in moved
        )
        names = {"batch": intake.title, "source": extension.source, "lines": lines}
        words = (
            _("Deadline extended: %(batch)s") % names,
            _("%(lines)s\nBy %(source)s.") % names,
        )
        told = [
            letter(application, "extended", words, occasion=extension.pk)
            for application in queries.with_the_enterprise(intake)
        ]
        notices.post_many(told, at=at)
