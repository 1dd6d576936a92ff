"""What the enterprise reads about its paper originals. Chinese first, whoever wrote it."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from torch_portal.accounts.models import User
from torch_portal.notices.actions import Letter
from torch_portal.papers.enums import PaperKind
from torch_portal.papers.models import Paper
from torch_portal.papers.schedule import ON_THE_DAY

LINK = "/desk/"
LISTED = 20


def _to_all(people: Iterable[User], address: str, key: str, **words: Any) -> list[Letter]:
    """The same letter to every recipient; to the enterprise's address if there is nobody."""
    letters = [Letter(key=f"{key}:{p.pk}", user=p, link=LINK, **words) for p in people]
    if not letters and address:
        letters.append(Letter(key=f"{key}:enterprise", email=address, link=LINK, **words))
    return letters


def _lines(papers: Sequence[Paper]) -> str:
    """One line per paper with its day; long lists are cut and counted."""
    lines = [
        _("%(number)s, %(kind)s: %(day)s")
        % {"number": p.filing, "kind": PaperKind(p.kind).label, "day": _day(p.due_on)}
        for p in papers[:LISTED]
    ]
    if len(papers) > LISTED:
        lines.append(_("and %(count)d more") % {"count": len(papers) - LISTED})
    return "\n".join(lines)


def _day(day: datetime.date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""


def emergency_ended(
    source: str,
    ended_on: datetime.date,
    papers: Mapping[int, Sequence[Paper]],
    people: Mapping[int, Sequence[User]],
    key: str,
) -> list[Letter]:
    """To each enterprise: the emergency has ended, these papers are due by these days."""
    letters: list[Letter] = []
    with translation.override(settings.LANGUAGE_CODE):
        for enterprise_id, its in papers.items():
            letters += _to_all(
                people.get(enterprise_id, ()),
                its[0].filing.enterprise.email,
                f"{key}:{enterprise_id}",
                subject=_("Paper originals can be handed in now"),
                body=_(
                    "The time in which paper could wait (%(source)s) ended on %(ended)s. Please "
                    "hand in these paper originals at your registration agency by the day named:"
                    "\n\n%(papers)s"
                )
                % {"source": source, "ended": _day(ended_on), "papers": _lines(its)},
            )
    return letters


def reminder(
    occasion: str, papers: Sequence[Paper], people: Sequence[User], key: str
) -> list[Letter]:
    """To one enterprise: these papers are due soon, today, or were due."""
    with translation.override(settings.LANGUAGE_CODE):
        day = {"day": _day(papers[0].due_on)}
        if occasion.startswith("before-"):
            subject = _("Reminder: paper originals are due by %(day)s") % day
        elif occasion == ON_THE_DAY:
            subject = _("Reminder: paper originals are due today (%(day)s)") % day
        else:
            subject = _("Reminder: paper originals were due on %(day)s") % day
        body = _(
            "Your registration agency is waiting for these paper originals:\n\n%(papers)s\n\nIf "
            "you have handed them in already, you need not do anything."
        ) % {"papers": _lines(papers)}
        address = papers[0].filing.enterprise.email
        return _to_all(people, address, key, subject=subject, body=body)


def mismatch(paper: Paper, note: str, people: Sequence[User], key: str) -> list[Letter]:
    """To one enterprise: the paper does not agree with the filing, and why."""
    with translation.override(settings.LANGUAGE_CODE):
        words = {
            "number": paper.filing,
            "kind": PaperKind(paper.kind).label,
            "note": note,
        }
        return _to_all(
            people,
            paper.filing.enterprise.email,
            key,
            subject=_("Please hand in another paper original: %(number)s") % words,
            body=_(
                "The paper original (%(kind)s) of %(number)s does not agree with what was filed "
                "online. Note of the registration agency:\n\n%(note)s"
            )
            % words,
        )
