"""Panels are drawn by lot: for one application, or by a worker for a whole batch."""

import datetime
import logging
import secrets
import time
from collections import Counter
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from hitech_cert import editions, permissions, rules
from hitech_cert.actions import invitations
from hitech_cert.enums import SEATED, DrawState, PanelState, State
from hitech_cert.models import Application, Intake, Panel, PanelDraw, Seat
from hitech_cert.models.panels import ATTEMPTS
from hitech_cert.queries import experts as pools
from hitech_cert.workflow import GUIDE, WORKFLOW
from torch_portal.accounts.models import User
from torch_portal.common.findings import Finding, Level, Refused
from torch_portal.common.workdays import Limit, Unit, foreseen
from torch_portal.filings import engine
from torch_portal.filings.models import Filing
from torch_portal.filings.queries import calendar_for
from torch_portal.filings.transitions import Stale

log = logging.getLogger(__name__)
PAUSE = datetime.timedelta(seconds=10)  # doubled with every attempt
CLAUSE = f"{GUIDE} 一(四)2"


def default_wish() -> rules.Wish:
    """The seats of a panel where nothing else is asked for."""
    return rules.Wish(settings.HITECH_PANEL_TECH, settings.HITECH_PANEL_FIN)


@transaction.atomic
def draw_panel(
    *,
    application: Application,
    by: User,
    at: datetime.datetime,
    note: str = "",
    seed: str = "",
    wish: rules.Wish | None = None,
) -> Panel:
    """抽取专家: a panel for one accepted application; its experts are invited at once.

    seed: made when none is given, and kept. Refused when the panel cannot be one (V18).
    """
    filing = application.filing
    permissions.check_province(by, filing)
    engine.check_possible(filing, WORKFLOW, "draw_panel")
    pool = pools.pool(filing.jurisdiction_id)
    draw = _begin(filing.jurisdiction_id, pool, seed, wish or default_wish(), by, at)
    subject = pools.subject_of(application, at, pools.apart_of([application.pk]).get(filing.pk, ()))
    drawn = rules.draw(pool, subject, draw.seed, wish or default_wish())
    findings = rules.check_panel(drawn.composition, editions.on(timezone.localdate(at)))
    if findings:
        raise Refused(findings)
    draw.state, draw.due_at, draw.total, draw.done = DrawState.DONE, None, 1, 1
    draw.save()
    panel = _panel(draw, application, drawn)
    panel.save()
    seats = _seats(panel, drawn, at)
    Seat.objects.bulk_create(seats)
    engine.fire(
        filing, WORKFLOW, "draw_panel", by=by, at=at, note=note, data=_trace(panel, drawn, seats)
    )
    invitations.drawn(draw, Counter(seat.expert_id for seat in seats), at)
    return panel


@transaction.atomic
def draw_batch(
    *,
    intake: Intake,
    by: User,
    at: datetime.datetime,
    seed: str = "",
    wish: rules.Wish | None = None,
) -> PanelDraw:
    """抽取专家: panels for all accepted applications of a batch; a worker draws them.

    Refused when the pool is too small for any panel, when nothing waits, or while one is running.
    """
    permissions.check_for_body(by, intake.jurisdiction_id)
    Intake.objects.select_for_update(no_key=True).get(pk=intake.pk)
    wish = wish or default_wish()
    pool = pools.pool(intake.jurisdiction_id)
    waiting = _waiting(intake.pk).count()
    size = rules.Drawn(wish, ("",) * wish.tech, ("",) * wish.fin, (), 2).composition
    found = _cannot_begin(intake, waiting)
    found += rules.check_panel(
        rules.Composition(size.tech, size.fin, size.leader, len(pool)),
        editions.on(timezone.localdate(at)),
    )
    if found:
        raise Refused(found)
    draw = _begin(intake.jurisdiction_id, pool, seed, wish, by, at)
    draw.intake, draw.total = intake, waiting
    draw.save()
    return draw


def _cannot_begin(intake: Intake, waiting: int) -> list[Finding]:
    found = []
    if not waiting:
        message = _("No accepted application of this batch waits for a panel.")
        found.append(Finding("empty", Level.BLOCK, "", message, CLAUSE))
    if intake.panel_draws.filter(state=DrawState.RUNNING).exists():
        message = _("Panels of this batch are being drawn already.")
        found.append(Finding("running", Level.BLOCK, "", message, CLAUSE))
    return found


def _begin(
    jurisdiction: str,
    pool: Sequence[rules.Candidate],
    seed: str,
    wish: rules.Wish,
    by: User,
    at: datetime.datetime,
) -> PanelDraw:
    limit = Limit(settings.HITECH_SHEET_WORKDAYS, Unit.WORKING, f"{GUIDE} 二(四)")
    codes = [candidate.code for candidate in pool]
    return PanelDraw(
        jurisdiction_id=jurisdiction,
        seed=seed.strip() or secrets.token_hex(16),
        pool=len(codes),
        members=codes,
        digest=rules.digest(codes),
        tech=wish.tech,
        fin=wish.fin,
        due_on=foreseen(timezone.localdate(at), limit, calendar=calendar_for(jurisdiction)).on,
        drawn_at=at,
        drawn_by=by,
        due_at=at,
    )


def _panel(draw: PanelDraw, application: Application, drawn: rules.Drawn) -> Panel:
    return Panel(
        draw=draw,
        application=application,
        tech_order=[_key(code) for code in drawn.tech],
        fin_order=[_key(code) for code in drawn.fin],
        excluded={str(_key(code)): why for code, why in drawn.excluded},
        level=drawn.level,
        due_on=draw.due_on,
    )


def _key(code: str) -> int:
    """The row behind the code of an expert."""
    return int(code[1:])


def _seats(panel: Panel, drawn: rules.Drawn, at: datetime.datetime) -> list[Seat]:
    orders = (
        ("tech", panel.tech_order[: drawn.wish.tech]),
        ("fin", panel.fin_order[: drawn.wish.fin]),
    )
    return [
        Seat(
            panel=panel,
            expert_id=expert,
            role=role,
            lot=place,
            leader=role == "tech" and place == 0,
            invited_at=at,
        )
        for role, order in orders
        for place, expert in enumerate(order)
    ]


def _trace(panel: Panel, drawn: rules.Drawn, seats: Sequence[Seat]) -> dict[str, object]:
    return {
        "panel": panel.pk,
        "draw": panel.draw_id,
        "pool": drawn.pool,
        "experts": [seat.expert_id for seat in seats],
    }


def _waiting(intake: int | None, *, without: Sequence[str] = ()) -> QuerySet[Application]:
    rows = Application.objects.filter(intake=intake, filing__state=State.ACCEPTED)
    return rows.exclude(filing__number__in=without)


def carry_draws(*, at: datetime.datetime, chunk: int = 250, seconds: float = 150.0) -> int:
    """Go on with the draws of batches that no other worker holds; returns the panels drawn.

    A part is one transaction, so a worker that dies leaves whole parts behind. A part that fails
    is tried again later, ATTEMPTS times. Safe to call twice and at once.
    """
    until, made = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        part = _part(at, chunk)
        if part is None:
            break
        made += part
    return made


def _part(at: datetime.datetime, chunk: int) -> int | None:
    draw = None
    try:
        with transaction.atomic():
            free = PanelDraw.objects.filter(due_at__lte=at, attempts__lt=ATTEMPTS)
            free = free.select_for_update(skip_locked=True, no_key=True, of=("self",))
            draw = free.select_related("drawn_by", "intake").order_by("due_at", "pk").first()
            return None if draw is None else _draw_part(draw, at, chunk)
    except Exception as error:
        if draw is None:
            raise
        log.exception("draw %s", draw.pk)
        told = f"{type(error).__name__}: {error}"[:1000]
        PanelDraw.objects.filter(pk=draw.pk, attempts=draw.attempts).update(
            attempts=draw.attempts + 1, last_error=told, due_at=at + PAUSE * 2**draw.attempts
        )
        return 0


def _draw_part(draw: PanelDraw, at: datetime.datetime, chunk: int) -> int:
    """The next applications: locked, drawn, seated and moved together."""
    rows = _waiting(draw.intake_id, without=list(draw.left_out)).order_by("filing_id")[:chunk]
    applications = list(rows.select_related("filing", "enterprise"))
    held = Filing.objects.filter(pk__in=[a.pk for a in applications], state=State.ACCEPTED)
    locked = set(held.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    made = _draw_all(draw, [a for a in applications if a.pk in locked], at)
    draw.done += made
    draw.attempts, draw.last_error = 0, ""
    if len(applications) < chunk:
        draw.state, draw.due_at = DrawState.DONE, None
        counts = Counter(Seat.objects.filter(panel__draw=draw).values_list("expert", flat=True))
        invitations.drawn(draw, counts, at)
    draw.save()
    return made


def _draw_all(draw: PanelDraw, applications: Sequence[Application], at: datetime.datetime) -> int:
    wish, members = rules.Wish(draw.tech, draw.fin), frozenset(draw.members)
    pool = [c for c in pools.pool(draw.jurisdiction_id) if c.code in members]
    apart = pools.apart_of([a.pk for a in applications])
    edition = editions.on(timezone.localdate(at))
    found: list[tuple[Application, Panel, rules.Drawn]] = []
    for application in applications:
        subject = pools.subject_of(application, draw.drawn_at, apart.get(application.pk, ()))
        drawn = rules.draw(pool, subject, draw.seed, wish)
        findings = rules.check_panel(drawn.composition, edition)
        if findings:
            with translation.override(invitations.LANGUAGE):
                draw.left_out[subject.number] = " ".join(f.text() for f in findings)
        else:
            found.append((application, _panel(draw, application, drawn), drawn))
    Panel.objects.bulk_create([panel for _row, panel, _drawn in found], batch_size=500)
    seated = [_seats(panel, drawn, at) for _row, panel, drawn in found]
    Seat.objects.bulk_create([s for seats in seated for s in seats], batch_size=1000)
    data = {
        row.pk: _trace(panel, drawn, seats)
        for (row, panel, drawn), seats in zip(found, seated, strict=True)
    }
    filings = [row.filing for row, _panel, _drawn in found]
    engine.fire_many(filings, WORKFLOW, "draw_panel", by=draw.drawn_by, at=at, data=data)
    return len(found)


@transaction.atomic
def dissolve_panel(*, panel: Panel, by: User, at: datetime.datetime, note: str) -> Panel:
    """解散: the panel reviews no more, its sheets stay on record; another can be drawn."""
    filing = panel.application.filing
    permissions.check_province(by, filing)
    if not note.strip():
        message = _("Say why: the reason stands in the history.")
        raise Refused([Finding("note", Level.BLOCK, "note", message, CLAUSE)])
    claimed = Panel.objects.filter(pk=panel.pk, state=PanelState.RUNNING).update(
        state=PanelState.DISSOLVED, dissolved_at=at, dissolved_by=by, note=note.strip()
    )
    if not claimed:
        raise Stale(_("This panel is closed or dissolved already."))
    panel.refresh_from_db()
    engine.fire(
        filing, WORKFLOW, "dissolve_panel", by=by, at=at, note=note, data={"panel": panel.pk}
    )
    gone = panel.seats.filter(state__in=SEATED).select_related("expert__user")
    invitations.left(gone, note, at)
    return panel
