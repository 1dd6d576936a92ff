"""Messages to experts, in Chinese; written in the act's own transaction."""

import datetime
from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from hitech_cert.models import Expert, Panel, PanelDraw, Seat
from torch_portal.accounts.models import User
from torch_portal.notices import actions as notices

LANGUAGE = "zh-hans"


def drawn(draw: PanelDraw, counts: Mapping[int, int], at: datetime.datetime) -> None:
    """One letter to each drawn expert, however many applications; counts by expert."""
    experts = Expert.objects.select_related("user").in_bulk(list(counts))
    with translation.override(LANGUAGE):
        subject = _("You were drawn for the expert review: %(count)s applications")
        body = _(
            "Please say of each whether you have an interest, sign the commitment of Annex 8 and "
            "submit your sheets by %(due)s. Everything is done online; nobody else sees your "
            "sheets before the leader's."
        )
        letters = [
            notices.Letter(
                key=f"hitech-draw-{draw.pk}-{expert.pk}",
                user=expert.user,
                subject=subject % {"count": counts[expert.pk]},
                body=body % {"due": draw.due_on.isoformat()},
                link=reverse("hitech_cert:expert_reviews"),
            )
            for expert in experts.values()
        ]
        notices.post_many(letters, at=at)


def invited(seat: Seat, at: datetime.datetime) -> None:
    """Somebody left a panel, and this expert is next in the drawn order."""
    with translation.override(LANGUAGE):
        subject = _("You take a seat on an expert panel")
        body = _(
            "Somebody left the panel and you are next in the drawn order. Please say whether you "
            "have an interest, and submit your sheet by %(due)s."
        ) % {"due": seat.panel.due_on.isoformat()}
        _post(f"hitech-seat-{seat.pk}", seat, subject, body, at)


def all_in(panel: Panel, leader: Seat, at: datetime.datetime) -> None:
    """Every sheet is submitted: the leader's sheet can be filled in."""
    with translation.override(LANGUAGE):
        subject = _("All sheets are in: please fill in the leader's sheet")
        body = _("The averages are worked out for you; your opinion and its reason are asked for.")
        _post(f"hitech-lead-{panel.pk}-{leader.pk}", leader, subject, body, at)


def left(seats: Iterable[Seat], reason: str, at: datetime.datetime) -> None:
    """The seat or its panel is no more; nothing need be done."""
    with translation.override(LANGUAGE):
        subject = _("A review of yours has ended")
        body = _("Nothing more need be done. Reason: %(reason)s") % {"reason": reason}
        for seat in seats:
            _post(f"hitech-left-{seat.pk}", seat, subject, body, at)


def late(waiting: Mapping[User, int], first: datetime.date, at: datetime.datetime) -> None:
    """Sheets are due; one letter a day to each expert, whatever the number."""
    with translation.override(LANGUAGE):
        subject = _("Sheets due: %(count)s")
        body = _("%(count)s reviews wait for you; the first was due by %(first)s.")
        letters = [
            notices.Letter(
                key=f"hitech-late-{user.pk}-{at:%Y%m%d}",
                user=user,
                subject=subject % {"count": count},
                body=body % {"count": count, "first": first.isoformat()},
                link=reverse("hitech_cert:expert_reviews"),
            )
            for user, count in waiting.items()
        ]
        notices.post_many(letters, at=at)


def welcome(expert: Expert, at: datetime.datetime) -> None:
    """Somebody was taken into the pool: where to set a password, what to declare."""
    with translation.override(LANGUAGE):
        subject = _("You are in the pool of experts")
        body = _(
            "Please declare your interests and co-operations with enterprises. If you have no "
            "password yet, set one by “Forgot your password?” with this e-mail address."
        )
        letter = notices.Letter(
            key=f"hitech-expert-{expert.pk}-{at:%Y%m%d}",
            user=expert.user,
            subject=subject,
            body=body,
            link=reverse("hitech_cert:expert_ties"),
        )
        notices.post_many([letter], at=at)


def _post(key: str, seat: Seat, subject: str, body: str, at: datetime.datetime) -> None:
    letter = notices.Letter(
        key=key,
        user=seat.expert.user,
        subject=subject,
        body=body,
        link=reverse("hitech_cert:expert_review", args=[seat.pk]),
    )
    notices.post_many([letter], at=at)
