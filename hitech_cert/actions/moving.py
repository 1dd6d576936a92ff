"""What every act on one application does: who may, the move, a reason where one is needed."""

import datetime
from typing import Any

from django.utils.translation import gettext as _

from hitech_cert import permissions
from hitech_cert.models import Application
from hitech_cert.workflow import WORKFLOW
from torch_portal.accounts.models import User
from torch_portal.common.findings import Finding, Level, Refused
from torch_portal.filings import engine
from torch_portal.filings.models import Event

NOTE_CLAUSE = "行政许可法 第三十八条"


def fire(
    application: Application, name: str, *, by: User, at: datetime.datetime, **more: Any
) -> Event:
    """Check the person and make the move."""
    permissions.check_may_move(by, application.filing, WORKFLOW.moves[name])
    return engine.fire(application.filing, WORKFLOW, name, by=by, at=at, **more)


def need_note(note: str) -> None:
    """Refused when a reason is missing."""
    if not note.strip():
        message = _("Say why, in words that the enterprise can act on.")
        raise Refused([Finding("note", Level.BLOCK, "note", message, NOTE_CLAUSE)])


def block(field: str, message: Any, clause: str, **values: Any) -> Finding:
    """A finding that stops an act."""
    return Finding(field or "act", Level.BLOCK, field, message, clause, values)
