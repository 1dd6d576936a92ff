"""The signed and stamped scan, which may come after the return."""

import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from stats import permissions
from stats.enums import FILED, AttachmentKind
from stats.models import Return, ReturnScan
from stats.workflow import ROUTINE
from torch_portal.accounts.models import User
from torch_portal.common.findings import Finding, Level, Refused
from torch_portal.filings import actions as files
from torch_portal.filings import drafts


@transaction.atomic
def upload_scan(
    *, report: Return, upload: "UploadedFile[Any]", by: User, at: datetime.datetime
) -> ReturnScan:
    """Keep the signed scan of the revision that stands; a later one goes beside it.

    Refused before the return is submitted and after it was cancelled; BadUpload when the file is
    not acceptable.
    """
    permissions.check_may_file(by, report.filing)
    if drafts.hold(report.filing) not in FILED:
        message = _("The scan belongs to a submitted return. Submit it first, then print and sign.")
        raise Refused([Finding("scan", Level.BLOCK, "file", message, ROUTINE)])
    kept = files.attach(
        filing=report.filing,
        kind=AttachmentKind.SIGNED_SCAN,
        upload=upload,
        by=by,
        at=at,
        apart=True,
    )
    Return.objects.filter(pk=report.pk).update(scan_due_on=None)
    report.scan_due_on = None
    scan, _made = ReturnScan.objects.get_or_create(
        attachment=kept,
        defaults={
            "report": report,
            "revision": report.revision,
            "received_at": at,
            "received_by": by,
        },
    )
    return scan
