"""The public page of the line: who, what, how long, by which clause."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from contracts import editions, queries
from contracts.enums import Kind
from torch_portal.accounts.models import Jurisdiction
from torch_portal.common import clock
from torch_portal.common.workdays import Limit, Unit


@login_not_required
@require_GET
def guide(request: HttpRequest) -> HttpResponse:
    """Everything to know before one files."""
    day = clock.today()
    edition = editions.on(day)
    context = {
        "kinds": [_kind(kind) for kind in Kind],
        "limits": [
            (_("Everywhere else"), limit_text(edition.limit), edition.limit.clause),
            *_local_limits(edition, day),
        ],
        "edition": edition,
        "start_url": reverse("contracts:start"),
    }
    return render(request, "contracts/guide.html", context)


def limit_text(limit: Limit) -> str:
    """A time limit in words."""
    if limit.unit is Unit.WORKING:
        return _("%(days)s working days") % {"days": limit.days}
    return _("%(days)s days") % {"days": limit.days}


def _local_limits(edition: editions.Edition, day: Any) -> list[tuple[str, str, str]]:
    names = {j.code: j for j in Jurisdiction.objects.order_by("code")}
    rows = []
    local = queries.editions_on(day, list(names))
    for code, place in names.items():
        limit = local[code].review_limit(code, day)
        if limit != edition.limit and place.parent_id is None:
            rows.append((place.name, limit_text(limit), limit.clause))
    return rows


def _kind(kind: Kind) -> dict[str, Any]:
    hints = {
        Kind.DEVELOPMENT: _("A new solution that the parties do not yet master is worked out."),
        Kind.TRANSFER: _("Rights in an existing technology pass to the buyer."),
        Kind.LICENCE: _("The buyer may use an existing technology; the rights stay (since 2021)."),
        Kind.CONSULTING: _("Analysis, evaluation or forecast; the result is a report."),
        Kind.SERVICE: _("A specific technical problem is solved; with measurable results."),
    }
    usual = editions.usual_attachments(kind, patent=kind in (Kind.TRANSFER, Kind.LICENCE))
    needs = [a.label for a in (*editions.BASE_ATTACHMENTS, *usual)]
    return {"label": kind.label, "needs": needs, "hint": hints[kind]}
