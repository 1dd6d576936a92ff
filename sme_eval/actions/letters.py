"""The messages that the acts send, in Chinese; written in the act's own transaction."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sme_eval.enums import RevocationGround
from sme_eval.models import Change, Draw, Evaluation, Revocation
from torch_portal.notices import actions as notices
from torch_portal.notices.models import LetterTemplate
from torch_portal.notices.wording import filled, template_for

LANGUAGE = "zh-hans"
# The letters whose words a jurisdiction may set, and the facts that can stand in them.
KINDS = {
    "sme_eval.received": gettext_lazy("Received"),
    "sme_eval.returned": gettext_lazy("To be corrected"),
    "sme_eval.refused": gettext_lazy("Not entered"),
    "sme_eval.entered": gettext_lazy("Entered in the library"),
    "sme_eval.resigned": gettext_lazy("Number given up"),
    "sme_eval.revocation": gettext_lazy("Revocation announced"),
    "sme_eval.decided": gettext_lazy("Revocation decided"),
    "sme_eval.change": gettext_lazy("Change decided"),
    "sme_eval.check": gettext_lazy("Drawn for the spot check"),
}
PLACES = ("year", "number", "agency", "due", "registration", "until")


def _letter(
    evaluation: Evaluation,
    what: str,
    words: tuple[str, str],
    template: LetterTemplate | None,
    occasion: object = "",
) -> notices.Letter:
    filing = evaluation.filing
    names = _names(evaluation)
    subject, body = filled(template, subject=words[0], body=words[1], names=names)
    return notices.Letter(
        key=f"sme_eval-{filing.pk}-{what}-{occasion or filing.version}",
        user=filing.handler,
        subject=subject,
        body=body,
        link=reverse("sme_eval:detail", args=[filing.pk]),
    )


def _names(evaluation: Evaluation) -> dict[str, Any]:
    filing = evaluation.filing
    return {
        "year": evaluation.year,
        "number": filing.number or "",
        "agency": filing.agency.name if filing.agency else "",
        "due": filing.due_on.isoformat() if filing.due_on else "",
        "registration": evaluation.number or "",
        "until": evaluation.valid_until.isoformat() if evaluation.valid_until else "",
    }


def _post(
    evaluation: Evaluation,
    what: str,
    subject: Any,
    body: Any,
    at: datetime.datetime,
    *,
    occasion: object = "",
    **more: Any,
) -> None:
    """One letter to the enterprise; subject and body are given with their names to be filled."""
    with translation.override(LANGUAGE):
        names = _names(evaluation) | more
        template = template_for(f"sme_eval.{what}", evaluation.filing.jurisdiction_id)
        words = str(subject) % names, str(body) % names
        letter = _letter(evaluation, what, words, template, occasion)
        notices.post_many([letter], at=at)


def received(evaluation: Evaluation, at: datetime.datetime) -> None:
    """Submitted: the number to quote and the day by which the agency answers."""
    subject = gettext_lazy("Received: S&T-SME evaluation %(year)s (%(number)s)")
    body = gettext_lazy(
        "%(agency)s reviews the form and answers by %(due)s. Quote %(number)s. Nothing has to be "
        "sent on paper."
    )
    _post(evaluation, "received", subject, body, at)


def returned(
    evaluation: Evaluation, items: Sequence[dict[str, str]], at: datetime.datetime
) -> None:
    """Returned: the complete list."""
    lines = "\n".join(f"{n}. {item['remedy']}" for n, item in enumerate(items, start=1))
    subject = gettext_lazy("To be corrected: S&T-SME evaluation %(year)s (%(number)s)")
    body = gettext_lazy(
        "Please correct the following and submit again. This is the complete list. The corrected "
        "form counts as a first filing.\n\n%(lines)s"
    )
    _post(evaluation, "returned", subject, body, at, lines=lines)


def refused(evaluation: Evaluation, note: str, at: datetime.datetime) -> None:
    """Not entered: why."""
    subject = gettext_lazy("Not entered: S&T-SME evaluation %(year)s (%(number)s)")
    _post(evaluation, "refused", subject, gettext_lazy("%(note)s"), at, note=note)


def entered(evaluations: Iterable[Evaluation], jurisdiction: str, at: datetime.datetime) -> None:
    """Entered: the number and until when it is valid; one letter each, written together."""
    with translation.override(LANGUAGE):
        subject = _("In the library: S&T-SME number %(registration)s")
        body = _(
            "The enterprise is in the national library of S&T-SMEs. Number %(registration)s, valid "
            "until %(until)s. A proof sheet can be had from the page of the evaluation."
        )
        template = template_for("sme_eval.entered", jurisdiction)
        letters = []
        for evaluation in evaluations:
            names = _names(evaluation)
            words = subject % names, body % names
            letters.append(_letter(evaluation, "entered", words, template))
        notices.post_many(letters, at=at)


def resigned(evaluation: Evaluation, at: datetime.datetime) -> None:
    """The number was given up."""
    subject = gettext_lazy("Number given up: %(registration)s")
    body = gettext_lazy("The number %(registration)s is no longer valid. The tax office is told.")
    _post(evaluation, "resigned", subject, body, at)


def change_decided(change: Change, at: datetime.datetime) -> None:
    """What became of a reported change."""
    subject = gettext_lazy("%(became)s: change of %(registration)s")
    with translation.override(LANGUAGE):
        became = str(change.get_state_display())
    _post(
        change.evaluation,
        "change",
        subject,
        gettext_lazy("%(answer)s"),
        at,
        occasion=change.pk,
        became=became,
        answer=change.answer or became,
    )


def revocation_noticed(revocation: Revocation, at: datetime.datetime) -> None:
    """A revocation is announced: grounds, facts, and until when a statement is heard."""
    with translation.override(LANGUAGE):
        grounds = "；".join(str(RevocationGround(g).label) for g in revocation.grounds)
    subject = gettext_lazy("Revocation announced: %(registration)s")
    body = gettext_lazy(
        "Grounds: %(grounds)s\nFacts: %(facts)s\n\nYou may state your case until %(last)s. The "
        "number stays valid until a decision is taken."
    )
    _post(
        revocation.evaluation,
        "revocation",
        subject,
        body,
        at,
        occasion=revocation.pk,
        grounds=grounds,
        facts=revocation.facts,
        last=revocation.due_on.isoformat(),
    )


def revocation_decided(revocation: Revocation, at: datetime.datetime) -> None:
    """What became of it, and the reason."""
    subject = gettext_lazy("%(became)s: %(registration)s")
    with translation.override(LANGUAGE):
        became = str(revocation.get_state_display())
    _post(
        revocation.evaluation,
        "decided",
        subject,
        gettext_lazy("%(answer)s"),
        at,
        occasion=revocation.pk,
        became=became,
        answer=revocation.answer,
    )


def spot_check(draw: Draw, evaluations: Iterable[Evaluation], at: datetime.datetime) -> None:
    """Drawn for the spot check: what is asked for and until when; written together."""
    with translation.override(LANGUAGE):
        subject = _("Drawn for the spot check: %(registration)s")
        body = _(
            "The enterprise was drawn by lot. Please hand in the balance sheet, the income "
            "statement and schedule A107012 by %(last)s on the page of the evaluation. Without "
            "them the number is revoked."
        )
        template = template_for("sme_eval.check", draw.jurisdiction_id)
        letters = []
        for evaluation in evaluations:
            names = _names(evaluation) | {"last": draw.due_on.isoformat()}
            words = subject % names, body % names
            letter = _letter(evaluation, "check", words, template, draw.pk)
            letters.append(letter)
        notices.post_many(letters, at=at)
