"""The public calendar of batches: which are open, until when, and what was extended."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hitech_cert import queries
from torch_portal.common import clock


@login_not_required
@require_GET
def batches(request: HttpRequest) -> HttpResponse:
    """国科火字〔2020〕38号 三: the batches of the year are published."""
    places = queries.calendar(clock.now())
    asked = request.GET.get("place", "")
    names = [place["name"] for place in places]
    shown = [place for place in places if asked in ("", place["name"])]
    context = {"places": shown, "names": names, "asked": asked if asked in names else ""}
    return render(request, "hitech_cert/batches.html", context)
