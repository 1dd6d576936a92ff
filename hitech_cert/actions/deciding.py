"""The decision by the three departments: opinions, proposal, refusal (195号 二(五))."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from hitech_cert import permissions
from hitech_cert.actions import letters_after as letters
from hitech_cert.actions.moving import block
from hitech_cert.actions.refusal import refusal
from hitech_cert.actions.reviewing import fire, need_note
from hitech_cert.enums import State
from hitech_cert.enums.after import Department, Outcome
from hitech_cert.models import Application, Decision, Opinion
from hitech_cert.rules.after import check_opinions
from hitech_cert.workflow import GUIDE, WORKFLOW
from torch_portal.accounts.models import User
from torch_portal.accounts.roles import Denied
from torch_portal.common.findings import Finding, Refused
from torch_portal.filings import engine
from torch_portal.filings.drafts import hold
from torch_portal.filings.models import Filing
from torch_portal.filings.transitions import Stale

CLAUSE = f"{GUIDE} 二(五)"


@dataclass(frozen=True)
class Said:
    """What a department says: agrees or not with the reason, and who speaks for it."""

    department: str
    agrees: bool
    spoken_by: str
    reason: str = ""


def _check_said(said: Said) -> list[Finding]:
    found = []
    if said.department not in Department.values:
        found.append(block("department", _("Choose the department."), CLAUSE))
    if not said.spoken_by.strip():
        message = _("Enter who acts for the department.")
        found.append(block("spoken_by", message, f"{GUIDE} 一(二)"))
    if not said.agrees and not said.reason.strip():
        message = _("Enter the reason for which the department does not agree.")
        found.append(block("reason", message, CLAUSE))
    return found


@transaction.atomic
def give_opinion(
    *, application: Application, said: Said, by: User, at: datetime.datetime
) -> Opinion:
    """Record what a department says; said again before the decision, the newer one counts.

    Raises Refused with everything that is missing, Stale when it is not before the departments.
    """
    permissions.check_province(by, application.filing)
    if found := _check_said(said):
        raise Refused(found)
    if hold(application.filing) != State.SCORED:
        raise Stale(_("Only an application reviewed by experts is before the departments."))
    decision = _open_decision(application, by, at)
    opinion, _made = Opinion.objects.update_or_create(
        decision=decision, department=said.department, defaults=_columns(said, by, at)
    )
    data = {"department": said.department, "agrees": said.agrees, "spoken_by": said.spoken_by}
    engine.record(application.filing, "opinion", by=by, at=at, note=said.reason, data=data)
    return opinion


def _columns(said: Said, by: User, at: datetime.datetime) -> dict[str, object]:
    return {
        "agrees": said.agrees,
        "spoken_by": said.spoken_by.strip(),
        "reason": said.reason.strip(),
        "recorded_at": at,
        "recorded_by": by,
    }


def _open_decision(application: Application, by: User, at: datetime.datetime) -> Decision:
    found, _made = Decision.objects.get_or_create(
        application=application, outcome="", defaults={"opened_at": at, "opened_by": by}
    )
    return found


@transaction.atomic
def hold_session(
    *, applications: Iterable[Application], said: Sequence[Said], by: User, at: datetime.datetime
) -> dict[int, str]:
    """The same opinions on many applications of a joint session (综合审查会).

    {id: ""} of those it was recorded for, with the reason for those left out. Statements do not
    grow with the number of applications.
    """
    found = [finding for one in said for finding in _check_said(one)]
    if not said:
        found.append(block("department", _("Enter at least one opinion."), CLAUSE))
    if found:
        raise Refused(found)
    taken, results = _before_the_departments(applications, by)
    decisions = _decisions_of(taken, by, at)
    rows = [
        Opinion(decision=decision, department=one.department, **_columns(one, by, at))
        for decision in decisions.values()
        for one in said
    ]
    Opinion.objects.bulk_create(
        rows,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["decision", "department"],
        update_fields=["agrees", "spoken_by", "reason", "recorded_at", "recorded_by"],
    )
    told = {"opinions": [[one.department, one.agrees, one.spoken_by] for one in said]}
    data = {application.pk: told for application in taken}
    engine.record_many((a.filing for a in taken), "opinion", by=by, at=at, data=data)
    return results | {application.pk: "" for application in taken}


def _before_the_departments(
    applications: Iterable[Application], by: User
) -> tuple[list[Application], dict[int, str]]:
    """Those that can be decided, locked, and why the others cannot."""
    rows = list(applications)
    held = Filing.objects.select_for_update(no_key=True).order_by("pk")
    states = dict(held.filter(pk__in=[a.pk for a in rows]).values_list("pk", "state"))
    taken, results = [], {}
    for application in rows:
        reason = _against(application, states.get(application.pk, ""), by)
        if reason:
            results[application.pk] = reason
        else:
            taken.append(application)
    return taken, results


def _against(application: Application, state: str, by: User) -> str:
    try:
        permissions.check_province(by, application.filing)
    except Denied as error:
        return str(error)
    if state == State.SCORED:
        return ""
    return _("It is “%(state)s”, not before the departments.") % {"state": WORKFLOW.labels[state]}


def _decisions_of(
    applications: Sequence[Application], by: User, at: datetime.datetime
) -> dict[int, Decision]:
    """The open decision of each, made where there is none."""
    rows = Decision.objects.filter(application__in=applications, outcome="")
    known = {decision.application_id: decision for decision in rows}
    made = Decision.objects.bulk_create(
        [
            Decision(application=application, opened_at=at, opened_by=by)
            for application in applications
            if application.pk not in known
        ],
        batch_size=1000,
    )
    return known | {decision.application_id: decision for decision in made}


def opinions_of(decision: Decision | None) -> dict[str, bool]:
    """What each department said: True when it agrees."""
    if decision is None:
        return {}
    return {opinion.department: opinion.agrees for opinion in decision.opinions.all()}


@transaction.atomic
def propose(*, application: Application, by: User, at: datetime.datetime, note: str = "") -> Filing:
    """拟认定: all three departments agree and the experts' average suffices.

    Raises Refused with everything that stands against it.
    """
    hold(application.filing)
    permissions.check_may_move(by, application.filing, WORKFLOW.moves["propose"])
    engine.check_possible(application.filing, WORKFLOW, "propose")
    decision = application.decisions.filter(outcome="").first()
    given = opinions_of(decision)
    if found := check_opinions(given, passes=application.score_passes, proposing=True):
        raise Refused(found)
    data = {"opinions": given, "score": score_text(application)}
    fire(application, "propose", by=by, at=at, note=note, data=data)
    _close(application, Outcome.PROPOSED, by, at, note)
    return application.filing


def propose_many(
    *, applications: Iterable[Application], by: User, at: datetime.datetime
) -> dict[int, str]:
    """Propose each that can be; {id: ""} of those, the reasons for the rest.

    One transaction and a fixed number of statements: a whole batch is decided in one session.
    """
    with transaction.atomic():
        taken, results = _before_the_departments(applications, by)
        rows = Decision.objects.filter(application__in=taken, outcome="")
        decisions = {d.application_id: d for d in rows.prefetch_related("opinions")}
        good = []
        for application in taken:
            given = opinions_of(decisions.get(application.pk))
            found = check_opinions(given, passes=application.score_passes, proposing=True)
            if found:
                results[application.pk] = " ".join(finding.text() for finding in found)
            else:
                good.append(application)
        moved = engine.fire_many((a.filing for a in good), WORKFLOW, "propose", by=by, at=at)
        rows.filter(application__in=[f.pk for f in moved]).update(
            outcome=Outcome.PROPOSED, decided_at=at, decided_by=by
        )
    return results | {filing.pk: "" for filing in moved}


@transaction.atomic
def not_recognise(
    *, application: Application, by: User, at: datetime.datetime, note: str
) -> Filing:
    """不予认定, with grounds; the enterprise gets a letter and can ask for a re-examination."""
    need_note(note)
    filing = application.filing
    hold(filing)
    permissions.check_may_move(by, filing, WORKFLOW.moves["not_recognise"])
    engine.check_possible(filing, WORKFLOW, "not_recognise")
    decision = application.decisions.filter(outcome="").first()
    if filing.state == State.SCORED:
        given, passes = opinions_of(decision), application.score_passes
        if found := check_opinions(given, passes=passes, proposing=False):
            raise Refused(found)
    data = {"opinions": opinions_of(decision), "score": score_text(application)}
    more = {"decided_at": at, "decided_by": by, "due_on": None}
    fire(application, "not_recognise", by=by, at=at, note=note, data=data, **more)
    _close(application, Outcome.NOT_RECOGNISED, by, at, note)
    letters.not_recognised(application, note, at)
    refusal(application, by, at, note)
    return filing


def _close(
    application: Application, outcome: Outcome, by: User, at: datetime.datetime, note: str
) -> None:
    decision = _open_decision(application, by, at)
    Decision.objects.filter(pk=decision.pk).update(
        outcome=outcome, decided_at=at, decided_by=by, note=note
    )


def score_text(application: Application) -> str:
    """The exact average as a fraction, "" without one."""
    if application.score_top is None or application.score_bottom is None:
        return ""
    if application.score_bottom == 1:
        return str(application.score_top)
    return f"{application.score_top}/{application.score_bottom}"
