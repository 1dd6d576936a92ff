"""Changes of certified enterprises: name, major change, relocation (32号 第十七条, 第十八条)."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hitech_cert import permissions
from hitech_cert.actions import letters_after as letters
from hitech_cert.actions.moving import block
from hitech_cert.actions.record import renew_record
from hitech_cert.actions.reviewing import need_note
from hitech_cert.enums import STANDING
from hitech_cert.enums.after import (
    OPEN_CHANGES,
    ChangeKind,
    ChangeState,
)
from hitech_cert.models import Application, Change
from hitech_cert.rules import publicity_end
from hitech_cert.rules.after import check_change, is_late
from hitech_cert.workflow import GUIDE, MEASURES
from torch_portal.accounts.models import Enterprise, User
from torch_portal.accounts.roles import Denied, check_not_own
from torch_portal.common.codes import jurisdiction_of
from torch_portal.common.findings import Refused
from torch_portal.common.workdays import CalendarNotPublished
from torch_portal.filings import engine
from torch_portal.filings.drafts import hold
from torch_portal.filings.models import Filing
from torch_portal.filings.people import agencies_at
from torch_portal.filings.queries import calendar_for
from torch_portal.filings.transitions import Stale

CLAUSE = f"{MEASURES} 第十七条"
MOVING = f"{MEASURES} 第十八条; {GUIDE} 五(五)"
# What is publicised by the body for ten working days before it is confirmed.
PUBLIC = (ChangeKind.NAME, ChangeKind.RELOCATION)


@transaction.atomic
def report_change(
    *,
    application: Application,
    kind: str,
    happened_on: datetime.date | None,
    after: Mapping[str, Any],
    reason: str,
    by: User,
    at: datetime.datetime,
) -> Change:
    """更名, 重大变化, 搬迁: within three months; later it is taken all the same and marked.

    after: "name", "division" or "what". Raises Refused with everything that is wrong at once.
    """
    filing = application.filing
    permissions.check_may_file(by, filing)
    state = hold(filing)
    day = timezone.localdate(at)
    found = check_change(kind, happened_on, day, after, reason)
    before = _before(application, kind)
    if not found and all(before.get(name) == value for name, value in after.items()):
        found.append(block("after", _("It is the same as before."), CLAUSE))
    to = _body_of(kind, after)
    if kind == ChangeKind.RELOCATION and not found and to in ("", filing.jurisdiction_id):
        message = _("The new seat lies with the same certification body: nothing to relocate.")
        found.append(block("after", message, MOVING))
    if application.changes.filter(state__in=OPEN_CHANGES).exists():
        message = _("A change is already reported and not decided yet. Wait for it.")
        found.append(block("", message, CLAUSE))
    if found or happened_on is None:
        raise Refused(found)
    if state not in STANDING:
        raise Stale(_("Only a certified enterprise reports changes."))
    change = Change.objects.create(
        application=application,
        kind=kind,
        happened_on=happened_on,
        before=before,
        after=dict(after),
        reason=reason.strip(),
        to_jurisdiction_id=to or None,
        late=is_late(happened_on, day),
        reported_at=at,
        reported_by=by,
    )
    data = {"change": change.pk, "kind": kind, "late": change.late}
    engine.record(filing, "report_change", by=by, at=at, note=reason, data=data)
    return change


def _before(application: Application, kind: str) -> dict[str, str]:
    enterprise = application.enterprise
    known = {
        ChangeKind.NAME: {"name": enterprise.name},
        ChangeKind.RELOCATION: {"division": enterprise.division},
        ChangeKind.PARTIAL: {"division": enterprise.division},
    }
    return known.get(ChangeKind(kind), {}) if kind in ChangeKind.values else {}


def _body_of(kind: str, after: Mapping[str, Any]) -> str:
    """The body of the new seat; "" for other kinds of change and unknown places."""
    return jurisdiction_of(str(after.get("division", ""))) if kind == ChangeKind.RELOCATION else ""


def check_body(change: Change, by: User, *, receiving: bool = False) -> None:
    """The body that has it, or with `receiving` the one to which a relocation leads."""
    place = change.application.filing.jurisdiction_id
    if receiving and change.to_jurisdiction_id:
        place = change.to_jurisdiction_id
    if not permissions.may_act_for(by, place):
        raise Denied(_("The certification body of the province decides this."))
    check_not_own(by, change.application.filing.enterprise_id)


def claim_change(change: Change, *states: str, state: ChangeState, **columns: Any) -> None:
    """Write state and columns if it still stands in one of these states, else Stale."""
    rows = Change.objects.filter(pk=change.pk, state__in=states)
    if not rows.update(state=state, **columns):
        raise Stale(_("Somebody was faster: this change stands elsewhere by now."))
    change.refresh_from_db()


@transaction.atomic
def release_change(*, change: Change, by: User, at: datetime.datetime, note: str = "") -> Change:
    """迁出: the body left lets a relocated enterprise go; the body of the new seat goes on."""
    check_body(change, by)
    hold(change.application.filing)
    if change.kind != ChangeKind.RELOCATION:
        raise Refused([block("", _("Only a relocation is released."), MOVING)])
    columns = {"released_at": at, "released_by": by}
    claim_change(change, ChangeState.OPEN, state=ChangeState.RELEASED, **columns)
    record_change(change, "change_released", by, at, note)
    return change


def record_change(change: Change, act: str, by: User, at: datetime.datetime, note: str) -> None:
    data = {"change": change.pk, "state": change.state}
    engine.record(change.application.filing, act, by=by, at=at, note=note, data=data)


@transaction.atomic
def publicise_change(
    *,
    change: Change,
    by: User,
    at: datetime.datetime,
    opens_on: datetime.date | None = None,
    note: str = "",
) -> Change:
    """Local publicity of ten working days, the first one counted (195号 五(四)).

    Of a change of name by its own body, of a relocation by the new one once it was released.
    """
    moving = change.kind == ChangeKind.RELOCATION
    check_body(change, by, receiving=moving)
    hold(change.application.filing)
    if change.kind not in PUBLIC:
        raise Refused([block("", _("This kind of change is not publicised."), CLAUSE)])
    first = opens_on or timezone.localdate(at)
    if first < timezone.localdate(at):
        raise Refused([block("opens_on", _("The first day lies in the past."), CLAUSE)])
    place = change.to_jurisdiction_id if moving else change.application.filing.jurisdiction_id
    try:
        last = publicity_end(first, calendar_for(str(place)))
    except CalendarNotPublished as error:
        raise Refused([block("opens_on", str(error), CLAUSE)]) from error
    source = ChangeState.RELEASED if moving else ChangeState.OPEN
    claim_change(change, source, state=ChangeState.PUBLIC, public_from=first, public_to=last)
    record_change(change, "change_public", by, at, note)
    return change


@transaction.atomic
def note_objection(*, change: Change, by: User, at: datetime.datetime, note: str) -> Change:
    """An objection, by true name, came in during the publicity; it is answered before the end."""
    need_note(note)
    check_body(change, by, receiving=True)
    public = ChangeState.PUBLIC
    claim_change(change, public, state=public, objection=note.strip()[:2000])
    record_change(change, "change_objection", by, at, note)
    return change


@transaction.atomic
def confirm_change(*, change: Change, by: User, at: datetime.datetime, note: str = "") -> Change:
    """核准: number and validity stay, the history keeps both.

    A change of name or a relocation only after its publicity, and with a reason where there was
    an objection. Partial relocation is confirmed as known: the new part is certified anew.
    """
    check_body(change, by, receiving=True)
    filing = change.application.filing
    hold(filing)
    _check_publicity(change, timezone.localdate(at), note)
    if change.kind == ChangeKind.MAJOR:
        message = _("A major change is decided by a re-check of the conditions.")
        raise Refused([block("", message, CLAUSE)])
    source = ChangeState.PUBLIC if change.kind in PUBLIC else ChangeState.OPEN
    columns = {"decided_at": at, "decided_by": by, "answer": note.strip()[:400]}
    claim_change(change, source, state=ChangeState.CONFIRMED, **columns)
    if change.kind == ChangeKind.NAME:
        _rename(change, by, at)
    elif change.kind == ChangeKind.RELOCATION:
        _relocate(change)
    record_change(change, "change_confirmed", by, at, note)
    letters.change_decided(change, at)
    return change


def _check_publicity(change: Change, day: datetime.date, note: str) -> None:
    if change.kind not in PUBLIC:
        return
    if change.public_to is None:
        message = _("It is publicised for ten working days first.")
        raise Refused([block("", message, CLAUSE)])
    found = []
    if day <= change.public_to:
        message = _("The publicity lasts until the end of %(day)s.")
        found.append(block("", message, CLAUSE, day=change.public_to.isoformat()))
    if change.objection and not note.strip():
        found.append(block("note", _("Say what the objection came to."), CLAUSE))
    if found:
        raise Refused(found)


def _rename(change: Change, by: User, at: datetime.datetime) -> None:
    """The new name stands everywhere, the record gets a new version under the same number."""
    application = change.application
    name = str(change.after["name"]).strip()
    Enterprise.objects.filter(pk=application.enterprise_id).update(name=name)
    application.enterprise.refresh_from_db()
    renew_record(application, by, at)


def _relocate(change: Change) -> None:
    """The filing goes over to the body and a bureau of the new seat."""
    division = str(change.after["division"])
    filing = change.application.filing
    agencies = agencies_at(filing.line, division)
    if not agencies:
        message = _("No bureau takes this service at the new seat. Enter one first.")
        raise Refused([block("", message, MOVING)])
    place = change.to_jurisdiction_id or filing.jurisdiction_id
    Enterprise.objects.filter(pk=filing.enterprise_id).update(
        division=division, jurisdiction_id=place
    )
    Filing.objects.filter(pk=filing.pk).update(
        jurisdiction_id=place, agency=agencies[0], assigned_to=None
    )
    filing.refresh_from_db()


@transaction.atomic
def refuse_change(*, change: Change, by: User, at: datetime.datetime, note: str) -> Change:
    """Not confirmed, with the reason; everything stays as it was."""
    need_note(note)
    check_body(change, by, receiving=change.state != ChangeState.OPEN)
    hold(change.application.filing)
    columns = {"decided_at": at, "decided_by": by, "answer": note.strip()[:400]}
    claim_change(change, *OPEN_CHANGES, state=ChangeState.REFUSED, **columns)
    record_change(change, "change_refused", by, at, note)
    letters.change_decided(change, at)
    return change
