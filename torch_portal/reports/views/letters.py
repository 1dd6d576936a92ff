"""Which regular reports an official wants."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from torch_portal.accounts.roles import Denied
from torch_portal.common import clock
from torch_portal.reports.enums import Rhythm
from torch_portal.reports.models import Subscription
from torch_portal.reports.tables import letters, reading


@require_http_methods(["GET", "HEAD", "POST"])
def subscriptions(request: HttpRequest) -> HttpResponse:
    """A tick for each of the person's places and each rhythm; POST keeps exactly these."""
    known = reading.places(request.user)
    if not known:
        raise Denied(_("The figures are read by officials, each those of their jurisdiction."))
    if request.method == "POST":
        wanted = {
            (place, rhythm)
            for rhythm in Rhythm.values
            for place in request.POST.getlist(rhythm)
            if place in known
        }
        letters.choose(by=request.user, wanted=wanted, at=clock.now())
        messages.success(request, _("Your choice is kept."))
        return redirect("reports:subscriptions")
    kept = {(row.place, row.rhythm) for row in Subscription.objects.visible_to(request.user)}
    rows = [
        {
            "name": name,
            "ticks": [
                {"rhythm": r.value, "label": r.label, "place": place, "on": (place, r) in kept}
                for r in Rhythm
            ],
        }
        for place, name in known.items()
    ]
    context = {"rows": rows, "address": request.user.email}
    return render(request, "reports/subscriptions.html", context)
