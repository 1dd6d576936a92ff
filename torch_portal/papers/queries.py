"""Reads behind the paper ledger: what applies, what falls due when, who is told."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from torch_portal.accounts.enums import MemberRole
from torch_portal.accounts.models import Membership, User
from torch_portal.filings.models import Filing
from torch_portal.filings.queries import calendar_for
from torch_portal.filings.wording import long_date
from torch_portal.papers.enums import PaperMode, PaperState
from torch_portal.papers.models import Emergency, Paper, PaperPolicy, PaperQuerySet, Reminder
from torch_portal.papers.schedule import Period, Rhythm, due_date, governing
from torch_portal.papers.workflow import AWAITED

CATCH_UP_DAYS = 90


@dataclass(frozen=True)
class Terms:
    """What is asked for on recognition: the state of the paper, its due date, on which ground."""

    state: str
    due_on: datetime.date | None
    source: str
    emergency_id: int | None = None


@dataclass(frozen=True)
class Named:
    """A last day for paper that a notice of the line's own names, with that notice."""

    due_on: datetime.date
    source: str


@dataclass(frozen=True)
class DueGroup:
    """Deferred papers of one jurisdiction that get the same due date.

    base: the later of recognition and end, from which the days count.
    """

    jurisdiction_id: str
    jurisdiction: str
    base: datetime.date
    papers: int
    due_on: datetime.date


def policy_for(jurisdiction_id: str) -> PaperPolicy:
    """The jurisdiction's own policy, else the national one, else the built-in default."""
    found = PaperPolicy.objects.filter(
        Q(jurisdiction_id=jurisdiction_id) | Q(jurisdiction__isnull=True)
    ).order_by(F("jurisdiction_id").asc(nulls_last=True))
    return found.first() or PaperPolicy(mode=PaperMode.DEFERRED)


def emergency_for(jurisdiction_id: str, day: datetime.date) -> Emergency | None:
    """The emergency that applies there on this day."""
    rows = {
        e.pk: e
        for e in Emergency.objects.filter(
            Q(jurisdiction_id=jurisdiction_id) | Q(jurisdiction__isnull=True), declared_on__lte=day
        )
    }
    periods = [
        Period(e.pk, e.jurisdiction_id is not None, e.declared_on, e.ended_on)
        for e in rows.values()
    ]
    period = governing(periods, day)
    return rows[period.id] if period else None


def terms_for(filing: Filing, day: datetime.date, named: Named | None = None) -> Terms:
    """What a filing recognised on this day owes on paper.

    named: a day that stands in for the days of grace where no emergency defers the paper; one
    that is over already does not.

    国科火字〔2020〕38号 二: provinces with a sub-system need no paper; elsewhere resident
    enterprises may hand it in after the epidemic. Of others the notice says nothing: they owe it
    at once.
    """
    policy = policy_for(filing.jurisdiction_id)
    if policy.mode == PaperMode.NOT_REQUIRED:
        return Terms(PaperState.NOT_REQUIRED, None, policy.source)
    emergency = emergency_for(filing.jurisdiction_id, day) if filing.enterprise.resident else None
    if emergency and emergency.ended_on is None:
        return Terms(PaperState.DEFERRED, None, emergency.source, emergency.pk)
    if emergency is None and named is not None and named.due_on >= day:
        return Terms(PaperState.DUE, named.due_on, named.source)
    ended_on = emergency.ended_on if emergency else None
    calendar = calendar_for(filing.jurisdiction_id)
    due_on = due_date(day, ended_on, policy.grace_days, calendar)
    source = emergency.source if emergency else policy.source
    return Terms(PaperState.DUE, due_on, source, emergency.pk if emergency else None)


def deferred_under(emergency: Emergency) -> PaperQuerySet:
    """The papers that wait for the end of this emergency."""
    return Paper.objects.filter(emergency=emergency, state=PaperState.DEFERRED)


def due_groups(emergency: Emergency, ended_on: datetime.date) -> list[DueGroup]:
    """Which due dates the deferred papers get if the emergency ends on this day."""
    counted = (
        deferred_under(emergency)
        .annotate(base=Greatest("recognised_on", Value(ended_on)))
        .values("filing__jurisdiction_id", "filing__jurisdiction__name_zh", "base")
        .annotate(papers=Count("pk"))
        .order_by("filing__jurisdiction_id", "base")
    )
    grace = cache(lambda area: policy_for(area).grace_days)
    calendar = cache(calendar_for)
    return [
        DueGroup(area, name, base, papers, due_date(base, None, grace(area), calendar(area)))
        for area, name, base, papers in counted.values_list(
            "filing__jurisdiction_id", "filing__jurisdiction__name_zh", "base", "papers"
        )
    ]


@dataclass(frozen=True)
class Candidate:
    """An open paper as the reminders see it."""

    paper_id: int
    enterprise_id: int
    due_on: datetime.date
    due_set_on: datetime.date
    last_sent_on: datetime.date | None
    rhythm: Rhythm


def reminder_candidates(day: datetime.date) -> Iterable[Candidate]:
    """Open papers near enough to their due date for a reminder, with their rhythm.

    Papers whose last reminder should have gone out over 90 days ago are left in peace.
    """
    rhythms = {p.jurisdiction_id: _rhythm(p) for p in PaperPolicy.objects.all()}
    default = rhythms.get(None) or _rhythm(PaperPolicy())
    known = [default, *rhythms.values()]
    earliest = day - _days(CATCH_UP_DAYS + max(max(r.after, default=0) for r in known))
    latest = day + _days(max(max(r.before, default=0) for r in known))
    sent = Max("reminders__day", filter=Q(reminders__due_on=F("due_on")))
    rows = (
        Paper.objects.open()
        .filter(due_on__range=(earliest, latest))
        .annotate(last_sent_on=sent)
        .order_by("filing__enterprise_id", "due_on", "pk")
        .values_list(
            "pk",
            "filing__enterprise_id",
            "due_on",
            "due_set_on",
            "last_sent_on",
            "filing__jurisdiction_id",
        )
    )
    for pk, enterprise, due_on, set_on, last_sent_on, area in rows.iterator(2000):
        if due_on is None or set_on is None:
            continue  # cannot be: a constraint gives open papers both
        rhythm = rhythms.get(area, default)
        yield Candidate(pk, enterprise, due_on, set_on, last_sent_on, rhythm)


def _days(n: int) -> datetime.timedelta:
    return datetime.timedelta(days=n)


def _rhythm(policy: PaperPolicy) -> Rhythm:
    return Rhythm(tuple(policy.remind_days_before), tuple(policy.remind_days_after))


def recipients_of(enterprise_ids: Collection[int]) -> dict[int, list[User]]:
    """Who is written to: each enterprise's owners, or else its filers; active people only."""
    found: dict[int, dict[str, list[User]]] = {}
    members = Membership.objects.filter(enterprise_id__in=enterprise_ids, user__is_active=True)
    for member in members.select_related("user").order_by("pk"):
        by_role = found.setdefault(member.enterprise_id, {})
        by_role.setdefault(member.role, []).append(member.user)
    return {
        enterprise: people.get(MemberRole.OWNER) or people.get(MemberRole.FILER) or []
        for enterprise, people in found.items()
    }


STANDS = {
    "waiting": Q(state=PaperState.DEFERRED),
    "due": Q(state=PaperState.DUE),
    "overdue": Q(state=PaperState.OVERDUE),
    "mismatch": Q(state=PaperState.MISMATCH),
    "received": Q(state__in=(PaperState.RECEIVED, PaperState.VERIFIED)),
}


def by_agency(papers: PaperQuerySet) -> list[Any]:
    """How many papers stand how at each agency; one query."""
    counts = {name: Count("pk", filter=which) for name, which in STANDS.items()}
    rows = papers.values("filing__agency_id", "filing__agency__name").annotate(**counts)
    return list(rows.order_by("filing__agency__name"))


def owing(papers: PaperQuerySet, most: int = 100) -> list[Any]:
    """The enterprises with open papers, those with most overdue first; one query."""
    counts = {n: Count("pk", filter=STANDS[n]) for n in ("due", "overdue", "mismatch")}
    owed = papers.filter(STANDS["due"] | STANDS["overdue"] | STANDS["mismatch"])
    rows: Any = owed.values("filing__enterprise_id", "filing__enterprise__name").annotate(
        **counts, first=Min("due_on")
    )
    return list(rows.order_by("-overdue", "first", "filing__enterprise_id")[:most])


def problems() -> list[str]:
    """Broken invariants of papers, as sentences; empty when all is well.

    What one row can show is a constraint; here is what spans rows.
    """
    stuck = Paper.objects.filter(state=PaperState.DEFERRED, emergency__ended_on__isnull=False)
    found = [
        f"paper {p}: deferred although its emergency has ended"
        for p in stuck.order_by("pk").values_list("pk", flat=True)[:100]
    ]
    early = Paper.objects.filter(due_on__lt=F("recognised_on"))
    found += [
        f"paper {p}: due before the filing was recognised"
        for p in early.order_by("pk").values_list("pk", flat=True)[:100]
    ]
    unfounded = Reminder.objects.filter(
        ~Exists(Paper.objects.filter(pk=OuterRef("paper_id"), due_on=OuterRef("due_on")))
    )
    found += [
        f"reminder {r}: its paper has another due date"
        for r in unfounded.order_by("pk").values_list("pk", flat=True)[:100]
    ]
    received = Paper.objects.filter(decided_at__lt=F("received_at"))
    found += [
        f"paper {p}: decided before it was received"
        for p in received.order_by("pk").values_list("pk", flat=True)[:100]
    ]
    return found


def paper_box(filing: Filing) -> dict[str, Any] | None:
    """What becomes of the paper original, None before recognition."""
    paper = Paper.objects.filter(filing=filing).first()
    if paper is None:
        return None
    box = {"label": paper.get_state_display(), "due_text": "", "tone": "info"}
    if paper.due_on and paper.state in AWAITED:
        box["due_text"] = _("Bring or send it by %(due)s.") % {"due": long_date(paper.due_on)}
        box["tone"] = "warn"
    elif paper.state == PaperState.DEFERRED:
        box["due_text"] = _("Nothing to send now. You will be told when the emergency has ended.")
    return box


def act_words(move: str) -> str:
    """What was done about a paper, in the past tense; "" for any other act."""
    return {
        "paper_receive": _("Paper received"),
        "paper_verify": _("Paper agrees with the filing"),
        "paper_report_mismatch": _("Paper does not agree with the filing"),
        "paper_waive": _("Paper waived"),
        "paper_due": _("Paper due date set"),
    }.get(move, "")
