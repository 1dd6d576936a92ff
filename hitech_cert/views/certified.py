"""What everybody may read: certified enterprises, and changes in publicity."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from hitech_cert.enums.after import ChangeKind
from hitech_cert.queries.decided import public_certificates, status_of
from hitech_cert.queries.publicised import public_changes
from torch_portal.common import clock
from torch_portal.common.limits import limited

PER_PAGE = 50
STATUSES = {"valid": _("Valid"), "expired": _("Expired"), "cancelled": _("Cancelled")}
TONES = {"valid": "done", "expired": "plain", "cancelled": "needs-you"}


@login_not_required
@require_safe
@limited("publicity")
def certified(request: HttpRequest) -> HttpResponse:
    """Search by name, credit code or certificate number; valid, expired, cancelled."""
    day = clock.today()
    words = request.GET.get("q", "").strip()[:120]
    status = request.GET.get("status", "")
    status = status if status in STATUSES else ""
    page = Paginator(public_certificates(words, status, day), PER_PAGE)
    shown = page.get_page(request.GET.get("page"))
    rows = [
        {"row": row, "label": STATUSES[known], "tone": TONES[known]}
        for row in shown
        for known in (status_of(row, day),)
    ]
    context = {
        "words": words,
        "status": status,
        "statuses": STATUSES.items(),
        "page": shown,
        "rows": rows,
    }
    return render(request, "hitech_cert/after/certified.html", context)


@login_not_required
@require_safe
@limited("publicity")
def changes(request: HttpRequest) -> HttpResponse:
    """Changes of name and relocations that are publicised now, and those of the last year."""
    day = clock.today()
    page = Paginator(public_changes(day), PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "change": change,
            "kind": ChangeKind(change.kind).label,
            "open": change.public_to is not None and change.public_to >= day,
        }
        for change in page
    ]
    return render(request, "hitech_cert/after/changes.html", {"page": page, "rows": rows})
