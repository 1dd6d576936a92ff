"""The messages of the decision and of what follows it, in Chinese, in the act's transaction."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hitech_cert.enums.after import CancelGround
from hitech_cert.models import (
    AnnualReport,
    Application,
    Cancellation,
    Change,
    ReExamination,
    Review,
)
from torch_portal.notices import actions as notices
from torch_portal.notices.models import LetterTemplate
from torch_portal.notices.wording import filled, template_for

LANGUAGE = "zh-hans"
# The letters whose words a jurisdiction may set, and the facts that can stand in them.
KINDS = {
    "hitech_cert.not_recognised": gettext_lazy("Not recognised"),
    "hitech_cert.certified": gettext_lazy("Certified"),
    "hitech_cert.change": gettext_lazy("Change decided"),
    "hitech_cert.report": gettext_lazy("Yearly report received"),
    "hitech_cert.review": gettext_lazy("Review"),
    "hitech_cert.cancellation": gettext_lazy("Cancellation announced"),
    "hitech_cert.decided": gettext_lazy("Cancellation decided"),
    "hitech_cert.redo": gettext_lazy("Re-examination decided"),
}
PLACES = ("year", "number", "agency", "certificate", "issued", "until")


def names(application: Application) -> dict[str, Any]:
    """The facts that can stand in a letter."""
    filing = application.filing
    return {
        "year": application.year,
        "number": filing.number or "",
        "agency": filing.agency.name if filing.agency else "",
        "certificate": application.certificate_number or "",
        "issued": application.issued_on.isoformat() if application.issued_on else "",
        "until": application.valid_to.isoformat() if application.valid_to else "",
    }


def _letter(
    application: Application,
    what: str,
    words: tuple[str, str],
    template: LetterTemplate | None,
    occasion: object = "",
) -> notices.Letter:
    filing = application.filing
    subject, body = filled(template, subject=words[0], body=words[1], names=names(application))
    return notices.Letter(
        key=f"hitech_cert-{filing.pk}-{what}-{occasion or filing.version}",
        user=filing.handler,
        subject=subject,
        body=body,
        link=reverse("desk:filing", args=[filing.pk]),
    )


def _post(
    application: Application,
    what: str,
    words: tuple[Any, Any],
    at: datetime.datetime,
    occasion: object = "",
    **more: Any,
) -> None:
    """One letter; subject and body are given with their names to be filled."""
    with translation.override(LANGUAGE):
        known = names(application) | more
        template = template_for(f"hitech_cert.{what}", application.filing.jurisdiction_id)
        said = str(words[0]) % known, str(words[1]) % known
        notices.post_many([_letter(application, what, said, template, occasion)], at=at)


def not_recognised(application: Application, note: str, at: datetime.datetime) -> None:
    """Not recognised: the grounds, and what can be done."""
    subject = gettext_lazy("Not recognised: high-tech certification %(year)s (%(number)s)")
    body = gettext_lazy(
        "%(note)s\n\nThe notice can be downloaded in the portal. If points were miscounted, you "
        "can ask there for a re-examination, which is limited to such errors."
    )
    _post(application, "not_recognised", (subject, body), at, note=note)


def certified(
    applications: Iterable[Application], jurisdiction: str, at: datetime.datetime
) -> None:
    """Certified: number, day, term and duties; one letter each, written together."""
    with translation.override(LANGUAGE):
        subject = _("Certified as a high-tech enterprise: %(certificate)s")
        body = _(
            "The national list gives the certificate number %(certificate)s, issued on %(issued)s, "
            "valid until %(until)s. The paper certificate is handed out by the certification body; "
            "a record can be had from the portal. Hand in the report of each year by 31 May of the "
            "next, and report changes within three months."
        )
        template = template_for("hitech_cert.certified", jurisdiction)
        letters = []
        for application in applications:
            known = names(application)
            words = subject % known, body % known
            letters.append(_letter(application, "certified", words, template))
        notices.post_many(letters, at=at)


def report_received(report: AnnualReport, at: datetime.datetime) -> None:
    """The yearly report is there."""
    subject = gettext_lazy("Received: yearly report %(reported)s of %(certificate)s")
    body = gettext_lazy("The yearly report on %(reported)s was handed in. Nothing goes on paper.")
    occasion = report.pk
    words = (subject, body)
    _post(report.application, "report", words, at, occasion, reported=report.year)


def change_decided(change: Change, at: datetime.datetime) -> None:
    """What became of a reported change."""
    subject = gettext_lazy("%(became)s: change of %(certificate)s")
    with translation.override(LANGUAGE):
        became = str(change.get_state_display())
    words = (subject, gettext_lazy("%(answer)s"))
    occasion = f"{change.pk}-{change.state}"
    answer = change.answer or became
    _post(change.application, "change", words, at, occasion, became=became, answer=answer)


def review_opened(review: Review, at: datetime.datetime) -> None:
    """A review is opened: why, and on which years."""
    subject = gettext_lazy("Under review: %(certificate)s")
    body = gettext_lazy(
        "%(facts)s\n\nThe review looks at the years %(first)s to %(last)s. The certificate stays "
        "valid; you are heard before anything is decided."
    )
    more = {"facts": review.facts, "first": review.first_year, "last": review.last_year}
    _post(review.application, "review", (subject, body), at, review.pk, **more)


def cancellation_noticed(case: Cancellation, at: datetime.datetime) -> None:
    """A cancellation is announced: grounds, facts, and until when a statement is heard."""
    with translation.override(LANGUAGE):
        grounds = "；".join(str(CancelGround(g).label) for g in case.grounds)
    subject = gettext_lazy("Cancellation announced: %(certificate)s")
    body = gettext_lazy(
        "Grounds: %(grounds)s\nFacts: %(facts)s\n\nYou may state your case until %(last)s. The "
        "certificate stays valid until another person decides. If it is cancelled, that counts "
        "from the year %(effect)s."
    )
    more = {
        "grounds": grounds,
        "facts": case.facts,
        "last": case.due_on.isoformat(),
        "effect": case.effect_year,
    }
    _post(case.application, "cancellation", (subject, body), at, case.pk, **more)


def cancellation_decided(case: Cancellation, at: datetime.datetime) -> None:
    """What became of it, and the reason."""
    subject = gettext_lazy("%(became)s: %(certificate)s")
    with translation.override(LANGUAGE):
        became = str(case.get_state_display())
    words = (subject, gettext_lazy("%(answer)s"))
    _post(case.application, "decided", words, at, case.pk, became=became, answer=case.answer)


def redo_decided(redo: ReExamination, at: datetime.datetime) -> None:
    """What the re-examination found."""
    subject = gettext_lazy("%(became)s: re-examination %(number)s")
    with translation.override(LANGUAGE):
        became = str(redo.get_state_display())
    words = (subject, gettext_lazy("%(answer)s"))
    _post(redo.application, "redo", words, at, redo.pk, became=became, answer=redo.answer)
