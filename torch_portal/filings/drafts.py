"""A draft that several people may have open: held while it is saved, never overwritten blindly."""

import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from torch_portal.accounts.models import User
from torch_portal.filings import actions
from torch_portal.filings.enums import Turn
from torch_portal.filings.models import Attachment, Filing
from torch_portal.filings.transitions import Workflow


class Conflict(Exception):
    """The draft was saved elsewhere meanwhile, or can no longer be edited."""


def editable(workflow: Workflow, state: str) -> bool:
    """Whether it is the enterprise's turn, so that entries and files may change."""
    return workflow.owners[state] == Turn.FILER


def check_editable(workflow: Workflow, state: str) -> None:
    """Refuse to change a filing that lies with the agency or is decided."""
    if not editable(workflow, state):
        raise Conflict(
            _("This filing is “%(state)s”, so it cannot be changed now.")
            % {"state": workflow.labels[state]}
        )


def hold(filing: Filing) -> str:
    """Lock the cover until the transaction ends; the state it is in.

    Saving, attaching and submitting hold it, so that what is submitted is what was checked.
    """
    held = Filing.objects.select_for_update(no_key=True).values_list("state", flat=True)
    return held.get(pk=filing.pk)


def hold_as_saved(row: Any) -> None:
    """Hold the cover of a line's row; what was saved since the row was read is read again."""
    hold(row.filing)
    saved = type(row).objects.values_list("saved_version", flat=True).get(pk=row.pk)
    if saved != row.saved_version:
        columns = [c.attname for c in row._meta.concrete_fields if not c.primary_key]
        row.refresh_from_db(fields=columns)


def claim_save(row: Any, known: int, columns: dict[str, Any]) -> None:
    """Write the columns if nobody saved since `known`, else Conflict; the caller rolls back."""
    claimed = (
        type(row)
        .objects.filter(pk=row.pk, saved_version=known)
        .update(saved_version=F("saved_version") + 1, **columns)
    )
    if not claimed:
        raise Conflict(
            _(
                "This filing was saved in another window or by a colleague meanwhile. Your "
                "entries are still on this page: press “Save” to see both side by side."
            )
        )
    row.saved_version = known + 1
    for name, value in columns.items():
        setattr(row, name, value)


def attach(
    *,
    workflow: Workflow,
    filing: Filing,
    kind: str,
    upload: "UploadedFile[Any]",
    by: User,
    at: datetime.datetime,
) -> Attachment:
    """Keep a file with the draft; BadUpload when its content is not acceptable."""
    check_editable(workflow, filing.state)
    with transaction.atomic():
        check_editable(workflow, hold(filing))
        return actions.attach(filing=filing, kind=kind, upload=upload, by=by, at=at)


def detach(*, workflow: Workflow, attachment: Attachment, by: User, at: datetime.datetime) -> None:
    """Take a file out of the draft."""
    with transaction.atomic():
        check_editable(workflow, hold(attachment.filing))
        actions.detach(attachment=attachment, by=by, at=at)
