"""What every draft keeps to: who saved last, what can still be changed, its files and answers."""

import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from torch_portal.accounts.models import User
from torch_portal.accounts.roles import check_filer
from torch_portal.filings import actions
from torch_portal.filings.enums import Stage
from torch_portal.filings.models import Attachment, CorrectionItem, Filing
from torch_portal.filings.transitions import Workflow

EDITABLE = (Stage.DRAFT, Stage.CORRECTING)


class Conflict(Exception):
    """The draft was saved elsewhere meanwhile, or can no longer be edited."""


def is_editable(filing: Filing) -> bool:
    """Whether the enterprise may change it now."""
    return filing.stage in EDITABLE


def check_editable(state: str, workflow: Workflow) -> None:
    """Conflict for a state in which the filing lies with the agency or is decided."""
    if workflow.stages[state] not in EDITABLE:
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


def claim_save(row: models.Model, known: int, columns: dict[str, Any]) -> None:
    """Write the columns if nobody saved since `known`, else Conflict; the caller rolls back.

    `row` is of a line's main table, which counts its saves in `saved_version`.
    """
    rows = type(row)._default_manager.filter(pk=row.pk, saved_version=known)
    if not rows.update(saved_version=F("saved_version") + 1, **columns):
        raise Conflict(
            _(
                "This filing was saved in another window or by a colleague meanwhile. Your "
                "entries are still on this page: press “Save” to see both side by side."
            )
        )
    for name, value in (columns | {"saved_version": known + 1}).items():
        setattr(row, name, value)


def attach(
    *,
    filing: Filing,
    workflow: Workflow,
    kind: str,
    upload: "UploadedFile[Any]",
    by: User,
    at: datetime.datetime,
    apart: bool = False,
) -> Attachment:
    """Keep a file with the draft; BadUpload when its content is not acceptable.

    apart: the limits of number and size count for this kind alone.
    """
    check_filer(by, filing.enterprise_id)
    check_editable(filing.state, workflow)
    with transaction.atomic():
        check_editable(hold(filing), workflow)
        return actions.attach(filing=filing, kind=kind, upload=upload, by=by, at=at, apart=apart)


def detach(*, attachment: Attachment, workflow: Workflow, by: User, at: datetime.datetime) -> None:
    """Take a file out of the draft."""
    check_filer(by, attachment.filing.enterprise_id)
    with transaction.atomic():
        check_editable(hold(attachment.filing), workflow)
        actions.detach(attachment=attachment, by=by, at=at)


def answer_correction(*, item: CorrectionItem, workflow: Workflow, answer: str, by: User) -> None:
    """Write beside an item of the correction list what was done about it."""
    check_filer(by, item.filing.enterprise_id)
    check_editable(item.filing.state, workflow)
    CorrectionItem.objects.filter(pk=item.pk, answered_at__isnull=True).update(answer=answer)
