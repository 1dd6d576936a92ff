"""Emergencies begin and end; at the end every paper deferred under it gets its due date."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from torch_portal.accounts.models import Jurisdiction, User
from torch_portal.filings import engine
from torch_portal.filings.models import Filing
from torch_portal.notices import actions as notices
from torch_portal.papers import letters, permissions, queries
from torch_portal.papers.enums import PaperMode, PaperState
from torch_portal.papers.models import Emergency, Paper, PaperPolicy

NOTICE = "国科火字〔2020〕38号"
NOTICE_ON = datetime.date(2020, 2, 6)
NATIONAL_POLICY = (PaperMode.DEFERRED, f"{NOTICE} 二")
LOCAL_POLICIES = {
    "11": (PaperMode.DEFERRED, "北京市技术市场条例 第二十二条第二款"),
    "31": (PaperMode.NOT_REQUIRED, f"{NOTICE} 二"),
}
EMERGENCIES_LOCK = 2020_0206

SET_DUE = """
UPDATE papers_paper AS p
SET state = %(due)s, due_on = g.due_on, due_set_on = %(day)s
FROM filings_filing AS f,
    unnest(%(areas)s::text[], %(bases)s::date[], %(dues)s::date[]) AS g(area, base, due_on)
WHERE f.id = p.filing_id AND f.jurisdiction_id = g.area
    AND greatest(p.recognised_on, %(ended_on)s) = g.base
    AND p.emergency_id = %(emergency)s AND p.state = %(deferred)s
RETURNING p.id
"""


class AlreadyEnded(Exception):
    """Somebody has set the end of this emergency before; str() tells who and which."""

    def __init__(self, emergency: Emergency) -> None:
        known = Emergency.objects.select_related("end_set_by").get(pk=emergency.pk)
        who = known.end_set_by.get_full_name() if known.end_set_by else _("The system")
        super().__init__(
            _("%(who)s was faster: this emergency ended on %(ended)s.")
            % {"who": who, "ended": known.ended_on}
        )


def hold_emergencies(*, shared: bool) -> None:
    """Until the end of the transaction no emergency begins or ends; recognitions share the hold."""
    function = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [EMERGENCIES_LOCK])


def declare_emergency(
    *,
    jurisdiction: Jurisdiction | None,
    source: str,
    declared_on: datetime.date,
    by: User,
    at: datetime.datetime,
) -> Emergency:
    """From this day on paper may wait, in one jurisdiction or (None) in the whole country.

    Papers that are deferred there under the national emergency now wait for the end of this one.
    Raises Denied, or ValidationError when one is open there already.
    """
    permissions.check_governs(by, jurisdiction.pk if jurisdiction else None)
    emergency = Emergency(
        jurisdiction=jurisdiction, source=source, declared_on=declared_on, set_at=at, set_by=by
    )
    with transaction.atomic():
        hold_emergencies(shared=False)
        emergency.full_clean()
        emergency.save()
        if jurisdiction is not None:
            waiting = Paper.objects.filter(
                filing__jurisdiction=jurisdiction, state=PaperState.DEFERRED
            )
            waiting.update(emergency=emergency, source=source)
    return emergency


def end_emergency(
    *, emergency: Emergency, ended_on: datetime.date, by: User, at: datetime.datetime
) -> int:
    """Set the end; all papers deferred under it fall due. Answers how many papers.

    One statement sets the dates, one event goes on each filing, one letter to each owner of an
    enterprise. Raises Denied, AlreadyEnded, or ValidationError for an end before the beginning.
    """
    permissions.check_governs(by, emergency.jurisdiction_id)
    if ended_on < emergency.declared_on:
        raise ValidationError(_("An emergency cannot end before it was declared."))
    with transaction.atomic():
        hold_emergencies(shared=False)
        open_ = Emergency.objects.filter(pk=emergency.pk, ended_on__isnull=True)
        if not open_.update(ended_on=ended_on, end_set_at=at, end_set_by=by):
            raise AlreadyEnded(emergency)
        papers = _set_due_dates(emergency, ended_on, at)
        record_many(papers, "paper_due", by=by, at=at)
        _tell_enterprises(emergency, ended_on, papers, at)
    return len(papers)


def _set_due_dates(
    emergency: Emergency, ended_on: datetime.date, at: datetime.datetime
) -> list[Paper]:
    """Lock the filings, then give every deferred paper its day; the papers with their filings."""
    lock_filings(queries.deferred_under(emergency).values("filing_id"))
    groups = queries.due_groups(emergency, ended_on)
    if not groups:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            SET_DUE,
            {
                "due": PaperState.DUE,
                "deferred": PaperState.DEFERRED,
                "day": timezone.localdate(at),
                "ended_on": ended_on,
                "emergency": emergency.pk,
                "areas": [g.jurisdiction_id for g in groups],
                "bases": [g.base for g in groups],
                "dues": [g.due_on for g in groups],
            },
        )
        changed = [pk for (pk,) in cursor.fetchall()]
    return papers_with_filings(changed)


def lock_filings(filing_ids: Any) -> None:
    """Hold these filings, in order of id, until the transaction ends."""
    held = Filing.objects.filter(pk__in=filing_ids).select_for_update(no_key=True, of=("self",))
    list(held.order_by("pk").values_list("pk"))


def papers_with_filings(ids: Sequence[int]) -> list[Paper]:
    """These papers with filing and enterprise, by enterprise and due date."""
    papers = Paper.objects.filter(pk__in=ids).select_related("filing__enterprise")
    return list(papers.order_by("filing__enterprise_id", "due_on", "pk"))


def record_many(
    papers: Sequence[Paper], act: str, *, by: User | None, at: datetime.datetime
) -> None:
    """One event on the filing of each paper, in batches; the caller holds the filings."""
    filings: dict[int, Filing] = {p.filing_id: p.filing for p in papers}
    facts: dict[int, list[dict[str, str]]] = {}
    for paper in papers:
        facts.setdefault(paper.filing_id, []).append(
            {"kind": paper.kind, "due_on": str(paper.due_on)}
        )
    engine.record_many(
        filings.values(), act, by=by, at=at, data={pk: {"papers": facts[pk]} for pk in facts}
    )


def by_enterprise(papers: Sequence[Paper]) -> Mapping[int, list[Paper]]:
    """The papers of each enterprise."""
    found: dict[int, list[Paper]] = {}
    for paper in papers:
        found.setdefault(paper.filing.enterprise_id, []).append(paper)
    return found


def _tell_enterprises(
    emergency: Emergency,
    ended_on: datetime.date,
    papers: Sequence[Paper],
    at: datetime.datetime,
) -> None:
    grouped = by_enterprise(papers)
    people = queries.recipients_of(list(grouped))
    key = f"paper-due:{emergency.pk}"
    told = letters.emergency_ended(emergency.source, ended_on, grouped, people, key)
    notices.post_many(told, at=at)


def load_policies() -> None:
    """Load the national default, two local policies and the emergency of 2020-02-06; repeatable.

    The emergency has no end. Shanghai runs a sub-system, so it needs no paper. Beijing has a row
    of its own: art. 22 para. 2 of its regulation asks for a paper text of contracts concluded as
    data messages, so it stays deferred. Rows that exist are left as they are.
    """
    Emergency.objects.get_or_create(
        jurisdiction=None, declared_on=NOTICE_ON, defaults={"source": f"{NOTICE} 二"}
    )
    known = set(Jurisdiction.objects.filter(pk__in=LOCAL_POLICIES).values_list("pk", flat=True))
    wanted: list[tuple[str | None, tuple[str, str]]] = [(None, NATIONAL_POLICY)]
    wanted += [(area, policy) for area, policy in LOCAL_POLICIES.items() if area in known]
    for area, (mode, source) in wanted:
        PaperPolicy.objects.get_or_create(
            jurisdiction_id=area, defaults={"mode": mode, "source": source}
        )
