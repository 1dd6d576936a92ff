"""What a filing's pages show of the files that were issued on it, and their download.

The addresses are in the line's namespace: certificate, document. While the file is made the box
asks its page again, or its own `status_url` where the line has an address for the box alone.
"""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from torch_portal.certificates import documents, queries
from torch_portal.certificates.enums import Making
from torch_portal.certificates.models import Certificate, Document
from torch_portal.common import clock
from torch_portal.common.downloads import download
from torch_portal.common.limits import limited
from torch_portal.filings.actions import note_access
from torch_portal.filings.enums import AccessKind
from torch_portal.filings.models import Filing
from torch_portal.filings.pages.frame import own_filing, url_of
from torch_portal.filings.pages.rows import minute
from torch_portal.filings.wording import long_date

DOCUMENT_WAIT = 5  # seconds in which a file that is made on demand is awaited


def certificate_box(filing: Filing, template: str) -> dict[str, Any] | None:
    """The certificate as the status page shows it, None before there is one."""
    found = queries.current(filing.pk, template)
    if found is None:
        return None
    states = {Making.READY: "ready", Making.FAILED: "failed"}
    issued = timezone.localtime(found.issued_at)
    return {
        "state": states.get(Making(found.making), "pending"),
        "number": found.number,
        "url": url_of(filing, "certificate"),
        "verify_url": reverse("certificates:scan", args=[found.verify_code]),
        "issued_text": _("Issued %(day)s") % {"day": long_date(issued.date())},
        "progress_text": "",
        "status_label": found.get_status_display(),
    }


def given(filing: Filing) -> list[dict[str, Any]]:
    """Everything the enterprise was ever given on it, newest first: notices and certificates."""
    rows: list[dict[str, Any]] = [
        {
            "at": certificate.issued_at,
            "label": _("Certificate, version %(n)d (%(status)s)")
            % {"n": certificate.version, "status": certificate.get_status_display()},
            "number": certificate.number,
            "url": url_of(filing, "certificate") + f"?version={certificate.version}",
            "ready": certificate.making == Making.READY,
            "failed": certificate.making == Making.FAILED,
        }
        for certificate in filing.certificates.all()
    ]
    rows += [
        {
            "at": document.issued_at,
            "label": document.get_kind_display(),
            "number": document.number,
            "url": url_of(filing, "document", document.pk),
            "ready": document.making != Making.FAILED,
            "failed": document.making == Making.FAILED,
        }
        for document in documents.of_filing(filing)
    ]
    for row in rows:
        row["when"] = minute(row["at"])
    return sorted(rows, key=lambda row: row["at"], reverse=True)


def pdf(found: Certificate | None) -> FileResponse:
    """The signed PDF as an attachment; 404 while there is none."""
    if found is None or found.making != Making.READY:
        raise Http404
    name = f"{found.number}-v{found.version}.pdf" if found.version > 1 else f"{found.number}.pdf"
    return download(found.pdf, name=name, content_type="application/pdf")


@require_GET
@limited("download")
def certificate(request: HttpRequest, line: str, template: str, pk: int) -> HttpResponse:
    """The signed PDF of the newest version, or of the one that the address names."""
    filing = own_filing(request, line, pk)
    version = request.GET.get("version", "")
    found = queries.current(pk, template)
    if version.isdecimal() and len(version) < 5:
        issued = filing.certificates.filter(template=template)
        found = issued.filter(version=int(version)).first()
    answer = pdf(found)
    note_access(filing=filing, kind=AccessKind.ISSUED, by=request.user, at=clock.now())
    return answer


@require_GET
@limited("download")
def document(request: HttpRequest, line: str, pk: int, document_pk: int) -> HttpResponse:
    """A receipt or notice that was given on this filing; its file is made when first opened."""
    rows = Document.objects.visible_to(request.user).select_related("filing")
    row = get_object_or_404(rows, pk=document_pk, filing_id=pk, filing__line=line)
    found = documents.opened(row, seconds=DOCUMENT_WAIT)
    if found.making == Making.READY:
        note_access(filing=found.filing, kind=AccessKind.ISSUED, by=request.user, at=clock.now())
        return download(found.pdf, name=f"{found.number}.pdf", content_type="application/pdf")
    messages.info(request, _("The file is being made. Open it again in a moment."))
    return redirect(url_of(found.filing, "detail") + "#documents")


def issued_urls(line: str, template: str = "") -> list[URLPattern]:
    """Certificate of this template (none without one) and notices of a line's filings."""
    own = {"line": line}
    given = own | {"template": template}
    urls = [path("<int:pk>/documents/<int:document_pk>/", document, own, name="document")]
    if template:
        urls.append(path("<int:pk>/certificate/", certificate, given, name="certificate"))
    return urls
