"""Applications that came in by e-mail (邮件受理, 国科火字〔2020〕38号 三).

Somebody in office opens the package with the moment at which it came, keeps what is in it, and
hands it in: the same checks as online. What is not complete stays a draft of the enterprise, who
can go on with it online.
"""

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hitech_cert import permissions, queries
from hitech_cert.actions import filing as filings
from hitech_cert.actions import letters, saving
from hitech_cert.enums import Channel
from hitech_cert.models import Application
from hitech_cert.workflow import NOTICE, WORKFLOW
from torch_portal.accounts.enums import MemberRole
from torch_portal.accounts.models import Agency, Enterprise, User
from torch_portal.common.findings import Finding, Level, Refused, blocking
from torch_portal.filings import actions as covers
from torch_portal.filings import drafts, engine
from torch_portal.filings.models import Attachment, Filing


@transaction.atomic
def open_package(
    *, enterprise: Enterprise, received_at: datetime.datetime, by: User, at: datetime.datetime
) -> Application:
    """Begin with an e-mail of an enterprise; the one of this year that is open already, if any.

    The first moment counts. Refused for one in the future or of another year.
    """
    permissions.check_package(by, enterprise)
    Enterprise.objects.select_for_update(no_key=True).get(pk=enterprise.pk)
    year = timezone.localdate(at).year
    known = queries.open_packages(year).filter(enterprise=enterprise).first()
    if known is not None:
        return known
    found = _wrong_moment(received_at, at)
    if found:
        raise Refused(found)
    filing = engine.open_filing(WORKFLOW, enterprise=enterprise, by=by, at=at)
    owner = User.objects.filter(
        memberships__enterprise=enterprise, memberships__role=MemberRole.OWNER, is_active=True
    ).order_by("pk")
    Filing.objects.filter(pk=filing.pk).update(contact=owner.first())
    filing.contact = owner.first()
    data = {"received_at": received_at.isoformat()}
    engine.record(filing, "open_package", by=by, at=at, data=data)
    return Application.objects.create(
        filing=filing,
        enterprise=enterprise,
        year=year,
        channel=Channel.EMAIL,
        received_at=received_at,
        saved_at=at,
    )


def _wrong_moment(received_at: datetime.datetime, at: datetime.datetime) -> list[Finding]:
    if received_at > at:
        message = _("The e-mail cannot have come in the future.")
    elif timezone.localdate(received_at).year != timezone.localdate(at).year:
        message = _("The e-mail came in another year, so no batch of this year can take it.")
    else:
        return []
    return [Finding("received_at", Level.BLOCK, "received_at", message, NOTICE)]


def keep_package(
    *,
    application: Application,
    values: Mapping[str, Any],
    typed: Mapping[str, str],
    rows: saving.Rows,
    by: User,
    at: datetime.datetime,
) -> Application:
    """Keep columns and tables of a package; `typed` holds what could not be read, word for word."""
    with transaction.atomic():
        _hold(application, by)
        for name, value in _saves(application).items():
            setattr(application, name, value)
        saving.put_rows(application, rows)
        parts = [*rows, *(saving.PAGES if values or typed else ())]
        parts += [f"costs-{year}" for year in queries.years_of(application) if "costs" in rows]
        unread = saving.typed_with(application, [*values, *typed], typed)
        saving.keep(application, parts, {**values, "typed": unread}, at)
    return application


def attach_package(
    *,
    application: Application,
    kind: str,
    upload: "UploadedFile[Any]",
    by: User,
    at: datetime.datetime,
) -> Attachment:
    """Keep a file of a package; BadUpload when its content is not acceptable."""
    with transaction.atomic():
        _hold(application, by)
        return covers.attach(
            filing=application.filing, kind=kind, upload=upload, by=by, at=at, apart=True
        )


@transaction.atomic
def hand_in_package(
    *, application: Application, by: User, at: datetime.datetime, agency: Agency | None = None
) -> Filing:
    """Register a package as submitted at the moment of its e-mail; Refused with all findings."""
    _hold(application, by)
    return filings.hand_in(
        application=application,
        by=by,
        at=at,
        agency=agency,
        received_at=application.received_at,
    )


@transaction.atomic
def tell_missing(*, application: Application, by: User, at: datetime.datetime) -> list[Finding]:
    """Write to the enterprise what its package lacks; the draft stays with it. What was told."""
    _hold(application, by)
    moment = application.received_at or at
    found = blocking(queries.findings(application, at=moment))
    if found:
        event = engine.record(
            application.filing, "tell_missing", by=by, at=at, data={"findings": len(found)}
        )
        letters.incomplete(application, found, at, event.pk)
    return found


def _hold(application: Application, by: User) -> None:
    """The draft locked; Denied or Conflict when this person cannot register it now."""
    permissions.check_package(by, application.enterprise)
    drafts.check_editable(drafts.hold(application.filing), WORKFLOW)
    if application.channel != Channel.EMAIL:
        raise drafts.Conflict(_("This draft did not come in by e-mail: the enterprise keeps it."))


def _saves(application: Application) -> dict[str, Any]:
    rows = Application.objects.filter(pk=application.pk)
    return dict(rows.values("saved_version", "versions", "typed").get())
