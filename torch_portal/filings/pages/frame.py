"""Whose page it is, and where the pages of one filing are."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from torch_portal.filings.models import Filing


def own_filing(request: HttpRequest, line: str, pk: int) -> Filing:
    """The cover of a filing of this line if this person may see it, else 404."""
    covers = Filing.objects.visible_to(request.user).filter(line=line)
    covers = covers.select_related("enterprise", "agency", "contact", "created_by")
    found: Filing = get_object_or_404(covers, pk=pk)
    return found


def url_of(filing: Filing, name: str, *more: object) -> str:
    """The address of one of its pages, in the namespace of its line."""
    return reverse(f"{filing.line}:{name}", args=[filing.pk, *more])
