"""The public page of the line: who, what, how long, by which clause."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sme_eval import editions, queries
from sme_eval.enums import Route
from torch_portal.common import clock


@login_not_required
@require_GET
def guide(request: HttpRequest) -> HttpResponse:
    """Everything to know before one files."""
    edition = queries.edition_on(clock.today())
    context = {
        "edition": edition,
        "open_now": edition.takes(clock.now()),
        "conditions": edition.basic_condition_text.items(),
        "bands": [
            ("personnel", editions.PERSONNEL_BANDS),
            ("rd_revenue", editions.REVENUE_BANDS),
            ("rd_cost", editions.COST_BANDS),
        ],
        "rights": (editions.CLASS_I_BAND, *editions.CLASS_II_BANDS),
        "routes": Route.labels,
        "needed": [k.label for k in (*edition.due("registration"), *edition.due("filing"))],
        "limit": queries.REVIEW_LIMIT,
    }
    return render(request, "sme_eval/guide.html", context)
