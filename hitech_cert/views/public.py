"""The public page: who can apply, what it gives, what is needed, how it goes."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hitech_cert import editions
from hitech_cert.enums import FILE_GROUPS
from hitech_cert.rules.conditions import TEXTS
from torch_portal.common import clock


@login_not_required
@require_GET
def guide(request: HttpRequest) -> HttpResponse:
    """The guide with the rules of today."""
    context = {
        "conditions": TEXTS,
        "edition": editions.on(clock.today()),
        "needed": [[kind.label for kind in kinds] for kinds in FILE_GROUPS.values()],
    }
    return render(request, "hitech_cert/guide.html", context)
