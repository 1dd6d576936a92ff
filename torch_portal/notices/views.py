"""The public pages of the notice and the hotline."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from torch_portal.common import clock
from torch_portal.notices import queries


@login_not_required
@require_safe
def notice_list(request: HttpRequest) -> HttpResponse:
    """What the notice eases, item by item, each with its hotline."""
    hotlines = {h.service_code: h for h in queries.hotlines_on(clock.today())}
    notice = queries.current_notice()
    sections = notice.sections.order_by("order") if notice else []
    items = [(section, hotlines.get(section.service_code)) for section in sections]
    return render(request, "notices/list.html", {"notice": notice, "items": items})


@login_not_required
@require_safe
def hotlines(request: HttpRequest) -> HttpResponse:
    """The hotline table as it is today."""
    day = clock.today()
    rows = list(queries.hotlines_on(day))
    return render(request, "notices/hotlines.html", {"rows": rows, "day": day})
