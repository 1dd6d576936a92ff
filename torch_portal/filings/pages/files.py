"""The files of a draft by kind: choosing, taking out; reading the files of a filing."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from torch_portal.common import clock
from torch_portal.common.downloads import download
from torch_portal.common.limits import limited
from torch_portal.filings.actions import note_access, report_infected
from torch_portal.filings.drafts import Conflict
from torch_portal.filings.enums import AccessKind
from torch_portal.filings.models import Attachment, Filing
from torch_portal.filings.pages.frame import url_of
from torch_portal.filings.pages.rows import file_row
from torch_portal.filings.uploads import BadUpload, Infected

Page = Callable[[list[str]], HttpResponse]


def kind_rows(
    filing: Filing, kinds: Iterable[Any], needed: Collection[Any]
) -> list[dict[str, Any]]:
    """The kinds of files that are asked for (choices of the line), each with what is there."""
    rows = list(filing.attachments.live().order_by("pk"))
    return [
        {
            "value": kind.value,
            "label": kind.label,
            "hint": "",
            "required": kind in needed,
            "files": [file_row(filing, r, removable=True) for r in rows if r.kind == kind],
        }
        for kind in kinds
    ]


def limits_text() -> str:
    """What a file may be and how large."""
    limits = {
        "one": settings.ATTACHMENT_MAX_BYTES // 1024**2,
        "all": settings.ATTACHMENTS_MAX_BYTES // 1024**2,
    }
    return _("PDF, PNG or JPEG; each at most %(one)s MB, together %(all)s MB.") % limits


def attach(
    request: HttpRequest,
    filing: Filing,
    kinds: Collection[str],
    act: Callable[..., Any],
    page: Page,
) -> HttpResponse:
    """Take one or more files; good ones are kept, each bad one is named with its remedy.

    kinds: those the line knows. act: the line's, called with kind, upload, by and at. page: the
    page of files, with words about what was not taken.
    """
    if request.method == "GET":
        return redirect(url_of(filing, "files"))
    kind = request.POST.get("kind", "")
    errors = [] if kind in kinds else [_("Choose what kind of file it is.")]
    uploads = request.FILES.getlist("files")
    if not uploads and not errors:
        errors.append(_("No file arrived. Choose it again."))
    for upload in uploads if not errors else ():
        try:
            act(kind=kind, upload=upload, by=request.user, at=clock.now())
        except Infected as error:
            report_infected(filing=filing, infected=error, by=request.user, at=clock.now())
            errors.append(str(error))
        except (BadUpload, Conflict) as error:
            errors.append(str(error))
    return page(errors) if errors else redirect(url_of(filing, "files") + f"#field-{kind}")


def detach(
    request: HttpRequest, filing: Filing, attachment_pk: int, act: Callable[..., Any], page: Page
) -> HttpResponse:
    """Take a file out again. act: the line's, called with attachment, by and at."""
    if request.method == "GET":
        return redirect(url_of(filing, "files"))
    found = get_object_or_404(filing.attachments.live(), pk=attachment_pk)
    try:
        act(attachment=found, by=request.user, at=clock.now())
    except Conflict as conflict:
        return page([str(conflict)])
    return redirect(url_of(filing, "files"))


@require_GET
@limited("download")
def attachment(request: HttpRequest, line: str, pk: int, attachment_pk: int) -> HttpResponse:
    """The bytes, to who may see the filing: as a download, never run in the page's name."""
    found = get_object_or_404(
        Attachment.objects.visible_to(request.user).select_related("filing"),
        pk=attachment_pk,
        filing_id=pk,
        filing__line=line,
    )
    note_access(
        filing=found.filing,
        kind=AccessKind.FILE,
        attachment=found,
        by=request.user,
        at=clock.now(),
    )
    return download(
        found.file,
        name=found.name,
        content_type=found.content_type,
        inline=request.GET.get("show") == "1",
    )
