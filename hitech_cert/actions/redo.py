"""Re-examination (复议) of a refusal, limited to errors that counting shows."""

import datetime
from fractions import Fraction

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from hitech_cert import permissions
from hitech_cert.actions import letters_after as letters
from hitech_cert.actions.moving import block
from hitech_cert.actions.reviewing import fire, need_note
from hitech_cert.enums import State
from hitech_cert.enums.after import RedoGround, RedoState
from hitech_cert.models import Application, ReExamination
from hitech_cert.queries import case_of
from hitech_cert.queries.redo import scores_of
from hitech_cert.rules.redo import CLAUSES, Recount, recount
from hitech_cert.workflow import GUIDE
from torch_portal.accounts.models import User
from torch_portal.accounts.roles import Denied
from torch_portal.common.findings import Refused
from torch_portal.filings import engine
from torch_portal.filings.drafts import hold
from torch_portal.filings.transitions import Stale


@transaction.atomic
def ask_reexamination(
    *, application: Application, ground: str, statement: str, by: User, at: datetime.datetime
) -> ReExamination:
    """申请复议: one of the errors that counting can show, with the place where it stands.

    Raises Refused with everything that is missing, Stale when it was not refused.
    """
    filing = application.filing
    permissions.check_may_file(by, filing)
    if hold(filing) != State.NOT_RECOGNISED:
        raise Stale(_("Only a refusal can be re-examined."))
    found = []
    if ground not in RedoGround.values:
        message = _(
            "Choose the error: only growth scores, the number of rights, the bonus and sums are "
            "re-examined. On anything else the notice says where to object."
        )
        found.append(block("ground", message, GUIDE))
    if not statement.strip():
        message = _("Say where the error stands: which score, which figure.")
        found.append(block("statement", message, GUIDE))
    if application.reexaminations.filter(state=RedoState.ASKED).exists():
        found.append(block("", _("A re-examination is asked for already. Wait for it."), GUIDE))
    elif application.reexaminations.filter(ground=ground, state=RedoState.REFUSED).exists():
        found.append(block("ground", _("This error was looked for already."), GUIDE))
    if found:
        raise Refused(found)
    redo = ReExamination.objects.create(
        application=application,
        ground=ground,
        statement=statement.strip()[:2000],
        asked_at=at,
        asked_by=by,
    )
    data = {"reexamination": redo.pk, "ground": ground}
    engine.record(filing, "ask_reexamination", by=by, at=at, note=statement, data=data)
    return redo


def recounted(application: Application) -> Recount | None:
    """The sheets counted again by the rules; None where there is no closed panel."""
    scores = scores_of(application)
    if scores is None:
        return None
    top, bottom = application.score_top, application.score_bottom
    stated = None if top is None or bottom is None else Fraction(top, bottom)
    return recount(case_of(application), scores, stated)


@transaction.atomic
def reopen(
    *, application: Application, by: User, at: datetime.datetime, note: str
) -> ReExamination:
    """An error was found and mended: the departments decide again, with the average as mended.

    The rules count; nobody can reopen what they do not find. By another person than the one who
    signed the refusal. The sheets stay as they are.
    """
    need_note(note)
    redo = _open(application)
    _check_second_person(application, by)
    found = recounted(application)
    if found is None or found.after is None or not found.by(redo.ground):
        message = _("Counting the sheets again shows no such error.")
        raise Refused([block("", message, CLAUSES[RedoGround(redo.ground)])])
    fire(application, "reopen", by=by, at=at, note=note, decided_at=None, decided_by=None)
    columns = {
        "score_top": found.after.numerator,
        "score_bottom": found.after.denominator,
        "score_passes": found.passes,
    }
    Application.objects.filter(pk=application.pk).update(**columns)
    for name, value in columns.items():
        setattr(application, name, value)
    _close(redo, RedoState.GRANTED, found, by, at, note)
    letters.redo_decided(redo, at)
    return redo


@transaction.atomic
def refuse_reexamination(
    *, application: Application, by: User, at: datetime.datetime, note: str
) -> ReExamination:
    """No such error; refused only where the rules find none either."""
    need_note(note)
    permissions.check_province(by, application.filing)
    redo = _open(application)
    _check_second_person(application, by)
    found = recounted(application)
    if found is not None and found.by(redo.ground):
        message = _("Counting the sheets again shows the error: reopen the application.")
        raise Refused([block("", message, CLAUSES[RedoGround(redo.ground)])])
    _close(redo, RedoState.REFUSED, found, by, at, note)
    data = {"reexamination": redo.pk}
    filing = application.filing
    engine.record(filing, "reexamination_refused", by=by, at=at, note=note, data=data)
    letters.redo_decided(redo, at)
    return redo


def _open(application: Application) -> ReExamination:
    hold(application.filing)
    redo = application.reexaminations.filter(state=RedoState.ASKED).first()
    if redo is None:
        raise Stale(_("No re-examination of this application is open."))
    return redo


def _check_second_person(application: Application, by: User) -> None:
    if application.filing.decided_by_id == by.pk:
        raise Denied(_("You decided this application, so somebody else has to re-examine it."))


def _close(
    redo: ReExamination,
    state: RedoState,
    found: Recount | None,
    by: User,
    at: datetime.datetime,
    note: str,
) -> None:
    slips = [] if found is None else slips_told(found, redo.ground)
    ReExamination.objects.filter(pk=redo.pk).update(
        state=state,
        slips=slips,
        before=_text(found.before if found else None),
        after=_text(found.after if found else None),
        decided_at=at,
        decided_by=by,
        answer=note.strip()[:2000],
    )
    redo.refresh_from_db()


def slips_told(found: Recount, ground: str) -> list[dict[str, str]]:
    """The errors of a ground in words, in Chinese as they are kept."""
    with translation.override("zh-hans"):
        return [
            {
                "item": slip.item,
                "expert": "" if slip.expert is None else str(slip.expert + 1),
                "given": slip.given,
                "right": slip.right,
                "text": str(slip.message) % {"given": slip.given, "right": slip.right},
            }
            for slip in found.by(ground)
        ]


def _text(value: Fraction | None) -> str:
    return "" if value is None else str(value)
