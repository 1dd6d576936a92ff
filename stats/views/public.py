"""The public page of the survey: who answers, what is asked, until when, by which clause."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from stats import queries
from torch_portal.common import clock


@login_not_required
@require_GET
def guide(request: HttpRequest) -> HttpResponse:
    """Everything to know before one answers."""
    rounds = [
        {
            "round": each,
            "approval": each.version.approval,
            "tables": [table for table in queries.version_of(each).tables if table.items],
            "items": len(queries.version_of(each).items),
            "rules": len(queries.compiled_rules(each.version).rules),
        }
        for each in queries.rounds_open(clock.today())
    ]
    return render(request, "stats/guide.html", {"rounds": rounds, "day": clock.today()})
