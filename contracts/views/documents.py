"""Files that were issued, for download."""

from django.http import FileResponse, Http404

from torch_portal.certificates.enums import Making
from torch_portal.certificates.models import Certificate
from torch_portal.common.downloads import download


def pdf(found: Certificate | None) -> FileResponse:
    """The signed PDF as an attachment; 404 while there is none."""
    if found is None or found.making != Making.READY:
        raise Http404
    name = f"{found.number}-v{found.version}.pdf" if found.version > 1 else f"{found.number}.pdf"
    return download(found.pdf, name=name, content_type="application/pdf")
