"""What the cross-line pages show."""

import datetime
from collections.abc import Callable
from typing import Any

import redis
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.models import Count
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hitech_cert.queries.experts import expert_of
from torch_portal.accounts.models import Enterprise
from torch_portal.accounts.roles import Person, Standing, is_official, standing
from torch_portal.common import clock
from torch_portal.desk.lines import LINES, SERVICES
from torch_portal.filings import threads
from torch_portal.filings.enums import Stage
from torch_portal.filings.models import Filing
from torch_portal.notices import queries as notices

PAGE = 50
HEARTBEAT = "worker-heartbeat"


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """What the head and foot of every page show (context processor)."""
    user = getattr(request, "user", None)
    known = user is not None and user.is_authenticated
    roles = standing(user) if known else None
    return {
        "frame": {
            "home_url": reverse("desk:home"),
            "desk_url": reverse("desk:mine") if roles and roles.member_of else None,
            "expert_url": _expert_url(user, roles) if roles and user else None,
            "review_url": reverse("admin:index") if roles and roles.in_office else None,
            "figures_url": reverse("reports:board") if known and is_official(user) else None,
            "user_name": user.get_full_name() if known and user else "",
            "enterprise_name": "",
            "sample": settings.CERTIFICATE_SAMPLE,
            "moved_clock": f"{clock.today():%Y-%m-%d}" if settings.PORTAL_CLOCK_OFFSET else "",
        }
    }


def _expert_url(user: Person, roles: Standing) -> str | None:
    """The reviews of an expert; asked for nobody who has another role here."""
    if roles.member_of or roles.in_office or expert_of(user) is None:
        return None
    return reverse("hitech_cert:expert_reviews")


def desk_stylesheet(request: HttpRequest) -> str:
    """The review desk's own stylesheet."""
    return static("portal/desk.css")


def services(day: datetime.date) -> list[dict[str, Any]]:
    """The services of the notice with where each starts and whom to ask."""
    hotlines = {h.service_code: h for h in notices.hotlines_on(day)}
    return [
        {
            "code": s.code,
            "title": s.title,
            "sentence": s.sentence,
            "takes": s.takes,
            "url": reverse(s.line.GUIDE_URL) if s.line else None,
            "hotline": hotlines.get(s.code),
        }
        for s in SERVICES
    ]


def my_rows(user: Person, stage: str, today: datetime.date) -> list[dict[str, Any]]:
    """The filings of the person's enterprises, newest first; one query a line beside, and
    one for the messages not read yet.
    """
    mine = Filing.objects.filter(enterprise_id__in=standing(user).member_of)
    if stage:
        mine = mine.filter(stage=stage)
    covers = list(mine.order_by("-created_at", "-pk")[:PAGE])
    known: dict[int, dict[str, Any]] = {}
    for code, line in LINES.items():
        ids = [f.pk for f in covers if f.line == code]
        known |= line.rows(ids, today) if ids else {}
    new = threads.unread(user, known)
    return [
        _row(cover, known[cover.pk]) | {"unread_text": threads.unread_text(new.get(cover.pk, 0))}
        for cover in covers
    ]


def _row(cover: Filing, shown: dict[str, Any]) -> dict[str, Any]:
    line = LINES[cover.line]
    when = cover.decided_at or cover.submitted_at or cover.created_at
    return {
        **shown,
        "number": cover.number or "",
        "line_label": line.LABEL,
        "due_text": f"{cover.due_on:%Y-%m-%d}" if cover.due_on else "",
        "url": line.detail_url(cover.pk),
        "updated_text": f"{timezone.localtime(when):%Y-%m-%d %H:%M}",
    }


def my_counts(user: Person, current: str) -> list[dict[str, Any]]:
    """How many of the person's filings stand where, as tabs."""
    mine = Filing.objects.filter(enterprise_id__in=standing(user).member_of)
    counted = dict(mine.values_list("stage").annotate(n=Count("id")).order_by("stage"))
    tabs = [(_("All"), sum(counted.values()), "")]
    tabs += [(str(s.label), counted[s.value], s.value) for s in Stage if counted.get(s.value)]
    home = reverse("desk:mine")
    return [
        {
            "label": label,
            "count": count,
            "url": f"{home}?stage={stage}" if stage else home,
            "current": stage == current,
        }
        for label, count, stage in tabs
    ]


def own_enterprises(user: Person) -> list[Enterprise]:
    """The enterprises this person belongs to."""
    return list(Enterprise.objects.filter(pk__in=standing(user).member_of).order_by("name"))


def readiness() -> dict[str, str]:
    """Each part the portal stands on: "ok", or what is wrong with it."""
    return {
        "database": _answers(lambda: connection.ensure_connection()),
        "broker": _answers(lambda: redis.Redis.from_url(settings.REDIS_URL).ping()),
        "worker": _answers(_worker_alive),
    }


def _answers(ask: Callable[[], object]) -> str:
    try:
        ask()
    except Exception as error:  # whatever is wrong, it is the answer
        return type(error).__name__
    return "ok"


def _worker_alive() -> None:
    if cache.get(HEARTBEAT) is None:
        raise TimeoutError
